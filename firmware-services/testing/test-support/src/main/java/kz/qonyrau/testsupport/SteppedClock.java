package kz.qonyrau.testsupport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is told to go on. Safe for use by several threads.
public final class SteppedClock implements InstantSource {

  private final AtomicReference<Instant> now;

  private SteppedClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  /// A clock that shows `start`.
  ///
  /// @param start an instant in ISO form, for example `2026-11-24T04:00:00Z`
  public static SteppedClock at(String start) {
    return at(Instant.parse(start));
  }

  public static SteppedClock at(Instant start) {
    return new SteppedClock(start);
  }

  /// Moves the clock; a negative step is what a corrected clock does.
  public void advance(Duration step) {
    var _ = now.updateAndGet(instant -> instant.plus(step));
  }

  public void set(Instant instant) {
    now.set(instant);
  }

  @Override
  public Instant instant() {
    return now.get();
  }
}
