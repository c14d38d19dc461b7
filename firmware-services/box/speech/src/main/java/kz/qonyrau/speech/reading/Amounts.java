package kz.qonyrau.speech.reading;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Numbers with what they count: sums of money, percent and units, and ranges of them.
final class Amounts implements Rule {

  /// Numbers have names up to 999 999 999 999.
  static final int MOST_DIGITS = 12;

  private record Parsed(Amount amount, int end) {}

  private record Ends(List<Amount> amounts, int end) {}

  private static final String GAP = Characters.SPACE + "{0,2}";
  private static final Pattern RANGE =
      Pattern.compile(Characters.SPACE + "?" + Characters.DASH + Characters.SPACE + "?(?=\\d)");
  private static final Pattern FIRST_GROUP =
      Pattern.compile("([1-9]\\d{0,2})(?=" + Characters.SPACE + "\\d{3})");
  private static final Pattern ENDING =
      Pattern.compile("[-\u2011](\\p{L}{1,8})(?![\\p{L}\\p{N}_])");

  private final Language language;
  private final Pattern number;
  private final Pattern unit;
  private final Pattern money;
  private final Pattern moneyBefore;
  private final Pattern powerBehind;

  Amounts(Language language) {
    this.language = language;
    String space = Characters.SPACE;
    String grouped = "[1-9]\\d{0,2}(?:" + space + "\\d{3}){1,3}(?!\\d)";
    if (language.commaPartsThousands()) {
      grouped += "|[1-9]\\d{0,2}(?:,\\d{3}){1,3}(?!\\d)";
    }
    this.number =
        Pattern.compile(
            "([-+\u2212]?)("
                + grouped
                + "|\\d{1,12}(?!\\d))(?:"
                + "[.,]"
                + "(\\d{1,12})(?!\\d)(?![.,:]\\d))?");
    String power = "(?:" + GAP + "(" + oneOf(language.powers()) + ")\\.?(?![\\p{L}\\p{N}_]))?";
    int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    this.unit = Pattern.compile(GAP + "(" + oneOf(unitsAndPowers()) + ")");
    this.money = Pattern.compile(power + GAP + "(" + oneOf(language.moneys()) + ")", flags);
    this.moneyBefore =
        Pattern.compile("([$€₸₽]|KZT|USD|EUR|RUB)" + space + "{0,2}(?=[-\u2212]?\\d)", flags);
    this.powerBehind = Pattern.compile(power, flags);
  }

  /// Powers of ten count by themselves, too: 2 млн.
  private Map<String, Noun> unitsAndPowers() {
    Map<String, Noun> all = new HashMap<>(language.powers());
    all.putAll(language.units());
    return all;
  }

  private static String oneOf(Map<String, ?> words) {
    Collection<String> longestFirst =
        words.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    return longestFirst.stream()
        .map(word ->
            word.startsWith("°") && word.length() > 1
                ? "°" + GAP + "[" + word.charAt(1) + Character.toUpperCase(word.charAt(1)) + "]"
                : Pattern.quote(word))
        .collect(Collectors.joining("|"));
  }

  @Override
  public Optional<Found> at(String text, int start) {
    char first = text.charAt(start);
    if (Characters.isDigit(first) || isSign(first)) {
      return ends(text, start).flatMap(ends -> counted(text, start, ends));
    }
    return Passage.at(moneyBefore, text, start)
        .filter(it -> !Character.isLetter(first) || Characters.startsWord(text, start))
        .flatMap(it -> sumBehind(text, start, it));
  }

  static boolean isSign(char c) {
    return c == '-' || c == '+' || c == '\u2212';
  }

  private Optional<Found> counted(String text, int start, Ends ends) {
    return sum(text, start, ends).or(() -> units(text, start, ends));
  }

  private Optional<Found> sum(String text, int start, Ends ends) {
    return Passage.at(money, text, ends.end())
        .filter(it -> isComplete(text, it.end(), it.group(2)))
        .map(it -> {
          int end = behindFullStop(text, it.end(), it.group(2));
          Money currency = money(it.group(2));
          Context context = Context.of(text, start, end);
          return ended(text, end, language.sum(ends.amounts(), power(it), currency, context));
        });
  }

  private Optional<Found> units(String text, int start, Ends ends) {
    return Passage.at(unit, text, ends.end())
        .filter(it -> isComplete(text, it.end(), it.group(1)))
        .map(it -> {
          int end = behindFullStop(text, it.end(), it.group(1));
          Noun noun = noun(it.group(1));
          Context context = Context.of(text, start, end);
          return ended(text, end, language.counted(ends.amounts(), noun, context));
        });
  }

  private Optional<Found> sumBehind(String text, int start, Matcher currency) {
    int number = currency.end();
    return ends(text, number)
        .flatMap(ends -> sumBehind(text, start, currency, ends))
        .or(() -> alone(text, number).flatMap(ends -> sumBehind(text, start, currency, ends)))
        .or(() -> firstGroup(text, number).flatMap(ends -> sumBehind(text, start, currency, ends)));
  }

  private Optional<Found> sumBehind(String text, int start, Matcher currency, Ends ends) {
    Optional<Matcher> power = Passage.at(powerBehind, text, ends.end());
    int end = power.map(Matcher::end).orElse(ends.end());
    if (!Characters.endsWord(text, end) || isTiedToUnknown(text, end)) {
      return Optional.empty();
    }
    Optional<Noun> noun = power.flatMap(this::power);
    Context context = Context.of(text, start, end);
    Money money = money(currency.group(1));
    return Optional.of(ended(text, end, language.sum(ends.amounts(), noun, money, context)));
  }

  private Optional<Noun> power(Matcher matcher) {
    String written = Passage.group(matcher, 1);
    return Optional.ofNullable(language.powers().get(Characters.lowerCase(written)));
  }

  private Money money(String written) {
    Money found = language.moneys().get(Characters.lowerCase(written));
    if (found == null) {
      throw new IllegalStateException("no currency is called '" + written + "'");
    }
    return found;
  }

  private Noun noun(String written) {
    String lower = Characters.lowerCase(written);
    String plain = lower.startsWith("°") ? lower.replaceAll(Characters.SPACE, "") : lower;
    Noun found = language.units().getOrDefault(plain, language.powers().get(plain));
    if (found == null) {
      throw new IllegalStateException("no unit is called '" + written + "'");
    }
    return found;
  }

  private boolean isComplete(String text, int end, String written) {
    boolean word = Character.isLetterOrDigit(written.charAt(written.length() - 1));
    return (!word || Characters.endsWord(text, end))
        && !isTiedToUnknown(text, end)
        && !isDividedByLetters(text, end);
  }

  /// Whether a unit is only the first part of another, as in м/с.
  private static boolean isDividedByLetters(String text, int end) {
    return end + 1 < text.length()
        && text.charAt(end) == '/'
        && Character.isLetter(text.charAt(end + 1));
  }

  private boolean isTiedToUnknown(String text, int end) {
    return Characters.isTiedToLetters(text, end)
        && Passage.at(ENDING, text, end)
            .flatMap(it -> language.inflected(language.cardinal(1), it.group(1)))
            .isEmpty();
  }

  private static int behindFullStop(String text, int end, String written) {
    return Character.isLetter(written.charAt(written.length() - 1))
        ? Characters.behindFullStop(text, end)
        : end;
  }

  private Found ended(String text, int end, String spoken) {
    return Passage.at(ENDING, text, end)
        .flatMap(it ->
            language
                .inflected(spoken, it.group(1))
                .map(inflected -> new Found(it.end(), inflected)))
        .orElseGet(() -> new Found(end, spoken));
  }

  /// Whether neither a unit nor a currency follows a number that ends here.
  boolean nothingCountedAt(String text, int end) {
    boolean sum =
        Passage.at(money, text, end)
            .filter(it -> isComplete(text, it.end(), it.group(2)))
            .isPresent();
    return !sum
        && Passage.at(unit, text, end)
            .filter(it -> isComplete(text, it.end(), it.group(1)))
            .isEmpty();
  }

  /// Numbers and ranges without a unit.
  Rule bare() {
    return (text, start) -> {
      char first = text.charAt(start);
      if (!Characters.isDigit(first) && !isSign(first)) {
        return Optional.empty();
      }
      Optional<Ends> found =
          ends(text, start)
              .filter(it -> isBare(text, it.end()))
              .or(() -> alone(text, start).filter(it -> isBare(text, it.end())))
              .or(() -> firstGroup(text, start).filter(it -> isBare(text, it.end())));
      return found.map(it ->
          new Found(it.end(), language.number(it.amounts(), Context.of(text, start, it.end()))));
    };
  }

  private static boolean isBare(String text, int end) {
    boolean compound =
        end + 1 < text.length()
            && text.charAt(end) == '%'
            && Characters.isTiedToLetters(text, end + 1);
    return Characters.endsWord(text, end) && !Characters.isTiedToLetters(text, end) && !compound;
  }

  private Optional<Ends> ends(String text, int start) {
    return parsed(text, start).map(first -> range(text, first));
  }

  /// The first number, even if a range starts with it.
  private Optional<Ends> alone(String text, int start) {
    return parsed(text, start).map(it -> new Ends(List.of(it.amount()), it.end()));
  }

  /// The digits up to the first blank, if those behind it turned out to be something else.
  private static Optional<Ends> firstGroup(String text, int start) {
    return Passage.at(FIRST_GROUP, text, start)
        .map(it -> new Ends(List.of(Amount.of(Long.parseLong(it.group(1)))), it.end()));
  }

  private Ends range(String text, Parsed first) {
    Ends alone = new Ends(List.of(first.amount()), first.end());
    return Passage.at(RANGE, text, first.end())
        .flatMap(dash -> parsed(text, dash.end()))
        .filter(second -> first.amount().whole() <= second.amount().whole())
        .filter(second -> !isDashWithDigit(text, second.end()))
        .map(second -> new Ends(List.of(first.amount(), second.amount()), second.end()))
        .orElse(alone);
  }

  private static boolean isDashWithDigit(String text, int end) {
    return end + 1 < text.length()
        && text.charAt(end) == '-'
        && Characters.isDigit(text.charAt(end + 1));
  }

  private Optional<Parsed> parsed(String text, int start) {
    if (isSign(text.charAt(start)) && !maySign(text, start)) {
      return Optional.empty();
    }
    return Passage.at(number, text, start)
        .map(it -> {
          String fraction = Passage.group(it, 3);
          boolean tail = Passage.continuesNumber(text, start);
          long whole = Long.parseLong(it.group(2).replaceAll("\\D", ""));
          Amount.Sign sign =
              switch (it.group(1)) {
                case "" -> Amount.Sign.NONE;
                case "+" -> Amount.Sign.PLUS;
                default -> Amount.Sign.MINUS;
              };
          return tail
              ? new Parsed(new Amount(sign, whole, ""), it.end(2))
              : new Parsed(new Amount(sign, whole, fraction), it.end());
        });
  }

  private static boolean maySign(String text, int start) {
    if (start == 0) {
      return true;
    }
    char before = text.charAt(start - 1);
    return Character.isWhitespace(before)
        || Characters.isSpace(before)
        || "(«\"$€₸₽".indexOf(before) >= 0;
  }
}
