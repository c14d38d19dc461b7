package kz.qonyrau.speech.reading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers with an ending tied to them: ordinals, and cases.
final class Endings implements Rule {

  private final Language language;
  private final Pattern number;

  Endings(Language language) {
    this.language = language;
    this.number = Pattern.compile("(\\d{1,12})" + language.endings() + "(?![\\p{L}\\p{N}_])");
  }

  @Override
  public Optional<Found> at(String text, int start) {
    if (!Characters.isDigit(text.charAt(start)) || isFraction(text, start)) {
      return Optional.empty();
    }
    return Passage.at(number, text, start)
        .filter(it -> !Characters.isTiedToLetters(text, it.end()))
        .flatMap(it -> found(text, start, it));
  }

  /// Whether these are the digits behind a decimal mark, as in 1.5-й.
  private static boolean isFraction(String text, int start) {
    return Passage.continuesNumber(text, start) && text.charAt(start - 1) != ':';
  }

  private Optional<Found> found(String text, int start, Matcher matcher) {
    long value = Long.parseLong(matcher.group(1));
    String ending = matcher.group(2);
    Context context = Context.of(text, start, matcher.end());
    return language
        .withEnding(value, ending, context)
        .map(spoken -> new Found(matcher.end(), spoken))
        .or(() ->
            language.beforeNoun(value, ending).map(spoken -> new Found(matcher.start(2), spoken)));
  }
}
