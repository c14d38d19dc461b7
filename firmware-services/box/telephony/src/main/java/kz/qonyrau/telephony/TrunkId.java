package kz.qonyrau.telephony;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The name of a trunk that never changes, in tables, in Asterisk and in the log of calls: a `t`
/// and eight hexadecimal digits.
public record TrunkId(String value) {

  private static final Pattern FORM = Pattern.compile("t[0-9a-f]{8}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /// @throws IllegalArgumentException if the text is no such name; the message does not repeat it
  public TrunkId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a trunk's id, " + value.length() + " characters");
    }
  }

  public static TrunkId random() {
    byte[] bytes = new byte[4];
    RANDOM.nextBytes(bytes);
    return new TrunkId("t" + HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
