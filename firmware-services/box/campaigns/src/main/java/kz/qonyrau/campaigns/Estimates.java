package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Foretells what a campaign would reach, take and cost (AC-CMP-06).
final class Estimates {

  /// How long a call rings before it is answered or given up.
  private static final Duration USUAL_RINGING = Duration.ofSeconds(15);

  private final InstantSource clock;
  private final HouseRules rules;
  private final StartChecks checks;

  Estimates(InstantSource clock, HouseRules rules, StartChecks checks) {
    this.clock = clock;
    this.rules = rules;
    this.checks = checks;
  }

  /// @param message how long the message lasts, for a contact like most
  /// @param available to be spent now
  /// @param gate whether the box may dial now
  Estimate of(
      Handle handle,
      CampaignOrder order,
      Duration message,
      CallPricing pricing,
      Tenge available,
      GateState gate) {
    Instant now = clock.instant();
    Reach reach = Reach.at(now, handle, order, rules.contacts());
    long recipients = reach.recipients();
    Duration answered = message.plus(order.asking().map(Asking::longest).orElse(Duration.ZERO));
    long occupiedMs = answered.plus(USUAL_RINGING).toMillis();
    long perCallMs = Math.max(60_000L / order.callsPerMinute(), occupiedMs / order.channels());
    Duration dialing = Duration.ofMillis(Math.multiplyExact(perCallMs, recipients));
    Tenge perCall = pricing.answeredCall(order, answered);
    Timetable timetable = rules.timetable(order.schedule());
    return new Estimate(
        recipients,
        reach.excluded(),
        answered,
        dialing,
        timetable.ending(now, dialing),
        perCall.times(recipients),
        pricing.tariffVersion(),
        checks.blockers(handle, order, message),
        dryRun(reach, perCall, available, gate, order.record(), timetable, now));
  }

  /// What would become of each contact in the first moment after the start. Money is taken to
  /// suffice for as many as it would pay for if everybody answered.
  private static Breakdown dryRun(
      Reach reach,
      Tenge perCall,
      Tenge available,
      GateState gate,
      boolean records,
      Timetable timetable,
      Instant now) {
    Breakdown.Builder parts = new Breakdown.Builder();
    parts.excluded(reach.excluded());
    Optional<Instant> opens = timetable.opens(now);
    if (!opens.equals(Optional.of(now))) {
      parts.add(Reason.NO_WINDOW, reach.recipients(), opens);
    } else if (gate instanceof GateState.Stopped(IdleReason why)) {
      parts.add(Reason.of(why), reach.recipients());
    } else if (records && gate instanceof GateState.Open(var _, var _, boolean room) && !room) {
      parts.add(Reason.STORAGE_FULL, reach.recipients());
    } else {
      parts.add(Reason.CAP_REACHED, reach.capped());
      parts.add(Reason.NUMBER_RESTING, reach.resting());
      long free = reach.recipients() - reach.capped() - reach.resting();
      long paid =
          perCall.tiyn() <= 0
              ? free
              : Math.min(free, Math.max(0, available.tiyn()) / perCall.tiyn());
      parts.add(Reason.IN_TURN, paid);
      parts.add(Reason.NO_FUNDS, free - paid);
    }
    parts.add(Reason.DUPLICATE, reach.contacts() - parts.sum());
    return parts.build();
  }
}
