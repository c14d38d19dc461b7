package kz.qonyrau.campaigns;

import java.time.Duration;

/// How the dialer behaves for the whole box.
///
/// @param gap between two campaigns' calls to one number, 0 to 24 h; 30 min unless the customer
///   sets another (AC-CAL-09)
/// @param askForFunds how often a campaign without money asks whether there is some, 1 to 60 s
public record DialerSettings(Duration gap, Duration askForFunds) {

  /// As long as the customer sets nothing else.
  public static final DialerSettings USUAL =
      new DialerSettings(Duration.ofMinutes(30), Duration.ofSeconds(10));

  /// @throws IllegalArgumentException if a value is out of its range
  public DialerSettings {
    if (gap.isNegative() || gap.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException("the gap must be 0 to 24 h, not " + gap);
    }
    if (askForFunds.compareTo(Duration.ofSeconds(1)) < 0
        || askForFunds.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("asking for funds takes 1 to 60 s, not " + askForFunds);
    }
  }
}
