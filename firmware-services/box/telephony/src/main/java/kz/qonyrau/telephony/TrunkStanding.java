package kz.qonyrau.telephony;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How one trunk is.
///
/// @param name what people call it
/// @param condition whether calls go there, and if not, why not
/// @param roundTrip how long the carrier took to answer OPTIONS last; empty while it does not
/// @param registered whether the box is registered there; empty where it need not be
/// @param activeCalls calls that are being dialled or talked on
/// @param channelLimit the most that the carrier allows at once (PLT-04)
/// @param score of the last calls, the share that the trunk carried, in percent
/// @param quarantine set while the trunk is left alone, and until a call got through again
/// @param quarantines how often it was since the box came up
public record TrunkStanding(
    TrunkId id,
    String name,
    Condition condition,
    Optional<Duration> roundTrip,
    Optional<Boolean> registered,
    int activeCalls,
    int channelLimit,
    int score,
    Optional<Quarantine> quarantine,
    long quarantines) {

  /// Whether calls go to a trunk, and if not, the first reason why not.
  public enum Condition {
    UP,
    /// Its pause is over; one call at a time shows what it is worth.
    PROBING,
    /// Switched off by a technician.
    OFF,
    /// Shut by the provider.
    SUSPENDED,
    /// Shows a number that the provider does not let this box show.
    NO_NUMBER,
    /// It has not said anything yet.
    UNKNOWN,
    UNREACHABLE,
    UNREGISTERED,
    QUARANTINED;

    /// Whether calls go there.
    public boolean isUsable() {
      return this == UP || this == PROBING;
    }
  }

  /// Why a trunk is left alone.
  public enum Trouble {
    /// Too many of its last calls.
    CALLS_FAIL,
    /// The one call after the last pause, too.
    STILL_FAILING,
    /// It stopped answering several times within minutes.
    COMES_AND_GOES
  }

  /// Until when a trunk is left alone; from then on one call at a time may try.
  public record Quarantine(Instant until, Trouble why) {}
}
