package kz.qonyrau.testsupport;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what other processes do and nothing announces. Inside one process wait for the event
/// itself.
public final class Eventually {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Eventually() {}

  /// What `future` answers, waited for at most ten seconds. Rethrows its failure as it is.
  ///
  /// @throws AssertionError if it does not answer in time
  public static <T> T answer(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 10 s", late);
    }
  }

  /// Returns as soon as `condition` holds.
  ///
  /// @param longest how long to wait at most
  /// @param description what is waited for, said when it does not come
  /// @throws AssertionError if it does not hold in time
  public static void await(Duration longest, String description, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > longest.toNanos()) {
        throw new AssertionError("not within " + longest.toMillis() + " ms: " + description);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
