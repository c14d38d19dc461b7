package kz.qonyrau.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;

/// What happened in the hour that began at `hour`.
///
/// @param answered talk time of all calls that began in this hour
public record HourOfCalls(
    Instant hour, Map<CallOutcome, Long> outcomes, Duration answered, Tenge amount) {

  public HourOfCalls {
    outcomes = Map.copyOf(outcomes);
  }

  public long attempts() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }
}
