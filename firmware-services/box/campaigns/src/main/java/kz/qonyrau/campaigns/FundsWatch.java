package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import kz.qonyrau.vocabulary.CampaignId;
import org.jspecify.annotations.Nullable;

/// Lets campaigns that stand still for want of money go on once there is some (SH-BAL-05). For the
/// dialer's thread alone.
final class FundsWatch {

  private final FundsGauge funds;
  private final InstantSource clock;
  private final Duration pause;
  private final CampaignsUnderWay underWay;
  private final Runnable wake;
  private final Queue<CampaignId> funded = new ConcurrentLinkedQueue<>();

  /// @param pause between two questions about a campaign
  /// @param wake called on any thread when a campaign may go on
  FundsWatch(
      FundsGauge funds,
      InstantSource clock,
      Duration pause,
      CampaignsUnderWay underWay,
      Runnable wake) {
    this.funds = funds;
    this.clock = clock;
    this.pause = pause;
    this.underWay = underWay;
    this.wake = wake;
  }

  /// Asks about the campaigns for which it is time.
  void ask() {
    Instant now = clock.instant();
    for (UnderWay one : underWay.all()) {
      if (one.stored.state() != CampaignState.SUSPENDED_FUNDS
          || one.asking
          || now.isBefore(one.askedForFunds.plus(pause))) {
        continue;
      }
      CampaignId id = one.stored.id();
      one.askedForFunds = now;
      one.asking = true;
      funds
          .nextCallFits(id)
          .onComplete(answer -> {
            one.asking = false;
            if (answer.succeeded() && answer.result()) {
              funded.add(id);
              wake.run();
            }
          });
    }
  }

  /// Lets those go on for which the answer was yes.
  void resume() {
    Set<CampaignId> ready = new HashSet<>();
    @Nullable CampaignId next = funded.poll();
    while (next != null) {
      ready.add(next);
      next = funded.poll();
    }
    for (CampaignId id : ready) {
      underWay.move(
          id, CampaignState.SUSPENDED_FUNDS, CampaignState.RUNNING, "the balance suffices again");
    }
  }
}
