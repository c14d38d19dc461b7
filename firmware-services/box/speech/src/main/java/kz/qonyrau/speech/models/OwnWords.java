package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// All words and phrases that a customer adds to a model.
///
/// @param words each once; up to 20,000
/// @param phrases what people say that the model should expect: 2 to 6 words each, of those above
///   or of the model; up to 20,000. Kept in lower case
public record OwnWords(List<OwnWord> words, List<String> phrases) {

  static final int MOST_WORDS = 20_000;
  static final int MOST_PHRASES = 20_000;

  private static final int LONGEST_PHRASE = 6;

  /// @throws IllegalArgumentException naming what is wrong
  public OwnWords {
    words = List.copyOf(words);
    if (words.size() > MOST_WORDS || phrases.size() > MOST_PHRASES) {
      throw new IllegalArgumentException(
          "at most "
              + MOST_WORDS
              + " own words and "
              + MOST_PHRASES
              + " phrases, not "
              + words.size()
              + " and "
              + phrases.size());
    }
    Set<String> seen = new HashSet<>();
    for (OwnWord each : words) {
      if (!seen.add(each.word())) {
        throw new IllegalArgumentException(
            "word '" + each.word() + "': stands there twice; give all its ways to say in one");
      }
    }
    List<String> plain = new ArrayList<>();
    for (String phrase : phrases) {
      String folded = String.join(" ", split(phrase));
      int length = split(phrase).size();
      if (length < 2 || length > LONGEST_PHRASE || folded.length() > 300) {
        throw new IllegalArgumentException(
            "phrase '"
                + SourceText.shortened(phrase)
                + "': has 2 to "
                + LONGEST_PHRASE
                + " words, not "
                + length);
      }
      plain.add(folded);
    }
    phrases = plain.stream().distinct().toList();
  }

  static List<String> split(String phrase) {
    return List.of(phrase.strip().toLowerCase(Locale.ROOT).split("\\s+"));
  }
}
