package kz.qonyrau.campaigns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.campaigns.AttemptTable.OpenAttempt;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The results of attempts, from when they become known until they are written down: what each
/// means for its recipient, for the pacer, and for a campaign whose next call would end the same
/// way.
final class FinishedAttempts {

  private static final Logger log = LoggerFactory.getLogger(FinishedAttempts.class);

  private static final int MOST_AT_ONCE = 200;

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final HouseRules rules;
  private final Pacer pacer;
  private final CampaignsUnderWay underWay;
  private final CandidateSupply supply;
  private final Queue<Finished> waiting = new ConcurrentLinkedQueue<>();

  /// @param opened false if nothing was dialled because the attempt could not be written down
  private record Finished(OpenAttempt attempt, AttemptResult result, boolean opened) {

    boolean waitsAgain() {
      return !opened || result.notDialled().isPresent();
    }

    CampaignId campaign() {
      return attempt.campaign();
    }
  }

  FinishedAttempts(
      Store store,
      InstantSource clock,
      Campaigns campaigns,
      HouseRules rules,
      Pacer pacer,
      CampaignsUnderWay underWay,
      CandidateSupply supply) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.rules = rules;
    this.pacer = pacer;
    this.underWay = underWay;
    this.supply = supply;
  }

  /// Takes a result, to be written down later. On any thread.
  void add(OpenAttempt attempt, AttemptResult result) {
    waiting.add(new Finished(attempt, result, true));
  }

  /// Takes an attempt that was perhaps not written down, and of which nothing was dialled.
  void addUnopened(OpenAttempt attempt) {
    waiting.add(
        new Finished(attempt, AttemptResult.platformFault("not opened", clock.instant()), false));
  }

  /// Whether nothing waits to be written down.
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// Writes down some of those that wait. What could not be written waits on.
  void writeDown() {
    List<Finished> batch = new ArrayList<>();
    @Nullable Finished next = waiting.poll();
    while (next != null) {
      batch.add(next);
      next = batch.size() < MOST_AT_ONCE ? waiting.poll() : null;
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      writeDown(batch);
    } catch (Throwable failure) {
      // What is not written is still to be written.
      waiting.addAll(batch);
      throw failure;
    }
  }

  /// Writes one result down at once.
  void writeDown(OpenAttempt attempt, AttemptResult result) {
    writeDown(List.of(new Finished(attempt, result, true)));
  }

  private void writeDown(List<Finished> batch) {
    Map<CampaignId, NotDialled> stopped = store.write(handle -> close(handle, batch)).await();
    for (Finished one : batch) {
      if (one.waitsAgain()) {
        pacer.withdrawn(one.campaign(), one.attempt.candidate(), true);
      } else {
        pacer.ended(
            one.campaign(), one.attempt.candidate(), one.result.endedAt(), one.result.isFailure());
      }
    }
    batch.stream()
        .map(Finished::campaign)
        .distinct()
        .forEach(campaign -> {
          underWay.find(campaign).ifPresent(one -> supply.offerAgain(one, List.of()));
          campaigns.tellProgress(campaign);
        });
    if (!stopped.isEmpty()) {
      Instant now = clock.instant();
      stopped.forEach((id, why) -> {
        log.atWarn().addKeyValue("campaign", id).addKeyValue("why", why).log("campaign stops");
        underWay.find(id).ifPresent(one -> one.askedForFunds = now);
        underWay.markChanged(id);
      });
      underWay.reloadChanged();
    }
  }

  /// @return the campaigns that stop, and why
  private Map<CampaignId, NotDialled> close(Handle handle, List<Finished> batch) {
    Map<CampaignId, NotDialled> stopped = new HashMap<>();
    Map<CampaignId, CampaignTable.Stored> stored = new HashMap<>();
    for (Finished one : batch) {
      if (one.waitsAgain()) {
        AttemptEnds.withdraw(handle, one.attempt, one.result);
        one.result
            .notDialled()
            .filter(why -> stop(handle, one.campaign(), why))
            .ifPresent(why -> stopped.put(one.campaign(), why));
      } else {
        CampaignTable.Stored campaign =
            stored.computeIfAbsent(
                one.campaign(), id -> CampaignTable.find(handle, id).orElseThrow());
        AttemptEnds.close(
            handle,
            campaign,
            rules.timetable(campaign.order().schedule()),
            one.attempt,
            one.result);
      }
    }
    return stopped;
  }

  /// Stops a running campaign for a reason that would meet its next call, too.
  ///
  /// @return whether it was running
  private boolean stop(Handle handle, CampaignId id, NotDialled why) {
    CampaignTable.Stored stored = CampaignTable.find(handle, id).orElseThrow();
    if (stored.state() != CampaignState.RUNNING) {
      return false;
    }
    CampaignState next =
        switch (why) {
          case NO_FUNDS -> CampaignState.SUSPENDED_FUNDS;
          case NO_PROMPT -> CampaignState.PAUSED;
        };
    String words =
        switch (why) {
          case NO_FUNDS -> "the balance does not cover the next call";
          case NO_PROMPT -> CampaignsUnderWay.MUTE;
        };
    CampaignTable.move(handle, stored.campaignNo(), next, clock.instant(), Campaigns.SYSTEM, words);
    return true;
  }
}
