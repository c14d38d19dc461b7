package kz.qonyrau.telephony.asterisk;

import java.time.Instant;
import java.util.OptionalInt;
import kz.qonyrau.telephony.HangupCause;
import org.asteriskjava.manager.event.ManagerEvent;

/// What Asterisk's events say, in the words of this module.
final class Reported {

  private Reported() {}

  /// When it happened, in Asterisk's words: on a busy box word of it comes later, and nobody is to
  /// pay for that.
  static Instant timeOf(ManagerEvent event, Instant now) {
    Double seconds = event.getTimestamp();
    if (seconds == null) {
      return now;
    }
    Instant at = Instant.ofEpochMilli(Math.round(seconds * 1000));
    return at.isBefore(now) ? at : now;
  }

  static HangupCause causeOf(HangupEvent event) {
    int q850 = event.getCause() == null ? 0 : event.getCause();
    OptionalInt sip = OptionalInt.empty();
    String tech = event.getTechCause();
    if (tech != null && tech.matches("[3-6][0-9]{2}")) {
      sip = OptionalInt.of(Integer.parseInt(tech));
    }
    return new HangupCause(q850 < 0 || q850 > 127 ? 0 : q850, sip);
  }
}
