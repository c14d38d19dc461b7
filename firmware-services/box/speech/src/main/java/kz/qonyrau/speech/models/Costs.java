package kz.qonyrau.speech.models;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Costs, which are negative natural logarithms of probabilities, as OpenFst reads them.
final class Costs {

  private static final double LN_10 = Math.log(10);

  private Costs() {}

  static double ofLog10(double probability) {
    return probability == 0 ? 0 : -probability * LN_10;
  }

  /// A number with so many digits that count, and no exponent.
  static String text(double cost, int digits) {
    if (cost == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(cost).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
