package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import kz.qonyrau.calls.CallOrder;
import kz.qonyrau.calls.Choice;
import kz.qonyrau.calls.Ladder;
import kz.qonyrau.calls.MachineRule;
import kz.qonyrau.calls.Question;
import kz.qonyrau.calls.Sound;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.Attempt;
import kz.qonyrau.campaigns.ExpectedAnswer;
import kz.qonyrau.campaigns.Fallback;
import kz.qonyrau.campaigns.Prompt;

/// Makes attempts into calls that can be placed: whatever such a call may say is sound before it
/// rings, the message, replies, hints and goodbyes.
final class SpokenOrders {

  private final Function<List<Prompt>, Future<Sound>> voice;

  /// @param voice the sound of what a campaign says, one thing behind the other
  SpokenOrders(Function<List<Prompt>, Future<Sound>> voice) {
    this.voice = voice;
  }

  /// The attempt as a call. Fails as the voice does, and if there is a text that it cannot take.
  Future<CallOrder> of(Attempt attempt) {
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

  /// What can be said as sound. Fails as the voice does, and if there is a text that it cannot
  /// take.
  Future<Sound> sound(Prompt... oneAfterTheOther) {
    try {
      return voice.apply(List.of(oneAfterTheOther));
    } catch (IllegalArgumentException unspeakable) {
      return Future.failedFuture(unspeakable);
    }
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
}
