package kz.qonyrau.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The question of the demonstration campaign, in the languages that the box understands.
final class AskedQuestion {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> ALL = List.of("ru", "kk");

  private record Answer(String name, String key, Map<String, List<String>> phrases) {}

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer("yes", "1", Map.of("ru", List.of("да"), "kk", List.of("иә"))),
          new Answer("no", "2", Map.of("ru", List.of("нет"), "kk", List.of("жоқ"))));

  private final List<String> languages;

  /// @param system what `GET /system` of the box says
  AskedQuestion(JsonNode system) {
    List<String> understood = new ArrayList<>();
    system
        .path("recognition")
        .path("languages")
        .forEach(language -> understood.add(language.path("code").asString()));
    languages = ALL.stream().filter(understood::contains).toList();
  }

  boolean isAskedIn(String language) {
    return languages.contains(language);
  }

  /// What is asked, as the API takes it.
  ObjectNode json() {
    ObjectNode question = JSON.createObjectNode();
    ArrayNode spoken = question.putArray("languages");
    languages.forEach(spoken::add);
    question.put("seconds", 6);
    question.put("interruptible", true);
    ArrayNode answers = question.putArray("answers");
    for (Answer answer : ANSWERS) {
      ObjectNode one = answers.addObject().put("name", answer.name()).put("key", answer.key());
      ObjectNode phrases = one.putObject("phrases");
      for (String language : languages) {
        answer.phrases().getOrDefault(language, List.of()).forEach(phrases.putArray(language)::add);
      }
      if (languages.contains("ru") && answer.name().equals("yes")) {
        one.putObject("replies").put("ru", "Спасибо, до свидания.");
      }
    }
    return question;
  }

  /// The name of the answer that this is; empty if it is none, or nobody listens in the language.
  Optional<String> answer(String language, String said) {
    return languages.contains(language)
        ? ANSWERS.stream()
            .filter(answer -> answer.phrases().getOrDefault(language, List.of()).contains(said))
            .map(Answer::name)
            .findFirst()
        : Optional.empty();
  }

  /// What subscribers answered and what the box understood, by language.
  ///
  /// @param said how many answers the carrier's subscribers gave
  /// @param understood how many of these the box understood as they were meant
  /// @param mistaken how many answers the box heard where none was given, or another one
  /// @param missed the answers that it did not understand, in words
  record Tally(
      Map<String, Long> said, Map<String, Long> understood, long mistaken, List<String> missed) {

    Tally {
      said = Map.copyOf(said);
      understood = Map.copyOf(understood);
      missed = List.copyOf(missed);
    }
  }

  /// Compares what the carrier wrote down with the box's call cards.
  ///
  /// @param carrier the lines of the carrier's record
  /// @param cards the cards of the campaign's calls
  Tally compare(List<String> carrier, List<JsonNode> cards) {
    Set<String> called = new java.util.HashSet<>();
    cards.forEach(card -> called.add(digits(card)));
    Map<String, JsonNode> saidBy = new TreeMap<>();
    for (String line : carrier) {
      JsonNode event = JSON.readTree(line);
      if (event.path("event").asString().equals("says")
          && called.contains(event.path("number").asString())) {
        saidBy.put(event.path("number").asString(), event);
      }
    }
    Map<String, Long> said = new TreeMap<>();
    Map<String, Long> understood = new TreeMap<>();
    long mistaken = 0;
    List<String> missed = new ArrayList<>();
    for (JsonNode card : cards) {
      Optional<JsonNode> event = Optional.ofNullable(saidBy.get(digits(card)));
      String language = event.map(one -> one.path("language").asString()).orElse("");
      Optional<String> meant = event.flatMap(one -> answer(language, one.path("text").asString()));
      JsonNode question = card.path("question");
      boolean heard = question.path("by").asString("").equals("SPEECH");
      boolean right =
          heard
              && meant.filter(question.path("choice").asString("")::equals).isPresent()
              && question.path("language").asString("").equals(language);
      meant.ifPresent(_ -> said.merge(language, 1L, Long::sum));
      if (right) {
        understood.merge(language, 1L, Long::sum);
      } else if (heard) {
        mistaken++;
      }
      if (meant.isPresent() && !right) {
        missed.add(
            "%s: %s %s"
                .formatted(
                    language,
                    event.orElseThrow().path("text").asString(),
                    question.path("result").asString("not asked")));
      }
    }
    return new Tally(said, understood, mistaken, missed);
  }

  private static String digits(JsonNode card) {
    return card.path("number").asString().replace("+", "");
  }
}
