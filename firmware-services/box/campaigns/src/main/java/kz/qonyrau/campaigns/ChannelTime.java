package kz.qonyrau.campaigns;

import java.time.Duration;

/// How long a call takes a channel, from its start to its end: a mean in which the last fifty or so
/// count most. Pure.
final class ChannelTime {

  private static final int ENOUGH = 20;
  private static final double WEIGHT = 1.0 / 50;
  private static final double SHORTEST_S = 0.1;

  private double seconds;
  private int known;

  /// Takes note of a call that has ended.
  void add(Duration taken) {
    double one = Math.max(SHORTEST_S, taken.toMillis() / 1000.0);
    known = Math.min(known + 1, ENOUGH);
    // The first ones count alike, so that the very first does not stand out for long.
    seconds += (one - seconds) * Math.max(WEIGHT, 1.0 / known);
  }

  /// How many calls a minute so many channels carry, at most `limit`, which is also the answer
  /// while too few calls are known.
  int perMinute(int channels, int limit) {
    return known < ENOUGH ? limit : (int) Math.min(limit, channels * 60 / seconds);
  }
}
