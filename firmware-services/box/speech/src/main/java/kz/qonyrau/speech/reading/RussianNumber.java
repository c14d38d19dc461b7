package kz.qonyrau.speech.reading;

import java.util.ArrayList;
import java.util.List;

/// The names of numbers in Russian.
final class RussianNumber {

  /// The cases that the rules can tell from the words around a number.
  enum Case {
    NOMINATIVE(0),
    GENITIVE(1),
    DATIVE(2);

    private final int column;

    Case(int column) {
      this.column = column;
    }
  }

  /// Forms of an ordinal: its ending after a hard stem, and that of третий.
  enum Form {
    MASCULINE("ый", "ий"),
    GENITIVE("ого", "ьего"),
    DATIVE("ому", "ьему"),
    INSTRUMENTAL("ым", "ьим"),
    PREPOSITIONAL("ом", "ьем"),
    FEMININE("ая", "ья"),
    FEMININE_OBLIQUE("ой", "ьей"),
    FEMININE_ACCUSATIVE("ую", "ью"),
    NEUTER("ое", "ье"),
    PLURAL("ые", "ьи"),
    PLURAL_GENITIVE("ых", "ьих"),
    PLURAL_INSTRUMENTAL("ыми", "ьими");

    private final String hard;
    private final String soft;

    Form(String hard, String soft) {
      this.hard = hard;
      this.soft = soft;
    }
  }

  private static final String[][] UNITS = {
    {"ноль", "ноля", "нолю"},
    {"один", "одного", "одному"},
    {"два", "двух", "двум"},
    {"три", "трёх", "трём"},
    {"четыре", "четырёх", "четырём"},
    {"пять", "пяти", "пяти"},
    {"шесть", "шести", "шести"},
    {"семь", "семи", "семи"},
    {"восемь", "восьми", "восьми"},
    {"девять", "девяти", "девяти"},
    {"десять", "десяти", "десяти"},
    {"одиннадцать", "одиннадцати", "одиннадцати"},
    {"двенадцать", "двенадцати", "двенадцати"},
    {"тринадцать", "тринадцати", "тринадцати"},
    {"четырнадцать", "четырнадцати", "четырнадцати"},
    {"пятнадцать", "пятнадцати", "пятнадцати"},
    {"шестнадцать", "шестнадцати", "шестнадцати"},
    {"семнадцать", "семнадцати", "семнадцати"},
    {"восемнадцать", "восемнадцати", "восемнадцати"},
    {"девятнадцать", "девятнадцати", "девятнадцати"},
  };

  private static final String[] ONE_FEMININE = {"одна", "одной", "одной"};
  private static final String[] ONE_NEUTER = {"одно", "одного", "одному"};
  private static final String[] TWO_FEMININE = {"две", "двух", "двум"};

  private static final String[][] TENS = {
    {},
    {},
    {"двадцать", "двадцати", "двадцати"},
    {"тридцать", "тридцати", "тридцати"},
    {"сорок", "сорока", "сорока"},
    {"пятьдесят", "пятидесяти", "пятидесяти"},
    {"шестьдесят", "шестидесяти", "шестидесяти"},
    {"семьдесят", "семидесяти", "семидесяти"},
    {"восемьдесят", "восьмидесяти", "восьмидесяти"},
    {"девяносто", "девяноста", "девяноста"},
  };

  private static final String[][] HUNDREDS = {
    {},
    {"сто", "ста", "ста"},
    {"двести", "двухсот", "двумстам"},
    {"триста", "трёхсот", "трёмстам"},
    {"четыреста", "четырёхсот", "четырёмстам"},
    {"пятьсот", "пятисот", "пятистам"},
    {"шестьсот", "шестисот", "шестистам"},
    {"семьсот", "семисот", "семистам"},
    {"восемьсот", "восьмисот", "восьмистам"},
    {"девятьсот", "девятисот", "девятистам"},
  };

  static final Noun THOUSAND = Noun.feminine("тысяча", "тысячи", "тысяч", "тысячам");
  static final Noun MILLION = Noun.masculine("миллион", "миллиона", "миллионов", "миллионам");
  static final Noun MILLIARD = Noun.masculine("миллиард", "миллиарда", "миллиардов", "миллиардам");

  private static final String[] ORDINAL_UNITS = {
    "нулев",
    "перв",
    "втор",
    "трет",
    "четвёрт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
  };

  private static final String[] ORDINAL_TENS = {
    "",
    "",
    "двадцат",
    "тридцат",
    "сороков",
    "пятидесят",
    "шестидесят",
    "семидесят",
    "восьмидесят",
    "девяност",
  };

  /// Those whose masculine ends in a stressed -ой.
  private static final List<String> STRESSED =
      List.of("нулев", "втор", "шест", "седьм", "восьм", "сороков");

  private RussianNumber() {}

  static String cardinal(long number, Noun.Gender gender, Case form) {
    if (number == 0) {
      return UNITS[0][form.column];
    }
    List<String> words = new ArrayList<>();
    addPower(words, number / 1_000_000_000, MILLIARD, form);
    addPower(words, number / 1_000_000 % 1000, MILLION, form);
    addPower(words, number / 1000 % 1000, THOUSAND, form);
    addBelowThousand(words, (int) (number % 1000), gender, form);
    return String.join(" ", words);
  }

  private static void addPower(List<String> words, long count, Noun power, Case form) {
    if (count > 0) {
      addBelowThousand(words, (int) count, power.gender(), form);
      words.add(agreeing(count, power, form));
    }
  }

  private static void addBelowThousand(
      List<String> words, int number, Noun.Gender gender, Case form) {
    if (number >= 100) {
      words.add(HUNDREDS[number / 100][form.column]);
    }
    int rest = number % 100;
    if (rest >= 20) {
      words.add(TENS[rest / 10][form.column]);
      rest %= 10;
    }
    if (rest > 0) {
      words.add(unit(rest, gender)[form.column]);
    }
  }

  private static String[] unit(int number, Noun.Gender gender) {
    return switch (gender) {
      case MASCULINE -> UNITS[number];
      case FEMININE ->
          switch (number) {
            case 1 -> ONE_FEMININE;
            case 2 -> TWO_FEMININE;
            default -> UNITS[number];
          };
      case NEUTER -> number == 1 ? ONE_NEUTER : UNITS[number];
    };
  }

  /// The form of a noun behind a whole number: минута, минуты, минут; of one minute минуты, to five
  /// минутам.
  static String agreeing(long number, Noun noun, Case form) {
    boolean single = number % 10 == 1 && number % 100 != 11;
    long last = number % 10;
    boolean few = 2 <= last && last <= 4 && (number % 100 < 10 || number % 100 > 20);
    return switch (form) {
      case NOMINATIVE -> single ? noun.one() : few ? noun.few() : noun.many();
      case GENITIVE -> single ? noun.few() : noun.many();
      case DATIVE -> single ? dativeOfOne(noun) : noun.dative();
    };
  }

  private static String dativeOfOne(Noun noun) {
    if (noun.one().equals(noun.dative())) {
      return noun.one();
    }
    // минута, копейка, тысяча; тонна; час, рубль.
    return switch (noun.gender()) {
      case FEMININE -> noun.one().substring(0, noun.one().length() - 1) + "е";
      case MASCULINE, NEUTER ->
          noun.one().endsWith("ь")
              ? noun.one().substring(0, noun.one().length() - 1) + "ю"
              : noun.one() + "у";
    };
  }

  static String ordinal(long number, Form form) {
    if (number == 0) {
      return ending("нулев", form);
    }
    for (long power : new long[] {1_000_000_000, 1_000_000, 1000}) {
      if (number % power == 0) {
        return ordinalOfPower(number, power, form);
      }
    }
    int last = (int) (number % 1000);
    int step = last % 100 == 0 ? 100 : last % 100 < 20 ? last % 100 : last % 10 == 0 ? 10 : 1;
    long tail =
        switch (step) {
          case 100 -> last;
          case 10 -> last % 100;
          case 1 -> last % 10;
          default -> last % 100;
        };
    String end = ending(stem((int) tail), form);
    return number == tail ? end : before(number - tail) + " " + end;
  }

  /// What stands before the last word: years begin with тысяча, not with одна тысяча.
  private static String before(long number) {
    String words = cardinal(number, Noun.Gender.MASCULINE, Case.NOMINATIVE);
    return number / 1000 == 1 ? words.substring("одна ".length()) : words;
  }

  private static String ordinalOfPower(long number, long power, Form form) {
    String stem = power == 1000 ? "тысячн" : power == 1_000_000 ? "миллионн" : "миллиардн";
    long count = number / power % 1000;
    String last = ending(joined((int) count) + stem, form);
    long rest = number - count * power;
    return rest == 0 ? last : cardinal(rest, Noun.Gender.MASCULINE, Case.NOMINATIVE) + " " + last;
  }

  /// A number as the first part of a word: двух, двадцатипяти.
  private static String joined(int count) {
    if (count == 1) {
      return "";
    }
    StringBuilder word = new StringBuilder();
    int rest = count;
    if (rest >= 100) {
      word.append(rest / 100 == 1 ? "сто" : HUNDREDS[rest / 100][1]);
      rest %= 100;
    }
    if (rest >= 20) {
      word.append(rest / 10 == 9 ? "девяносто" : TENS[rest / 10][1]);
      rest %= 10;
    }
    if (rest > 0) {
      word.append(rest == 1 ? "одно" : UNITS[rest][1]);
    }
    return word.toString();
  }

  private static String stem(int number) {
    if (number >= 100) {
      return number == 100 ? "сот" : HUNDREDS[number / 100][1];
    }
    return number < 20 ? ORDINAL_UNITS[number] : ORDINAL_TENS[number / 10];
  }

  private static String ending(String stem, Form form) {
    if (stem.equals("трет")) {
      return stem + form.soft;
    }
    if (form == Form.MASCULINE && STRESSED.contains(stem)) {
      return stem + "ой";
    }
    return stem + form.hard;
  }
}
