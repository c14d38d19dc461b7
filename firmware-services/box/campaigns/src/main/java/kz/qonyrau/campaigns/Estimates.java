package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/// Foretells what a campaign would reach, take and cost (AC-CMP-06).
final class Estimates {

  /// How long a call rings before it is answered or given up.
  private static final Duration USUAL_RINGING = Duration.ofSeconds(15);

  private final InstantSource clock;
  private final StartChecks checks;

  Estimates(InstantSource clock, StartChecks checks) {
    this.clock = clock;
    this.checks = checks;
  }

  /// @param message how long the message lasts, for a contact like most
  Estimate of(Handle handle, CampaignOrder order, Duration message, CallPricing pricing) {
    Reach reach = Reach.of(handle, order);
    long recipients = reach.recipients();
    Duration answered = message.plus(order.asking().map(Asking::longest).orElse(Duration.ZERO));
    long occupiedMs = answered.plus(USUAL_RINGING).toMillis();
    long perCallMs = Math.max(60_000L / order.callsPerMinute(), occupiedMs / order.channels());
    Duration dialing = Duration.ofMillis(Math.multiplyExact(perCallMs, recipients));
    return new Estimate(
        recipients,
        reach.excluded(),
        answered,
        dialing,
        order.schedule().ending(clock.instant(), dialing),
        pricing.answeredCall(order, answered).times(recipients),
        pricing.tariffVersion(),
        checks.blockers(handle, order, message));
  }
}
