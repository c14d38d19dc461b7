package kz.qonyrau.vocabulary;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of money in tiyn, 1/100 of a tenge (SH-BAL-01). May be negative; arithmetic that
/// leaves the range of a `long` throws.
///
/// @param tiyn the amount in 1/100 KZT
public record Tenge(long tiyn) implements Comparable<Tenge> {

  public static final Tenge ZERO = new Tenge(0);

  /// A sum as people write it, for example `12.00`.
  ///
  /// @throws ArithmeticException if the text has more than two decimals or is out of range
  /// @throws NumberFormatException if the text is not a decimal number
  public static Tenge of(String decimal) {
    return new Tenge(new BigDecimal(decimal).movePointRight(2).longValueExact());
  }

  /// Rounds half-up to a whole tiyn, once per billable item (SH-BAL-01).
  ///
  /// @throws ArithmeticException if the amount is out of range
  public static Tenge rounded(BigDecimal tenge) {
    return new Tenge(tenge.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  public Tenge plus(Tenge other) {
    return new Tenge(Math.addExact(tiyn, other.tiyn));
  }

  public Tenge minus(Tenge other) {
    return new Tenge(Math.subtractExact(tiyn, other.tiyn));
  }

  public Tenge times(long factor) {
    return new Tenge(Math.multiplyExact(tiyn, factor));
  }

  public Tenge negated() {
    return new Tenge(Math.negateExact(tiyn));
  }

  public boolean isNegative() {
    return tiyn < 0;
  }

  public boolean isPositive() {
    return tiyn > 0;
  }

  @Override
  public int compareTo(Tenge other) {
    return Long.compare(tiyn, other.tiyn);
  }

  /// The amount with two decimals and a point, without a currency sign: `-12.05`.
  @Override
  public String toString() {
    return BigDecimal.valueOf(tiyn, 2).toPlainString();
  }
}
