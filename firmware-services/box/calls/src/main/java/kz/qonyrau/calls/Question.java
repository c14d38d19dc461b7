package kz.qonyrau.calls;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a call wants to know once its prompt has been played.
///
/// @param languages in which an answer is listened for, that of the prompt first; none if only keys
///   are taken. One in which no choice can be said is not listened for
/// @param choices the answers that are expected; none means that whatever is said is the answer
/// @param patience how long the subscriber may be silent behind the prompt, 1 s to 60 s
/// @param interruptible whether who answers into the prompt cuts it off. A key always does
/// @param silence what happens if nobody says anything
/// @param notUnderstood what happens if something was said, or a key pressed, that is no answer
public record Question(
    List<Locale> languages,
    List<Choice> choices,
    Duration patience,
    boolean interruptible,
    Ladder silence,
    Ladder notUnderstood) {

  public static final int MOST_LANGUAGES = 3;
  public static final int MOST_CHOICES = 20;

  /// @throws IllegalArgumentException naming the field that is wrong
  public Question {
    languages = List.copyOf(languages);
    choices = List.copyOf(choices);
    if (languages.size() > MOST_LANGUAGES || new HashSet<>(languages).size() < languages.size()) {
      throw new IllegalArgumentException(
          "languages: up to " + MOST_LANGUAGES + " different ones, not " + languages);
    }
    if (choices.size() > MOST_CHOICES) {
      throw new IllegalArgumentException(
          "answers: up to " + MOST_CHOICES + ", not " + choices.size());
    }
    if (expected(languages, choices).isEmpty()
        && choices.stream().noneMatch(choice -> choice.key().isPresent())) {
      throw new IllegalArgumentException(
          "answers: where none can be said in any of the languages, one of them needs a key");
    }
    if (patience.compareTo(Duration.ofSeconds(1)) < 0
        || patience.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "patience: a call listens for 1 s to 60 s, not " + patience);
    }
    requireUnambiguous(choices);
  }

  private static void requireUnambiguous(List<Choice> choices) {
    Set<Object> seen = new HashSet<>();
    for (Choice choice : choices) {
      if (!seen.add(choice.name())) {
        throw new IllegalArgumentException("name: two answers are called '" + choice.name() + "'");
      }
      choice
          .key()
          .ifPresent(key -> {
            if (!seen.add(key)) {
              throw new IllegalArgumentException("key: " + key + " stands for two answers");
            }
          });
      choice
          .phrases()
          .forEach((language, phrases) ->
              new HashSet<>(phrases)
                  .forEach(phrase -> {
                    if (!seen.add(Map.entry(language, phrase.toLowerCase(language)))) {
                      throw new IllegalArgumentException(
                          "phrases: '" + phrase + "' is a way to say two answers");
                    }
                  }));
    }
  }

  /// What is listened for, by language: the phrases of all choices, or the whole vocabulary if
  /// there are none.
  Map<Locale, Optional<List<String>>> expected() {
    return expected(languages, choices);
  }

  private static Map<Locale, Optional<List<String>>> expected(
      List<Locale> languages, List<Choice> choices) {
    Map<Locale, Optional<List<String>>> expected = new LinkedHashMap<>();
    for (Locale language : languages) {
      if (choices.isEmpty()) {
        expected.put(language, Optional.empty());
        continue;
      }
      List<String> phrases = new ArrayList<>();
      choices.forEach(choice -> phrases.addAll(choice.phrases().getOrDefault(language, List.of())));
      if (!phrases.isEmpty()) {
        expected.put(language, Optional.of(phrases));
      }
    }
    return expected;
  }

  /// Whether anything that is said has to be recognised.
  boolean listens() {
    return !expected().isEmpty();
  }

  boolean takesKeys() {
    return choices.stream().anyMatch(choice -> choice.key().isPresent());
  }

  Optional<Choice> byKey(char key) {
    return choices.stream()
        .filter(choice -> choice.key().filter(one -> one == key).isPresent())
        .findFirst();
  }

  Optional<Choice> byPhrase(Locale language, String phrase) {
    return choices.stream()
        .filter(choice -> choice.phrases().getOrDefault(language, List.of()).contains(phrase))
        .findFirst();
  }
}
