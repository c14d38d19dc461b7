package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.calls.CallOrder;
import kz.qonyrau.calls.CallResult;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.ListenFor;
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

/// Introduces the calls to the campaigns: what a campaign says becomes sound, an attempt becomes a
/// call, and the call's result the attempt's.
final class CampaignDesk implements CallDesk {

  private static final Logger log = LoggerFactory.getLogger(CampaignDesk.class);
  private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

  private final OutboundCalls calls;
  private final Calls book;
  private final Prompts prompts;
  private final InstantSource clock;

  CampaignDesk(OutboundCalls calls, Calls book, Prompts prompts, InstantSource clock) {
    this.calls = calls;
    this.book = book;
    this.prompts = prompts;
    this.clock = clock;
  }

  @Override
  public Future<Boolean> makeReady(Prompt prompt) {
    return sound(prompt)
        .map(true)
        .recover(failure ->
            failure instanceof SpeechSynthesisException
                ? Future.succeededFuture(false)
                : Future.failedFuture(failure));
  }

  @Override
  public Future<AttemptResult> place(Attempt attempt) {
    return sound(attempt.prompt())
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
        .compose(sound ->
            sound
                .map(pcm -> calls.place(order(attempt, pcm)).map(this::result))
                .orElseGet(() -> Future.succeededFuture(unspoken())));
  }

  private Future<byte[]> sound(Prompt prompt) {
    try {
      return prompts.sound(prompt);
    } catch (IllegalArgumentException unspeakable) {
      return Future.failedFuture(unspeakable);
    }
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

  private static CallOrder order(Attempt attempt, byte[] sound) {
    return new CallOrder(
        attempt.id(),
        attempt.campaign(),
        attempt.callee(),
        sound,
        attempt
            .listen()
            .map(listen ->
                new ListenFor(language(attempt.prompt()), listen.phrases(), listen.longest())),
        attempt.record(),
        attempt.ringing());
  }

  /// People answer in the language in which they are spoken to; recordings do not say theirs.
  private static Locale language(Prompt prompt) {
    return switch (prompt) {
      case Prompt.SpokenText(var _, var language, var _) -> language;
      case Prompt.UploadedAudio _ -> RUSSIAN;
    };
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
