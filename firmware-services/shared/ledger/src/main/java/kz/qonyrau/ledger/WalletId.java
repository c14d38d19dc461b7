package kz.qonyrau.ledger;

import java.util.regex.Pattern;

/// Names a wallet, for example `customer/AUTOCALL` or `provider/usage`.
///
/// What is held of a wallet lies in a wallet of its own, named with the ending `/held`. Only the
/// ledger moves money in and out of those.
///
/// @param value 1 to 80 letters, digits, `/`, `.`, `_` or `-`, of which the first is a letter or
///   digit
public record WalletId(String value) implements Comparable<WalletId> {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9/._-]{0,79}");
  private static final String HELD = "/held";

  /// Checks the form.
  ///
  /// @throws IllegalArgumentException if the value is not of the form
  public WalletId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not the name of a wallet, " + value.length() + " characters long");
    }
  }

  /// The wallet that keeps what is held of this one.
  ///
  /// @throws IllegalArgumentException if this name is longer than 75 characters
  public WalletId held() {
    return new WalletId(value + HELD);
  }

  boolean isHeld() {
    return value.endsWith(HELD);
  }

  @Override
  public int compareTo(WalletId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
