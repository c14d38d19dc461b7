package kz.qonyrau.speech.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Digits that are not read as one number.
final class Digits {

  private Digits() {}

  /// One after the other.
  static String spaced(String digits, Language language) {
    return each(digits, " ", language);
  }

  /// One after the other, with pauses: for codes.
  static String slowly(String digits, Language language) {
    return each(digits, ", ", language);
  }

  private static String each(String digits, String between, Language language) {
    return digits
        .chars()
        .mapToObj(digit -> language.cardinal(digit - '0'))
        .collect(Collectors.joining(between));
  }

  /// A group of a telephone number: zeros in front one by one, then the number; four digits and
  /// more in pairs.
  static String group(String digits, Language language) {
    if (language.spellsTelephoneNumbers()) {
      return spaced(digits, language);
    }
    if (digits.length() > 3) {
      int head = digits.length() % 2 == 0 ? 2 : 3;
      return group(digits.substring(0, head), language)
          + " "
          + group(digits.substring(head), language);
    }
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < digits.length() - 1 && digits.charAt(at) == '0') {
      words.add(language.cardinal(0));
      at++;
    }
    words.add(language.cardinal(Long.parseLong(digits.substring(at))));
    return String.join(" ", words);
  }
}
