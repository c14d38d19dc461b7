package kz.qonyrau.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Pairs of hold and capture that some callers made, each waiting for its answers.
final class Pairs {

  private static final int MOST_A_CALLER = 4_000_000;

  private final double seconds;

  /// How long each hold took, sorted.
  private final long[] holdNanos;

  private Pairs(double seconds, long[] holdNanos) {
    this.seconds = seconds;
    this.holdNanos = holdNanos;
  }

  /// Lets callers make pairs, one after the other, for a while.
  ///
  /// @param pair makes one and answers how long its hold took, in nanoseconds
  /// @throws IllegalStateException if a pair failed
  static Pairs measure(int callers, Duration length, Callable<Long> pair)
      throws InterruptedException {
    long[][] took = new long[callers][];
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(callers);
    long begun = System.nanoTime();
    for (int each = 0; each < callers; each++) {
      int caller = each;
      Thread.ofVirtual()
          .start(() -> {
            try {
              took[caller] = oneAfterTheOther(begun, length, pair);
            } catch (Throwable broken) {
              failure.set(broken);
            } finally {
              ended.countDown();
            }
          });
    }
    if (!ended.await(length.toSeconds() + 60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("callers hang");
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (failure.get() != null) {
      throw new IllegalStateException("a pair failed", failure.get());
    }
    long[] all = Arrays.stream(took).flatMapToLong(Arrays::stream).sorted().toArray();
    return new Pairs(seconds, all);
  }

  private static long[] oneAfterTheOther(long begun, Duration length, Callable<Long> pair)
      throws Exception {
    long[] took = new long[1024];
    int made = 0;
    while (System.nanoTime() - begun < length.toNanos() && made < MOST_A_CALLER) {
      if (made == took.length) {
        took = Arrays.copyOf(took, 2 * made);
      }
      took[made++] = pair.call();
    }
    return Arrays.copyOf(took, made);
  }

  double perSecond() {
    return holdNanos.length / seconds;
  }

  /// How long a hold took at most, but for the slowest.
  ///
  /// @param share 0 to 1, for example 0.99
  double holdMillis(double share) {
    return holdNanos[(int) Math.min(holdNanos.length - 1L, (long) (share * holdNanos.length))]
        / 1e6;
  }
}
