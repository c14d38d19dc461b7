package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Questions in campaigns, their answers, and who answered, over the API.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class QuestionRoutesTest {

  static final String YES_OR_NO =
      """
      {"languages":["ru","en"],"seconds":8,"interruptible":true,
       "answers":[
         {"name":"Да","key":"1","phrases":{"ru":["да","конечно"],"en":["yes"]},
          "replies":{"ru":"Спасибо","en":"Thank you"}},
         {"name":"Нет","key":"2","phrases":{"ru":["нет"]},"withdraws":true}],
       "silence":{"repeats":1,"hint":"Вас не слышно"},
       "notUnderstood":{"repeats":2,"goodbye":"До свидания"}}
      """;

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    at.credit("1000.00");
  }

  @AfterAll
  static void close() {
    at.close();
  }

  static String asking(String order, String question) {
    return order.strip().replaceFirst("}$", ",\"machines\":\"HANG_UP\",\"question\":")
        + question
        + "}";
  }

  private static HttpResponse<String> send(String question) {
    String order = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
    return at.send(Role.OWNER, "POST", "/campaigns", asking(order, question));
  }

  @Test
  void givesAQuestionBackAsItWasSent() {
    HttpResponse<String> made = send(YES_OR_NO);

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode order = json(made).path("order");
    assertThat(order.path("machines").asString()).isEqualTo("HANG_UP");
    JsonNode question = order.path("question");
    assertThat(question.path("languages")).hasToString("[\"ru\",\"en\"]");
    assertThat(question.path("seconds").asInt()).isEqualTo(8);
    assertThat(question.path("interruptible").asBoolean()).isTrue();
    JsonNode yes = question.path("answers").path(0);
    assertThat(yes.path("key").asString()).isEqualTo("1");
    assertThat(yes.path("phrases").path("ru")).hasToString("[\"да\",\"конечно\"]");
    assertThat(yes.path("replies").path("en").asString()).isEqualTo("Thank you");
    assertThat(yes.has("withdraws")).isFalse();
    assertThat(question.path("answers").path(1).path("withdraws").asBoolean()).isTrue();
    assertThat(question.path("silence").path("hint").asString()).isEqualTo("Вас не слышно");
    assertThat(question.path("notUnderstood").path("repeats").asInt()).isEqualTo(2);
    String id = json(made).path("id").asString();
    String without = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
    HttpResponse<String> changed = at.send(Role.OWNER, "PUT", "/campaigns/" + id, without);
    assertThat(json(changed).path("order").has("question")).isFalse();
    assertThat(json(changed).path("order").path("machines").asString()).isEqualTo("CARRY_ON");
  }

  private record Bad(String name, String question, int status, String field) {}

  @TestFactory
  Stream<DynamicTest> refusesWhatCannotBeAskedAndNamesTheField() {
    String longest = "я".repeat(2001);
    return Stream.of(
            new Bad("a number", "7", 400, "question"),
            new Bad("nothing", "{}", 400, "question"),
            new Bad(
                "a field of ours that is none",
                YES_OR_NO.replace("\"seconds\"", "\"minutes\""),
                400,
                "question"),
            new Bad("a foreign language", YES_OR_NO.replace("\"en\"]", "\"de\"]"), 400, "question"),
            new Bad("no time", YES_OR_NO.replace(":8,", ":0,"), 400, "question.seconds"),
            new Bad("too much time", YES_OR_NO.replace(":8,", ":61,"), 400, "question.seconds"),
            new Bad(
                "a fraction of time", YES_OR_NO.replace(":8,", ":1.5,"), 400, "question.seconds"),
            new Bad("six repeats", YES_OR_NO.replace(":2,", ":6,"), 400, "question.notUnderstood"),
            new Bad(
                "repeats beyond numbers",
                YES_OR_NO.replace(":2,", ":99999999999999999999,"),
                400,
                "question.notUnderstood"),
            new Bad("two keys at once", YES_OR_NO.replace("\"1\"", "\"12\""), 400, "question"),
            new Bad("no key", YES_OR_NO.replace("\"1\"", "\"\""), 400, "question"),
            new Bad("an empty name", YES_OR_NO.replace("\"Нет\"", "\"\""), 400, "question"),
            new Bad(
                "a blank name",
                YES_OR_NO.replace("\"Нет\"", "\"  \""),
                422,
                "question.answers[1].name"),
            new Bad(
                "a name that is too long",
                YES_OR_NO.replace("\"Нет\"", "\"" + "x".repeat(61) + "\""),
                400,
                "question"),
            new Bad("a reply too long", YES_OR_NO.replace("Спасибо", longest), 400, "question"),
            new Bad(
                "a blank reply",
                YES_OR_NO.replace("Спасибо", " "),
                422,
                "question.answers[0].replies.ru"),
            new Bad(
                "a blank hint",
                YES_OR_NO.replace("Вас не слышно", " "),
                422,
                "question.silence.hint"),
            new Bad(
                "a hint that is never said",
                YES_OR_NO.replace("\"repeats\":1", "\"repeats\":0"),
                422,
                "question.silence.hint"),
            new Bad(
                "one key for two answers",
                YES_OR_NO.replace("\"2\"", "\"1\""),
                422,
                "question.answers[1].key"),
            new Bad(
                "one name for two answers",
                YES_OR_NO.replace("\"Нет\"", "\"Да\""),
                422,
                "question.answers[1].name"),
            new Bad(
                "one phrase for two answers",
                YES_OR_NO.replace("[\"нет\"]", "[\"ДА\"]"),
                422,
                "question.answers[1].phrases.ru[0]"),
            new Bad(
                "a language nobody can answer in",
                YES_OR_NO.replace(",\"en\":[\"yes\"]", ""),
                422,
                "question.languages[1]"),
            new Bad(
                "phrases nobody listens for",
                YES_OR_NO.replace("[\"ru\",\"en\"]", "[\"ru\"]"),
                422,
                "question.answers[0].phrases.en"),
            new Bad(
                "an answer that cannot be given",
                YES_OR_NO.replace(",\"key\":\"2\",\"phrases\":{\"ru\":[\"нет\"]}", ""),
                422,
                "question.answers[1].phrases"),
            new Bad(
                "nothing to listen for",
                "{\"languages\":[],\"interruptible\":false,\"answers\":[]}",
                422,
                "question.languages"),
            new Bad(
                "a word that no model knows",
                YES_OR_NO.replace("конечно", "да превысокомногорассмотрительствующе"),
                422,
                "question.answers[0].phrases.ru[1]"),
            new Bad(
                "figures in a phrase",
                YES_OR_NO.replace("конечно", "да 1"),
                422,
                "question.answers[0].phrases.ru[1]"),
            new Bad(
                "a control character in a phrase",
                YES_OR_NO.replace("конечно", "\\u0000"),
                422,
                "question.answers[0].phrases.ru[1]"),
            new Bad(
                "a reply that no voice says",
                YES_OR_NO
                    .replace("[\"ru\",\"en\"]", "[\"ru\",\"en\",\"kk\"]")
                    .replace("\"en\":[\"yes\"]", "\"en\":[\"yes\"],\"kk\":[\"иә\"]")
                    .replace("\"en\":\"Thank you\"", "\"kk\":\"Рақмет\""),
                422,
                "question.answers[0].replies.kk"))
        .map(bad ->
            DynamicTest.dynamicTest(
                bad.name(),
                () -> {
                  HttpResponse<String> answer = send(bad.question());
                  assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status());
                  assertThat(json(answer).path("errors").values())
                      .as(answer.body())
                      .extracting(error -> error.path("field").asString())
                      .anyMatch(field -> field.startsWith(bad.field()));
                }));
  }

  @Test
  void namesTheWordThatNoModelKnows() {
    HttpResponse<String> answer =
        send(YES_OR_NO.replace("конечно", "да превысокомногорассмотрительствующе"));

    assertThat(json(answer).path("code").asString()).isEqualTo("UNKNOWN_WORD");
    assertThat(json(answer).path("errors").path(0).path("detail").asString())
        .contains("'превысокомногорассмотрительствующе'");
  }

  @Test
  @Tag("AC-STT-05")
  void doesNotStartWithoutASpeechModelAndSaysForWhichLanguage() {
    JsonNode upload =
        json(
            at.upload(
                Role.OWNER,
                "/uploads?fileName=list.csv",
                "phone\r\n+77011112288\r\n".getBytes(StandardCharsets.UTF_8)));
    String list =
        json(at.send(
                Role.OWNER,
                "POST",
                "/lists",
                """
                {"uploadId":"%s","name":"Kazakh","encoding":"UTF_8","delimiter":"COMMA","header":true,
                 "columns":[{"index":0,"role":"NUMBER"}],
                 "attestation":{"origin":"our customers","collectedFrom":"2026-01-01",
                   "collectedTo":"2026-11-01","channels":["CALLS"],"lawful":true}}
                """
                    .formatted(upload.path("id").asString())))
            .path("id")
            .asString();
    Eventually.await(
        Duration.ofSeconds(20),
        "the import has ended",
        () -> at.read(Role.OWNER, "/lists/" + list).path("state").asString().equals("READY"));
    String question =
        YES_OR_NO
            .replace("[\"ru\",\"en\"]", "[\"ru\",\"en\",\"kk\"]")
            .replace("\"en\":[\"yes\"]", "\"en\":[\"yes\"],\"kk\":[\"иә\"]");
    String order = asking(BoxConsoleTest.order(list, "20:00"), question);
    HttpResponse<String> made = at.send(Role.OWNER, "POST", "/campaigns", order);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = json(made).path("id").asString();

    HttpResponse<String> refused = at.send(Role.OWNER, "POST", "/campaigns/" + id + "/start", "");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).path("code").asString()).isEqualTo("NO_SPEECH_MODEL");
    assertThat(json(refused).path("errors").path(0).path("field").asString())
        .isEqualTo("question.languages");
    assertThat(json(refused).path("errors").path(0).path("detail").asString()).contains("kk.");
    JsonNode estimate = at.read(Role.OWNER, "/campaigns/" + id + "/estimate");
    assertThat(estimate.path("languagesWithoutModel")).hasToString("[\"kk\"]");
    assertThat(estimate.path("secondsPerCall").asDouble()).isGreaterThan(8);
  }

  @Test
  void countsTheAnswersOfACampaign() {
    String id = json(send(YES_OR_NO)).path("id").asString();
    assertThat(at.read(Role.OPERATOR, "/campaigns/" + id + "/answers").path("answers")).isEmpty();
    CampaignId campaign = new CampaignId(id);
    at.asked(at.call(campaign, "+77015550001"), "ANSWERED", "Да", "ru", "SPEECH");
    at.asked(at.call(campaign, "+77015550002"), "ANSWERED", "Да", "ru", "SPEECH");
    at.asked(at.call(campaign, "+77015550003"), "ANSWERED", "Да", "en", "KEY");
    at.asked(at.call(campaign, "+77015550004"), "SILENT", "", "", "");
    at.asked(at.call(campaign, "+77015550005"), "CUT_OFF", "", "", "");

    JsonNode counts = at.read(Role.OPERATOR, "/campaigns/" + id + "/answers");

    assertThat(counts.path("calls").asLong()).isEqualTo(5);
    assertThat(counts.path("answers")).hasSize(4);
    assertThat(counts.path("answers").path(0))
        .hasToString(
            "{\"result\":\"ANSWERED\",\"choice\":\"Да\",\"language\":\"ru\",\"by\":\"SPEECH\",\"calls\":2}");
    assertThat(counts.path("answers").values())
        .extracting(one -> one.path("result").asString())
        .contains("SILENT", "CUT_OFF");
    String nobody = "/campaigns/" + UUID.randomUUID() + "/answers";
    assertThat(at.get(Role.OWNER, nobody).statusCode()).isEqualTo(404);
    assertThat(at.get(Role.OWNER, "/campaigns/x'--/answers").statusCode()).isIn(400, 404);
  }

  @Test
  void correctsWhoAnsweredAndCountsHowOftenItWasRight() {
    JsonNode before = at.read(Role.OWNER, "/answering");
    assertThat(before.path("calls").asLong()).isZero();
    assertThat(before.has("humansHungUpOnPercent")).isFalse();
    CampaignId campaign = CampaignId.random();
    CallId lost = at.call(campaign, "+77016660001");
    at.judged(lost, "MACHINE", "LONG_SPEECH");
    CallId right = at.call(campaign, "+77016660002");
    at.judged(right, "HUMAN", "SHORT_GREETING");
    CallId caught = at.call(campaign, "+77016660003");
    at.judged(caught, "MACHINE", "BEEP");

    assertThat(correct(lost, "HUMAN").statusCode()).isEqualTo(200);
    assertThat(correct(right, "HUMAN").statusCode()).isEqualTo(200);
    assertThat(correct(caught, "ANNOUNCEMENT").statusCode()).isEqualTo(200);
    JsonNode matrix = at.read(Role.OPERATOR, "/answering");
    assertThat(matrix.path("calls").asLong()).isEqualTo(3);
    assertThat(matrix.path("cells")).hasSize(3);
    assertThat(matrix.path("humansHungUpOnPercent").asDouble()).isEqualTo(50.0);
    assertThat(matrix.path("machinesCaughtPercent").asDouble()).isEqualTo(100.0);
    assertThat(matrix.path("truths").path(0)).hasToString("{\"who\":\"HUMAN\",\"calls\":2}");

    assertThat(correct(lost, "MACHINE").statusCode()).isEqualTo(200);
    assertThat(at.read(Role.OWNER, "/answering").path("humansHungUpOnPercent").asDouble()).isZero();
  }

  @Test
  void refusesCorrectionsThatMakeNoSense() {
    CallId unjudged = at.call(CampaignId.random(), "+77016660009");

    HttpResponse<String> refused = correct(unjudged, "HUMAN");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("NO_VERDICT");
    assertThat(correct(unjudged, "DOG").statusCode()).isEqualTo(400);
    assertThat(correct(unjudged, "").statusCode()).isEqualTo(400);
    assertThat(correct(CallId.random(), "HUMAN").statusCode()).isEqualTo(404);
    String path = "/calls/" + unjudged + "/answered-by";
    assertThat(at.send(Role.OWNER, "PUT", path, "{}").statusCode()).isEqualTo(400);
    assertThat(at.send(Role.OWNER, "PUT", path, "{\"who\":null}").statusCode()).isEqualTo(400);
    assertThat(at.send(Role.OWNER, "PUT", path, "{\"who\":\"HUMAN\",\"by\":\"me\"}").statusCode())
        .isEqualTo(400);
    assertThat(at.send(Role.OWNER, "PUT", path, "[").statusCode()).isEqualTo(400);
    assertThat(at.send(Role.TECHNICIAN, "PUT", path, "{\"who\":\"HUMAN\"}").statusCode())
        .isEqualTo(403);
  }

  private static HttpResponse<String> correct(CallId call, String who) {
    return at.send(
        Role.OPERATOR, "PUT", "/calls/" + call + "/answered-by", "{\"who\":\"" + who + "\"}");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestConsole.JSON.readTree(answer.body());
  }
}
