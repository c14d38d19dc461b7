package kz.qonyrau.tariffs;

import java.time.LocalDate;
import kz.qonyrau.vocabulary.Tenge;

/// A condition of a benefit tariff that is not met.
public sealed interface BenefitFailure {

  /// Less was prepaid than is required.
  record PrepaymentMissing(Tenge required, Tenge received) implements BenefitFailure {}

  /// Less of a service was used than the days that are over should have brought.
  record VolumeBehind(ServiceCode service, Quantity expected, Quantity used)
      implements BenefitFailure {}

  /// The last day is over.
  record PeriodOver(LocalDate lastDay) implements BenefitFailure {}
}
