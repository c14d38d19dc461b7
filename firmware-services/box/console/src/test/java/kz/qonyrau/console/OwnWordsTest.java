package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// A customer's own words by way of the door: the model that the box ships, the real espeak-ng,
/// OpenFst and Vosk.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("AC-STT-01")
class OwnWordsTest {

  private static final String WORDS = "/speech/models/ru-starter/words";

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole(Map.of(Locale.of("ru"), Path.of("../speech/models/ru-starter-8k")));
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @Test
  void ownWordsBecomeAModelThatCanBeChangedFurtherAndPutInForce() {
    JsonNode starter = model("ru-starter");
    assertThat(starter.path("takesWords").asBoolean()).isTrue();
    assertThat(starter.path("onPeople").asString()).isEqualTo("FAIR");
    assertThat(at.read(Role.TECHNICIAN, WORDS).path("words").isEmpty()).isTrue();

    JsonNode first =
        made(
            WORDS,
            """
            {"name": "Our names",
             "words": [{"word": "Қоңырау", "saidAs": ["конырау"]}, {"word": "альфатрейд", "weight": 5}],
             "phrases": ["служба Альфатрейд"]}
            """);

    String id = first.path("modelId").asString();
    assertThat(model(id).path("base").asString()).isEqualTo("ru-starter");
    assertThat(model(id).path("name").asString()).isEqualTo("Our names");
    assertThat(model(id).path("words").asInt()).isEqualTo(starter.path("words").asInt() + 2);
    JsonNode own = at.read(Role.OWNER, "/speech/models/" + id + "/words");
    assertThat(own.path("words").toString())
        .isEqualTo(
            "[{\"word\":\"қоңырау\",\"saidAs\":[\"конырау\"]},{\"word\":\"альфатрейд\",\"weight\":5.0}]");
    assertThat(own.path("phrases").path(0).asString()).isEqualTo("служба альфатрейд");

    JsonNode second =
        made(
            "/speech/models/" + id + "/words",
            "{\"name\": \"Fewer\", \"words\": [{\"word\": \"альфатрейд\"}]}");
    String next = second.path("modelId").asString();
    assertThat(model(next).path("words").asInt()).isEqualTo(starter.path("words").asInt() + 1);
    assertThat(
            at.send(Role.TECHNICIAN, "POST", "/speech/models/" + next + "/in-force", "")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            at.read(Role.TECHNICIAN, "/speech/models")
                .path("languages")
                .path(0)
                .path("running")
                .asString())
        .isEqualTo(next);
  }

  @Test
  void showsHowWordsWouldBeSaid() {
    HttpResponse<String> answer =
        at.send(
            Role.TECHNICIAN,
            "POST",
            "/speech/models/ru-starter/pronunciations",
            """
            {"words": [{"word": "Kaspi", "saidAs": ["каспи"]}, {"word": "hello"}, {"word": "қоңырау"}]}
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode said = TestConsole.JSON.readTree(answer.body());
    assertThat(said.path(0).toString()).isEqualTo("{\"word\":\"kaspi\",\"ways\":[\"k a s p; i\"]}");
    assertThat(said.path(1).path("ways").isEmpty()).isTrue();
    assertThat(said.path(1).path("fault").asString()).isEqualTo("OTHER_LANGUAGE");
    assertThat(said.path(2).path("fault").asString()).isEqualTo("SPELLED_OUT");
    assertThat(said.path(2).path("detail").asString()).contains("write how it is said");
  }

  @Test
  void namesEachWordThatIsNoneAndWhatAWordIs() {
    HttpResponse<String> answer =
        at.send(
            Role.TECHNICIAN,
            "POST",
            WORDS,
            """
            {"name": "x", "words": [{"word": "два слова"}, {"word": "дом"}, {"word": "мир", "saidAs": ["7"]}]}
            """);

    assertThat(answer.statusCode()).isEqualTo(422);
    JsonNode problem = TestConsole.JSON.readTree(answer.body());
    assertThat(problem.path("code").asString()).isEqualTo("BAD_WORD");
    assertThat(problem.path("detail").asString())
        .contains("one word of letters", "'два слова'", "'мир'", "not as '7'")
        .doesNotContain("'дом'");
    assertThat(problem.path("errors").values())
        .extracting(field -> field.path("field").asString())
        .containsExactly("words.0", "words.2");
  }

  @Test
  void refusesListsThatContradictThemselvesAndModelsThatAreNotThere() {
    assertThat(refusal("{\"name\":\"x\",\"words\":[{\"word\":\"Дом\"},{\"word\":\"дом\"}]}"))
        .contains("BAD_WORD", "'дом': stands there twice");
    assertThat(refusal("{\"name\":\"x\",\"words\":[],\"phrases\":[\"дом\"]}"))
        .contains("phrase 'дом'", "2 to 6 words");
    assertThat(
            at.send(
                    Role.TECHNICIAN,
                    "POST",
                    "/speech/models/ru-99/words",
                    "{\"name\":\"x\",\"words\":[]}")
                .statusCode())
        .isEqualTo(404);
    assertThat(at.get(Role.TECHNICIAN, "/speech/models/ru-99/words").statusCode()).isEqualTo(404);
    assertThat(at.get(Role.OPERATOR, WORDS).statusCode()).isEqualTo(403);
  }

  @Test
  @Tag("AC-STT-05")
  void tellsAnAuthorWhichWordsCallsAreNotUnderstoodWith() {
    HttpResponse<String> answer =
        at.send(
            Role.OWNER,
            "POST",
            "/speech/unknown-words",
            "{\"language\": \"ru\", \"phrases\": [\"да\", \"Крякозябра нет\", \"крякозябра\"]}");
    assertThat(answer.body()).isEqualTo("{\"words\":[\"крякозябра\"]}");
    HttpResponse<String> kazakh =
        at.send(
            Role.OWNER,
            "POST",
            "/speech/unknown-words",
            "{\"language\": \"kk\", \"phrases\": [\"иә\"]}");
    assertThat(kazakh.statusCode()).isEqualTo(422);
    assertThat(kazakh.body()).contains("NO_MODEL", "install one under Models");
    HttpResponse<String> number =
        at.send(
            Role.OWNER,
            "POST",
            "/speech/unknown-words",
            "{\"language\": \"ru\", \"phrases\": [\"7\"]}");
    assertThat(number.statusCode()).isEqualTo(422);
    assertThat(number.body()).contains("a phrase is made of letters");
  }

  @Test
  void aWordThatCannotBeSaidIsNamedWhereItsModelFails() {
    JsonNode failed =
        ended(WORDS, "{\"name\": \"Foreign\", \"words\": [{\"word\": \"hello\"}]}", "FAILED");

    assertThat(failed.path("fault").asString()).isEqualTo("BAD_WORD");
    assertThat(failed.path("detail").asString())
        .contains("'hello' cannot be said", "write how it is said");
  }

  private static String refusal(String order) {
    HttpResponse<String> answer = at.send(Role.TECHNICIAN, "POST", WORDS, order);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    return answer.body();
  }

  private static JsonNode made(String path, String order) {
    return ended(path, order, "DONE");
  }

  /// Orders a model and waits until it has come to that end.
  private static JsonNode ended(String path, String order, String end) {
    HttpResponse<String> answer = at.send(Role.TECHNICIAN, "POST", path, order);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = TestConsole.JSON.readTree(answer.body()).path("id").asString();
    Eventually.await(
        Duration.ofSeconds(100),
        "the model is made, or not",
        () -> {
          // The door counts requests by this clock: more may come again before the next one does.
          at.clock.advance(Duration.ofMillis(20));
          return !installation(id).path("state").asString().equals("RUNNING");
        });
    JsonNode installation = installation(id);
    assertThat(installation.path("state").asString()).as(installation.toString()).isEqualTo(end);
    return installation;
  }

  private static JsonNode installation(String id) {
    return at.read(Role.TECHNICIAN, "/speech/models").path("installations").values().stream()
        .filter(one -> one.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode model(String id) {
    return at
        .read(Role.TECHNICIAN, "/speech/models")
        .path("languages")
        .path(0)
        .path("models")
        .values()
        .stream()
        .filter(one -> one.path("id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
