package kz.qonyrau.integrations;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When a receiver that did not take an event is told again. Pure.
final class Backoff {

  static final Duration FIRST = Duration.ofSeconds(10);
  static final Duration LONGEST = Duration.ofHours(6);

  /// For how long an event is tried.
  static final Duration PATIENCE = Duration.ofDays(3);

  private Backoff() {}

  /// The next try.
  ///
  /// @param since when the first try was due
  /// @param tries how many there were, at least one
  /// @return empty once it is given up
  static Optional<Instant> next(Instant since, Instant now, int tries) {
    Duration pause = FIRST;
    for (int doubling = 1; doubling < tries && pause.compareTo(LONGEST) < 0; doubling++) {
      pause = pause.multipliedBy(2);
    }
    Instant next = now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    return next.isAfter(since.plus(PATIENCE)) ? Optional.empty() : Optional.of(next);
  }
}
