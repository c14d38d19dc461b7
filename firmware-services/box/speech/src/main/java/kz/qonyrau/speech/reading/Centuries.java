package kz.qonyrau.speech.reading;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Centuries, in digits or in Roman numerals, which mean nothing else here.
final class Centuries implements Rule {

  private static final Map<Character, Integer> VALUES =
      Map.of('I', 1, 'V', 5, 'X', 10, 'І', 1, 'Х', 10);

  private final Language language;
  private final Pattern century;

  Centuries(Language language) {
    this.language = language;
    this.century =
        Pattern.compile(
            "(?:([IVXІХ]{1,6}|[12]\\d|[1-9])[-\u2010-\u2014])?([IVXІХ]{1,6}|[12]\\d|[1-9])(?:"
                + Characters.SPACE
                + "{1,2}|-)("
                + language.centuryWords()
                + ")(?![\\p{L}\\p{N}_])");
  }

  @Override
  public Optional<Found> at(String text, int start) {
    return Passage.at(century, text, start)
        .filter(_ -> !Passage.continuesNumber(text, start))
        .map(it -> new Found(it.end(), spoken(it)));
  }

  private String spoken(Matcher matcher) {
    int last = number(matcher.group(2));
    String word = matcher.group(3);
    return matcher.group(1) == null
        ? language.century(last, word)
        : language.centuries(number(matcher.group(1)), last, word);
  }

  private static int number(String written) {
    if (Characters.isDigit(written.charAt(0))) {
      return Integer.parseInt(written);
    }
    int sum = 0;
    int above = 0;
    for (int at = written.length() - 1; at >= 0; at--) {
      int value = VALUES.getOrDefault(written.charAt(at), 0);
      sum += value < above ? -value : value;
      above = Math.max(above, value);
    }
    return Math.max(sum, 1);
  }
}
