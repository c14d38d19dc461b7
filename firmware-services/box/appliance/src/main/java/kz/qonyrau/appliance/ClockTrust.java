package kz.qonyrau.appliance;

import java.time.Duration;
import java.time.Instant;

/// Whether the box's clock can be believed (PLT-15). Pure: times in, verdict out.
///
/// A clock may be a little slow, and rows and messages bear other clocks' times; what is more than
/// [#TOLERANCE] behind what is known to have passed was set back or was never set.
enum ClockTrust {
  TRUSTED,
  /// No time server was ever reached.
  NEVER_SYNCHRONISED,
  /// It shows a time before the newest row of the book.
  BEHIND_LEDGER,
  /// It shows a time before one that central vouched for.
  BEHIND_CENTRAL;

  /// How far a clock may be behind.
  static final Duration TOLERANCE = Duration.ofSeconds(5);

  /// What the machine says of its clock.
  enum Synchronisation {
    /// It was set by a time server, now or before.
    ONCE,
    /// It never was.
    NEVER,
    /// Nobody here can be asked; then only what is known to have passed counts.
    UNKNOWN
  }

  /// Judges a clock.
  ///
  /// @param now what it shows
  /// @param newestRow when the newest row of the book was written; the epoch if there is none
  /// @param lastWord the latest time that central vouched for; the epoch if there is none
  static ClockTrust judge(
      Instant now, Synchronisation synchronisation, Instant newestRow, Instant lastWord) {
    Instant most = now.plus(TOLERANCE);
    if (most.isBefore(newestRow)) {
      return BEHIND_LEDGER;
    }
    if (most.isBefore(lastWord)) {
      return BEHIND_CENTRAL;
    }
    return synchronisation == Synchronisation.NEVER ? NEVER_SYNCHRONISED : TRUSTED;
  }

  boolean isTrusted() {
    return this == TRUSTED;
  }
}
