package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;

/// What happened in one hour, by the time at which the attempts began.
///
/// @param hour its beginning
/// @param outcomes attempts by outcome; outcomes that did not occur are absent
/// @param answered time connected
/// @param amount what it cost
public record HourOfUsage(
    Instant hour, Map<CallOutcome, Long> outcomes, Duration answered, Tenge amount) {

  public HourOfUsage {
    outcomes = Map.copyOf(outcomes);
  }

  /// All attempts.
  public long attempts() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Attempts that someone answered.
  public long answeredAttempts() {
    return outcomes.getOrDefault(CallOutcome.ANSWERED, 0L);
  }
}
