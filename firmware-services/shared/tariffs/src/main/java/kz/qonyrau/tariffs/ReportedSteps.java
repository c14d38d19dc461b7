package kz.qonyrau.tariffs;

import java.time.Duration;
import java.util.Optional;

/// How many steps of the tariff a reported quantity stands for.
///
/// @param least the fewest that give this report
/// @param most the most that do
record ReportedSteps(long least, long most) {

  /// Empty if the line does not count in what the service is counted in, or counts more than can be
  /// used.
  static Optional<ReportedSteps> of(UsageLine line, TariffLine price) {
    if (!line.countedIn().equals(price.service().countedIn())) {
      return Optional.empty();
    }
    return switch (price.billing()) {
      case BillingUnit.Time time -> ofSeconds(line.quantity(), time);
      case BillingUnit.Pieces pieces -> {
        if (line.quantity() > BillingUnit.Pieces.MOST_USED) {
          yield Optional.empty();
        }
        long steps = pieces.steps(Quantity.of(line.quantity()));
        yield Optional.of(new ReportedSteps(steps, steps));
      }
    };
  }

  private static Optional<ReportedSteps> ofSeconds(long seconds, BillingUnit.Time time) {
    if (seconds > BillingUnit.Time.LONGEST_USE.toSeconds()) {
      return Optional.empty();
    }
    if (seconds == 0) {
      return Optional.of(new ReportedSteps(0, 0));
    }
    long step = time.step().toMillis();
    long least = (seconds - 1) * 1000 / step + 1;
    long most = seconds * 1000 / step;
    if (most < least) {
      // No whole number of steps ends in this second: it counts as use, and is rounded up.
      long steps = time.steps(Quantity.of(Duration.ofSeconds(seconds)));
      return Optional.of(new ReportedSteps(steps, steps));
    }
    return Optional.of(new ReportedSteps(least, most));
  }
}
