package kz.qonyrau.telephony.asterisk;

import java.time.Duration;
import java.util.Optional;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.jspecify.annotations.Nullable;

/// What is known of the trunk's reachability, and whether it is time to ask.
///
/// Asterisk reports a change once, and at its start perhaps before anybody hears it. So a trunk
/// that seems to be down is to be asked for again and again, and one that is up now and then.
/// Belongs to one event loop.
final class TrunkWatch {

  /// While the trunk is up.
  static final int PONGS_BETWEEN_QUESTIONS = 10;

  private boolean reachable;
  private Optional<Duration> roundTrip = Optional.empty();
  private long pongs;

  /// Takes what Asterisk says, on its own or when asked.
  ///
  /// @param status Asterisk's word; only `Reachable` means that the carrier answers
  /// @param roundTripMicroseconds how long the answer took, if that is known
  /// @return whether the trunk came up or went down by it
  boolean told(@Nullable String status, @Nullable String roundTripMicroseconds) {
    boolean before = reachable;
    reachable = ContactStatusEvent.STATUS_REACHABLE.equals(status);
    roundTrip =
        reachable && roundTripMicroseconds != null && roundTripMicroseconds.matches("[0-9]{1,12}")
            ? Optional.of(Duration.ofNanos(Long.parseLong(roundTripMicroseconds) * 1000))
            : Optional.empty();
    return reachable != before;
  }

  /// Asterisk is gone, and with it all that it knew.
  void lost() {
    reachable = false;
    roundTrip = Optional.empty();
  }

  /// To be called once with each answer to a ping.
  boolean isToBeAskedFor() {
    pongs++;
    return !reachable || pongs % PONGS_BETWEEN_QUESTIONS == 0;
  }

  boolean isReachable() {
    return reachable;
  }

  /// How long the carrier took to answer last; empty while it does not.
  Optional<Duration> roundTrip() {
    return roundTrip;
  }
}
