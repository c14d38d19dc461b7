package kz.qonyrau.calls;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;

/// What ended calls came to, together.
///
/// @param outcomes how many had which outcome; those that none had are left out
/// @param talk from answer to end, of all of them
/// @param amount what they cost
public record CallSums(Map<CallOutcome, Long> outcomes, Duration talk, Tenge amount) {

  /// No call at all.
  public static final CallSums NONE = new CallSums(Map.of(), Duration.ZERO, Tenge.ZERO);

  public CallSums {
    outcomes = Map.copyOf(outcomes);
  }

  public long calls() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  public long answered() {
    return outcomes.getOrDefault(CallOutcome.ANSWERED, 0L);
  }

  /// Adds up.
  static final class Adder {

    private final Map<CallOutcome, Long> outcomes = new EnumMap<>(CallOutcome.class);
    private Duration talk = Duration.ZERO;
    private Tenge amount = Tenge.ZERO;

    void add(CallOutcome outcome, long calls, Duration talked, Tenge cost) {
      outcomes.put(outcome, outcomes.getOrDefault(outcome, 0L) + calls);
      talk = talk.plus(talked);
      amount = amount.plus(cost);
    }

    CallSums sums() {
      return new CallSums(outcomes, talk, amount);
    }
  }
}
