package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// The reduced price of one service. Unit, step and minimum are those of the base line.
///
/// @param price KZT per unit of the base line, below its price
/// @param committed how much of the service the customer has promised to use by the last day
public record BenefitLine(ServiceCode service, BigDecimal price, Optional<Quantity> committed) {

  private static final Duration LONGEST = Duration.ofDays(366_000);
  private static final long MOST = 1_000_000_000_000L;

  /// @throws InvalidTariffException if the promise is nothing, more than 366 000 days or a million
  ///   million pieces, or not of the service's kind
  public BenefitLine {
    committed.ifPresent(volume -> requireVolume(service, volume));
  }

  private static void requireVolume(ServiceCode service, Quantity volume) {
    boolean usable =
        switch (volume) {
          case Quantity.Time(Duration time) ->
              service.isTimed() && time.isPositive() && time.compareTo(LONGEST) <= 0;
          case Quantity.Pieces(long pieces) -> !service.isTimed() && pieces > 0 && pieces <= MOST;
        };
    InvalidTariffException.unless(
        usable, "committed", "is not a volume of " + service + " that can be used");
  }
}
