package kz.qonyrau.speech.reading;

/// A number as written in digits.
///
/// @param whole without its sign
/// @param fraction the digits behind the decimal mark, empty if there is none
record Amount(Sign sign, long whole, String fraction) {

  /// What stands before the digits.
  enum Sign {
    NONE,
    MINUS,
    PLUS
  }

  static Amount of(long whole) {
    return new Amount(Sign.NONE, whole, "");
  }

  boolean isWhole() {
    return fraction.isEmpty();
  }

  /// Whether the fraction is a number of hundredths, as in a price.
  boolean hasHundredths() {
    return fraction.length() == 1 || fraction.length() == 2;
  }

  /// The fraction in hundredths: 50 for `,5` and for `,50`.
  int hundredths() {
    return Integer.parseInt(fraction.length() == 1 ? fraction + "0" : fraction);
  }
}
