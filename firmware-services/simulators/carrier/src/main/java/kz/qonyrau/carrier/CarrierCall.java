package kz.qonyrau.carrier;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// One line of the carrier's own record: a subscriber's phone rang, he heard the first sound, he
/// began to say his phrase, or his call ended.
///
/// @param number the number that was dialled, digits only
/// @param id Asterisk's name for the call, the same in all its lines
/// @param heard how many milliseconds after his answer he heard something; empty for the other
///   events
/// @param said in which language he speaks, ISO 639; empty for the other events
/// @param over whether the call has ended
public record CarrierCall(
    String number, String id, Optional<Integer> heard, Optional<String> said, boolean over) {

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,6}");

  /// @throws IllegalArgumentException if the dialplan does not write such a line
  static CarrierCall parse(String words) {
    List<String> parts = List.of(words.split(" ", -1));
    Optional<CarrierCall> call =
        switch (parts.size()) {
          case 3 -> plain(parts);
          case 4 -> telling(parts);
          default -> Optional.empty();
        };
    return call.orElseThrow(() ->
        new IllegalArgumentException("not a line of the dialplan: " + parts.size() + " words"));
  }

  private static Optional<CarrierCall> plain(List<String> parts) {
    return switch (parts.getFirst()) {
      case "rings", "ends" ->
          Optional.of(
              new CarrierCall(
                  parts.get(1),
                  parts.get(2),
                  Optional.empty(),
                  Optional.empty(),
                  parts.getFirst().equals("ends")));
      default -> Optional.empty();
    };
  }

  private static Optional<CarrierCall> telling(List<String> parts) {
    String last = parts.get(3);
    return switch (parts.getFirst()) {
      case "says" ->
          Optional.of(
              new CarrierCall(
                  parts.get(1), parts.get(2), Optional.empty(), Optional.of(last), false));
      case "hears" ->
          Optional.of(last)
              .filter(MILLIS.asMatchPredicate())
              .map(millis ->
                  new CarrierCall(
                      parts.get(1),
                      parts.get(2),
                      Optional.of(Integer.valueOf(millis)),
                      Optional.empty(),
                      false));
      default -> Optional.empty();
    };
  }

  String json() {
    return "{\"event\":\"%s\",\"number\":\"%s\",\"call\":\"%s\"%s%s}"
        .formatted(
            event(),
            number,
            id,
            heard.map(",\"millis\":%d"::formatted).orElse(""),
            said.map(language -> ",\"language\":\"%s\",\"text\":\"%s\"".formatted(language, text()))
                .orElse(""));
  }

  private String event() {
    if (over) {
      return "ends";
    }
    if (heard.isPresent()) {
      return "hears";
    }
    return said.isPresent() ? "says" : "rings";
  }

  /// What is heard at this number; empty if nobody speaks there.
  private String text() {
    return Phrase.ALL.stream()
        .filter(phrase -> number.endsWith(phrase.lastDigits()))
        .map(Phrase::text)
        .findFirst()
        .or(() ->
            SpokenAnswer.ALL.stream()
                .filter(answer -> number.endsWith(answer.lastDigits()))
                .map(SpokenAnswer::text)
                .findFirst())
        .orElse("");
  }
}
