package kz.qonyrau.telephony.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.TrunkStanding.Condition;
import kz.qonyrau.telephony.TrunkStanding.Quarantine;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.telephony.trunks.Trunk;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One trunk in use: what is known of it, its health and its calls. Belongs to one event loop.
final class TrunkLine {

  private static final Logger log = LoggerFactory.getLogger(TrunkLine.class);

  private Trunk trunk;
  private TrunkWatch watch = new TrunkWatch();
  private TrunkHealth health = new TrunkHealth();
  private boolean heardOf;
  private boolean registered;
  private int calls;

  TrunkLine(Trunk trunk) {
    this.trunk = trunk;
  }

  Trunk trunk() {
    return trunk;
  }

  Way way() {
    return new Way(trunk.id(), trunk.terms().name(), trunk.terms().callerNumber());
  }

  /// People changed it. To another carrier, or by another login, it is another line.
  void becomes(Trunk next) {
    boolean same =
        trunk.terms().host().equals(next.terms().host())
            && trunk.terms().port() == next.terms().port()
            && trunk.terms().transport() == next.terms().transport()
            && trunk.terms().login().equals(next.terms().login());
    if (!same || trunk.isOpen() != next.isOpen()) {
      watch = new TrunkWatch();
      health = new TrunkHealth();
      heardOf = false;
      registered = false;
    }
    trunk = next;
  }

  void began() {
    calls++;
  }

  void ended() {
    calls--;
  }

  int calls() {
    return calls;
  }

  /// Takes what Asterisk says of the carrier's answers to OPTIONS.
  void told(@Nullable String status, @Nullable String roundTripMicroseconds, Instant now) {
    boolean known =
        ContactStatusEvent.STATUS_REACHABLE.equals(status)
            || ContactStatusEvent.STATUS_UNREACHABLE.equals(status);
    if (!known || !trunk.isOpen()) {
      return;
    }
    boolean first = !heardOf;
    heardOf = true;
    if (watch.told(status, roundTripMicroseconds) || first) {
      log.atInfo()
          .addKeyValue("trunk", trunk.id())
          .addKeyValue("reachable", watch.isReachable())
          .log("the trunk's state changed");
      if (!watch.isReachable() && !first && health.lost(now)) {
        leftAlone();
      }
    }
  }

  void registered(boolean is) {
    if (registered != is) {
      registered = is;
      log.atInfo()
          .addKeyValue("trunk", trunk.id())
          .addKeyValue("registered", is)
          .log("the trunk's registration changed");
    }
  }

  /// Asterisk is gone, and with it all that it knew; how the trunk did is kept.
  void lost() {
    watch.lost();
    heardOf = false;
    registered = false;
  }

  /// To be called once with each answer to a ping.
  boolean isToBeAskedFor() {
    boolean asked = watch.isToBeAskedFor();
    return trunk.isOpen() && (asked || (trunk.terms().login().isPresent() && !registered));
  }

  void judge(FailOver.Verdict verdict, Instant now) {
    switch (verdict) {
      case CARRIED -> {
        if (health.carried(now)) {
          log.atWarn().addKeyValue("trunk", trunk.id()).log("the trunk is back");
        }
      }
      case REFUSED, FAILED -> {
        if (health.failed(now)) {
          leftAlone();
        }
      }
      case OURS -> {}
    }
  }

  private void leftAlone() {
    Quarantine quarantine = health.quarantine().orElseThrow();
    log.atWarn()
        .addKeyValue("trunk", trunk.id())
        .addKeyValue("why", quarantine.why())
        .addKeyValue("until", quarantine.until())
        .addKeyValue("score", health.score())
        .log("the trunk is left alone for a while");
  }

  /// Whether a call may go there now, apart from the limit. One of which nothing is known yet may
  /// be tried.
  boolean takesCalls(Instant now) {
    Condition condition = condition(now);
    return (condition.isUsable() || condition == Condition.UNKNOWN) && health.admits(now, calls);
  }

  Condition condition(Instant now) {
    if (trunk.suspension().isPresent()) {
      return Condition.SUSPENDED;
    }
    if (!trunk.terms().enabled()) {
      return Condition.OFF;
    }
    if (!trunk.mayShow()) {
      return Condition.NO_NUMBER;
    }
    if (health.quarantine().isPresent() && !health.isProbing(now)) {
      return Condition.QUARANTINED;
    }
    if (!heardOf) {
      return Condition.UNKNOWN;
    }
    if (!watch.isReachable()) {
      return Condition.UNREACHABLE;
    }
    if (trunk.terms().login().isPresent() && !registered) {
      return Condition.UNREGISTERED;
    }
    return health.isProbing(now) ? Condition.PROBING : Condition.UP;
  }

  Optional<Duration> roundTrip() {
    return watch.roundTrip();
  }

  TrunkStanding standing(Instant now) {
    return new TrunkStanding(
        trunk.id(),
        trunk.terms().name(),
        condition(now),
        watch.roundTrip(),
        trunk.terms().login().map(_ -> registered),
        calls,
        trunk.terms().channelLimit(),
        health.score(),
        health.quarantine(),
        health.quarantines());
  }

  TrunkChoice.Candidate candidate(Instant now) {
    return new TrunkChoice.Candidate(
        trunk.id(),
        takesCalls(now),
        calls,
        trunk.terms().channelLimit(),
        trunk.terms().price(),
        trunk.terms().place());
  }
}
