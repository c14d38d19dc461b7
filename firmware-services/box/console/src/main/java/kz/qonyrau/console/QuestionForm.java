package kz.qonyrau.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.ExpectedAnswer;
import kz.qonyrau.campaigns.Fallback;
import kz.qonyrau.campaigns.InvalidFieldException;

/// What a campaign asks, as it goes in and out of the API.
record QuestionForm(
    List<String> languages,
    Optional<Integer> seconds,
    boolean interruptible,
    List<AnswerForm> answers,
    Optional<FallbackForm> silence,
    Optional<FallbackForm> notUnderstood) {

  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(6);

  record AnswerForm(
      String name,
      Optional<String> key,
      Optional<Map<String, List<String>>> phrases,
      Optional<Map<String, String>> replies,
      Optional<Boolean> withdraws) {}

  record FallbackForm(int repeats, Optional<String> hint, Optional<String> goodbye) {}

  static QuestionForm of(Asking asking) {
    return new QuestionForm(
        asking.languages().stream().map(Locale::getLanguage).toList(),
        Optional.of(Math.toIntExact(asking.longest().toSeconds())),
        asking.interruptible(),
        asking.answers().stream().map(QuestionForm::form).toList(),
        Optional.of(form(asking.silence())),
        Optional.of(form(asking.notUnderstood())));
  }

  private static AnswerForm form(ExpectedAnswer answer) {
    Map<String, List<String>> phrases = new TreeMap<>();
    answer.phrases().forEach((language, some) -> phrases.put(language.getLanguage(), some));
    Map<String, String> replies = new TreeMap<>();
    answer.replies().forEach((language, text) -> replies.put(language.getLanguage(), text));
    return new AnswerForm(
        answer.name(),
        answer.key().map(String::valueOf),
        Optional.of(phrases),
        Optional.of(replies),
        Optional.of(answer.withdraws()).filter(yes -> yes));
  }

  private static FallbackForm form(Fallback fallback) {
    return new FallbackForm(fallback.repeats(), fallback.hint(), fallback.goodbye());
  }

  /// @throws InvalidFieldException naming the field within this form that is wrong
  Asking asking() {
    List<ExpectedAnswer> all = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      try {
        all.add(answer(answers.get(i)));
      } catch (InvalidFieldException wrong) {
        throw wrong.within("answers[" + i + "].");
      }
    }
    return new Asking(
        languages.stream().map(Locale::of).toList(),
        seconds.map(Duration::ofSeconds).orElse(USUAL_PATIENCE),
        interruptible,
        all,
        fallback("silence.", silence),
        fallback("notUnderstood.", notUnderstood));
  }

  private static ExpectedAnswer answer(AnswerForm form) {
    Map<Locale, List<String>> phrases = new TreeMap<>(BY_TAG);
    form.phrases()
        .ifPresent(all -> all.forEach((language, some) -> phrases.put(Locale.of(language), some)));
    Map<Locale, String> replies = new TreeMap<>(BY_TAG);
    form.replies()
        .ifPresent(
            all -> all.forEach((language, text) -> replies.put(Locale.of(language), text.strip())));
    return new ExpectedAnswer(
        form.name().strip(),
        form.key().map(key -> key.charAt(0)),
        phrases,
        replies,
        form.withdraws().orElse(false));
  }

  /// So that of two mistakes the same one is named each time.
  private static final java.util.Comparator<Locale> BY_TAG =
      java.util.Comparator.comparing(Locale::toLanguageTag);

  private static Fallback fallback(String field, Optional<FallbackForm> form) {
    try {
      return form.map(one ->
              new Fallback(
                  one.repeats(), one.hint().map(String::strip), one.goodbye().map(String::strip)))
          .orElse(Fallback.NONE);
    } catch (InvalidFieldException wrong) {
      throw wrong.within(field);
    }
  }
}
