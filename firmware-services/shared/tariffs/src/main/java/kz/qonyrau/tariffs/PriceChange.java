package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.Duration;

/// What becomes of a service's cost from one version to another.
public enum PriceChange {
  /// Every use costs what it cost.
  SAME,
  /// Price, step or minimum rose, and no use costs less.
  DEARER,
  /// Price, step or minimum fell, and no use costs more.
  CHEAPER,
  /// Price, step and minimum do not move in one direction, so that one use may cost more and
  /// another less.
  DEPENDS_ON_USE,
  /// The service has a price now.
  ADDED,
  /// The service has no price any more.
  REMOVED;

  /// Compares two lines of one service by what use costs, whatever units they are written in: 60.00
  /// a minute is 1.00 a second.
  static PriceChange between(TariffLine before, TariffLine after) {
    int price = perUnitOfBoth(after, before).compareTo(perUnitOfBoth(before, after));
    int minimum = after.minimum().compareTo(before.minimum());
    boolean steps = before.price().signum() > 0 && after.price().signum() > 0;
    boolean rises = price > 0 || minimum > 0 || (steps && !isMultiple(before, after));
    boolean falls = price < 0 || minimum < 0 || (steps && !isMultiple(after, before));
    if (rises && falls) {
      return DEPENDS_ON_USE;
    }
    if (rises) {
      return DEARER;
    }
    return falls ? CHEAPER : SAME;
  }

  /// The line's price for as much as the two units multiplied.
  private static BigDecimal perUnitOfBoth(TariffLine line, TariffLine other) {
    return line.price().multiply(BigDecimal.valueOf(unit(other)));
  }

  /// Whether whole steps of the one are whole steps of the other, too. Otherwise some use is
  /// rounded up further by the one than by the other.
  private static boolean isMultiple(TariffLine line, TariffLine of) {
    return step(line) % step(of) == 0;
  }

  private static long unit(TariffLine line) {
    return switch (line.billing()) {
      case BillingUnit.Time(Duration unit, _) -> unit.toMillis();
      case BillingUnit.Pieces(long unit, _) -> unit;
    };
  }

  private static long step(TariffLine line) {
    return switch (line.billing()) {
      case BillingUnit.Time(_, Duration step) -> step.toMillis();
      case BillingUnit.Pieces(_, long step) -> step;
    };
  }
}
