package kz.qonyrau.speech.reading;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kz.qonyrau.speech.reading.Abbreviation.Next;

/// English as in Britain, with days before months.
final class English implements Language {

  private static final Noun CENT = Noun.english("cent", "cents");
  private static final Money TENGE = new Money(Noun.unchanging("tenge"), Noun.unchanging("tiyn"));
  private static final Money RUBLES =
      new Money(Noun.english("rouble", "roubles"), Noun.english("kopeck", "kopecks"));
  private static final Money DOLLARS = new Money(Noun.english("dollar", "dollars"), CENT);
  private static final Money EUROS = new Money(Noun.english("euro", "euros"), CENT);

  private static final Map<String, Noun> UNITS =
      Map.ofEntries(
          entry("%", Noun.unchanging("percent")),
          entry("km", Noun.english("kilometre", "kilometres")),
          entry("km/h", Noun.english("kilometre per hour", "kilometres per hour")),
          entry("m/s", Noun.english("metre per second", "metres per second")),
          entry("m²", Noun.english("square metre", "square metres")),
          entry("m2", Noun.english("square metre", "square metres")),
          entry("m", Noun.english("metre", "metres")),
          entry("cm", Noun.english("centimetre", "centimetres")),
          entry("mm", Noun.english("millimetre", "millimetres")),
          entry("kg", Noun.english("kilogram", "kilograms")),
          entry("g", Noun.english("gram", "grams")),
          entry("l", Noun.english("litre", "litres")),
          entry("min", Noun.english("minute", "minutes")),
          entry("sec", Noun.english("second", "seconds")),
          entry("h", Noun.english("hour", "hours")),
          entry("hr", Noun.english("hour", "hours")),
          entry("hrs", Noun.english("hour", "hours")),
          entry("pcs", Noun.english("piece", "pieces")),
          entry("°c", Noun.english("degree Celsius", "degrees Celsius")),
          entry("°", Noun.english("degree", "degrees")));

  private static final Map<String, Noun> POWERS =
      Map.of(
          "k",
          Noun.unchanging("thousand"),
          "mln",
          Noun.unchanging("million"),
          "million",
          Noun.unchanging("million"),
          "bn",
          Noun.unchanging("billion"),
          "billion",
          Noun.unchanging("billion"));

  private static final Map<String, Money> MONEYS =
      Map.ofEntries(
          entry("₸", TENGE),
          entry("kzt", TENGE),
          entry("tenge", TENGE),
          entry("₽", RUBLES),
          entry("rub", RUBLES),
          entry("rouble", RUBLES),
          entry("roubles", RUBLES),
          entry("rubles", RUBLES),
          entry("$", DOLLARS),
          entry("usd", DOLLARS),
          entry("dollar", DOLLARS),
          entry("dollars", DOLLARS),
          entry("€", EUROS),
          entry("eur", EUROS),
          entry("euro", EUROS),
          entry("euros", EUROS));

  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  /// Words that may follow a year, but never what is counted.
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "a", "an", "and", "as", "at", "by", "for", "he", "is", "it", "on", "or", "our", "she",
          "the", "they", "to", "was", "we", "were", "will", "with", "you", "your");

  private static final List<Abbreviation> ABBREVIATIONS =
      List.of(
          Abbreviation.letters("№", "number"),
          Abbreviation.before(Next.DIGIT, "No", "number"),
          Abbreviation.before(Next.DIGIT, "no", "number"),
          Abbreviation.word("tel", "telephone"),
          Abbreviation.word("Tel", "telephone"),
          Abbreviation.before(Next.DIGIT, "apt", "apartment"),
          Abbreviation.before(Next.DIGIT, "Apt", "apartment"),
          Abbreviation.word("ave", "avenue"),
          Abbreviation.word("Ave", "avenue"),
          Abbreviation.word("etc", "et cetera"),
          Abbreviation.word("e.g", "for example"),
          Abbreviation.word("i.e", "that is"));

  @Override
  public Map<String, Noun> units() {
    return UNITS;
  }

  @Override
  public Map<String, Noun> powers() {
    return POWERS;
  }

  @Override
  public Map<String, Money> moneys() {
    return MONEYS;
  }

  @Override
  public Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    Numbering.fromOne(MONTHS)
        .forEach((name, month) -> {
          months.put(Characters.lowerCase(name), month);
          months.put(Characters.lowerCase(name.substring(0, 3)), month);
        });
    return months;
  }

  @Override
  public String monthEndings() {
    return "";
  }

  @Override
  public String endings() {
    return "(st|nd|rd|th)";
  }

  @Override
  public String timeEndings() {
    return "(?:[ \u00A0]?([ap]\\.?m\\b))?";
  }

  @Override
  public List<Abbreviation> abbreviations() {
    return ABBREVIATIONS;
  }

  @Override
  public String declined(String word, String before) {
    return word;
  }

  @Override
  public String codeWords() {
    return "code|codes|pin|password|IIN|BIN";
  }

  @Override
  public String codeQualifiers() {
    return "is|number";
  }

  @Override
  public boolean spellsTelephoneNumbers() {
    return true;
  }

  @Override
  public String numberWords() {
    return "number|numbers|tel|telephone|phone|call|dial";
  }

  @Override
  public String yearWords() {
    return "";
  }

  @Override
  public String centuryWords() {
    return "century|centuries";
  }

  @Override
  public boolean commaPartsThousands() {
    return true;
  }

  @Override
  public String cardinal(long number) {
    return EnglishNumber.cardinal(number);
  }

  @Override
  public String plus() {
    return "plus";
  }

  @Override
  public String dot() {
    return "point";
  }

  @Override
  public Optional<String> slash() {
    return Optional.of("slash");
  }

  @Override
  public String aroundTheClock() {
    return "twenty-four seven";
  }

  @Override
  public String number(List<Amount> ends, Context context) {
    return String.join(
        " to ", ends.stream().map(end -> words(end, ends.size() == 1, context)).toList());
  }

  private String words(Amount amount, boolean mayBeYear, Context context) {
    String sign =
        switch (amount.sign()) {
          case NONE -> "";
          case MINUS -> "minus ";
          case PLUS -> "plus ";
        };
    if (!amount.isWhole()) {
      return sign
          + EnglishNumber.cardinal(amount.whole())
          + " point "
          + Digits.spaced(amount.fraction(), this);
    }
    boolean year =
        mayBeYear
            && 1900 <= amount.whole()
            && amount.whole() <= 2099
            && (context.after().isEmpty() || NOT_COUNTED.contains(context.after()))
            && switch (context.before()) {
              case "in", "since", "year" -> true;
              default -> false;
            };
    return sign
        + (year
            ? EnglishNumber.year((int) amount.whole())
            : EnglishNumber.cardinal(amount.whole()));
  }

  @Override
  public String counted(List<Amount> ends, Noun noun, Context context) {
    Amount last = ends.getLast();
    boolean one = last.isWhole() && last.whole() == 1;
    return number(ends, new Context("", "")) + " " + (one ? noun.one() : noun.many());
  }

  @Override
  public String sum(List<Amount> ends, Optional<Noun> power, Money money, Context context) {
    if (power.isPresent()) {
      return counted(ends, power.get(), context) + " " + money.unit().many();
    }
    Amount last = ends.getLast();
    if (ends.size() > 1 || last.isWhole() || !last.hasHundredths()) {
      return counted(ends, money.unit(), context);
    }
    Amount units = new Amount(last.sign(), last.whole(), "");
    String spoken = counted(List.of(units), money.unit(), context);
    int hundredths = last.hundredths();
    return hundredths == 0
        ? spoken
        : spoken + " " + counted(List.of(Amount.of(hundredths)), money.hundredth(), context);
  }

  @Override
  public Optional<String> withEnding(long number, String ending, Context context) {
    return Optional.of(EnglishNumber.ordinal(number));
  }

  @Override
  public Optional<String> beforeNoun(long number, String noun) {
    return Optional.empty();
  }

  @Override
  public Optional<String> inflected(String spoken, String ending) {
    return Optional.empty();
  }

  @Override
  public String dayLinks() {
    return "to|and";
  }

  @Override
  public Set<String> clockWords() {
    return Set.of("at");
  }

  @Override
  public String day(int day, Context context) {
    return article(context) + EnglishNumber.ordinal(day);
  }

  @Override
  public String date(int day, int month, String written, OptionalInt year, Context context) {
    return article(context)
        + EnglishNumber.ordinal(day)
        + " of "
        + MONTHS.get(month - 1)
        + yearBehind(year);
  }

  @Override
  public String days(
      int first, int last, int month, String written, OptionalInt year, Context context) {
    return article(context)
        + EnglishNumber.ordinal(first)
        + " to the "
        + EnglishNumber.ordinal(last)
        + " of "
        + MONTHS.get(month - 1)
        + yearBehind(year);
  }

  private static String article(Context context) {
    return context.before().equals("the") ? "" : "the ";
  }

  private static String yearBehind(OptionalInt year) {
    return year.isEmpty() ? "" : " " + EnglishNumber.year(year.getAsInt());
  }

  @Override
  public String year(int year, String word, Context context) {
    return EnglishNumber.year(year) + " " + word;
  }

  @Override
  public String years(int first, int last, String word) {
    return EnglishNumber.year(first) + " to " + EnglishNumber.year(last) + " " + word;
  }

  @Override
  public String century(int century, String word) {
    return EnglishNumber.ordinal(century) + " " + word;
  }

  @Override
  public String centuries(int first, int last, String word) {
    return EnglishNumber.ordinal(first) + " to " + EnglishNumber.ordinal(last) + " " + word;
  }

  @Override
  public String time(int hour, int minute, String ending, Context context) {
    if (!ending.isEmpty()) {
      String half = Characters.lowerCase(ending).startsWith("a") ? " a m" : " p m";
      return (minute == 0 ? EnglishNumber.cardinal(hour) : clock(hour, minute)) + half;
    }
    return clock(hour, minute);
  }

  @Override
  public String times(int fromHour, int fromMinute, int toHour, int toMinute, Context context) {
    return clock(fromHour, fromMinute) + " to " + clock(toHour, toMinute);
  }

  private static String clock(int hour, int minute) {
    if (minute == 0) {
      return hour == 0
          ? "midnight"
          : EnglishNumber.cardinal(hour) + (hour <= 12 ? " o'clock" : " hundred hours");
    }
    return EnglishNumber.cardinal(hour)
        + (minute < 10 ? " oh " : " ")
        + EnglishNumber.cardinal(minute);
  }
}
