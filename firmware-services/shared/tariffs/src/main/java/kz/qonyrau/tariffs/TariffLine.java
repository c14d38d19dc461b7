package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;

/// The price of one service.
///
/// @param service what is charged for
/// @param billing by time or by pieces, as the service is
/// @param price KZT per unit, zero or more, below 100 000, with 2 to 4 decimals
/// @param minimum the least that an item costs once it was used at all, zero to 10 million KZT
public record TariffLine(
    ServiceCode service, BillingUnit billing, BigDecimal price, Tenge minimum) {

  private static final int DECIMALS = 4;
  private static final BigDecimal DEAREST = new BigDecimal(100_000);
  private static final Tenge LARGEST_MINIMUM = Tenge.of("10000000.00");

  /// Checks the ranges. A price that is written with fewer than 2 decimals, or with zeros behind
  /// them, is the same price.
  ///
  /// @throws InvalidTariffException if a component is out of its range; it names the component
  public TariffLine {
    InvalidTariffException.unless(
        service.isTimed() == (billing instanceof BillingUnit.Time),
        "unit",
        service + " is charged by " + (service.isTimed() ? "time" : "pieces"));
    InvalidTariffException.unless(price.signum() >= 0, "price", "must not be negative");
    InvalidTariffException.unless(price.compareTo(DEAREST) < 0, "price", "must be below 100000");
    InvalidTariffException.unless(
        price.scale() <= DECIMALS, "price", "must have at most 4 decimals");
    InvalidTariffException.unless(
        !minimum.isNegative() && minimum.compareTo(LARGEST_MINIMUM) <= 0,
        "minimum",
        "must be 0 to 10000000.00");
    BigDecimal shortest = price.stripTrailingZeros();
    price = shortest.setScale(Math.max(2, shortest.scale()), RoundingMode.UNNECESSARY);
  }

  /// What the price is for.
  ///
  /// @throws IllegalStateException if the service is charged by pieces
  public Duration unit() {
    return byTime().unit();
  }

  /// The time by which use is counted.
  ///
  /// @throws IllegalStateException if the service is charged by pieces
  public Duration step() {
    return byTime().step();
  }

  /// The same line at another price.
  ///
  /// @throws InvalidTariffException if the price is out of its range
  TariffLine at(BigDecimal other) {
    return new TariffLine(service, billing, other, minimum);
  }

  /// What so many steps cost, as one item.
  Tenge amount(long steps) {
    Tenge amount = billing.cost(price, steps);
    return steps > 0 && amount.compareTo(minimum) < 0 ? minimum : amount;
  }

  /// One use as an item of a bill.
  ///
  /// @param version who sets this price
  RatedItem rate(Quantity used, String version) {
    long steps = billing.steps(used);
    return new RatedItem(service, billing.quantity(steps), billing, price, amount(steps), version);
  }

  private BillingUnit.Time byTime() {
    return switch (billing) {
      case BillingUnit.Time time -> time;
      case BillingUnit.Pieces _ ->
          throw new IllegalStateException(service + " is charged by pieces, not by time");
    };
  }
}
