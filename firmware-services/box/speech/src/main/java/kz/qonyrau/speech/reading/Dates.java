package kz.qonyrau.speech.reading;

import java.time.Month;
import java.time.Year;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Days of the calendar, in digits or with the month as a word. What the calendar does not have is
/// no date.
final class Dates implements Rule {

  private static final Pattern DIGITS =
      Pattern.compile("(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4}|\\d{2})(?!\\d)");
  private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)");
  private static final Pattern DAY_AND_MONTH = Pattern.compile("(\\d{2})\\.(\\d{2})(?!\\d)");
  private static final Pattern ENDING =
      Pattern.compile("[-\u2011](\\p{L}{1,8})(?![\\p{L}\\p{N}_])");

  private final Language language;
  private final Pattern worded;
  private final Pattern monthFirst;
  private final Pattern sharedMonth;
  private final Pattern yearWord;

  Dates(Language language) {
    this.language = language;
    String space = Characters.SPACE + "{1,2}";
    String months = String.join("|", language.months().keySet());
    String year = "(?:,?" + space + "([12]\\d{3})(?![\\p{L}\\p{N}_]))?";
    int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    String month = "((?:" + months + ")" + language.monthEndings() + ")(?![\\p{L}\\p{N}_])";
    this.worded =
        Pattern.compile(
            "(\\d{1,2})(?:st|nd|rd|th)?(?:[ \u00A0]?[-\u2010-\u2014][ \u00A0]?(\\d{1,2})"
                + "(?:st|nd|rd|th)?)?(?:"
                + space
                + "of)?(?:"
                + space
                + "|-)"
                + month
                + year,
            flags);
    this.monthFirst =
        Pattern.compile(
            "(?=\\p{Lu})(?i:"
                + month
                + ")"
                + space
                + "(\\d{1,2})(?:st|nd|rd|th)?(?![\\p{L}\\p{N}_])"
                + year);
    this.sharedMonth =
        Pattern.compile(
            "(\\d{1,2})(?="
                + space
                + "(?:"
                + language.dayLinks()
                + ")"
                + space
                + "(\\d{1,2})"
                + space
                + month
                + ")",
            flags);
    this.yearWord =
        Pattern.compile(
            "[ \u00A0]?(?:"
                + (language.yearWords().isEmpty() ? "\\u0000" : language.yearWords())
                + ")(?![\\p{L}\\p{N}_])");
  }

  @Override
  public Optional<Found> at(String text, int start) {
    if (!Characters.isDigit(text.charAt(start))) {
      return language instanceof English ? monthFirst(text, start) : Optional.empty();
    }
    if (Passage.continuesNumber(text, start)) {
      return Optional.empty();
    }
    return inDigits(text, start)
        .or(() -> iso(text, start))
        .or(() -> withWord(text, start))
        .or(() -> sharedMonth(text, start))
        .or(() -> dayAndMonth(text, start));
  }

  private Optional<Found> inDigits(String text, int start) {
    return Passage.at(DIGITS, text, start)
        .flatMap(it ->
            date(
                text,
                start,
                behindYear(text, it.end()),
                number(it, 1),
                number(it, 3),
                fullYear(it.group(4))));
  }

  private static int fullYear(String year) {
    int number = Integer.parseInt(year);
    return year.length() == 2 ? 2000 + number : number;
  }

  private Optional<Found> iso(String text, int start) {
    return Passage.at(ISO, text, start)
        .flatMap(it ->
            date(
                text,
                start,
                behindYear(text, it.end()),
                number(it, 3),
                number(it, 2),
                number(it, 1)));
  }

  private Optional<Found> dayAndMonth(String text, int start) {
    return Passage.at(DAY_AND_MONTH, text, start)
        .filter(it -> exists(number(it, 1), number(it, 2), OptionalInt.empty()))
        .flatMap(it ->
            ended(
                text,
                it.end(),
                language.date(
                    number(it, 1),
                    number(it, 2),
                    "",
                    OptionalInt.empty(),
                    Context.of(text, start, it.end()))));
  }

  private Optional<Found> date(String text, int start, int end, int day, int month, int year) {
    OptionalInt known = OptionalInt.of(year);
    if (year < 1000 || year > 2999 || !exists(day, month, known)) {
      return Optional.empty();
    }
    return ended(text, end, language.date(day, month, "", known, Context.of(text, start, end)));
  }

  private Optional<Found> withWord(String text, int start) {
    return Passage.at(worded, text, start)
        .flatMap(it -> {
          OptionalInt year = year(it, 4);
          int end = year.isPresent() ? behindYear(text, it.end()) : it.end();
          int month = month(it.group(3));
          int day = number(it, 1);
          Context context = Context.of(text, start, end);
          String written = it.group(3);
          if (!exists(day, month, year) || !Characters.endsWord(text, end)) {
            return Optional.empty();
          }
          if (it.group(2) == null) {
            return Optional.of(new Found(end, language.date(day, month, written, year, context)));
          }
          int last = number(it, 2);
          return exists(last, month, year)
              ? Optional.of(new Found(end, language.days(day, last, month, written, year, context)))
              : Optional.empty();
        });
  }

  private Optional<Found> sharedMonth(String text, int start) {
    return Passage.at(sharedMonth, text, start)
        .filter(it -> exists(number(it, 1), month(it.group(3)), OptionalInt.empty()))
        .filter(it -> exists(number(it, 2), month(it.group(3)), OptionalInt.empty()))
        .map(it ->
            new Found(it.end(), language.day(number(it, 1), Context.of(text, start, it.end()))));
  }

  private Optional<Found> monthFirst(String text, int start) {
    return Passage.at(monthFirst, text, start)
        .filter(it -> exists(number(it, 2), month(it.group(1)), year(it, 3)))
        .filter(it -> Passage.endsNumber(text, it.end()))
        .filter(it -> !Characters.isTiedToLetters(text, it.end()))
        .map(it ->
            new Found(
                it.end(),
                language.date(
                    number(it, 2),
                    month(it.group(1)),
                    it.group(1),
                    year(it, 3),
                    Context.of(text, start, it.end()))));
  }

  private int month(String written) {
    String name = Characters.lowerCase(written);
    return language.months().entrySet().stream()
        .filter(it -> name.startsWith(it.getKey()))
        .mapToInt(it -> it.getValue())
        .findFirst()
        .orElseThrow();
  }

  private Optional<Found> ended(String text, int end, String spoken) {
    if (!Passage.endsNumber(text, end)) {
      return Optional.empty();
    }
    if (!Characters.isTiedToLetters(text, end)) {
      return Optional.of(new Found(end, spoken));
    }
    return Passage.at(ENDING, text, end)
        .flatMap(
            it -> language.inflected(spoken, it.group(1)).map(words -> new Found(it.end(), words)));
  }

  private int behindYear(String text, int end) {
    return Passage.at(yearWord, text, end)
        .map(it -> Characters.behindFullStop(text, it.end()))
        .orElse(end);
  }

  private static OptionalInt year(Matcher matcher, int group) {
    return matcher.group(group) == null
        ? OptionalInt.empty()
        : OptionalInt.of(number(matcher, group));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static boolean exists(int day, int month, OptionalInt year) {
    if (month < 1 || month > 12 || day < 1) {
      return false;
    }
    Month of = Month.of(month);
    return day <= (year.isPresent() ? of.length(Year.isLeap(year.getAsInt())) : of.maxLength());
  }
}
