package kz.qonyrau.vocabulary;

import java.util.regex.Pattern;

/// A telephone number in E.164 form: a plus sign, then 7 to 15 digits that do not start with zero.
///
/// [#toString] hides the middle digits, so a number that finds its way into a log line or an
/// exception message does not give a subscriber away. Ask for [#e164] where the full number is
/// meant.
///
/// @param e164 the full number, for example `+77001234567`
public record Msisdn(String e164) {

  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /// @throws IllegalArgumentException if the text is not an E.164 number; the message does not
  ///   repeat it
  public Msisdn {
    if (!E164.matcher(e164).matches()) {
      throw new IllegalArgumentException(
          "not an E.164 number, " + e164.length() + " characters long");
    }
  }

  /// The digits without the plus sign, as trunks are dialled.
  public String digits() {
    return e164.substring(1);
  }

  @Override
  public String toString() {
    return e164.substring(0, 4) + "…" + e164.substring(e164.length() - 2);
  }
}
