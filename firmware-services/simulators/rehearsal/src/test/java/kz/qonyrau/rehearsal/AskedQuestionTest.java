package kz.qonyrau.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kz.qonyrau.rehearsal.AskedQuestion.Tally;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the demonstration takes for understood, on lines of the carrier and cards of the box as
/// they are.
@Tag("AC-STT-03")
class AskedQuestionTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String YES_IN_RUSSIAN = "77010000021";
  private static final String NO_IN_RUSSIAN = "77010000022";
  private static final String YES_IN_KAZAKH = "77010000037";

  private static final List<String> CARRIER =
      List.of(
          rings(YES_IN_RUSSIAN),
          says(YES_IN_RUSSIAN, "ru", "да"),
          says(NO_IN_RUSSIAN, "ru", "нет"),
          says(YES_IN_KAZAKH, "kk", "иә"));

  private final AskedQuestion question = understanding("ru", "kk");

  @Test
  void isAskedInTheLanguagesThatTheBoxUnderstands() {
    AskedQuestion russianAlone = understanding("ru", "en");

    assertThat(russianAlone.isAskedIn("ru")).isTrue();
    assertThat(russianAlone.isAskedIn("kk")).isFalse();
    assertThat(russianAlone.isAskedIn("en")).isFalse();
    assertThat(russianAlone.json().path("languages")).hasSize(1);
    assertThat(russianAlone.answer("kk", "иә")).isEmpty();
    assertThat(question.json().path("languages")).hasSize(2);
    assertThat(question.answer("kk", "иә")).contains("yes");
    assertThat(question.answer("ru", "иә")).isEmpty();
  }

  @Test
  void anAnswerThatIsUnderstoodAsItWasMeantCounts() {
    Tally tally =
        question.compare(
            CARRIER,
            List.of(
                card(YES_IN_RUSSIAN, "yes", "ru"),
                card(NO_IN_RUSSIAN, "no", "ru"),
                card(YES_IN_KAZAKH, "yes", "kk")));

    assertThat(tally).isEqualTo(new Tally(said(), said(), 0, List.of()));
  }

  @Test
  void theOtherAnswerIsAMistake() {
    Tally tally =
        question.compare(
            CARRIER,
            List.of(
                card(YES_IN_RUSSIAN, "no", "ru"),
                card(NO_IN_RUSSIAN, "no", "ru"),
                card(YES_IN_KAZAKH, "yes", "kk")));

    assertThat(tally.understood()).isEqualTo(Map.of("ru", 1L, "kk", 1L));
    assertThat(tally.mistaken()).isOne();
    assertThat(tally.missed()).containsExactly("ru: да ANSWERED");
  }

  @Test
  void theRightAnswerInTheWrongLanguageIsAMistake() {
    Tally tally = question.compare(CARRIER, List.of(card(YES_IN_KAZAKH, "yes", "ru")));

    assertThat(tally.understood()).isEmpty();
    assertThat(tally.mistaken()).isOne();
  }

  @Test
  void anAnswerThatNobodyGaveIsAMistakeAndNothingWasMissed() {
    Tally tally = question.compare(List.of(), List.of(card(YES_IN_RUSSIAN, "yes", "ru")));

    assertThat(tally).isEqualTo(new Tally(Map.of(), Map.of(), 1, List.of()));
  }

  @Test
  void whatWasNotUnderstoodIsMissedAndNoMistake() {
    Tally tally =
        question.compare(
            CARRIER,
            List.of(
                card(NO_IN_RUSSIAN).set("question", result("NOT_UNDERSTOOD")),
                card(YES_IN_KAZAKH)));

    assertThat(tally.mistaken()).isZero();
    assertThat(tally.said()).isEqualTo(Map.of("ru", 1L, "kk", 1L));
    assertThat(tally.missed()).containsExactly("ru: нет NOT_UNDERSTOOD", "kk: иә not asked");
  }

  @Test
  void whoWasNotCalledIsNotCounted() {
    assertThat(question.compare(CARRIER, List.of()))
        .isEqualTo(new Tally(Map.of(), Map.of(), 0, List.of()));
  }

  private static Map<String, Long> said() {
    return Map.of("ru", 2L, "kk", 1L);
  }

  private static AskedQuestion understanding(String... languages) {
    var system = JSON.createObjectNode();
    var all = system.putObject("recognition").putArray("languages");
    for (String language : languages) {
      all.addObject().put("code", language);
    }
    return new AskedQuestion(system);
  }

  private static String rings(String number) {
    return "{\"event\":\"rings\",\"number\":\"%s\",\"call\":\"1\"}".formatted(number);
  }

  private static String says(String number, String language, String text) {
    return "{\"event\":\"says\",\"number\":\"%s\",\"call\":\"1\",\"language\":\"%s\",\"text\":\"%s\"}"
        .formatted(number, language, text);
  }

  private static JsonNode card(String number, String choice, String language) {
    return card(number)
        .set(
            "question",
            result("ANSWERED").put("by", "SPEECH").put("choice", choice).put("language", language));
  }

  private static ObjectNode card(String number) {
    return JSON.createObjectNode().put("number", "+" + number);
  }

  private static ObjectNode result(String result) {
    return JSON.createObjectNode().put("result", result);
  }
}
