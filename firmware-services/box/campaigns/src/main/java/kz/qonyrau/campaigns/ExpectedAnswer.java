package kz.qonyrau.campaigns;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One of the answers that a campaign's question expects.
///
/// @param name what the log and the counts call it; 1 to 60 characters
/// @param key the key that stands for it, `0` to `9`, `*` or `#`
/// @param phrases the ways to say it, by language; each 1 to 100 characters
/// @param replies what is said to it before the call ends, by language; texts with variables as in
///   the message, 1 to 2000 characters each
/// @param withdraws whether whoever gives it is never called again, by any campaign (AC-CON-04)
public record ExpectedAnswer(
    String name,
    Optional<Character> key,
    Map<Locale, List<String>> phrases,
    Map<Locale, String> replies,
    boolean withdraws) {

  /// In characters.
  public static final int LONGEST_NAME = 60;

  /// In characters.
  public static final int LONGEST_PHRASE = 100;

  /// @throws InvalidFieldException naming the field that is wrong
  public ExpectedAnswer {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new InvalidFieldException(
          "name", "an answer's name has 1 to " + LONGEST_NAME + " characters");
    }
    key.ifPresent(one -> {
      if ("0123456789*#".indexOf(one) < 0) {
        throw new InvalidFieldException("key", "one of 0 to 9, * or #");
      }
    });
    Map<Locale, List<String>> copy = new HashMap<>();
    phrases.forEach((language, some) -> {
      for (int place = 0; place < some.size(); place++) {
        String phrase = some.get(place);
        if (phrase.isBlank() || phrase.length() > LONGEST_PHRASE) {
          throw new InvalidFieldException(
              "phrases." + language.getLanguage() + "[" + place + "]",
              "a way to say it has 1 to " + LONGEST_PHRASE + " characters");
        }
      }
      if (!some.isEmpty()) {
        copy.put(language, some.stream().map(String::strip).toList());
      }
    });
    phrases = Map.copyOf(copy);
    replies = Map.copyOf(replies);
    replies.forEach((language, text) ->
        // Values may be longer than what they stand for.
        InvalidFieldException.requireText("replies." + language.getLanguage(), text, 8000));
    if (key.isEmpty() && phrases.isEmpty()) {
      throw new InvalidFieldException(
          "phrases", "this answer cannot be given; it needs a key or a way to say it");
    }
  }

  /// An answer after which the subscriber may be called another time.
  ///
  /// @throws InvalidFieldException naming the field that is wrong
  public ExpectedAnswer(
      String name,
      Optional<Character> key,
      Map<Locale, List<String>> phrases,
      Map<Locale, String> replies) {
    this(name, key, phrases, replies, false);
  }

  ExpectedAnswer filled(Map<String, String> variables) {
    Map<Locale, String> filled = new HashMap<>();
    replies.forEach((language, text) -> filled.put(language, PromptText.fill(text, variables)));
    return new ExpectedAnswer(name, key, phrases, filled, withdraws);
  }

  void requireWritable() {
    replies.forEach((language, text) ->
        InvalidFieldException.requireText("replies." + language.getLanguage(), text, 2000));
  }
}
