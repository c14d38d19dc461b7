package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Questions that campaigns of the tests ask.
final class Questions {

  static final Locale RUSSIAN = Locale.of("ru");
  static final Locale KAZAKH = Locale.of("kk");

  private static final Map<Locale, List<String>> YES =
      Map.of(RUSSIAN, List.of("да"), KAZAKH, List.of("иә"));

  private Questions() {}

  /// A question to be answered with yes or no, by voice or by key. The goodbye after silence names
  /// the variable `имя`.
  ///
  /// @param reply to a yes
  /// @param languages the first of them Russian
  static Asking yesOrNo(String reply, Locale... languages) {
    Map<Locale, List<String>> yes = new HashMap<>(YES);
    yes.keySet().retainAll(List.of(languages));
    return new Asking(
        List.of(languages),
        Duration.ofSeconds(6),
        true,
        List.of(
            new ExpectedAnswer("Да", Optional.of('1'), yes, Map.of(RUSSIAN, reply)),
            new ExpectedAnswer("Нет", Optional.of('2'), Map.of(RUSSIAN, List.of("нет")), Map.of())),
        new Fallback(1, Optional.of("Вас не слышно"), Optional.of("До свидания, {имя}")),
        Fallback.NONE);
  }

  /// Whether a subscriber comes, which he may answer with `name`, key 9, too.
  ///
  /// @param withdraws whether that answer means that nobody calls him again
  static Asking withdrawable(String name, boolean withdraws) {
    return new Asking(
        List.of(RUSSIAN),
        Duration.ofSeconds(6),
        true,
        List.of(
            new ExpectedAnswer("Да", Optional.of('1'), Map.of(RUSSIAN, List.of("да")), Map.of()),
            new ExpectedAnswer(
                name,
                Optional.of('9'),
                Map.of(RUSSIAN, List.of("не звоните")),
                Map.of(RUSSIAN, "Больше не позвоним"),
                withdraws)),
        Fallback.NONE,
        Fallback.NONE);
  }
}
