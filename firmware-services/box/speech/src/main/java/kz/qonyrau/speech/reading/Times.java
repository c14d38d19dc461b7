package kz.qonyrau.speech.reading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times of the day.
final class Times implements Rule {

  private static final String CLOCK = "(\\d{1,2}):([0-5]\\d)(?!\\d)";
  private static final Pattern HALF_DAY =
      Pattern.compile("(1[0-2]|[1-9])[ \u00A0]?([ap]\\.?m)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern STOPPED =
      Pattern.compile("([01]?\\d|2[0-4])(?:\\.([0-5][05])|-(00))(?!\\d)");

  private final Language language;
  private final Amounts amounts;
  private final Pattern one;
  private final Pattern two;

  Times(Language language, Amounts amounts) {
    this.language = language;
    this.amounts = amounts;
    this.one = Pattern.compile(CLOCK + language.timeEndings(), Pattern.CASE_INSENSITIVE);
    this.two =
        Pattern.compile(
            CLOCK + Characters.SPACE + "?" + Characters.DASH + Characters.SPACE + "?" + CLOCK);
  }

  @Override
  public Optional<Found> at(String text, int start) {
    if (!Characters.isDigit(text.charAt(start)) || Passage.continuesNumber(text, start)) {
      return Optional.empty();
    }
    return two(text, start)
        .or(() -> one(text, start))
        .or(() -> stopped(text, start))
        .or(() -> halfDay(text, start));
  }

  private Optional<Found> two(String text, int start) {
    return Passage.at(two, text, start)
        .filter(it -> isHour(it, 1) && isHour(it, 3) && isComplete(text, it.end()))
        .map(it ->
            new Found(
                it.end(),
                language.times(
                    number(it, 1),
                    number(it, 2),
                    number(it, 3),
                    number(it, 4),
                    Context.of(text, start, it.end()))));
  }

  private Optional<Found> one(String text, int start) {
    return Passage.at(one, text, start)
        .filter(it -> isHour(it, 1) && isComplete(text, it.end()))
        .map(it -> {
          String ending = Passage.group(it, 3);
          int end = ending.indexOf('.') >= 0 ? Characters.behindFullStop(text, it.end()) : it.end();
          Context context = Context.of(text, start, end);
          return new Found(end, language.time(number(it, 1), number(it, 2), ending, context));
        });
  }

  /// 9.30 and 18-00, only after a word that wants a time; what could be a day and a month is none.
  private Optional<Found> stopped(String text, int start) {
    return Passage.at(STOPPED, text, start)
        .filter(it -> isComplete(text, it.end()) && !isDayAndMonth(it.group()))
        .filter(it -> amounts.nothingCountedAt(text, it.end()))
        .filter(it -> language.clockWords().contains(Context.of(text, start, it.end()).before()))
        .map(it ->
            new Found(
                it.end(),
                language.time(
                    number(it, 1),
                    it.group(2) == null ? 0 : number(it, 2),
                    "",
                    Context.of(text, start, it.end()))));
  }

  private static boolean isDayAndMonth(String written) {
    return written.matches("\\d{2}\\.(?:05|10)");
  }

  private Optional<Found> halfDay(String text, int start) {
    if (!(language instanceof English)) {
      return Optional.empty();
    }
    return Passage.at(HALF_DAY, text, start)
        .filter(it -> isComplete(text, it.end()))
        .map(it ->
            new Found(
                it.group(2).indexOf('.') >= 0
                    ? Characters.behindFullStop(text, it.end())
                    : it.end(),
                language.time(number(it, 1), 0, it.group(2), new Context("", ""))));
  }

  /// Letters end a time wherever they end; digits only where no more of them follow.
  private static boolean isComplete(String text, int end) {
    if (Character.isLetter(text.charAt(end - 1))) {
      return Characters.endsWord(text, end) && !Characters.isTiedToLetters(text, end);
    }
    return Passage.endsNumber(text, end) && !Characters.isTiedToLetters(text, end);
  }

  private static boolean isHour(Matcher matcher, int group) {
    int hour = number(matcher, group);
    return hour < 24 || (hour == 24 && number(matcher, group + 1) == 0);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
