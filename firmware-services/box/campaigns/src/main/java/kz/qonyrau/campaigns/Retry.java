package kz.qonyrau.campaigns;

import java.time.Duration;

/// How a contact is called again for one reason.
///
/// @param times how often at most, 1 to 10
/// @param pause from the end of an attempt to the next, 0 to 7 days; [RetryReason#leastPause] says
///   more
/// @param growing whether each pause is twice the one before, up to 7 days
/// @param next at which number
public record Retry(int times, Duration pause, boolean growing, NextNumber next) {

  /// Repeats for one reason.
  public static final int MOST_TIMES = 10;

  /// Also for pauses that grow.
  public static final Duration LONGEST_PAUSE = Duration.ofDays(7);

  /// @throws IllegalArgumentException if a value is out of its range
  public Retry {
    if (times < 1 || times > MOST_TIMES) {
      throw new IllegalArgumentException("times must be 1 to " + MOST_TIMES + ", not " + times);
    }
    if (pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException("the pause must be 0 to 7 days, not " + pause);
    }
  }

  /// @param failures attempts that ended for this reason, 1 or more
  Duration pauseAfter(int failures) {
    if (!growing) {
      return pause;
    }
    Duration grown = pause;
    for (int i = 1; i < failures && grown.compareTo(LONGEST_PAUSE) < 0; i++) {
      grown = grown.multipliedBy(2);
    }
    return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
  }
}
