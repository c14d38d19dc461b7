package kz.qonyrau.speech.models;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A word or name that a customer wants to be understood.
///
/// @param word as it shall be heard: one word of letters, hyphens and apostrophes, up to 50
///   characters; kept in lower case
/// @param saidAs how it is said, written in letters of the model's language, for example "каспи"
///   for Kaspi or "бэ тэ а" for БТА; several for several ways, up to 5 of up to 100 characters.
///   Empty if it is said as it is written
/// @param weight how likely it is, as a multiple of an average word of the vocabulary: 0.01 to 1000
public record OwnWord(String word, List<String> saidAs, double weight) {

  static final int MOST_WAYS = 5;

  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}'-]{0,49}");
  private static final Pattern SAID = Pattern.compile("\\p{L}[\\p{L}\\p{M}' -]{0,99}");

  /// @throws IllegalArgumentException naming the word and what is wrong with it
  public OwnWord {
    word = word.strip().toLowerCase(Locale.ROOT);
    if (!WORD.matcher(word).matches()) {
      throw new IllegalArgumentException(
          "word: one word of letters, hyphens and apostrophes, up to 50 characters, not '"
              + SourceText.shortened(word)
              + "'");
    }
    saidAs = saidAs.stream().map(said -> said.strip().toLowerCase(Locale.ROOT)).distinct().toList();
    if (saidAs.size() > MOST_WAYS) {
      throw new IllegalArgumentException(
          "word '" + word + "': said in at most " + MOST_WAYS + " ways, not " + saidAs.size());
    }
    for (String said : saidAs) {
      if (!SAID.matcher(said).matches()) {
        throw new IllegalArgumentException(
            "word '"
                + word
                + "': is said as words of letters, hyphens and apostrophes, up to 100 characters,"
                + " not as '"
                + SourceText.shortened(said)
                + "'");
      }
    }
    if (!(weight >= 0.01 && weight <= 1000)) {
      throw new IllegalArgumentException(
          "word '" + word + "': a weight is 0.01 to 1000, not " + weight);
    }
  }

  /// A word that is said as it is written, as likely as an average one.
  public static OwnWord of(String word) {
    return new OwnWord(word, List.of(), 1);
  }

  /// What is to be read aloud, each way as words.
  List<List<String>> readings() {
    return (saidAs.isEmpty() ? List.of(word) : saidAs)
        .stream().map(said -> List.of(said.split(" +"))).toList();
  }
}
