package kz.qonyrau.speech.reading;

import kz.qonyrau.speech.reading.Noun.Gender;
import kz.qonyrau.speech.reading.RussianNumber.Case;

/// Decimal fractions in Russian: три целых пять десятых.
final class RussianFraction {

  private static final String[] PARTS = {
    "десят", "сот", "тысячн", "десятитысячн", "стотысячн", "миллионн"
  };

  /// The longest fraction that has a name that is understood.
  static final int PLACES = PARTS.length;

  private RussianFraction() {}

  static String words(Amount amount, Case form) {
    long parts = Long.parseLong(amount.fraction());
    return part(amount.whole(), "цел", form)
        + " "
        + part(parts, PARTS[amount.fraction().length() - 1], form);
  }

  private static String part(long number, String stem, Case form) {
    boolean single = number % 10 == 1 && number % 100 != 11;
    String ending =
        switch (form) {
          case NOMINATIVE -> single ? "ая" : "ых";
          case GENITIVE -> single ? "ой" : "ых";
          case DATIVE -> single ? "ой" : "ым";
        };
    return RussianNumber.cardinal(number, Gender.FEMININE, form) + " " + stem + ending;
  }
}
