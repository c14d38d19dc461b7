package kz.qonyrau.licensing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Counts requests per address and in all, by the minute. Not safe for several threads.
final class RequestRate {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int perAddress;
  private final int inAll;
  private final InstantSource clock;
  private final Map<String, Integer> seen = new HashMap<>();
  private Instant minuteEnds = Instant.MIN;
  private int total;

  RequestRate(int perAddress, int inAll, InstantSource clock) {
    this.perAddress = perAddress;
    this.inAll = inAll;
    this.clock = clock;
  }

  /// Counts one request and says whether it may be served. The map never holds more addresses than
  /// requests that may be served in a minute.
  boolean admits(String address) {
    Instant now = clock.instant();
    if (!now.isBefore(minuteEnds)) {
      minuteEnds = now.plus(MINUTE);
      seen.clear();
      total = 0;
    }
    if (total >= inAll || seen.getOrDefault(address, 0) >= perAddress) {
      return false;
    }
    total++;
    var _ = seen.merge(address, 1, (a, b) -> a + b).toString();
    return true;
  }
}
