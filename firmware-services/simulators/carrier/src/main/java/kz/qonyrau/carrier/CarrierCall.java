package kz.qonyrau.carrier;

import java.util.List;
import java.util.Optional;

/// One line of the carrier's own record: a subscriber's phone rang, he began to say his phrase, or
/// his call ended.
///
/// @param number the number that was dialled, digits only
/// @param id Asterisk's name for the call, the same in all its lines
/// @param said in which language he speaks, ISO 639; empty for the other events
/// @param over whether the call has ended
public record CarrierCall(String number, String id, Optional<String> said, boolean over) {

  static CarrierCall parse(String words) {
    List<String> parts = List.of(words.split(" ", -1));
    int expected = parts.getFirst().equals("says") ? 4 : 3;
    if (parts.size() != expected || !List.of("rings", "says", "ends").contains(parts.getFirst())) {
      throw new IllegalArgumentException("not a line of the dialplan: " + parts.size() + " words");
    }
    return new CarrierCall(
        parts.get(1),
        parts.get(2),
        expected == 4 ? Optional.of(parts.get(3)) : Optional.empty(),
        parts.getFirst().equals("ends"));
  }

  String json() {
    String event = over ? "ends" : said.isPresent() ? "says" : "rings";
    return "{\"event\":\"%s\",\"number\":\"%s\",\"call\":\"%s\"%s}"
        .formatted(
            event,
            number,
            id,
            said.map(language -> ",\"language\":\"%s\",\"text\":\"%s\"".formatted(language, text()))
                .orElse(""));
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
