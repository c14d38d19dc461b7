package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.calls.CallOrder;
import kz.qonyrau.calls.CallResult;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.Choice;
import kz.qonyrau.calls.Ladder;
import kz.qonyrau.calls.MachineRule;
import kz.qonyrau.calls.OutboundCalls;
import kz.qonyrau.calls.Question;
import kz.qonyrau.calls.Sound;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.campaigns.CallDesk;
import kz.qonyrau.campaigns.ExpectedAnswer;
import kz.qonyrau.campaigns.Fallback;
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
    return order(attempt)
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

  private Future<Sound> sound(Prompt... oneAfterTheOther) {
    try {
      return prompts.sound(List.of(oneAfterTheOther));
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

  /// The attempt with everything that it may say as sound.
  private Future<CallOrder> order(Attempt attempt) {
    Future<Optional<Question>> asked =
        attempt
            .asking()
            .map(asking -> question(asking, attempt.prompt()).map(Optional::of))
            .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    return Future.join(sound(attempt.prompt()), asked)
        .map(both ->
            new CallOrder(
                attempt.id(),
                attempt.campaign(),
                attempt.callee(),
                both.<Sound>resultAt(0),
                both.<Optional<Question>>resultAt(1),
                rule(attempt.machines()),
                attempt.record(),
                attempt.ringing()));
  }

  private Future<Question> question(Asking asking, Prompt prompt) {
    Locale own = asking.language(prompt);
    List<Future<Choice>> choices = new ArrayList<>();
    for (ExpectedAnswer answer : asking.answers()) {
      choices.add(choice(answer, prompt));
    }
    Future<Ladder> silence = ladder(asking.silence(), prompt, own);
    Future<Ladder> notUnderstood = ladder(asking.notUnderstood(), prompt, own);
    return Future.join(choices)
        .compose(_ -> Future.join(silence, notUnderstood))
        .map(_ ->
            new Question(
                ownFirst(asking.languages(), own),
                choices.stream().map(Future::result).toList(),
                asking.longest(),
                asking.interruptible(),
                silence.result(),
                notUnderstood.result()));
  }

  /// Who presses a key without a word is answered in the language of the message, if it is one of
  /// those that are listened for.
  private static List<Locale> ownFirst(List<Locale> languages, Locale own) {
    Set<Locale> ordered = new LinkedHashSet<>();
    if (languages.contains(own)) {
      ordered.add(own);
    }
    ordered.addAll(languages);
    return List.copyOf(ordered);
  }

  private Future<Choice> choice(ExpectedAnswer answer, Prompt prompt) {
    Map<Locale, Future<Sound>> replies = new HashMap<>();
    answer
        .replies()
        .forEach((language, text) -> replies.put(language, sound(prompt.beside(text, language))));
    return Future.join(List.copyOf(replies.values()))
        .map(_ -> {
          Map<Locale, Sound> sounds = new HashMap<>();
          replies.forEach((language, reply) -> sounds.put(language, reply.result()));
          return new Choice(answer.name(), answer.key(), answer.phrases(), sounds);
        });
  }

  /// Each rung is the hint, if there is one, and the prompt again.
  private Future<Ladder> ladder(Fallback fallback, Prompt prompt, Locale own) {
    Future<Sound> rung =
        fallback
            .hint()
            .map(hint -> sound(prompt.beside(hint, own), prompt))
            .orElseGet(() -> sound(prompt));
    Future<Optional<Sound>> goodbye =
        fallback
            .goodbye()
            .map(text -> sound(prompt.beside(text, own)).map(Optional::of))
            .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    return Future.join(rung, goodbye)
        .map(_ ->
            new Ladder(Collections.nCopies(fallback.repeats(), rung.result()), goodbye.result()));
  }

  private static MachineRule rule(kz.qonyrau.campaigns.MachineRule rule) {
    return switch (rule) {
      case CARRY_ON -> MachineRule.CARRY_ON;
      case HANG_UP -> MachineRule.HANG_UP;
      case LEAVE_MESSAGE -> MachineRule.LEAVE_MESSAGE;
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
