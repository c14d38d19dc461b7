package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;

/// One priced use of a service. It keeps the version and the unit price, so that the amount can be
/// recomputed by anyone (SH-TAR-04).
///
/// @param charged what is charged: the use, rounded up to the tariff's step
/// @param billing what the price is for, and the step
/// @param unitPrice KZT per unit
/// @param amount rounded half-up once (SH-BAL-01)
/// @param tariffVersion the version, or the benefit tariff, that sets the price
public record RatedItem(
    ServiceCode service,
    Quantity charged,
    BillingUnit billing,
    BigDecimal unitPrice,
    Tenge amount,
    String tariffVersion) {

  /// The time that is charged.
  ///
  /// @throws IllegalStateException if the service is charged by pieces
  public Duration quantity() {
    return switch (charged) {
      case Quantity.Time(Duration time) -> time;
      case Quantity.Pieces _ -> throw counted();
    };
  }

  /// The time that the unit price is for.
  ///
  /// @throws IllegalStateException if the service is charged by pieces
  public Duration unit() {
    return switch (billing) {
      case BillingUnit.Time(Duration unit, _) -> unit;
      case BillingUnit.Pieces _ -> throw counted();
    };
  }

  private IllegalStateException counted() {
    return new IllegalStateException(service + " is charged by pieces, not by time");
  }
}
