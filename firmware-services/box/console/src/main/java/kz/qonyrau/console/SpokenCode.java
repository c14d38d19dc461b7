package kz.qonyrau.console;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.campaigns.Prompt;

/// How a code is said on the telephone: digit by digit, and twice. Digits are words, because the
/// rules for reading would make numbers of them.
final class SpokenCode {

  /// @param digits from 0 to 9
  private record Words(String sentence, List<String> digits) {}

  private static final Map<String, Words> WORDS =
      Map.of(
          "ru",
          new Words(
              "Ваш код: %s. Повторяю: %s.",
              List.of(
                  "ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь",
                  "девять")),
          "kk",
          new Words(
              "Сіздің кодыңыз: %s. Қайталаймын: %s.",
              List.of("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз")),
          "en",
          new Words(
              "Your code is: %s. Once more: %s.",
              List.of(
                  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")));

  private SpokenCode() {}

  /// @param language `ru`, `kk` or `en`
  static Prompt of(String code, String language) {
    Words words = WORDS.get(language);
    if (words == null) {
      throw new IllegalArgumentException("codes are not said in " + language);
    }
    String said =
        code.chars()
            .mapToObj(digit -> words.digits().get(Character.digit(digit, 10)))
            .collect(Collectors.joining(", "));
    return new Prompt.SpokenText(
        words.sentence().formatted(said, said), Locale.of(language), Optional.empty());
  }
}
