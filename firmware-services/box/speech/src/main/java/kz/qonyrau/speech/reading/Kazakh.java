package kz.qonyrau.speech.reading;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kz.qonyrau.speech.reading.Abbreviation.Next;

/// Kazakh: what is counted never changes, but endings follow the sound of the number.
final class Kazakh implements Language {

  private static final Noun TIYN = Noun.unchanging("тиын");
  private static final Noun CENT = Noun.unchanging("цент");
  private static final Money TENGE = new Money(Noun.unchanging("теңге"), TIYN);
  private static final Money RUBLES =
      new Money(Noun.unchanging("рубль"), Noun.unchanging("копейка"));
  private static final Money DOLLARS = new Money(Noun.unchanging("доллар"), CENT);
  private static final Money EUROS = new Money(Noun.unchanging("еуро"), CENT);

  private static final Map<String, Noun> UNITS =
      Map.ofEntries(
          entry("%", Noun.unchanging("пайыз")),
          entry("км", Noun.unchanging("километр")),
          entry("м²", Noun.unchanging("шаршы метр")),
          entry("м2", Noun.unchanging("шаршы метр")),
          entry("м", Noun.unchanging("метр")),
          entry("см", Noun.unchanging("сантиметр")),
          entry("мм", Noun.unchanging("миллиметр")),
          entry("кг", Noun.unchanging("килограмм")),
          entry("г", Noun.unchanging("грамм")),
          entry("гр", Noun.unchanging("грамм")),
          entry("л", Noun.unchanging("литр")),
          entry("т", Noun.unchanging("тонна")),
          entry("мин", Noun.unchanging("минут")),
          entry("сек", Noun.unchanging("секунд")),
          entry("сағ", Noun.unchanging("сағат")),
          entry("ч", Noun.unchanging("сағат")),
          entry("шт", Noun.unchanging("дана")),
          entry("°c", Noun.unchanging("градус")),
          entry("°с", Noun.unchanging("градус")),
          entry("°", Noun.unchanging("градус")));

  private static final Map<String, Noun> POWERS =
      Map.of(
          "тыс",
          Noun.unchanging("мың"),
          "млн",
          Noun.unchanging("миллион"),
          "млрд",
          Noun.unchanging("миллиард"));

  private static final Map<String, Money> MONEYS =
      Map.ofEntries(
          entry("₸", TENGE),
          entry("тг", TENGE),
          entry("тнг", TENGE),
          entry("kzt", TENGE),
          entry("теңге", TENGE),
          entry("тенге", TENGE),
          entry("₽", RUBLES),
          entry("руб", RUBLES),
          entry("rub", RUBLES),
          entry("рубль", RUBLES),
          entry("$", DOLLARS),
          entry("usd", DOLLARS),
          entry("доллар", DOLLARS),
          entry("€", EUROS),
          entry("eur", EUROS),
          entry("еуро", EUROS));

  private static final List<String> MONTHS =
      List.of(
          "қаңтар",
          "ақпан",
          "наурыз",
          "сәуір",
          "мамыр",
          "маусым",
          "шілде",
          "тамыз",
          "қыркүйек",
          "қазан",
          "қараша",
          "желтоқсан");

  private static final List<Abbreviation> ABBREVIATIONS =
      List.of(
          Abbreviation.letters("ЖШС", "же ше эс"),
          Abbreviation.letters("ЖК", "же ка"),
          Abbreviation.letters("АҚ", "а қа"),
          Abbreviation.letters("ТОО", "тэ о о"),
          Abbreviation.letters("ИП", "и пэ"),
          Abbreviation.letters("№", "нөмір"),
          Abbreviation.word("көш", "көшесі"),
          Abbreviation.word("даң", "даңғылы"),
          Abbreviation.word("ул", "көше"),
          Abbreviation.before(Next.CAPITAL_OR_DIGIT, "пр", "даңғыл"),
          Abbreviation.word("мкр", "шағын аудан"),
          Abbreviation.letters("мкр", "шағын аудан"),
          Abbreviation.word("ш.а", "шағын ауданы"),
          Abbreviation.word("тел", "телефон"),
          Abbreviation.before(Next.DIGIT, "д", "үй"),
          Abbreviation.before(Next.DIGIT, "кв", "пәтер"),
          Abbreviation.before(Next.DIGIT, "пәт", "пәтер"),
          Abbreviation.before(Next.DIGIT, "каб", "кабинет"),
          Abbreviation.before(Next.CAPITAL, "қ", "қала"),
          Abbreviation.before(Next.CAPITAL, "г", "қала"),
          Abbreviation.word("т.б", "тағы басқа"),
          Abbreviation.word("т. б", "тағы басқа"),
          Abbreviation.word("т.с.с", "тағы сол сияқты"),
          Abbreviation.word("т.д", "тағы басқа"),
          Abbreviation.word("т.п", "тағы сол сияқты"));

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
    return Numbering.fromOne(MONTHS);
  }

  @Override
  public String monthEndings() {
    return "\\p{L}{0,8}";
  }

  @Override
  public String endings() {
    return "[-\u2011]([а-яёәғқңөұүһі]{1,24})";
  }

  @Override
  public String timeEndings() {
    return "(?:[-\u2011](\\p{L}{2,4}))?";
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
    return "код|коды|кодты|кодын|кодыңыз|пин|pin|code|құпиясөз|ЖСН|БСН|ИИН|БИН";
  }

  @Override
  public String codeQualifiers() {
    return "нөмірі";
  }

  @Override
  public boolean spellsTelephoneNumbers() {
    return false;
  }

  @Override
  public String numberWords() {
    return "нөмір|нөмірі|нөміріне|нөмірге|нөмірін|нөмірлі|тел|телефон|телефоны|қоңырау";
  }

  @Override
  public String yearWords() {
    return "жыл\\p{L}{0,8}|жж|ж";
  }

  @Override
  public String centuryWords() {
    return "ғасыр\\p{L}{0,8}";
  }

  @Override
  public boolean commaPartsThousands() {
    return false;
  }

  @Override
  public String cardinal(long number) {
    return KazakhNumber.cardinal(number);
  }

  @Override
  public String plus() {
    return "плюс";
  }

  @Override
  public String dot() {
    return "нүкте";
  }

  @Override
  public Optional<String> slash() {
    return Optional.empty();
  }

  @Override
  public String aroundTheClock() {
    return "жиырма төрт жеті";
  }

  @Override
  public String number(List<Amount> ends, Context context) {
    return String.join(" – ", ends.stream().map(this::words).toList());
  }

  private String words(Amount amount) {
    String sign =
        switch (amount.sign()) {
          case NONE -> "";
          case MINUS -> "минус ";
          case PLUS -> "плюс ";
        };
    if (amount.isWhole()) {
      return sign + KazakhNumber.cardinal(amount.whole());
    }
    return sign
        + (amount.fraction().length() <= KazakhNumber.PLACES
            ? KazakhNumber.fraction(amount)
            : KazakhNumber.cardinal(amount.whole())
                + " үтір "
                + Digits.spaced(amount.fraction(), this));
  }

  @Override
  public String counted(List<Amount> ends, Noun noun, Context context) {
    return number(ends, context) + " " + noun.one();
  }

  @Override
  public String sum(List<Amount> ends, Optional<Noun> power, Money money, Context context) {
    if (power.isPresent()) {
      return counted(ends, power.get(), context) + " " + money.unit().one();
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
        : spoken + " " + cardinal(hundredths) + " " + money.hundredth().one();
  }

  @Override
  public Optional<String> withEnding(long number, String ending, Context context) {
    return switch (ending) {
      case "ші", "шы", "нші", "ншы", "інші", "ыншы" -> Optional.of(KazakhNumber.ordinal(number));
      default -> KazakhEnding.attach(KazakhNumber.cardinal(number), ending);
    };
  }

  @Override
  public Optional<String> beforeNoun(long number, String noun) {
    return noun.length() < 3 ? Optional.empty() : Optional.of(KazakhNumber.ordinal(number));
  }

  @Override
  public Optional<String> inflected(String spoken, String ending) {
    return KazakhEnding.attach(spoken, ending);
  }

  @Override
  public String dayLinks() {
    return "мен|бен|пен|және";
  }

  @Override
  public Set<String> clockWords() {
    return Set.of("сағат");
  }

  @Override
  public String day(int day, Context context) {
    return KazakhNumber.ordinal(day);
  }

  @Override
  public String date(int day, int month, String written, OptionalInt year, Context context) {
    return yearBefore(year) + KazakhNumber.ordinal(day) + " " + monthName(month, written);
  }

  @Override
  public String days(
      int first, int last, int month, String written, OptionalInt year, Context context) {
    return yearBefore(year)
        + KazakhNumber.ordinal(first)
        + " – "
        + KazakhNumber.ordinal(last)
        + " "
        + monthName(month, written);
  }

  private static String yearBefore(OptionalInt year) {
    return year.isEmpty() ? "" : KazakhNumber.ordinal(year.getAsInt()) + " жылғы ";
  }

  private static String monthName(int month, String written) {
    return written.isEmpty() ? MONTHS.get(month - 1) : written;
  }

  @Override
  public String year(int year, String word, Context context) {
    return KazakhNumber.ordinal(year) + " " + (word.equals("ж") ? "жыл" : word);
  }

  @Override
  public String years(int first, int last, String word) {
    return KazakhNumber.ordinal(first)
        + " – "
        + KazakhNumber.ordinal(last)
        + " "
        + (word.equals("жж") || word.equals("ж") ? "жылдар" : word);
  }

  @Override
  public String century(int century, String word) {
    return KazakhNumber.ordinal(century) + " " + word;
  }

  @Override
  public String centuries(int first, int last, String word) {
    return KazakhNumber.ordinal(first) + " – " + KazakhNumber.ordinal(last) + " " + word;
  }

  @Override
  public String time(int hour, int minute, String ending, Context context) {
    String spoken = clock(hour, minute);
    String ended = ending.isEmpty() ? spoken : KazakhEnding.attach(spoken, ending).orElse(spoken);
    return saysHour(context) ? ended : "сағат " + ended;
  }

  @Override
  public String times(int fromHour, int fromMinute, int toHour, int toMinute, Context context) {
    String from = clock(fromHour, fromMinute);
    String to = clock(toHour, toMinute);
    return (saysHour(context) ? "" : "сағат ")
        + KazakhEnding.attach(from, "дан").orElse(from)
        + " "
        + KazakhEnding.attach(to, "ға").orElse(to)
        + " дейін";
  }

  /// Whether the word for hour is there, or was said with the time before this one.
  private static boolean saysHour(Context context) {
    return switch (context.before()) {
      case "сағат", "сағаты", "дан", "ден", "тан", "тен", "нан", "нен", "бастап" -> true;
      default -> false;
    };
  }

  private static String clock(int hour, int minute) {
    String hours = KazakhNumber.cardinal(hour);
    if (minute == 0 && hour > 0) {
      return hours;
    }
    return hours + " " + (0 < minute && minute < 10 ? "нөл " : "") + KazakhNumber.cardinal(minute);
  }
}
