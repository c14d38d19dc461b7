package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a campaign asks with its message, and what becomes of the answers.
///
/// @param languages in which an answer is listened for, 0 to 3 different ones; none if only keys
///   are taken
/// @param longest how long a subscriber may be silent behind the message, 1 s to 60 s
/// @param interruptible whether who answers into the message cuts it off. A key always does
/// @param answers 0 to 20; none means that whatever is said is the answer
/// @param silence what happens if nobody says anything
/// @param notUnderstood what happens if something was said, or a key pressed, that is no answer
public record Asking(
    List<Locale> languages,
    Duration longest,
    boolean interruptible,
    List<ExpectedAnswer> answers,
    Fallback silence,
    Fallback notUnderstood) {

  /// In which answers are listened for at once.
  public static final int MOST_LANGUAGES = 3;

  /// To tell apart in one question.
  public static final int MOST_ANSWERS = 20;

  /// Of all answers together, in each language.
  public static final int MOST_PHRASES = 500;

  /// @throws InvalidFieldException naming the field that is wrong
  public Asking {
    languages = List.copyOf(languages);
    answers = List.copyOf(answers);
    if (languages.size() > MOST_LANGUAGES || new HashSet<>(languages).size() < languages.size()) {
      throw new InvalidFieldException(
          "languages", "up to " + MOST_LANGUAGES + " different ones, not " + languages);
    }
    if (answers.size() > MOST_ANSWERS) {
      throw new InvalidFieldException(
          "answers", "up to " + MOST_ANSWERS + ", not " + answers.size());
    }
    if (languages.isEmpty() && answers.stream().noneMatch(answer -> answer.key().isPresent())) {
      throw new InvalidFieldException(
          "languages", "choose a language to listen in, or give an answer a key");
    }
    if (longest.compareTo(Duration.ofSeconds(1)) < 0
        || longest.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new InvalidFieldException("seconds", "an answer is waited for 1 s to 60 s");
    }
    requireUnambiguous(answers);
    requireLanguages(languages, answers);
  }

  /// Two answers that are the same for who listens would count as the first of them.
  private static void requireUnambiguous(List<ExpectedAnswer> answers) {
    Map<Object, Integer> seen = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      ExpectedAnswer answer = answers.get(i);
      int place = i;
      if (seen.putIfAbsent(answer.name(), place) != null) {
        throw new InvalidFieldException(at(place, "name"), "another answer is called so");
      }
      answer
          .key()
          .ifPresent(key -> {
            if (seen.putIfAbsent(key, place) != null) {
              throw new InvalidFieldException(
                  at(place, "key"), key + " stands for another answer already");
            }
          });
      answer
          .phrases()
          .forEach((language, phrases) -> {
            for (int j = 0; j < phrases.size(); j++) {
              Integer other = seen.putIfAbsent(Map.entry(language, folded(phrases.get(j))), place);
              if (other != null && other != place) {
                throw new InvalidFieldException(
                    at(place, "phrases." + language.getLanguage() + "[" + j + "]"),
                    "it is a way to give another answer, too");
              }
            }
          });
    }
  }

  /// As recognition compares: letter case, spaces and ё do not count.
  static String folded(String phrase) {
    return phrase.strip().toLowerCase(Locale.ROOT).replaceAll(" +", " ").replace('ё', 'е');
  }

  private static void requireLanguages(List<Locale> languages, List<ExpectedAnswer> answers) {
    Set<Locale> said = new HashSet<>(languages);
    Set<Locale> replied = new HashSet<>();
    for (int place = 0; place < answers.size(); place++) {
      ExpectedAnswer answer = answers.get(place);
      for (Locale language : answer.phrases().keySet()) {
        if (!said.contains(language)) {
          throw new InvalidFieldException(
              at(place, "phrases." + language.getLanguage()),
              "nobody listens in this language; add it to the languages or leave this out");
        }
      }
      replied.addAll(answer.replies().keySet());
      for (Locale language : answer.replies().keySet()) {
        if (languages.isEmpty() ? replied.size() > 1 : !said.contains(language)) {
          throw new InvalidFieldException(
              at(place, "replies." + language.getLanguage()),
              languages.isEmpty()
                  ? "where only keys are taken, all replies are in one language"
                  : "nobody answers in this language; add it to the languages or leave this out");
        }
      }
    }
    for (int place = 0; place < languages.size() && !answers.isEmpty(); place++) {
      Locale language = languages.get(place);
      int phrases =
          answers.stream()
              .mapToInt(answer -> answer.phrases().getOrDefault(language, List.of()).size())
              .sum();
      if (phrases == 0 || phrases > MOST_PHRASES) {
        throw new InvalidFieldException(
            "languages[" + place + "]",
            phrases == 0
                ? "no answer can be said in it; write how, or leave the language out"
                : "up to " + MOST_PHRASES + " ways to answer in it, not " + phrases);
      }
    }
  }

  private static String at(int answer, String field) {
    return "answers[" + answer + "]." + field;
  }

  /// Whether anything that is said has to be recognised.
  public boolean listens() {
    return !languages.isEmpty();
  }

  /// The language of hints and goodbyes: that of the message. A recording does not say its own; it
  /// is then that of the first answers, and where only keys are taken that of the replies.
  public Locale language(Prompt prompt) {
    return switch (prompt) {
      case Prompt.SpokenText(var _, Locale language, var _) -> language;
      case Prompt.UploadedAudio _ ->
          Stream.concat(
                  languages.stream(),
                  answers.stream().flatMap(answer -> answer.replies().keySet().stream()))
              .findFirst()
              .orElse(Prompt.USUAL_LANGUAGE);
    };
  }

  /// Everything that may be said beside the message, as texts with their variables.
  Stream<String> texts() {
    return Stream.of(
            answers.stream().flatMap(answer -> answer.replies().values().stream()),
            silence.texts(),
            notUnderstood.texts())
        .flatMap(texts -> texts);
  }

  /// Everything that may be said beside the message, as it is spoken.
  List<Prompt> prompts(Prompt message) {
    List<Prompt> prompts = new ArrayList<>();
    for (ExpectedAnswer answer : answers) {
      answer.replies().forEach((language, text) -> prompts.add(message.beside(text, language)));
    }
    Stream.concat(silence.texts(), notUnderstood.texts())
        .forEach(text -> prompts.add(message.beside(text, language(message))));
    return prompts;
  }

  /// The same with a contact's values in their places.
  ///
  /// @throws InvalidFieldException if they leave a text blank, or make it too long
  Asking filled(Map<String, String> variables) {
    return new Asking(
        languages,
        longest,
        interruptible,
        answers.stream().map(answer -> answer.filled(variables)).toList(),
        silence.filled(variables),
        notUnderstood.filled(variables));
  }

  /// An author's texts are shorter than what they may become.
  ///
  /// @throws InvalidFieldException if one is too long
  void requireWritable() {
    for (int place = 0; place < answers.size(); place++) {
      try {
        answers.get(place).requireWritable();
      } catch (InvalidFieldException wrong) {
        throw wrong.within("answers[" + place + "].");
      }
    }
    try {
      silence.requireWritable();
    } catch (InvalidFieldException wrong) {
      throw wrong.within("silence.");
    }
    try {
      notUnderstood.requireWritable();
    } catch (InvalidFieldException wrong) {
      throw wrong.within("notUnderstood.");
    }
  }
}
