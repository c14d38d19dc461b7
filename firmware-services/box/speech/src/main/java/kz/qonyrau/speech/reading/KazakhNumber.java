package kz.qonyrau.speech.reading;

import java.util.ArrayList;
import java.util.List;

/// The names of numbers in Kazakh.
final class KazakhNumber {

  private static final List<String> UNITS =
      List.of("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз");

  private static final List<String> TENS =
      List.of("", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан");

  private static final List<String> PARTS =
      List.of("оннан", "жүзден", "мыңнан", "он мыңнан", "жүз мыңнан", "миллионнан");

  /// The longest fraction that has a name that is understood.
  static final int PLACES = PARTS.size();

  private KazakhNumber() {}

  /// A hundred and a leading thousand are said without one before them.
  static String cardinal(long number) {
    if (number == 0) {
      return UNITS.getFirst();
    }
    List<String> words = new ArrayList<>();
    addPower(words, number / 1_000_000_000, "миллиард");
    addPower(words, number / 1_000_000 % 1000, "миллион");
    if (number / 1000 == 1) {
      words.add("мың");
    } else {
      addPower(words, number / 1000 % 1000, "мың");
    }
    addBelowThousand(words, (int) (number % 1000));
    return String.join(" ", words);
  }

  private static void addPower(List<String> words, long count, String power) {
    if (count > 0) {
      addBelowThousand(words, (int) count);
      words.add(power);
    }
  }

  private static void addBelowThousand(List<String> words, int number) {
    if (number >= 200) {
      words.add(UNITS.get(number / 100));
    }
    if (number >= 100) {
      words.add("жүз");
    }
    if (number / 10 % 10 > 0) {
      words.add(TENS.get(number / 10 % 10));
    }
    if (number % 10 > 0) {
      words.add(UNITS.get(number % 10));
    }
  }

  static String ordinal(long number) {
    String words = cardinal(number);
    int last = words.lastIndexOf(' ') + 1;
    return words.substring(0, last) + ordinalOf(words.substring(last));
  }

  private static String ordinalOf(String word) {
    return switch (word) {
      case "жиырма" -> "жиырмасыншы";
      case "қырық" -> "қырқыншы";
      default -> {
        boolean front = KazakhEnding.isFront(word);
        char last = word.charAt(word.length() - 1);
        boolean vowel = last == 'і' || last == 'ы';
        yield word + (vowel ? "" : front ? "і" : "ы") + (front ? "нші" : "ншы");
      }
    };
  }

  /// Three and five tenths: үш бүтін оннан бес.
  static String fraction(Amount amount) {
    return cardinal(amount.whole())
        + " бүтін "
        + PARTS.get(amount.fraction().length() - 1)
        + " "
        + cardinal(Long.parseLong(amount.fraction()));
  }
}
