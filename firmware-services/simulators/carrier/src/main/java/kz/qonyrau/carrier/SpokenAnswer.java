package kz.qonyrau.carrier;

import java.util.List;

/// What a subscriber of the rehearsal carrier answers to a question, in a voice that is made when
/// the carrier starts.
///
/// @param lastDigits the last two digits of his number
/// @param language ISO 639
/// @param text what is heard, in lower case
public record SpokenAnswer(String lastDigits, String language, String text) {

  /// All of them, in the order of their numbers.
  public static final List<SpokenAnswer> ALL =
      List.of(
          new SpokenAnswer("36", "ru", "да"),
          new SpokenAnswer("37", "kk", "иә"),
          new SpokenAnswer("38", "kk", "жоқ"),
          new SpokenAnswer("39", "en", "yes"));

  /// The name of its sound file, without the ending.
  String sound() {
    return "answer-" + lastDigits;
  }
}
