package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.calls.CallResult;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.OutboundCalls;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.campaigns.CallDesk;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.speech.SpeechSynthesisException;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Introduces the calls to the campaigns: an attempt becomes a call, and the call's result the
/// attempt's.
final class CampaignDesk implements CallDesk {

  private static final Logger log = LoggerFactory.getLogger(CampaignDesk.class);

  private final OutboundCalls calls;
  private final Calls book;
  private final SpokenOrders orders;
  private final InstantSource clock;

  CampaignDesk(OutboundCalls calls, Calls book, SpokenOrders orders, InstantSource clock) {
    this.calls = calls;
    this.book = book;
    this.orders = orders;
    this.clock = clock;
  }

  @Override
  public Future<Boolean> makeReady(Prompt prompt) {
    return orders
        .sound(prompt)
        .map(true)
        .recover(failure ->
            failure instanceof SpeechSynthesisException
                ? Future.succeededFuture(false)
                : Future.failedFuture(failure));
  }

  @Override
  public Future<AttemptResult> place(Attempt attempt) {
    return orders
        .of(attempt)
        .map(Optional::of)
        .recover(failure -> {
          if (failure instanceof SpeechSynthesisException) {
            log.atError()
                .addKeyValue("campaign", attempt.campaign())
                .setCause(failure)
                .log("the voice does not speak");
            return Future.succeededFuture(Optional.empty());
          }
          return Future.failedFuture(failure);
        })
        .compose(order ->
            order
                .map(spoken -> calls.place(spoken).map(this::result))
                .orElseGet(() -> Future.succeededFuture(unspoken())));
  }

  private AttemptResult unspoken() {
    return new AttemptResult(
        CallOutcome.PLATFORM_FAULT,
        "the voice does not speak",
        clock.instant(),
        Optional.of(NotDialled.NO_PROMPT));
  }

  @Override
  public Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call) {
    return book.outcomeAfterRestart(call).map(found -> found.map(this::result));
  }

  private AttemptResult result(CallResult result) {
    return switch (result) {
      case CallResult.Finished(var outcome, var cause, var endedAt) ->
          new AttemptResult(outcome, cause, endedAt, Optional.empty());
      case CallResult.NoFunds _ ->
          new AttemptResult(
              CallOutcome.PLATFORM_FAULT,
              "no funds",
              clock.instant(),
              Optional.of(NotDialled.NO_FUNDS));
    };
  }
}
