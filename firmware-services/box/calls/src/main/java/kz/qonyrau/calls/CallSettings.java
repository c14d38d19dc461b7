package kz.qonyrau.calls;

import java.time.Duration;

/// How calls are paid for and closed.
///
/// @param paidAhead how much time is held at once, rounded up to the tariff's step; a call is
///   extended by as much while it runs (SH-BAL-06)
/// @param closing how long before paid time ends a call that cannot be extended is told to close
public record CallSettings(Duration paidAhead, Duration closing) {

  public static final CallSettings DEFAULT =
      new CallSettings(Duration.ofSeconds(60), Duration.ofSeconds(10));

  public CallSettings {
    if (paidAhead.compareTo(closing) <= 0 || closing.isNegative()) {
      throw new IllegalArgumentException(
          "calls.paid-ahead ("
              + paidAhead
              + ") must be longer than calls.closing ("
              + closing
              + ")");
    }
  }
}
