package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;

/// The price of one service.
///
/// @param service a service that is charged by time
/// @param step time used is rounded up to whole steps, 1 ms to 24 h
/// @param price KZT per unit, zero or more, below 100 000, at most 4 decimals
/// @param unit what the price is for, 1 s to 24 h
/// @param minimum the least that an item costs once it was used at all, zero to 10 million KZT
public record TariffLine(
    ServiceCode service, Duration step, BigDecimal price, Duration unit, Tenge minimum) {

  private static final Duration DAY = Duration.ofDays(1);
  private static final BigDecimal DEAREST = new BigDecimal(100_000);
  private static final Tenge LARGEST_MINIMUM = Tenge.of("10000000.00");

  /// Checks the ranges.
  ///
  /// @throws InvalidTariffException if a component is out of its range; it names the component
  public TariffLine {
    require("service", service.isTimed(), service + " is not charged by time");
    require("step", isWithin(step, Duration.ofMillis(1)), "must be 1 ms to 24 h");
    require("unit", isWithin(unit, Duration.ofSeconds(1)), "must be 1 s to 24 h");
    require("price", price.signum() >= 0, "must not be negative");
    require("price", price.compareTo(DEAREST) < 0, "must be below 100000");
    require("price", price.scale() <= 4, "must have at most 4 decimals");
    require(
        "minimum",
        !minimum.isNegative() && minimum.compareTo(LARGEST_MINIMUM) <= 0,
        "must be 0 to 10000000.00");
  }

  private static boolean isWithin(Duration duration, Duration shortest) {
    return duration.compareTo(shortest) >= 0 && duration.compareTo(DAY) <= 0;
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidTariffException(field, otherwise);
    }
  }
}
