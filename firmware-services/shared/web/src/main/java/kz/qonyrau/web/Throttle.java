package kz.qonyrau.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Token buckets by key. Remembers at most 10 000 keys, the least recently used are forgotten. Safe
/// for use by several threads.
public final class Throttle {

  private static final int REMEMBERED_MAX = 10_000;

  private final InstantSource clock;
  private final int burst;
  private final Duration refill;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /// @param burst how many may come at once, at least one
  /// @param refill how long an empty bucket takes to be full again
  public Throttle(InstantSource clock, int burst, Duration refill) {
    if (burst < 1 || refill.isNegative() || refill.isZero()) {
      throw new IllegalArgumentException("not a throttle: " + burst + " in " + refill);
    }
    this.clock = clock;
    this.burst = burst;
    this.refill = refill;
  }

  /// Takes one token, or says how long to wait for one.
  public synchronized Optional<Duration> take(String key) {
    Instant now = clock.instant();
    Bucket bucket = buckets.computeIfAbsent(key, _ -> new Bucket(burst, now));
    double perMilli = (double) burst / refill.toMillis();
    long passedMillis = Math.max(0, Duration.between(bucket.at, now).toMillis());
    bucket.tokens = Math.min(burst, bucket.tokens + passedMillis * perMilli);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) Math.ceil((1 - bucket.tokens) / perMilli)));
  }

  private static final class Bucket {

    private double tokens;
    private Instant at;

    Bucket(double tokens, Instant at) {
      this.tokens = tokens;
      this.at = at;
    }
  }
}
