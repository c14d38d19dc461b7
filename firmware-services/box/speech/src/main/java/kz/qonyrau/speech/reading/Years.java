package kz.qonyrau.speech.reading;

import java.util.Optional;
import java.util.regex.Pattern;

/// Years and centuries, known by the word behind them.
final class Years implements Rule {

  private final Language language;
  private final Pattern year;

  Years(Language language) {
    this.language = language;
    this.year =
        Pattern.compile(
            "([12]\\d{3})(?:[-\u2010-\u2014]([12]\\d{3}))?(?:"
                + Characters.SPACE
                + "{0,2}|-)("
                + language.yearWords()
                + ")(?![\\p{L}\\p{N}_])");
  }

  /// Whether г. behind a number is more likely a year than grams.
  private static boolean isRecent(String year) {
    return year.compareTo("1900") >= 0 && year.compareTo("2100") <= 0;
  }

  @Override
  public Optional<Found> at(String text, int start) {
    if (language.yearWords().isEmpty()
        || !Characters.isDigit(text.charAt(start))
        || Passage.continuesNumber(text, start)) {
      return Optional.empty();
    }
    return Passage.at(year, text, start)
        .filter(it -> it.group(3).length() > 1 || isRecent(it.group(1)))
        .map(it -> {
          String word = it.group(3);
          int end = word.length() <= 2 ? Characters.behindFullStop(text, it.end()) : it.end();
          int first = Integer.parseInt(it.group(1));
          String spoken =
              it.group(2) == null
                  ? language.year(first, word, Context.of(text, start, end))
                  : language.years(first, Integer.parseInt(it.group(2)), word);
          return new Found(end, spoken);
        });
  }
}
