package kz.qonyrau.speech.reading;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import kz.qonyrau.speech.reading.Abbreviation.Next;
import kz.qonyrau.speech.reading.Noun.Gender;
import kz.qonyrau.speech.reading.RussianNumber.Case;
import kz.qonyrau.speech.reading.RussianNumber.Form;

/// Russian: numbers agree with what is counted, and take the case that a preposition right before
/// them demands.
final class Russian implements Language {

  private static final Noun TENGE = Noun.unchanging("тенге");
  private static final Noun TIYN = Noun.masculine("тиын", "тиына", "тиынов", "тиынам");
  private static final Noun RUBLE = Noun.masculine("рубль", "рубля", "рублей", "рублям");
  private static final Noun KOPECK = Noun.feminine("копейка", "копейки", "копеек", "копейкам");
  private static final Noun DOLLAR = Noun.masculine("доллар", "доллара", "долларов", "долларам");
  private static final Noun CENT = Noun.masculine("цент", "цента", "центов", "центам");
  private static final Noun HOUR = Noun.masculine("час", "часа", "часов", "часам");
  private static final Noun MINUTE = Noun.feminine("минута", "минуты", "минут", "минутам");
  private static final Noun SECOND = Noun.feminine("секунда", "секунды", "секунд", "секундам");
  private static final Noun GRAM = Noun.masculine("грамм", "грамма", "граммов", "граммам");
  private static final Noun LITRE = Noun.masculine("литр", "литра", "литров", "литрам");
  private static final Noun PIECE = Noun.feminine("штука", "штуки", "штук", "штукам");

  private static final Noun SQUARE_METRE =
      Noun.masculine(
          "квадратный метр", "квадратных метра", "квадратных метров", "квадратным метрам");

  private static final Money TENGE_AND_TIYN = new Money(TENGE, TIYN);
  private static final Money RUBLES = new Money(RUBLE, KOPECK);
  private static final Money DOLLARS = new Money(DOLLAR, CENT);
  private static final Money EUROS = new Money(Noun.unchanging("евро"), CENT);

  private static final Map<String, Noun> UNITS =
      Map.ofEntries(
          entry("%", Noun.masculine("процент", "процента", "процентов", "процентам")),
          entry("км", metres("кило")),
          entry("м", metres("")),
          entry("км/ч", per("километр", "в час")),
          entry("м/с", per("метр", "в секунду")),
          entry("м²", SQUARE_METRE),
          entry("м2", SQUARE_METRE),
          entry("кв.м", SQUARE_METRE),
          entry("кв. м", SQUARE_METRE),
          entry("см", metres("санти")),
          entry("мм", metres("милли")),
          entry("кг", Noun.masculine("килограмм", "килограмма", "килограммов", "килограммам")),
          entry("г", GRAM),
          entry("гр", GRAM),
          entry("л", LITRE),
          entry("т", Noun.feminine("тонна", "тонны", "тонн", "тоннам")),
          entry("мин", MINUTE),
          entry("сек", SECOND),
          entry("ч", HOUR),
          entry("шт", PIECE),
          entry("чел", Noun.masculine("человек", "человека", "человек", "человекам")),
          entry("°c", degrees(" Цельсия")),
          entry("°с", degrees(" Цельсия")),
          entry("°", degrees("")));

  private static final Map<String, Noun> POWERS =
      Map.of(
          "тыс",
          RussianNumber.THOUSAND,
          "млн",
          RussianNumber.MILLION,
          "млрд",
          RussianNumber.MILLIARD);

  private static final Map<String, Money> MONEYS =
      Map.ofEntries(
          entry("₸", TENGE_AND_TIYN),
          entry("тг", TENGE_AND_TIYN),
          entry("тнг", TENGE_AND_TIYN),
          entry("kzt", TENGE_AND_TIYN),
          entry("тенге", TENGE_AND_TIYN),
          entry("₽", RUBLES),
          entry("руб", RUBLES),
          entry("rub", RUBLES),
          entry("рубль", RUBLES),
          entry("рубля", RUBLES),
          entry("рублей", RUBLES),
          entry("$", DOLLARS),
          entry("usd", DOLLARS),
          entry("доллар", DOLLARS),
          entry("доллара", DOLLARS),
          entry("долларов", DOLLARS),
          entry("€", EUROS),
          entry("eur", EUROS),
          entry("евро", EUROS));

  private static final List<String> MONTHS =
      List.of(
          "января",
          "февраля",
          "марта",
          "апреля",
          "мая",
          "июня",
          "июля",
          "августа",
          "сентября",
          "октября",
          "ноября",
          "декабря");

  private static final List<Abbreviation> ABBREVIATIONS =
      List.of(
          Abbreviation.letters("ТОО", "тэ о о"),
          Abbreviation.letters("ИП", "и пэ"),
          Abbreviation.letters("АО", "а о"),
          Abbreviation.letters("№", "номер"),
          Abbreviation.word("ул", "улица"),
          Abbreviation.before(Next.CAPITAL_OR_DIGIT, "пр", "проспект"),
          Abbreviation.word("пр-т", "проспект"),
          Abbreviation.letters("пр-т", "проспект"),
          Abbreviation.word("просп", "проспект"),
          Abbreviation.word("мкр", "микрорайон"),
          Abbreviation.letters("мкр", "микрорайон"),
          Abbreviation.word("тел", "телефон"),
          Abbreviation.before(Next.DIGIT, "д", "дом"),
          Abbreviation.before(Next.DIGIT, "кв", "квартира"),
          Abbreviation.before(Next.DIGIT, "стр", "страница"),
          Abbreviation.before(Next.DIGIT, "оф", "офис"),
          Abbreviation.before(Next.DIGIT, "каб", "кабинет"),
          Abbreviation.before(Next.CAPITAL, "г", "город"),
          Abbreviation.before(Next.CAPITAL, "обл", "область"),
          Abbreviation.word("т.д", "так далее"),
          Abbreviation.word("т. д", "так далее"),
          Abbreviation.word("т.п", "тому подобное"),
          Abbreviation.word("т. п", "тому подобное"),
          Abbreviation.word("т.е", "то есть"));

  private static final Set<String> WANT_GENITIVE =
      Set.of(
          "до", "от", "из", "без", "для", "после", "около", "более", "менее", "больше", "меньше",
          "свыше", "позднее", "позже", "ранее", "раньше");

  /// Genitive, dative and prepositional of what addresses shorten.
  private static final Map<String, List<String>> DECLENSIONS =
      Map.of(
          "улица",
          List.of("улицы", "улице", "улице"),
          "проспект",
          List.of("проспекта", "проспекту", "проспекте"),
          "микрорайон",
          List.of("микрорайона", "микрорайону", "микрорайоне"),
          "город",
          List.of("города", "городу", "городе"),
          "дом",
          List.of("дома", "дому", "доме"),
          "квартира",
          List.of("квартиры", "квартире", "квартире"),
          "кабинет",
          List.of("кабинета", "кабинету", "кабинете"),
          "офис",
          List.of("офиса", "офису", "офисе"),
          "телефон",
          List.of("телефона", "телефону", "телефоне"));

  /// Words in -а, -я, -ы and -и behind a number that are not what is counted.
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "завтра", "сегодня", "вчера", "утра", "ночи", "когда", "была", "были", "почти", "тогда",
          "сюда", "туда", "всегда", "иногда", "сразу", "снизу", "сверху", "внизу", "году", "часу",
          "сначала", "снова", "если", "либо", "более", "менее");

  private static final List<String> NEUTER_ENDINGS = List.of("ние", "тие", "ое", "ее", "место");

  private static Noun metres(String prefix) {
    return Noun.masculine(prefix + "метр", prefix + "метра", prefix + "метров", prefix + "метрам");
  }

  private static Noun per(String unit, String time) {
    return Noun.masculine(
        unit + " " + time, unit + "а " + time, unit + "ов " + time, unit + "ам " + time);
  }

  private static Noun degrees(String scale) {
    return Noun.masculine(
        "градус" + scale, "градуса" + scale, "градусов" + scale, "градусам" + scale);
  }

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
    return "";
  }

  @Override
  public String endings() {
    return "[-\u2011](\\p{L}{1,3})";
  }

  @Override
  public String timeEndings() {
    return "()";
  }

  @Override
  public List<Abbreviation> abbreviations() {
    return ABBREVIATIONS;
  }

  @Override
  public String declined(String word, String before) {
    List<String> cases = DECLENSIONS.getOrDefault(word, List.of(word, word, word));
    return switch (before) {
      case "к", "ко", "по" -> cases.get(1);
      case "в", "во", "на" -> cases.get(2);
      case "с", "со" -> cases.getFirst();
      default -> WANT_GENITIVE.contains(before) ? cases.getFirst() : word;
    };
  }

  @Override
  public String codeWords() {
    return "код|кода|коду|кодом|коде|пароль|пин|pin|code|ИИН|БИН";
  }

  @Override
  public String codeQualifiers() {
    return "подтверждения|доступа|активации|авторизации|регистрации|проверки|безопасности|входа"
        + "|для входа|клиента|абонента|домофона|города|заказа|товара|организации|компании";
  }

  @Override
  public boolean spellsTelephoneNumbers() {
    return false;
  }

  @Override
  public String numberWords() {
    return "номер|номера|номеру|номером|номере|тел|телефон|телефона|телефону|звоните|позвоните"
        + "|наберите|звонок на|служба|службу";
  }

  @Override
  public String yearWords() {
    return "годом|годах|годов|годам|годы|году|года|год|гг|г";
  }

  @Override
  public String centuryWords() {
    return "век|века|веку|веком|веке|веков|веках";
  }

  @Override
  public boolean commaPartsThousands() {
    return false;
  }

  @Override
  public String cardinal(long number) {
    return RussianNumber.cardinal(number, Gender.MASCULINE, Case.NOMINATIVE);
  }

  @Override
  public String plus() {
    return "плюс";
  }

  @Override
  public String dot() {
    return "точка";
  }

  @Override
  public Optional<String> slash() {
    return Optional.of("дробь");
  }

  @Override
  public String aroundTheClock() {
    return "двадцать четыре на семь";
  }

  @Override
  public String number(List<Amount> ends, Context context) {
    Case form = caseOf(context);
    Gender gender = genderOf(ends.getLast(), context.after(), form);
    String words = joined(ends, gender, form);
    return isObject(context.after()) && words.endsWith("один")
        ? words.substring(0, words.length() - "ин".length()) + "ну"
        : words;
  }

  @Override
  public String counted(List<Amount> ends, Noun noun, Context context) {
    Case form = caseOf(context);
    return joined(ends, noun.gender(), form) + " " + agreeing(ends.getLast(), noun, form);
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

  private static String joined(List<Amount> ends, Gender gender, Case form) {
    return String.join(" – ", ends.stream().map(end -> words(end, gender, form)).toList());
  }

  private static String words(Amount amount, Gender gender, Case form) {
    String sign =
        switch (amount.sign()) {
          case NONE -> "";
          case MINUS -> "минус ";
          case PLUS -> "плюс ";
        };
    if (amount.isWhole()) {
      return sign + RussianNumber.cardinal(amount.whole(), gender, form);
    }
    int places = amount.fraction().length();
    if (places > RussianFraction.PLACES) {
      return sign
          + RussianNumber.cardinal(amount.whole(), Gender.MASCULINE, form)
          + " запятая "
          + Digits.spaced(amount.fraction(), new Russian());
    }
    return sign + RussianFraction.words(amount, form);
  }

  private static String agreeing(Amount amount, Noun noun, Case form) {
    return amount.isWhole() ? RussianNumber.agreeing(amount.whole(), noun, form) : noun.few();
  }

  private static Case caseOf(Context context) {
    if (WANT_GENITIVE.contains(context.before())) {
      return Case.GENITIVE;
    }
    return switch (context.before()) {
      case "с", "со" -> context.after().equals("до") ? Case.GENITIVE : Case.NOMINATIVE;
      case "к", "ко" -> Case.DATIVE;
      default -> Case.NOMINATIVE;
    };
  }

  /// Whether the next word is a feminine noun in the accusative, as in подождите 1 минуту.
  private static boolean isObject(String next) {
    return next.length() > 3
        && (next.endsWith("у") || next.endsWith("ю"))
        && !NOT_COUNTED.contains(next);
  }

  /// The gender of what is counted, guessed from the end of the next word: with one in the singular
  /// -а and -я are feminine, in the genitive and with two -ы and -и.
  private static Gender genderOf(Amount amount, String next, Case form) {
    int length = next.length();
    if (length < 4 || NOT_COUNTED.contains(next) || next.endsWith("ый") || next.endsWith("ий")) {
      return Gender.MASCULINE;
    }
    char last = next.charAt(length - 1);
    boolean one = amount.whole() % 10 == 1;
    if (one && NEUTER_ENDINGS.stream().anyMatch(next::endsWith)) {
      return Gender.NEUTER;
    }
    boolean feminine =
        (one && form == Case.NOMINATIVE)
            ? last == 'а' || last == 'я'
            : last == 'ы' || last == 'и' || (one && form == Case.DATIVE && last == 'е');
    return feminine ? Gender.FEMININE : Gender.MASCULINE;
  }

  @Override
  public Optional<String> withEnding(long number, String ending, Context context) {
    if (ending.equals("ти") || (ending.equals("х") && 2 <= number && number <= 4)) {
      return Optional.of(RussianNumber.cardinal(number, Gender.MASCULINE, Case.GENITIVE));
    }
    boolean decades = number >= 10 && number % 10 == 0 && context.after().startsWith("год");
    Form form =
        switch (ending) {
          case "й", "ый", "ий" -> Form.MASCULINE;
          case "го", "ого", "его" -> Form.GENITIVE;
          case "му", "ому", "ему" -> Form.DATIVE;
          case "ым", "им" -> Form.INSTRUMENTAL;
          case "м", "ом", "ем" -> Form.PREPOSITIONAL;
          case "я", "ая", "ья" -> Form.FEMININE;
          case "ой", "ей" -> Form.FEMININE_OBLIQUE;
          case "ю", "ую", "ью" -> Form.FEMININE_ACCUSATIVE;
          case "е" -> decades ? Form.PLURAL : Form.NEUTER;
          case "ое", "ье" -> Form.NEUTER;
          case "ые", "ие" -> Form.PLURAL;
          case "х", "ых", "их" -> Form.PLURAL_GENITIVE;
          case "ми", "ыми", "ими" -> Form.PLURAL_INSTRUMENTAL;
          default -> null;
        };
    return Optional.ofNullable(form).map(it -> RussianNumber.ordinal(number, it));
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
    return "по|до|и";
  }

  @Override
  public Set<String> clockWords() {
    return Set.of("в", "с", "до", "к", "после");
  }

  @Override
  public String day(int day, Context context) {
    return RussianNumber.ordinal(day, dayForm(context));
  }

  @Override
  public String date(int day, int month, String written, OptionalInt year, Context context) {
    return RussianNumber.ordinal(day, dayForm(context)) + " " + monthAndYear(month, year);
  }

  @Override
  public String days(
      int first, int last, int month, String written, OptionalInt year, Context context) {
    return (context.before().equals("с") ? "" : "с ")
        + RussianNumber.ordinal(first, Form.GENITIVE)
        + " по "
        + RussianNumber.ordinal(last, Form.NEUTER)
        + " "
        + monthAndYear(month, year);
  }

  private static String monthAndYear(int month, OptionalInt year) {
    String name = MONTHS.get(month - 1);
    return year.isEmpty()
        ? name
        : name + " " + RussianNumber.ordinal(year.getAsInt(), Form.GENITIVE) + " года";
  }

  /// A day right behind a word is when something happens, and stands in the genitive: приём
  /// третьего декабря.
  private static Form dayForm(Context context) {
    return switch (context.before()) {
      case "к", "ко" -> Form.DATIVE;
      case "",
          "на",
          "за",
          "по",
          "в",
          "под",
          "и",
          "или",
          "это",
          "сегодня",
          "завтра",
          "вчера",
          "дата",
          "день",
          "число" ->
          Form.NEUTER;
      default -> Form.GENITIVE;
    };
  }

  @Override
  public String year(int year, String word, Context context) {
    String before = context.before();
    String spoken =
        switch (word) {
          case "г" ->
              before.equals("в") || before.equals("во")
                  ? "году"
                  : before.equals("к")
                      ? "году"
                      : WANT_GENITIVE.contains(before) || before.equals("с") ? "года" : "год";
          case "гг" -> "годы";
          default -> word;
        };
    Form form =
        switch (spoken) {
          case "года" -> Form.GENITIVE;
          case "году" ->
              before.equals("к") || before.equals("по") ? Form.DATIVE : Form.PREPOSITIONAL;
          case "годом" -> Form.INSTRUMENTAL;
          case "годов", "годах" -> Form.PLURAL_GENITIVE;
          case "годам" -> Form.DATIVE;
          case "годы" -> Form.PLURAL;
          default -> Form.MASCULINE;
        };
    return RussianNumber.ordinal(year, form) + " " + spoken;
  }

  @Override
  public String years(int first, int last, String word) {
    Form form =
        switch (word) {
          case "годов" -> Form.GENITIVE;
          case "годам" -> Form.DATIVE;
          case "годах", "году" -> Form.PREPOSITIONAL;
          default -> Form.MASCULINE;
        };
    return RussianNumber.ordinal(first, form)
        + " – "
        + RussianNumber.ordinal(last, form)
        + " "
        + (word.equals("гг") || word.equals("г") ? "годы" : word);
  }

  @Override
  public String century(int century, String word) {
    Form form =
        switch (Characters.lowerCase(word)) {
          case "века" -> Form.GENITIVE;
          case "веку" -> Form.DATIVE;
          case "веком" -> Form.INSTRUMENTAL;
          case "веке", "веках" -> Form.PREPOSITIONAL;
          case "веков" -> Form.PLURAL_GENITIVE;
          default -> Form.MASCULINE;
        };
    return RussianNumber.ordinal(century, form) + " " + word;
  }

  @Override
  public String centuries(int first, int last, String word) {
    Form form =
        switch (word) {
          case "веков" -> Form.GENITIVE;
          case "веках" -> Form.PREPOSITIONAL;
          default -> Form.MASCULINE;
        };
    return RussianNumber.ordinal(first, form)
        + " – "
        + RussianNumber.ordinal(last, form)
        + " "
        + word;
  }

  @Override
  public String time(int hour, int minute, String ending, Context context) {
    Case form = timeCase(context);
    return clock(hour, minute, form);
  }

  @Override
  public String times(int fromHour, int fromMinute, int toHour, int toMinute, Context context) {
    return (context.before().equals("с") ? "" : "с ")
        + clock(fromHour, fromMinute, Case.GENITIVE)
        + " до "
        + clock(toHour, toMinute, Case.GENITIVE);
  }

  private static String clock(int hour, int minute, Case form) {
    String hours = ofTime(hour, HOUR, form);
    return minute == 0 && hour > 0 ? hours : hours + " " + ofTime(minute, MINUTE, form);
  }

  private static String ofTime(int number, Noun noun, Case form) {
    return RussianNumber.cardinal(number, noun.gender(), form)
        + " "
        + RussianNumber.agreeing(number, noun, form);
  }

  private static Case timeCase(Context context) {
    return switch (context.before()) {
      case "с", "со" -> Case.GENITIVE;
      default -> caseOf(context);
    };
  }
}
