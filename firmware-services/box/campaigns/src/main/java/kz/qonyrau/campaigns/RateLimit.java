package kz.qonyrau.campaigns;

import java.time.Instant;

/// At most so many starts in any 60 s, evenly spaced. Pure: it knows the time only from its caller.
///
/// A bucket that fills with `perMinute` tokens a minute and holds those of one second lets a late
/// turn catch up; the starts of the last minute are remembered, so that catching up never exceeds
/// the limit in any window of 60 s.
final class RateLimit {

  private static final long MINUTE_MS = 60_000;

  private final int perMinute;
  private final double capacity;
  private final long[] starts;
  private int next;
  private double tokens = 1;
  private long filledAtMs = Long.MIN_VALUE;

  /// @param perMinute above 0
  RateLimit(int perMinute) {
    this.perMinute = perMinute;
    this.capacity = Math.max(1, perMinute / 60.0);
    this.starts = new long[perMinute];
    java.util.Arrays.fill(starts, Long.MIN_VALUE);
  }

  /// Another limit that knows the same starts.
  RateLimit changedTo(int perMinute) {
    RateLimit other = new RateLimit(perMinute);
    for (int i = 0; i < starts.length; i++) {
      long start = starts[(next + i) % starts.length];
      if (start != Long.MIN_VALUE) {
        other.remember(Instant.ofEpochMilli(start));
      }
    }
    return other;
  }

  int perMinute() {
    return perMinute;
  }

  /// When the next start is allowed: `now` or later.
  Instant next(Instant now) {
    fill(now);
    long nowMs = now.toEpochMilli();
    long at = nowMs;
    if (tokens < 1) {
      at = nowMs + (long) Math.ceil((1 - tokens) * MINUTE_MS / perMinute);
    }
    long oldest = starts[next];
    if (oldest != Long.MIN_VALUE && oldest + MINUTE_MS > at) {
      // A clock that went back would otherwise stop the campaign for as long as it went back.
      at = Math.min(oldest + MINUTE_MS, nowMs + MINUTE_MS);
    }
    return at <= nowMs ? now : Instant.ofEpochMilli(at);
  }

  void start(Instant now) {
    fill(now);
    tokens = Math.max(0, tokens - 1);
    remember(now);
  }

  /// Counts a start that was made earlier, before a restart or under another limit.
  void remember(Instant at) {
    starts[next] = at.toEpochMilli();
    next = (next + 1) % starts.length;
  }

  private void fill(Instant now) {
    long nowMs = now.toEpochMilli();
    if (filledAtMs != Long.MIN_VALUE) {
      double grown = (double) Math.max(0, nowMs - filledAtMs) * perMinute / MINUTE_MS;
      // What is missing by a rounding error is there.
      tokens = Math.min(capacity, tokens + grown + 1e-9);
    }
    filledAtMs = nowMs;
  }
}
