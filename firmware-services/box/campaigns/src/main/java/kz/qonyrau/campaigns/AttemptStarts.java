package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.campaigns.AttemptTable.OpenAttempt;
import kz.qonyrau.campaigns.AttemptTable.Opened;
import kz.qonyrau.campaigns.AttemptTable.Opening;
import kz.qonyrau.campaigns.Pacer.Step.Dial;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Begins attempts: writes each down before anything rings, and hands it to the call desk.
final class AttemptStarts {

  private static final Logger log = LoggerFactory.getLogger(AttemptStarts.class);

  private final Store store;
  private final InstantSource clock;
  private final Campaigns campaigns;
  private final HouseRules rules;
  private final CallDesk desk;
  private final Pacer pacer;
  private final CampaignsUnderWay underWay;
  private final CandidateSupply supply;
  private final FinishedAttempts finished;
  private final Runnable wake;

  /// @param wake called on any thread when an attempt has ended
  AttemptStarts(
      Store store,
      InstantSource clock,
      Campaigns campaigns,
      HouseRules rules,
      CallDesk desk,
      Pacer pacer,
      CampaignsUnderWay underWay,
      CandidateSupply supply,
      FinishedAttempts finished,
      Runnable wake) {
    this.store = store;
    this.clock = clock;
    this.campaigns = campaigns;
    this.rules = rules;
    this.desk = desk;
    this.pacer = pacer;
    this.underWay = underWay;
    this.supply = supply;
    this.finished = finished;
    this.wake = wake;
  }

  /// Begins what the pacer picked, unless its number must be left alone or its campaign was stopped
  /// meanwhile.
  ///
  /// @param picked under the ids that the calls will have, in the order of dialling
  void open(Map<CallId, Dial> picked) {
    List<Opening> openings = new ArrayList<>();
    picked.forEach((call, dial) ->
        openings.add(
            new Opening(
                call, underWay.get(dial.campaign()).stored.campaignNo(), dial.candidate())));
    List<Opened> opened;
    try {
      opened =
          store
              .write(handle -> AttemptTable.open(handle, rules, openings, clock.instant()))
              .await();
    } catch (Throwable failure) {
      resolve(picked, failure);
      throw failure;
    }
    Set<CampaignId> later = new LinkedHashSet<>();
    int i = 0;
    for (Map.Entry<CallId, Dial> entry : picked.entrySet()) {
      Dial dial = entry.getValue();
      switch (opened.get(i++)) {
        case Opened.Ready(var variables) -> place(entry.getKey(), dial, variables);
        case Opened.Excluded _ -> {
          pacer.withdrawn(dial.campaign(), dial.candidate(), false);
          campaigns.tellProgress(dial.campaign());
        }
        case Opened.Capped _ -> {
          pacer.withdrawn(dial.campaign(), dial.candidate(), false);
          later.add(dial.campaign());
        }
        case Opened.Redirected(var candidate) -> {
          pacer.redirected(dial.campaign(), dial.candidate(), candidate);
          later.add(dial.campaign());
        }
        case Opened.Refused _ -> {
          pacer.withdrawn(dial.campaign(), dial.candidate(), true);
          underWay.markChanged(dial.campaign());
        }
      }
    }
    for (CampaignId campaign : later) {
      supply.offerAgain(underWay.get(campaign), List.of());
      campaigns.tellProgress(campaign);
    }
  }

  /// The commit failed, and may or may not have been made. What was not written waits again; what
  /// was written counts as nothing dialled, because nothing was.
  private void resolve(Map<CallId, Dial> picked, Throwable failure) {
    log.atWarn().setCause(failure).log("attempts could not be opened");
    picked.forEach((call, dial) -> finished.addUnopened(attempt(call, dial)));
  }

  private OpenAttempt attempt(CallId call, Dial dial) {
    return new OpenAttempt(
        call, underWay.get(dial.campaign()).stored.campaignNo(), dial.campaign(), dial.candidate());
  }

  private void place(CallId call, Dial dial, Map<String, String> variables) {
    CampaignTable.Stored stored = underWay.get(dial.campaign()).stored;
    CampaignOrder order = stored.order();
    OpenAttempt attempt = attempt(call, dial);
    Future<AttemptResult> result;
    try {
      // In here, because values may leave a text blank or too long.
      Prompt prompt = order.prompt().filled(variables);
      Optional<Asking> asking = order.asking().map(one -> one.filled(variables));
      result =
          desk.place(
              new Attempt(
                  call,
                  stored.id(),
                  dial.candidate().number(),
                  prompt,
                  order.ringing(),
                  order.record(),
                  asking,
                  order.machines(),
                  variables));
    } catch (RuntimeException failure) {
      result = Future.failedFuture(failure);
    }
    result.onComplete(answer -> {
      if (answer.failed()) {
        log.atWarn()
            .addKeyValue("call", call)
            .setCause(answer.cause())
            .log("the call desk lost an attempt");
      }
      finished.add(
          attempt,
          answer.succeeded()
              ? answer.result()
              : AttemptResult.platformFault("call desk failed", clock.instant()));
      wake.run();
    });
    campaigns.tellProgress(stored.id());
  }
}
