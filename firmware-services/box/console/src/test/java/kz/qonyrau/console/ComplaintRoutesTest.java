package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedEvidence.EvidenceFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Complaints of subscribers, over the API.
@Tag("AC-SPM-01")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class ComplaintRoutesTest {

  private static final String NUMBER = "87010000077";
  private static TestConsole at;
  private static String campaign;
  private static String unstarted;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    String list = imported("номер\n" + NUMBER + "\n");
    campaign = drafted(list);
    unstarted = drafted(list);
    at.execute(
        """
        UPDATE campaign.tally SET amount = 1200 WHERE kind = 'BUSY' AND campaign_no =
          (SELECT campaign_no FROM campaign.campaign WHERE id = ?)
        """,
        campaign);
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static String imported(String csv) {
    HttpResponse<String> upload =
        at.upload(Role.OWNER, "/uploads?fileName=list.csv", csv.getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/lists",
            """
            {"uploadId":"%s","name":"Покупатели","encoding":"UTF_8","delimiter":"SEMICOLON",
             "header":true,"columns":[{"index":0,"role":"NUMBER"}],"consent":"GRANTED",
             "attestation":{"origin":"Анкета в магазине","collectedFrom":"2026-01-01",
               "collectedTo":"2026-11-01","channels":["CALLS"],"lawful":true}}
            """
                .formatted(TestConsole.JSON.readTree(upload.body()).path("id").asString()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
    String id = json(made).path("id").asString();
    Eventually.await(
        Duration.ofSeconds(20),
        "the list is ready",
        () -> at.read(Role.OWNER, "/lists/" + id).path("state").asString().equals("READY"));
    return id;
  }

  private static String drafted(String list) {
    return json(at.send(Role.OWNER, "POST", "/campaigns", BoxConsoleTest.order(list, "20:00")))
        .path("id")
        .asString();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestConsole.JSON.readTree(answer.body());
  }

  private static String form(String number, String contactAt, String text, String more) {
    return "{\"number\":\"%s\",\"channel\":\"CALL\",\"contactAt\":\"%s\",\"text\":\"%s\"%s}"
        .formatted(number, contactAt, text, more);
  }

  private static HttpResponse<String> enter(Role role, String form) {
    return at.send(role, "POST", "/complaints", form);
  }

  private static JsonNode entered(String number) {
    HttpResponse<String> answer =
        enter(Role.OPERATOR, form(number, "2026-11-24T03:50:00Z", "Не звоните мне", ""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer);
  }

  private static String asked(String number, Optional<Instant> due) {
    String id = UUID.randomUUID().toString();
    Instant now = at.clock.instant();
    assertThat(
            TestConsole.await(
                at.complaints.obey(
                    List.of(
                        new BlockDirective(
                            id,
                            new Msisdn(number),
                            Standing.PROVISIONAL,
                            ContactChannel.CALL,
                            ComplaintSource.SUBSCRIBER,
                            now,
                            now,
                            now,
                            due,
                            false,
                            "Они звонят каждый день")))))
        .isEqualTo(1);
    return id;
  }

  private static String evidenceBeside(String list, int bytes) {
    HttpResponse<String> added =
        at.upload(
            Role.OWNER,
            "/lists/" + list + "/evidence?fileName=form.pdf",
            Arrays.copyOf("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), bytes));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    return json(added).path("id").asString();
  }

  @Test
  @Tag("AC-SPM-04")
  @Tag("AC-CON-02")
  void theFilesOfTheListsThatHoldTheNumberCanGoAlong() {
    String list = imported("номер\n87010000078\n");
    String other = imported("номер\n87010000079\n");
    String small = evidenceBeside(list, EvidenceFile.LIMIT_BYTES);
    String large = evidenceBeside(list, EvidenceFile.LIMIT_BYTES + 1);
    String elsewhere = evidenceBeside(other, 100);
    String id = asked("+77010000078", Optional.of(at.clock.instant().plus(Duration.ofDays(3))));
    String form = "{\"note\":\"He signed\",\"evidence\":{\"listId\":\"%s\",\"fileId\":\"%s\"}%s}";

    JsonNode offered = at.read(Role.OPERATOR, "/complaints/" + id).path("evidence");
    assertThat(offered.values())
        .extracting(one -> one.path("fileId").asString() + " " + one.path("fits").asBoolean())
        .containsExactlyInAnyOrder(small + " true", large + " false");
    assertThat(
            json(answer(Role.OWNER, id, form.formatted(list, large, ""))).path("code").asString())
        .isEqualTo("EVIDENCE_TOO_LARGE");
    for (String strange :
        List.of(
            form.formatted(other, elsewhere, ""),
            form.formatted(list, elsewhere, ""),
            form.formatted(other, small, ""))) {
      HttpResponse<String> refused = answer(Role.OWNER, id, strange);
      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(json(refused).path("code").asString()).isEqualTo("NO_SUCH_EVIDENCE");
    }
    String both =
        form.formatted(
            list,
            small,
            ",\"file\":{\"name\":\"a\",\"type\":\"application/pdf\",\"base64\":\"JVBERi0=\"}");
    assertThat(json(answer(Role.OWNER, id, both)).path("code").asString()).isEqualTo("TWO_FILES");
    assertThat(answer(Role.OPERATOR, id, form.formatted(list, small, "")).statusCode())
        .isEqualTo(403);
    assertThat(
            answer(Role.OWNER, UUID.randomUUID().toString(), form.formatted(list, small, ""))
                .statusCode())
        .isEqualTo(404);

    HttpResponse<String> given = answer(Role.OWNER, id, form.formatted(list, small, ""));
    assertThat(given.statusCode()).as(given.body()).isEqualTo(201);
    assertThat(json(given).path("file").asString()).isEqualTo("form.pdf");
    assertThat(
            at.send(Role.OWNER, "DELETE", "/lists/" + list + "/evidence/" + small, "").statusCode())
        .isEqualTo(204);
    assertThat(
            at.rows(
                "SELECT CAST(LENGTH(content) AS CHAR(10)) FROM complaint.answer"
                    + " WHERE complaint_id = '"
                    + id
                    + "'"))
        .singleElement()
        .satisfies(length ->
            assertThat(length.strip()).isEqualTo(String.valueOf(EvidenceFile.LIMIT_BYTES)));
  }

  private static HttpResponse<String> answer(Role role, String id, String body) {
    return at.send(role, "POST", "/complaints/" + id + "/answers", body);
  }

  private static String pdf(int bytes) {
    byte[] content = new byte[bytes];
    Arrays.fill(content, (byte) 'x');
    byte[] signature = "%PDF-1.7".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(signature, 0, content, 0, signature.length);
    return Base64.getEncoder().encodeToString(content);
  }

  private static String withFile(String name, String type, String base64) {
    return "{\"note\":\"Она согласилась\",\"file\":{\"name\":\"%s\",\"type\":\"%s\",\"base64\":\"%s\"}}"
        .formatted(name, type, base64);
  }

  @Test
  @Tag("AC-SPM-02")
  void whatAnOperatorEntersBlocksTheNumberAndIsShown() {
    HttpResponse<String> answer =
        enter(
            Role.OPERATOR,
            form(
                "8 (701) 000-00-77",
                "2026-11-24T08:50:00+05:00",
                " Просил не звонить\\r\\nуже дважды ",
                ",\"campaign\":\"" + campaign + "\""));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode complaint = json(answer);
    assertThat(complaint.path("number").asString()).isEqualTo("+77010000077");
    assertThat(complaint.path("contactAt").asString()).isEqualTo("2026-11-24T03:50:00Z");
    assertThat(complaint.path("text").asString()).isEqualTo("Просил не звонить\nуже дважды");
    assertThat(complaint.path("source").asString()).isEqualTo("CUSTOMER");
    assertThat(complaint.path("standing").asString()).isEqualTo("PROVISIONAL");
    assertThat(complaint.path("enteredBy").asString()).isEqualTo("operator");
    assertThat(complaint.path("campaign").path("name").asString()).isEqualTo("November");
    assertThat(complaint.path("answers").asInt(-1)).isZero();
    assertThat(complaint.has("evidenceDue")).isFalse();
    JsonNode told = at.read(Role.OWNER, "/audit?area=BLOCKS").path(0);
    assertThat(told.path("action").asString()).isEqualTo("COMPLAINT_ENTERED");
    assertThat(told.toString()).doesNotContain("7701", "8 (701)", "Просил");

    JsonNode card = at.read(Role.OWNER, "/contacts/77010000077");
    assertThat(card.path("leftAlone").asString()).isEqualTo("BLOCKED");
    assertThat(card.path("blocks").path(0).path("list").asString()).isEqualTo("COMPLAINT");
    String lift = "{\"number\":\"+77010000077\",\"list\":\"COMPLAINT\",\"reason\":\"ours\"}";
    assertThat(at.send(Role.OWNER, "POST", "/blocks/lift", lift).statusCode()).isEqualTo(409);

    JsonNode page = at.read(Role.OWNER, "/complaints?show=open&size=200");
    assertThat(page.path("items").valueStream().map(one -> one.path("id").asString()))
        .contains(complaint.path("id").asString());
    assertThat(page.path("total").asInt()).isEqualTo(page.path("items").size());
  }

  @Test
  @Tag("AC-SPM-04")
  void theOwnerAnswersWithAFileAndWhatHisListsSay() {
    String id = asked("+77010000077", Optional.of(at.clock.instant().plus(Duration.ofDays(3))));
    long waiting = at.read(Role.OWNER, "/complaints").path("waiting").asLong();
    assertThat(waiting).isPositive();
    JsonNode before = at.read(Role.OPERATOR, "/complaints/" + id);
    assertThat(before.path("evidenceReceived").asBoolean(true)).isFalse();
    assertThat(before.path("answers")).isEmpty();
    assertThat(before.path("records").path(0).path("list").asString()).isEqualTo("Покупатели");
    assertThat(before.path("records").path(0).path("origin").asString())
        .isEqualTo("Анкета в магазине");
    assertThat(before.path("records").path(0).path("forCalls").asBoolean()).isTrue();

    HttpResponse<String> answer =
        answer(
            Role.OWNER,
            id,
            withFile("согласие.pdf", "application/pdf", pdf(EvidenceFile.LIMIT_BYTES)));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(json(answer).path("file").asString()).isEqualTo("согласие.pdf");
    assertThat(json(answer).path("late").asBoolean(true)).isFalse();
    JsonNode after = at.read(Role.OWNER, "/complaints/" + id);
    assertThat(after.path("answers").path(0)).isEqualTo(json(answer));
    assertThat(after.path("evidenceReceived").asBoolean()).isTrue();
    assertThat(at.read(Role.OWNER, "/complaints").path("waiting").asLong()).isEqualTo(waiting - 1);
    JsonNode told = at.read(Role.OWNER, "/audit?area=BLOCKS").path(0);
    assertThat(told.path("action").asString()).isEqualTo("COMPLAINT_ANSWERED");
    assertThat(told.path("object").asString()).isEqualTo("complaint/" + id);
    assertThat(told.toString()).doesNotContain("согласилась");
  }

  @Test
  @Tag("AC-SPM-04")
  void saysWhyAnAnswerIsNotTaken() {
    String note = "{\"note\":\"Она согласилась\"}";
    String unasked = entered("+77010000501").path("id").asString();

    assertThat(json(answer(Role.OWNER, unasked, note)).path("code").asString())
        .isEqualTo("NOT_ASKED");
    assertThat(answer(Role.OWNER, unasked, note).statusCode()).isEqualTo(409);
    assertThat(answer(Role.OWNER, UUID.randomUUID().toString(), note).statusCode()).isEqualTo(404);
    assertThat(at.get(Role.OWNER, "/complaints/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    at.execute("UPDATE complaint.complaint SET standing = 'REJECTED' WHERE id = ?", unasked);
    assertThat(json(answer(Role.OWNER, unasked, note)).path("code").asString())
        .isEqualTo("ALREADY_DECIDED");
    assertThat(
            at.read(Role.OWNER, "/complaints?show=open&size=200")
                .path("items")
                .valueStream()
                .map(one -> one.path("id").asString()))
        .doesNotContain(unasked);
    assertThat(
            at.read(Role.OWNER, "/complaints?show=all&size=200")
                .path("items")
                .valueStream()
                .map(one -> one.path("id").asString()))
        .contains(unasked);
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerAfterItsTimeIsMarked() {
    String id = asked("+77010000502", Optional.of(at.clock.instant().minus(Duration.ofMillis(1))));

    assertThat(json(answer(Role.OWNER, id, "{\"note\":\"x\"}")).path("late").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "+44 20 7946 0018; 2026-11-24T03:00:00Z; x; ; 422; number",
        "' OR 1=1; 2026-11-24T03:00:00Z; x; ; 422; number",
        "+77010000600; 2026-11-24T04:00:00.001Z; x; ; 422; contactAt",
        "+77010000600; 2016-01-01T00:00:00Z; x; ; 422; contactAt",
        "+77010000600; 0000-01-01T00:00:00Z; x; ; 422; contactAt",
        "+77010000600; yesterday; x; ; 400; contactAt",
        "+77010000600; 2026-02-31T00:00:00Z; x; ; 400; contactAt",
        "+77010000600; 2026-11-24T03:00:00Z; |  |; ; 422; text",
        "+77010000600; 2026-11-24T03:00:00Z; a\\u0000b; ; 422; text",
        "+77010000600; 2026-11-24T03:00:00Z; ||; ; 400; text",
        "+77010000600; 2026-11-24T03:00:00Z; x;"
            + " ,\"campaign\":\"0b1f8e8a-4a2e-4b8f-9a53-000000000000\"; 422; campaign",
        "+77010000600; 2026-11-24T03:00:00Z; x; ,\"campaign\":\"spring\"; 400; campaign",
      })
  void refusesWhatIsNoComplaintAndNamesTheField(
      String number, String contactAt, String text, String more, int status, String field) {
    HttpResponse<String> answer =
        enter(Role.OWNER, form(number, contactAt, text, more == null ? "" : more));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("errors").path(0).path("field").asString())
        .as(answer.body())
        .isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"number\":77010000600,\"channel\":\"CALL\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"text\":\"x\"}",
        "{\"number\":\"+77010000600\",\"channel\":\"FAX\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"text\":\"x\"}",
        "{\"number\":\"+77010000600\",\"channel\":\"CALL\",\"contactAt\":\"2026-11-24T03:00:00Z\",\"text\":\"x\",\"standing\":\"REJECTED\"}"
      })
  void refusesWhatIsNoForm(String body) {
    assertThat(enter(Role.OWNER, body).statusCode()).isEqualTo(400);
    assertThat(at.read(Role.OWNER, "/blocks?search=77010000600").path("total").asInt()).isZero();
  }

  @Test
  void refusesATextThatIsTooLongAndACampaignThatReachedNobody() {
    HttpResponse<String> longText =
        enter(Role.OWNER, form("+77010000600", "2026-11-24T03:00:00Z", "x".repeat(501), ""));
    assertThat(longText.statusCode()).isEqualTo(400);
    HttpResponse<String> idle =
        enter(
            Role.OWNER,
            form(
                "+77010000600",
                "2026-11-24T03:00:00Z",
                "x",
                ",\"campaign\":\"" + unstarted + "\""));
    assertThat(json(idle).path("code").asString()).isEqualTo("NOBODY_REACHED");
  }

  @ParameterizedTest
  @CsvSource({
    "a.pdf, application/pdf, bm8gUERG, 422, file.base64",
    "a.png, image/png, JVBERi0=, 422, file.base64",
    "a.pdf, application/pdf, JVB*ERi0=, 422, file.base64",
    "' ', application/pdf, JVBERi0=, 422, file.name",
    "a\\u0007.pdf, application/pdf, JVBERi0=, 422, file.name",
    "a.exe, application/octet-stream, TVqQ, 400, file.type",
    "a.pdf, application/pdf, '', 400, file.base64",
  })
  @Tag("AC-SPM-04")
  void refusesWhatIsNoFileAndNamesTheField(
      String name, String type, String base64, int status, String field) {
    String id = asked("+77010000503", Optional.of(at.clock.instant().plus(Duration.ofDays(3))));

    HttpResponse<String> answer = answer(Role.OWNER, id, withFile(name, type, base64));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("errors").path(0).path("field").asString())
        .as(answer.body())
        .isEqualTo(field);
    assertThat(at.read(Role.OWNER, "/complaints/" + id).path("answers")).isEmpty();
  }

  @Test
  @Tag("AC-SPM-04")
  void refusesAFileThatIsTooLargeAndANoteThatIsNone() {
    String id = asked("+77010000504", Optional.of(at.clock.instant().plus(Duration.ofDays(3))));

    assertThat(
            answer(
                    Role.OWNER,
                    id,
                    withFile("a.pdf", "application/pdf", pdf(EvidenceFile.LIMIT_BYTES + 3)))
                .statusCode())
        .isEqualTo(400);
    assertThat(answer(Role.OWNER, id, "{\"note\":\"  \"}").statusCode()).isEqualTo(422);
    assertThat(answer(Role.OWNER, id, "{\"note\":\"" + "x".repeat(2001) + "\"}").statusCode())
        .isEqualTo(400);
    assertThat(at.read(Role.OWNER, "/complaints/" + id).path("answers")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/complaints?show=none",
        "/complaints?page=-1",
        "/complaints?page=1000001",
        "/complaints?size=0",
        "/complaints?size=201",
        "/complaints/1",
        "/complaints/%27%20OR%201=1"
      })
  void refusesWhatIsNoQuestion(String path) {
    assertThat(at.get(Role.OWNER, path).statusCode()).isIn(400, 404);
  }

  /// They see no telephone numbers; and only the owner speaks for the business.
  @Test
  void everybodyKeepsToHisRole() {
    String id = asked("+77010000505", Optional.of(at.clock.instant().plus(Duration.ofDays(3))));
    String form = form("+77010000600", "2026-11-24T03:00:00Z", "x", "");

    assertThat(at.get(Role.TECHNICIAN, "/complaints").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.TECHNICIAN, "/complaints/" + id).statusCode()).isEqualTo(403);
    assertThat(enter(Role.TECHNICIAN, form).statusCode()).isEqualTo(403);
    assertThat(answer(Role.TECHNICIAN, id, "{\"note\":\"x\"}").statusCode()).isEqualTo(403);
    assertThat(answer(Role.OPERATOR, id, "{\"note\":\"x\"}").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OPERATOR, "/complaints").statusCode()).isEqualTo(200);
  }
}
