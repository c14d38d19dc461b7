package kz.qonyrau.speech.answering;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Text cut into words: lower case, ё written as е, marks left out.
final class Words {

  private static final int MOST = 200;

  private Words() {}

  static List<String> of(String text) {
    return Arrays.stream(folded(text).split("[^\\p{L}\\p{N}*]+"))
        .filter(word -> !word.isEmpty())
        .limit(MOST)
        .toList();
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ё', 'е');
  }
}
