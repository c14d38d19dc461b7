package kz.qonyrau.tariffs;

import java.time.LocalDate;
import java.util.List;

/// Whether a benefit tariff's prices hold. Only [Applies] means that they do.
public sealed interface BenefitStanding {

  /// All conditions are met.
  record Applies() implements BenefitStanding {}

  /// The customer has not confirmed both the conditions and the rule of recalculation.
  record Unconfirmed() implements BenefitStanding {}

  /// It begins on a later day.
  record NotStarted(LocalDate firstDay) implements BenefitStanding {}

  /// Conditions are not met: a case for a person (SH-TAR-11).
  ///
  /// @param failures at least one
  record Failed(List<BenefitFailure> failures) implements BenefitStanding {

    public Failed {
      failures = List.copyOf(failures);
    }
  }
}
