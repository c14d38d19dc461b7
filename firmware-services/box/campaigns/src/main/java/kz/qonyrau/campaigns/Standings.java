package kz.qonyrau.campaigns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.CampaignId;

/// Says how each campaign stands with the dialer, as of the last turn.
final class Standings {

  private static final Standing NOT_STARTED =
      new Standing(
          Idle.because(IdleReason.NOT_STARTED),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  private final InstantSource clock;
  private final HouseRules rules;
  private final DialingGate gate;
  private final Pacer pacer;
  private final PromptsAhead prompts;
  private final CampaignsUnderWay underWay;
  private volatile Map<CampaignId, Standing> byId = Map.of();
  private volatile Capacity capacity = Capacity.NONE;

  Standings(
      InstantSource clock,
      HouseRules rules,
      DialingGate gate,
      Pacer pacer,
      PromptsAhead prompts,
      CampaignsUnderWay underWay) {
    this.clock = clock;
    this.rules = rules;
    this.gate = gate;
    this.pacer = pacer;
    this.prompts = prompts;
    this.underWay = underWay;
  }

  /// How a campaign stood then. On any thread.
  Standing of(CampaignId campaign) {
    return byId.getOrDefault(campaign, NOT_STARTED);
  }

  /// What could be begun in a minute then. On any thread.
  Capacity capacity() {
    return capacity;
  }

  /// Looks at every campaign again, at the end of a turn; those that are over stay as they were.
  void refresh() {
    Instant now = clock.instant();
    GateState open = gate.state();
    Capacity possible = pacer.capacity(now, open);
    Map<CampaignId, Standing> all = new HashMap<>(byId);
    for (UnderWay one : underWay.all()) {
      CampaignTable.Stored stored = one.stored;
      boolean speaks = stored.prepared() && stored.state().isUnderWay();
      all.put(
          stored.id(),
          new Standing(
              explain(one, now, open),
              speaks ? prompts.voiced(stored) : Optional.empty(),
              Optional.ofNullable(possible.campaigns().get(stored.id())),
              stored.state() == CampaignState.RUNNING
                  ? pacer.slowedTo(stored.id())
                  : Optional.empty(),
              pacer.resting(stored.id())));
    }
    byId = Map.copyOf(all);
    capacity = possible;
  }

  private Idle explain(UnderWay one, Instant now, GateState open) {
    CampaignTable.Stored stored = one.stored;
    return switch (stored.state()) {
      case DRAFT, CHECKING, HELD, REJECTED, READY -> Idle.because(IdleReason.NOT_STARTED);
      case SCHEDULED ->
          new Idle(IdleReason.NO_WINDOW, rules.timetable(stored.order().schedule()).opens(now));
      case RUNNING ->
          waitsForRecipients(one) || waitsForPrompts(one)
              ? Idle.because(IdleReason.PREPARING)
              : pacer.explain(stored.id(), now, open);
      case PAUSED -> Idle.because(one.mute ? IdleReason.NO_VOICE : IdleReason.PAUSED);
      case SUSPENDED_FUNDS -> Idle.because(IdleReason.NO_FUNDS);
      case SUSPENDED_ADMIN -> Idle.because(IdleReason.SUSPENDED);
      case COMPLETED -> Idle.because(IdleReason.ALL_DONE);
      case CANCELLED -> Idle.because(IdleReason.CANCELLED);
      case EXPIRED_SCHEDULE -> Idle.because(IdleReason.EXPIRED_SCHEDULE);
    };
  }

  /// Whether all who are written down so far were offered, and nobody of them waits.
  private boolean waitsForRecipients(UnderWay one) {
    return !one.stored.prepared()
        && one.cursor >= one.stored.lastSeq()
        && pacer.isIdle(one.stored.id());
  }

  private boolean waitsForPrompts(UnderWay one) {
    int ready = prompts.readyUpTo(one.stored.id());
    return ready < one.stored.lastSeq()
        && one.cursor >= ready
        && pacer.active(one.stored.id()) == 0;
  }
}
