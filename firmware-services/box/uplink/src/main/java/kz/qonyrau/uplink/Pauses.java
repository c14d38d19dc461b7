package kz.qonyrau.uplink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long central is left alone after it could not be reached. Pauses double from attempt to
/// attempt, and vary, so that a fleet does not come back all at once. For one thread only.
final class Pauses {

  private final Duration shortest;
  private final Duration longest;
  private final Due next = new Due();
  private int failures;

  Pauses(Duration shortest, Duration longest) {
    this.shortest = shortest;
    this.longest = longest;
  }

  /// Whether central may be tried.
  boolean areOver() {
    return next.isNow();
  }

  /// Begins one, because an attempt failed or a connection was lost.
  ///
  /// @return how long it is
  Duration begin() {
    long base = Math.min(longest.toMillis(), shortest.toMillis() << Math.min(failures, 16));
    failures++;
    Duration pause =
        Duration.ofMillis(base / 2 + ThreadLocalRandom.current().nextLong(base / 2 + 1));
    next.in(pause);
    return pause;
  }

  /// Forgets all failures, because central was reached.
  void end() {
    failures = 0;
    next.atOnce();
  }
}
