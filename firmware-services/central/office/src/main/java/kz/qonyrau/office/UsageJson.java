package kz.qonyrau.office;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import kz.qonyrau.fleet.HourOfUsage;

/// Usage of one hour, as the contract shows it.
record UsageJson(
    Instant hour,
    long attempts,
    long answered,
    long answeredSeconds,
    long amountTiyn,
    Map<String, Long> outcomes) {

  /// The same without the hour: a whole day.
  record Day(long attempts, long answered, long answeredSeconds, long amountTiyn) {
    static Day of(HourOfUsage usage) {
      return new Day(
          usage.attempts(),
          usage.answeredAttempts(),
          usage.answered().toSeconds(),
          usage.amount().tiyn());
    }
  }

  static UsageJson of(HourOfUsage usage) {
    Map<String, Long> outcomes = new TreeMap<>();
    usage.outcomes().forEach((outcome, count) -> outcomes.put(outcome.name(), count));
    return new UsageJson(
        usage.hour(),
        usage.attempts(),
        usage.answeredAttempts(),
        usage.answered().toSeconds(),
        usage.amount().tiyn(),
        outcomes);
  }
}
