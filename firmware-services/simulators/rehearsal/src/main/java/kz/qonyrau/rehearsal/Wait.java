package kz.qonyrau.rehearsal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that only shows itself when asked.
public final class Wait {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Wait() {}

  /// Asks until it is so. A question that fails is asked again.
  ///
  /// @param what said in the message, in words
  /// @throws IllegalStateException if it is not so within the limit
  public static void until(Duration limit, String what, BooleanSupplier question) {
    long end = System.nanoTime() + limit.toNanos();
    RuntimeException last = null;
    while (System.nanoTime() < end) {
      try {
        if (question.getAsBoolean()) {
          return;
        }
        last = null;
      } catch (RuntimeException failure) {
        last = failure;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException("not so within " + limit.toSeconds() + " s: " + what, last);
  }
}
