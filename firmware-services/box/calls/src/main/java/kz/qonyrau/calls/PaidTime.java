package kz.qonyrau.calls;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import kz.qonyrau.tariffs.RatedItem;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.Tenge;

/// How much of a call is paid for, and what the next stretch costs. Pure; one per call.
///
/// Every service is rounded once per call (SH-BAL-01), so a stretch costs the difference of two
/// totals and not a price of its own.
final class PaidTime {

  private final Tariff tariff;
  private final Set<ServiceCode> services;
  private final Duration stretch;
  private Duration covered = Duration.ZERO;

  PaidTime(Tariff tariff, Set<ServiceCode> services, Duration stretch) {
    this.tariff = tariff;
    this.services = Set.copyOf(services);
    this.stretch = stretch;
  }

  /// What must be held so that the next stretch may begin.
  Tenge priceOfNext() {
    return costOf(covered.plus(stretch)).minus(costOf(covered));
  }

  /// The next stretch is held.
  void extend() {
    covered = covered.plus(stretch);
  }

  /// How long the call may last with what is held, counted from the answer.
  Duration covered() {
    return covered;
  }

  /// The lines of the bill. Time beyond what was held is the box's own delay in hanging up and is
  /// not charged (SH-BAL-08).
  List<RatedItem> bill(Duration answered, Set<ServiceCode> delivered) {
    Duration billed = answered.compareTo(covered) > 0 ? covered : answered;
    return services.stream()
        .filter(delivered::contains)
        .sorted()
        .map(service -> tariff.rate(service, billed))
        .toList();
  }

  private Tenge costOf(Duration total) {
    return services.stream()
        .map(service -> tariff.price(service, total))
        .reduce(Tenge.ZERO, Tenge::plus);
  }
}
