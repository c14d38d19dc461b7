package kz.qonyrau.campaigns;

import java.time.Duration;

/// How the dialer behaves for the whole box.
///
/// @param askForFunds how often a campaign without money asks whether there is some, 1 to 60 s
public record DialerSettings(Duration askForFunds) {

  /// As boxes are delivered.
  public static final DialerSettings USUAL = new DialerSettings(Duration.ofSeconds(10));

  /// @throws IllegalArgumentException if a value is out of its range
  public DialerSettings {
    if (askForFunds.compareTo(Duration.ofSeconds(1)) < 0
        || askForFunds.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("asking for funds takes 1 to 60 s, not " + askForFunds);
    }
  }
}
