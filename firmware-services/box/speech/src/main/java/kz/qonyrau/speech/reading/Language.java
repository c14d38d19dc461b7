package kz.qonyrau.speech.reading;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How one language says what the rules find.
///
/// `ends` is one amount, or the two ends of a range.
sealed interface Language permits Russian, Kazakh, English {

  /// The language of a locale.
  ///
  /// @throws IllegalArgumentException if no rules are written for the language
  static Language of(Locale locale) {
    return switch (locale.getLanguage()) {
      case "ru" -> new Russian();
      case "kk" -> new Kazakh();
      case "en" -> new English();
      default ->
          throw new IllegalArgumentException(
              "texts are read in ru, kk and en, not '" + locale.getLanguage() + "'");
    };
  }

  /// What is written behind a number, in lower case, and what it means.
  Map<String, Noun> units();

  /// Shortened powers of ten behind a number: млн.
  Map<String, Noun> powers();

  /// Currencies by sign, code and word, in lower case.
  Map<String, Money> moneys();

  /// Months in the forms that follow a day, in lower case, from 1.
  Map<String, Integer> months();

  /// What the name of a month may end in besides, as a pattern.
  String monthEndings();

  /// How an ending is tied to a number, as a pattern with one group: the ending.
  String endings();

  /// What may be tied to a time, as a pattern with one group.
  String timeEndings();

  /// Shortened words.
  List<Abbreviation> abbreviations();

  /// A word that stood shortened, in the case that the word before it demands.
  String declined(String word, String before);

  /// Words after which digits are a code, as a pattern.
  String codeWords();

  /// Words that may stand between a word for a code and its digits, as a pattern.
  String codeQualifiers();

  /// Whether the groups of a telephone number are read digit by digit.
  boolean spellsTelephoneNumbers();

  /// Words after which digits are a telephone number, as a pattern.
  String numberWords();

  /// What follows a year, as a pattern; empty if nothing marks it.
  String yearWords();

  /// What a century is called, as a pattern.
  String centuryWords();

  /// Whether a comma parts thousands and not the fraction.
  boolean commaPartsThousands();

  /// The name of a number without context, at most 999 999 999 999.
  String cardinal(long number);

  /// A plus before a telephone number.
  String plus();

  /// What is said between the numbers of 1.2.3.
  String dot();

  /// What is said between the numbers of 5/2; empty if that is not read.
  Optional<String> slash();

  /// What is said for 24/7.
  String aroundTheClock();

  /// A number or a range by itself.
  String number(List<Amount> ends, Context context);

  /// A number or a range of something.
  String counted(List<Amount> ends, Noun noun, Context context);

  /// An amount of money, in units, or in a power of ten of them.
  String sum(List<Amount> ends, Optional<Noun> power, Money money, Context context);

  /// A number with an ending: 5-й, 5-ші, 21st.
  Optional<String> withEnding(long number, String ending, Context context);

  /// A number that a hyphen ties to a noun, if that makes it an ordinal: 5-сынып.
  Optional<String> beforeNoun(long number, String noun);

  /// Words with an ending that was written behind a sign: 5%-ға.
  Optional<String> inflected(String spoken, String ending);

  /// What stands between two days of one month, as a pattern: с 1 по 5 мая.
  String dayLinks();

  /// Words after which 9.30 is a time, in lower case.
  Set<String> clockWords();

  /// A day without its month.
  String day(int day, Context context);

  /// A day of a month, of a year if it is known.
  ///
  /// @param written the name of the month if it was written as a word, else empty
  String date(int day, int month, String written, OptionalInt year, Context context);

  /// Some days of one month.
  String days(int first, int last, int month, String written, OptionalInt year, Context context);

  /// A year with the word that marks it.
  String year(int year, String word, Context context);

  /// From one year to another, with the word that marks them.
  String years(int first, int last, String word);

  /// A century with the word that marks it.
  String century(int century, String word);

  /// From one century to another, with the word that marks them.
  String centuries(int first, int last, String word);

  /// A time of the day.
  ///
  /// @param ending an ending or `am`, `pm` that was written behind it, else empty
  String time(int hour, int minute, String ending, Context context);

  /// From one time of the day to another.
  String times(int fromHour, int fromMinute, int toHour, int toMinute, Context context);
}
