package kz.qonyrau.tariffs;

import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.tariffs.BenefitFailure.PeriodOver;
import kz.qonyrau.tariffs.BenefitFailure.PrepaymentMissing;
import kz.qonyrau.tariffs.BenefitFailure.VolumeBehind;
import kz.qonyrau.vocabulary.Tenge;

/// What has come of a benefit tariff's conditions so far.
///
/// @param prepaid what the customer has paid towards the prepayment
/// @param used how much of each service was rendered under the benefit, of the service's kind; what
///   is not there counts as nothing
public record BenefitProgress(Tenge prepaid, Map<ServiceCode, Quantity> used) {

  /// @throws IllegalArgumentException if time is given for a service that is counted in pieces, or
  ///   pieces for time
  public BenefitProgress {
    used = Map.copyOf(used);
    used.forEach(BenefitProgress::requireKind);
  }

  List<BenefitFailure> failures(BenefitTariff benefit, LocalDate today) {
    List<BenefitFailure> failures = new ArrayList<>();
    if (prepaid.compareTo(benefit.prepayment()) < 0) {
      failures.add(new PrepaymentMissing(benefit.prepayment(), prepaid));
    }
    long days = ChronoUnit.DAYS.between(benefit.firstDay(), benefit.lastDay()) + 1;
    long over = Math.min(days, ChronoUnit.DAYS.between(benefit.firstDay(), today));
    for (BenefitLine line : benefit.lines()) {
      line.committed()
          .flatMap(volume -> behind(line.service(), volume, over, days))
          .ifPresent(failures::add);
    }
    if (today.isAfter(benefit.lastDay())) {
      failures.add(new PeriodOver(benefit.lastDay()));
    }
    return failures;
  }

  /// The volume is expected day by day in equal parts, of which only whole days count: none on the
  /// first day, all of it after the last.
  private Optional<BenefitFailure> behind(
      ServiceCode service, Quantity committed, long over, long days) {
    long expected = part(size(committed), over, days);
    long rendered = Optional.ofNullable(used.get(service)).map(BenefitProgress::size).orElse(0L);
    return rendered < expected
        ? Optional.of(
            new VolumeBehind(service, like(committed, expected), like(committed, rendered)))
        : Optional.empty();
  }

  /// Milliseconds or pieces.
  private static long size(Quantity quantity) {
    return switch (quantity) {
      case Quantity.Time(Duration time) -> time.toMillis();
      case Quantity.Pieces(long pieces) -> pieces;
    };
  }

  private static Quantity like(Quantity kind, long size) {
    return switch (kind) {
      case Quantity.Time _ -> Quantity.of(Duration.ofMillis(size));
      case Quantity.Pieces _ -> Quantity.of(size);
    };
  }

  private static long part(long whole, long over, long days) {
    return BigInteger.valueOf(whole)
        .multiply(BigInteger.valueOf(over))
        .divide(BigInteger.valueOf(days))
        .longValueExact();
  }

  private static void requireKind(ServiceCode service, Quantity quantity) {
    if (service.isTimed() != (quantity instanceof Quantity.Time)) {
      throw new IllegalArgumentException("used: " + service + " is not counted as in " + quantity);
    }
  }
}
