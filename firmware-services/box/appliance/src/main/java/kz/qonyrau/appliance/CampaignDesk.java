package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.calls.CallResult;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.OutboundCalls;
import kz.qonyrau.calls.TurnResult;
import kz.qonyrau.calls.WhoAnswered;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.campaigns.CallDesk;
import kz.qonyrau.campaigns.Prompt;
import kz.qonyrau.speech.SpeechSynthesisException;
import kz.qonyrau.speech.answering.Answer.Reason;
import kz.qonyrau.vocabulary.CallId;
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
                .map(spoken -> calls.place(spoken).map(this::resultNow))
                .orElseGet(() -> Future.succeededFuture(unspoken())));
  }

  private AttemptResult unspoken() {
    return AttemptResult.notDialled(
        NotDialled.NO_PROMPT, "the voice does not speak", clock.instant());
  }

  @Override
  public Future<Optional<AttemptResult>> outcomeAfterRestart(CallId call) {
    return book.outcomeAfterRestart(call).map(found -> found.map(this::resultNow));
  }

  private AttemptResult resultNow(CallResult result) {
    return result(result, clock.instant());
  }

  static AttemptResult result(CallResult result, Instant now) {
    return switch (result) {
      case CallResult.Finished(var outcome, var cause, var endedAt, var who, var question) ->
          AttemptResult.of(outcome, cause, endedAt, who.filter(CampaignDesk::isMachine).isPresent())
              .answered(question.flatMap(CampaignDesk::choice));
      case CallResult.NoFunds _ -> AttemptResult.notDialled(NotDialled.NO_FUNDS, "no funds", now);
    };
  }

  private static Optional<String> choice(TurnResult question) {
    return question instanceof TurnResult.Answered(var choice, var _, var _)
        ? choice
        : Optional.empty();
  }

  /// Whether a machine spoke in place of a subscriber who may be there another time.
  private static boolean isMachine(WhoAnswered who) {
    return switch (who.by()) {
      case MACHINE -> true;
      case ANNOUNCEMENT -> !who.reason().equals(Optional.of(Reason.DOES_NOT_EXIST.name()));
      case HUMAN, SILENCE, FAX -> false;
    };
  }
}
