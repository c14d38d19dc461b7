package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.recordings.FinishRequest;
import kz.qonyrau.recordings.RecordingResult;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.AccessTable;
import kz.qonyrau.web.Door;
import kz.qonyrau.wire.PinDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class BoxConsoleTest {

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

  /// Every operation of the contract by every role and by nobody: refused where the table says so,
  /// and anything but refused where it does not. A role that may is answered 404, 400, 415 or 200
  /// here, because the ids are made up and the bodies are missing.
  @TestFactory
  @Tag("PLT-19")
  Stream<DynamicTest> letsEachRoleDoWhatTheTableSaysAndNothingElse() {
    AccessTable table = BoxAccess.table();
    return Door.operations(at.vertx, "openapi/box.yaml").stream()
        .filter(operation -> !List.of("signIn", "signOut", "live").contains(operation.id()))
        .flatMap(operation ->
            Stream.of(Role.values())
                .map(role ->
                    DynamicTest.dynamicTest(
                        operation.id() + " by " + role,
                        () -> {
                          int status = ask(operation, role);
                          if (table.allows(operation.id(), role.name())) {
                            assertThat(status).isNotIn(401, 403).isLessThan(500);
                          } else {
                            assertThat(status).isEqualTo(403);
                          }
                        })));
  }

  private static int ask(Door.Offered operation, Role role) {
    String path = operation.path().replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
    return at.send(role, operation.method(), path, "").statusCode();
  }

  @Test
  @Tag("PLT-19")
  void showsATechnicianThePartsAndNothingOfTheBusiness() {
    JsonNode system = at.read(Role.TECHNICIAN, "/system");
    assertThat(system.path("telephony").path("asterisk").asString()).isEqualTo("READY");
    assertThat(system.path("license").path("state").asString()).isEqualTo("NONE");
    assertThat(system.path("storage").path("totalBytes").asLong()).isPositive();
    assertThat(BoxAccess.table().allows("dashboard", "TECHNICIAN")).isFalse();
    for (String hidden :
        List.of(
            "lists",
            "contacts",
            "findContacts",
            "contactCard",
            "rejects",
            "calls",
            "call",
            "recording",
            "peaks",
            "correctAnsweredBy",
            "answering",
            "campaignAnswers",
            "orderTranscript",
            "audioWav",
            "campaigns",
            "balance",
            "statement",
            "dashboard")) {
      assertThat(BoxAccess.table().allows(hidden, "TECHNICIAN")).as(hidden).isFalse();
    }
  }

  @Test
  @Tag("PLT-19")
  void showsATechnicianHowRecognitionDoes() {
    JsonNode before = at.read(Role.TECHNICIAN, "/system").path("recognition");
    assertThat(before.path("overloaded").asBoolean()).isFalse();
    assertThat(before.path("languages").path(0).path("state").asString()).isEqualTo("READY");
    assertThat(before.path("languages").path(0).path("busyPercent").asInt()).isEqualTo(26);
    assertThat(before.path("languages").path(0).has("lastFault")).isFalse();

    RecognitionState whole = at.recognition;
    at.recognition =
        new RecognitionState(
            List.of(
                new RecognitionState.Language(
                    "ru",
                    RecognitionState.Condition.RESTARTING,
                    3,
                    0,
                    Duration.ofSeconds(2),
                    1,
                    "exit status 134",
                    0)),
            true,
            5);
    try {
      JsonNode after = at.read(Role.TECHNICIAN, "/system").path("recognition");
      assertThat(after.path("overloaded").asBoolean()).isTrue();
      assertThat(after.path("deafened").asLong()).isEqualTo(5);
      assertThat(after.path("languages").path(0).path("state").asString()).isEqualTo("RESTARTING");
      assertThat(after.path("languages").path(0).path("lastFault").asString())
          .isEqualTo("exit status 134");
    } finally {
      at.recognition = whole;
    }
  }

  @Test
  @Tag("AC-CON-01")
  @Tag("AC-CON-02")
  void takesAListFromTheUploadToItsContacts() {
    String csv = "phone;name\r\n8 701 111 22 33;Айгуль\r\n+77011112233;Again\r\n12;Short\r\n";
    JsonNode upload = upload(csv);
    assertThat(upload.path("delimiter").asString()).isEqualTo("SEMICOLON");
    assertThat(upload.path("rows").path(0).path("number").asString()).isEqualTo("+77011112233");
    assertThat(upload.path("rows").path(2).path("reason").asString()).isNotEmpty();
    JsonNode again =
        at.read(Role.OWNER, "/uploads/" + upload.path("id").asString() + "/preview?header=false");
    assertThat(again.path("header").asBoolean()).isFalse();

    String id = importList(upload, "First list");
    JsonNode list = awaitReady(id);
    assertThat(list.path("contacts").asLong()).isEqualTo(1);
    assertThat(list.path("duplicates").asLong()).isEqualTo(1);
    assertThat(list.path("attestation").path("statedBy").asString()).isEqualTo("owner");

    JsonNode contacts = at.read(Role.OPERATOR, "/lists/" + id + "/contacts?size=10");
    assertThat(contacts.path("items").path(0).path("number").asString()).isEqualTo("+77011112233");
    assertThat(contacts.path("items").path(0).path("variables").path("name").asString())
        .isEqualTo("Айгуль");
    assertThat(at.read(Role.OWNER, "/lists/" + id + "/rejects").path("total").asLong())
        .isEqualTo(1);
    HttpResponse<String> file = at.get(Role.OWNER, "/lists/" + id + "/rejects.csv");
    assertThat(file.headers().firstValue("content-disposition").orElse("")).contains("attachment");
    assertThat(file.body()).contains("Short");

    assertThat(at.send(Role.OWNER, "PATCH", "/lists/" + id, "{\"name\":\"Renamed\"}").body())
        .contains("Renamed");
    assertThat(at.send(Role.OWNER, "DELETE", "/lists/" + id, "").statusCode()).isEqualTo(204);
    assertThat(at.get(Role.OWNER, "/lists/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesAnImportThatCannotBeAndKeepsTheUpload() {
    JsonNode upload = upload("phone\r\n+77011112244\r\n");
    String two =
        """
        {"uploadId":"%s","name":"x","encoding":"UTF_8","delimiter":"COMMA","header":true,
         "columns":[{"index":0,"role":"IGNORED"}]}
        """
            .formatted(upload.path("id").asString());
    assertThat(at.send(Role.OWNER, "POST", "/lists", two).statusCode()).isEqualTo(422);

    assertThat(awaitReady(importList(upload, "After all")).path("contacts").asLong()).isEqualTo(1);
    assertThat(at.send(Role.OWNER, "POST", "/lists", two).statusCode()).isIn(404, 422);
  }

  @Test
  void refusesWhatIsNoListOfContacts() {
    HttpResponse<String> nothing = at.upload(Role.OWNER, "/uploads?fileName=a.csv", new byte[0]);
    assertThat(nothing.statusCode()).isEqualTo(422);
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 0, 0, 1, 2, 3};
    assertThat(at.upload(Role.OWNER, "/uploads?fileName=a.xlsx", zip).statusCode()).isEqualTo(422);
    assertThat(at.get(Role.OWNER, "/uploads/../secret/preview").statusCode()).isIn(400, 404);
  }

  @Test
  @Tag("AC-CMP-06")
  @Tag("AC-CMP-10")
  void takesACampaignFromDraftOverEstimateToItsEnd() {
    String list = importList(upload("phone\r\n+77011112255\r\n+77011112256\r\n"), "To call");
    var _ = awaitReady(list);
    HttpResponse<String> made = at.send(Role.OWNER, "POST", "/campaigns", order(list, "24:00"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode draft = TestConsole.JSON.readTree(made.body());
    String id = draft.path("id").asString();
    assertThat(draft.path("order").path("windows").path(0).path("end").asString())
        .isEqualTo("24:00");
    assertThat(draft.path("order").path("prompt").path("language").asString()).isEqualTo("ru");

    JsonNode estimate = at.read(Role.OPERATOR, "/campaigns/" + id + "/estimate");
    assertThat(estimate.path("recipients").asLong()).isEqualTo(2);
    assertThat(estimate.path("costTiyn").asLong()).isPositive();
    assertThat(estimate.path("availableTiyn").asLong()).isPositive();
    assertThat(estimate.path("tariffVersion").asString()).isEqualTo("test-1");
    assertThat(estimate.path("blockers")).isEmpty();

    assertThat(act(id, "start").path("state").asString()).isIn("SCHEDULED", "RUNNING");
    assertThat(at.read(Role.OWNER, "/campaigns/" + id).path("voiced"))
        .hasToString("{\"ready\":500,\"recipients\":2400}");
    assertThat(at.read(Role.OWNER, "/campaigns/" + id).path("callsPerMinute").asInt())
        .isEqualTo(12);
    assertThat(at.read(Role.OWNER, "/campaigns/" + id).path("stateReason").asString())
        .isEqualTo("NO_FUNDS");
    assertThat(at.send(Role.OWNER, "PUT", "/campaigns/" + id, order(list, "20:00")).statusCode())
        .isEqualTo(409);
    assertThat(act(id, "pause").path("state").asString()).isEqualTo("PAUSED");
    assertThat(act(id, "resume").path("state").asString()).isIn("SCHEDULED", "RUNNING");
    assertThat(act(id, "cancel").path("state").asString()).isEqualTo("CANCELLED");
    assertThat(at.send(Role.OWNER, "POST", "/campaigns/" + id + "/pause", "").statusCode())
        .isEqualTo(409);
    assertThat(at.read(Role.OPERATOR, "/campaigns/" + id + "/log").size()).isGreaterThan(3);
    assertThat(at.read(Role.OPERATOR, "/campaigns").size()).isPositive();
  }

  @Test
  @Tag("AC-TTS-05")
  void doesNotRemoveAVoiceThatACampaignUnderWaySpeaksWith() {
    String list = importList(upload("phone\r\n+77011112277\r\n"), "To speak to");
    var _ = awaitReady(list);
    String order =
        order(list, "24:00")
            .replace("\"language\":\"ru\"", "\"language\":\"ru\",\"voice\":\"alto\"");
    String id =
        TestConsole.JSON
            .readTree(at.send(Role.OWNER, "POST", "/campaigns", order).body())
            .path("id")
            .asString();
    assertThat(act(id, "start").path("state").asString()).isIn("SCHEDULED", "RUNNING");

    HttpResponse<String> refused = at.send(Role.TECHNICIAN, "DELETE", "/speech/voices/alto", "");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("VOICE_IN_USE", "with this voice: 1.");
    assertThat(refused.body()).doesNotContain("November");
    assertThat(act(id, "cancel").path("state").asString()).isEqualTo("CANCELLED");
    // No campaign is in the way any more; but it is none of those that were installed.
    assertThat(at.send(Role.TECHNICIAN, "DELETE", "/speech/voices/alto", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  @Tag("AC-CON-02")
  void doesNotStartOverAListThatNobodyAttested() {
    JsonNode upload = upload("phone\r\n+77011112266\r\n");
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/lists",
            """
            {"uploadId":"%s","name":"bare","encoding":"UTF_8","delimiter":"COMMA","header":true,
             "columns":[{"index":0,"role":"NUMBER"}]}
            """
                .formatted(upload.path("id").asString()));
    String list = TestConsole.JSON.readTree(made.body()).path("id").asString();
    var _ = awaitReady(list);
    String id =
        TestConsole.JSON
            .readTree(at.send(Role.OWNER, "POST", "/campaigns", order(list, "20:00")).body())
            .path("id")
            .asString();

    HttpResponse<String> refused = at.send(Role.OWNER, "POST", "/campaigns/" + id + "/start", "");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("LIST_NOT_ATTESTED");
    assertThat(at.send(Role.OWNER, "DELETE", "/campaigns/" + id, "").statusCode()).isEqualTo(204);
  }

  @Test
  @Tag("AC-REC-03")
  void refusesToRecordWithoutALawfulBasis() {
    String order =
        order(UUID.randomUUID().toString(), "20:00").replace("\"record\":false", "\"record\":true");

    HttpResponse<String> refused = at.send(Role.OWNER, "POST", "/campaigns", order);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("RECORDING_BASIS_MISSING");
  }

  @Test
  @Tag("SH-BAL-03")
  void showsCallsAndWhereTheMoneyWent() {
    CallId call = at.call(CampaignId.random(), "+77019998877");

    JsonNode card = at.read(Role.OPERATOR, "/calls/" + call);
    assertThat(card.path("outcome").asString()).isEqualTo("BUSY");
    assertThat(card.path("faultDomain").asString()).isEqualTo("SUBSCRIBER");
    assertThat(card.path("cause").asString()).contains("17");
    assertThat(card.path("number").asString()).isEqualTo("+77019998877");
    assertThat(at.read(Role.OWNER, "/calls?outcome=BUSY").path("total").asLong()).isPositive();
    assertThat(at.read(Role.OWNER, "/calls?outcome=ANSWERED").path("total").asLong()).isZero();

    String rows = "/ledger/statement?reservations=true";
    JsonNode statement = at.read(Role.OWNER, rows + "&size=3").path("items");
    assertThat(statement.path(0).path("kind").asString()).isEqualTo("RELEASE");
    assertThat(statement.path(1).path("kind").asString()).isEqualTo("HOLD");
    assertThat(statement.path(1).path("amountTiyn").asLong()).isNegative();
    JsonNode older =
        at.read(Role.OWNER, rows + "&before=" + statement.path(1).path("row").asLong())
            .path("items");
    assertThat(older.path(older.size() - 1).path("kind").asString()).isEqualTo("TOP_UP");
    assertThat(at.read(Role.OWNER, "/ledger/balance").path("availableTiyn").asLong())
        .isEqualTo(100_000);
    assertThat(at.read(Role.OWNER, "/ledger/verification").path("sound").asBoolean()).isTrue();
    assertThat(at.read(Role.OWNER, "/tariff").path("lines").path(0).path("price").asString())
        .startsWith("6");
    assertThat(at.read(Role.OWNER, "/tariff").has("since")).isFalse();
    JsonNode dashboard = at.read(Role.OWNER, "/dashboard");
    assertThat(dashboard.path("hours")).hasSize(24);
    assertThat(dashboard.path("today").path("attempts").asLong()).isPositive();
    assertThat(dashboard.path("hours").path(23).path("outcomes").path("BUSY").asLong())
        .isPositive();
  }

  @Test
  @Tag("SH-TAR-03")
  void saysSinceWhenTheTariffIsThisCustomers() {
    at.pin =
        Optional.of(
            new PinDocument(
                BoxId.random(),
                4,
                Instant.parse("2026-11-20T05:00:00Z"),
                "as the appliance reads"));

    JsonNode tariff = at.read(Role.OWNER, "/tariff");
    at.pin = Optional.empty();

    assertThat(tariff.path("version").asString()).isEqualTo("test-1");
    assertThat(Instant.parse(tariff.path("since").asString())).isEqualTo("2026-11-20T05:00:00Z");
  }

  /// From the form over the call to its card, and what a person then finds.
  @Test
  @Tag("AC-STT-01")
  void asksAndShowsWhatWasAnsweredAndByWhom() {
    String list = importList(upload("phone\r\n+77011112277\r\n"), "To ask");
    var _ = awaitReady(list);
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/campaigns",
            QuestionRoutesTest.asking(order(list, "24:00"), QuestionRoutesTest.YES_OR_NO));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode campaign = TestConsole.JSON.readTree(made.body());
    assertThat(campaign.path("order").path("question").path("answers").path(0).path("name"))
        .hasToString("\"Да\"");
    CampaignId id = new CampaignId(campaign.path("id").asString());
    CallId call = at.call(id, "+77011112277");
    at.asked(call, "ANSWERED", "Да", "ru", "SPEECH");
    at.judged(call, "MACHINE", "LONG_SPEECH");

    JsonNode card = at.read(Role.OPERATOR, "/calls/" + call);
    assertThat(card.path("question").path("choice").asString()).isEqualTo("Да");
    assertThat(card.path("question").path("by").asString()).isEqualTo("SPEECH");
    assertThat(card.path("answeredBy").path("rule").asString()).isEqualTo("LONG_SPEECH");
    assertThat(card.path("keysOnly").asBoolean()).isTrue();
    HttpResponse<String> corrected =
        at.send(Role.OPERATOR, "PUT", "/calls/" + call + "/answered-by", "{\"who\":\"HUMAN\"}");
    assertThat(corrected.statusCode()).as(corrected.body()).isEqualTo(200);
    JsonNode after = at.read(Role.OWNER, "/calls/" + call).path("answeredBy");
    assertThat(after.path("by").asString()).isEqualTo("MACHINE");
    assertThat(after.path("corrected").asString()).isEqualTo("HUMAN");
    assertThat(at.read(Role.OWNER, "/campaigns/" + id + "/answers").path("calls").asLong())
        .isEqualTo(1);
  }

  @Test
  @Tag("AC-REC-02")
  void playsARecordingByRanges() throws Exception {
    CallId call = at.call(CampaignId.random(), "+77019998866");
    assertThat(at.get(Role.OWNER, "/calls/" + call + "/recording").statusCode()).isEqualTo(404);
    assertThat(at.send(Role.OWNER, "POST", "/calls/" + call + "/transcription", "").statusCode())
        .isEqualTo(404);
    Path raw = at.recordings.begin(call);
    ByteBuffer samples = ByteBuffer.allocate(4 * 8000 * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int each = 0; each < 16_000; each++) {
      samples.putShort((short) (8000 * Math.sin(each / 5.0))).putShort((short) 0);
    }
    Files.write(raw, samples.array());
    RecordingResult kept =
        TestConsole.await(
            at.recordings.finish(
                new FinishRequest(
                    call, "campaign", "contact", at.clock.instant(), Duration.ofSeconds(2))));
    assertThat(kept).isInstanceOf(RecordingResult.Kept.class);

    HttpResponse<byte[]> beginning =
        at.bytes(Role.OWNER, "/calls/" + call + "/recording", "bytes=0-3");
    assertThat(beginning.statusCode()).isEqualTo(206);
    assertThat(new String(beginning.body(), StandardCharsets.US_ASCII)).isEqualTo("RIFF");
    byte[] whole = at.bytes(Role.OWNER, "/calls/" + call + "/recording", "bytes=0-").body();
    assertThat(whole).hasSizeGreaterThanOrEqualTo(64_044);
    assertThat(at.bytes(Role.OWNER, "/calls/" + call + "/recording", "bytes=60000-60099").body())
        .isEqualTo(java.util.Arrays.copyOfRange(whole, 60_000, 60_100));
    JsonNode peaks = at.read(Role.OPERATOR, "/calls/" + call + "/peaks");
    assertThat(peaks.path("seconds").asDouble()).isEqualTo(2.0);
    assertThat(peaks.path("subscriber").path(10).asDouble()).isBetween(0.1, 1.0);
    assertThat(peaks.path("box").path(10).asDouble()).isZero();
    assertThat(at.read(Role.OWNER, "/calls/" + call).path("recording").path("state").asString())
        .isEqualTo("KEPT");
    assertThat(at.read(Role.OWNER, "/calls/" + call).has("transcription")).isFalse();
    HttpResponse<String> ordered =
        at.send(Role.OPERATOR, "POST", "/calls/" + call + "/transcription", "");
    assertThat(ordered.statusCode()).isEqualTo(202);
    assertThat(TestConsole.JSON.readTree(ordered.body()).path("language").asString())
        .isEqualTo("ru");
    assertThat(at.read(Role.OWNER, "/calls/" + call).path("transcription").path("share").asDouble())
        .isZero();
  }

  @Test
  @Tag("AC-CAL-04")
  void keepsAnUploadedRecordingSealedAndPlaysIt() throws Exception {
    byte[] pcm = new byte[3 * 16_000];
    for (int each = 0; each < pcm.length; each += 2) {
      short sample = (short) (9000 * Math.sin(each / 9.0));
      pcm[each] = (byte) sample;
      pcm[each + 1] = (byte) (sample >> 8);
    }
    HttpResponse<String> made =
        at.upload(Role.OWNER, "/audios?name=Greeting", AudioRoutes.wav(pcm));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonNode audio = TestConsole.JSON.readTree(made.body());
    String id = audio.path("id").asString();
    assertThat(audio.path("seconds").asDouble()).isBetween(2.9, 3.1);
    assertThat(at.read(Role.OPERATOR, "/audios")).hasSize(1);
    byte[] played = at.bytes(Role.OPERATOR, "/audios/" + id + "/wav", "bytes=0-").body();
    assertThat(java.util.Arrays.copyOfRange(played, 44, played.length))
        .isEqualTo(TestConsole.await(at.audio.sound(id)));
    String sealed = new String(Files.readAllBytes(at.audio.file(id)), StandardCharsets.ISO_8859_1);
    assertThat(sealed).doesNotContain(new String(played, 1_044, 64, StandardCharsets.ISO_8859_1));

    assertThat(
            at.upload(Role.OWNER, "/audios?name=Text", "no sound".getBytes(StandardCharsets.UTF_8))
                .body())
        .contains("UNKNOWN_FORMAT");
    assertThat(at.get(Role.OWNER, "/audios/" + UUID.randomUUID() + "/wav").statusCode())
        .isEqualTo(404);
  }

  @Test
  @Tag("AC-TTS-03")
  @Tag("EX-AC-19")
  void speaksForCampaignsAlone() {
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    Logger logger = (Logger) LoggerFactory.getLogger(AudioRoutes.class);
    logger.addAppender(logged);
    HttpResponse<String> refused =
        at.send(
            Role.OWNER,
            "POST",
            "/voices/preview",
            "{\"text\":\"%s\",\"language\":\"ru\"}".formatted("а".repeat(5000)));
    logger.detachAppender(logged);

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("TTS_CALLS_ONLY").contains("\"context\"");
    assertThat(logged.list)
        .singleElement()
        .satisfies(event ->
            assertThat(event.getKeyValuePairs())
                .contains(new KeyValuePair("violation", "B"))
                .contains(new KeyValuePair("security", "TTS_CALLS_ONLY")));
    Eventually.await(Duration.ofSeconds(10), "the audit log is told", () -> misuses() == 1);
    assertThat(at.send(Role.OWNER, "POST", "/voices/preview", "{}").statusCode()).isEqualTo(400);
    assertThat(misuses()).isEqualTo(1);
  }

  private static long misuses() {
    return at.read(Role.OWNER, "/audit?area=ACCESS&size=200").values().stream()
        .filter(entry -> entry.path("action").asString().equals("MISUSE_REFUSED"))
        .filter(entry -> entry.path("detail").asString().equals("TTS_CALLS_ONLY"))
        .count();
  }

  @Test
  @Tag("AC-TTS-02")
  void limitsPreviewsOfTheVoice() {
    String sixtyOneSeconds =
        "{\"text\":\"%s\",\"language\":\"ru\",\"context\":\"CAMPAIGN\"}".formatted("а".repeat(611));
    assertThat(at.send(Role.OWNER, "POST", "/voices/preview", sixtyOneSeconds).body())
        .contains("PREVIEW_TOO_LONG");
    assertThat(
            at.send(Role.OWNER, "POST", "/voices/preview", sixtyOneSeconds.replace("ааа", "аааааа"))
                .body())
        .contains("PREVIEW_TOO_LONG");
    String brief = "{\"text\":\"Добрый день\",\"language\":\"ru\",\"context\":\"CAMPAIGN\"}";
    for (int each = 1; each < AudioRoutes.PREVIEWS_PER_HOUR; each++) {
      assertThat(at.send(Role.OWNER, "POST", "/voices/preview", brief).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = at.send(Role.OWNER, "POST", "/voices/preview", brief);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow()).isEqualTo(3600);
  }

  @Test
  @Tag("AC-TTS-01")
  @Tag("AC-TTS-04")
  void showsTheVoicesAndHowATextIsReadAloud() {
    JsonNode voices = json(at.get(Role.OWNER, "/voices"));
    assertThat(voices.size()).isEqualTo(2);
    assertThat(voices.get(0).path("timbre").asString()).isEqualTo("FEMALE");

    JsonNode reading =
        json(
            at.send(
                Role.OWNER,
                "POST",
                "/voices/reading",
                "{\"text\":\"К оплате 21 ₸ до 25.11.2026\",\"language\":\"ru\"}"));
    assertThat(reading.path("words").asString())
        .isEqualTo(
            "К оплате двадцать один тенге до двадцать пятого ноября две тысячи двадцать шестого года");
    assertThat(reading.path("changes").size()).isEqualTo(2);
    assertThat(reading.path("changes").get(0).path("written").asString()).isEqualTo("21 ₸");
    assertThat(reading.path("changes").get(0).path("start").asInt()).isEqualTo(9);
  }

  @Test
  @Tag("AC-TTS-01")
  void refusesAVoiceOfAnotherLanguage() {
    HttpResponse<String> refused =
        at.send(
            Role.OWNER,
            "POST",
            "/voices/preview",
            "{\"text\":\"Привет\",\"language\":\"ru\",\"voice\":\"bass\",\"context\":\"CAMPAIGN\"}");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("NO_SUCH_VOICE", "\"voice\"");
  }

  @Test
  @Tag("AC-STT-05")
  void tellsATechnicianWhyAModelIsNotInstalled() {
    byte[] noZip = "no zip".getBytes(StandardCharsets.UTF_8);
    String sum = "0".repeat(64);

    JsonNode ordered =
        TestConsole.JSON.readTree(
            at.upload(Role.TECHNICIAN, "/speech/models?language=ru&name=Text", noZip).body());
    var _ =
        at.upload(Role.TECHNICIAN, "/speech/models?language=kk&name=Other&sha256=" + sum, noZip);

    assertThat(ordered.path("state").asString()).isIn("RUNNING", "FAILED");
    Eventually.await(
        Duration.ofSeconds(20),
        "both are refused",
        () ->
            at.read(Role.TECHNICIAN, "/speech/models").path("installations").values().stream()
                    .filter(one -> one.path("state").asString().equals("FAILED"))
                    .count()
                == 2);
    JsonNode shelf = at.read(Role.TECHNICIAN, "/speech/models");
    assertThat(shelf.path("languages").isEmpty()).isTrue();
    assertThat(shelf.path("installations").values())
        .extracting(one -> one.path("fault").asString())
        .containsOnly("NOT_A_ZIP");
    assertThat(at.directory.resolve("models")).isEmptyDirectory();
  }

  @Test
  @Tag("AC-STT-05")
  void refusesWhatIsNoModel() {
    assertThat(at.send(Role.TECHNICIAN, "POST", "/speech/models/ru-7/trial", "").statusCode())
        .isEqualTo(404);
    assertThat(at.send(Role.TECHNICIAN, "POST", "/speech/models/ru-7/in-force", "").statusCode())
        .isEqualTo(404);
    assertThat(at.send(Role.TECHNICIAN, "DELETE", "/speech/models/ru-7", "").statusCode())
        .isEqualTo(404);
    assertThat(at.send(Role.TECHNICIAN, "POST", "/speech/step-back?language=ru", "").statusCode())
        .isEqualTo(404);
    assertThat(
            at.upload(Role.TECHNICIAN, "/speech/models?language=russian&name=x", new byte[] {1})
                .statusCode())
        .isEqualTo(400);
    assertThat(at.get(Role.OPERATOR, "/speech/models").statusCode()).isEqualTo(403);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestConsole.JSON.readTree(answer.body());
  }

  private static JsonNode upload(String csv) {
    HttpResponse<String> answer =
        at.upload(Role.OWNER, "/uploads?fileName=list.csv", csv.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestConsole.JSON.readTree(answer.body());
  }

  private static String importList(JsonNode upload, String name) {
    boolean two = upload.path("columns").size() > 1;
    HttpResponse<String> answer =
        at.send(
            Role.OWNER,
            "POST",
            "/lists",
            """
            {"uploadId":"%s","name":"%s","encoding":"%s","delimiter":"%s","header":true,
             "columns":[{"index":0,"role":"NUMBER"}%s],
             "attestation":{"origin":"our customers","collectedFrom":"2026-01-01",
               "collectedTo":"2026-11-01","channels":["CALLS"],"lawful":true}}
            """
                .formatted(
                    upload.path("id").asString(),
                    name,
                    upload.path("encoding").asString(),
                    upload.path("delimiter").asString(),
                    two ? ",{\"index\":1,\"role\":\"VARIABLE\",\"variable\":\"name\"}" : ""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return TestConsole.JSON.readTree(answer.body()).path("id").asString();
  }

  private static JsonNode awaitReady(String list) {
    Eventually.await(
        Duration.ofSeconds(20),
        "the import has ended",
        () -> !at.read(Role.OWNER, "/lists/" + list).path("state").asString().equals("IMPORTING"));
    JsonNode found = at.read(Role.OWNER, "/lists/" + list);
    assertThat(found.path("state").asString()).isEqualTo("READY");
    return found;
  }

  private static JsonNode act(String campaign, String what) {
    HttpResponse<String> answer =
        at.send(Role.OWNER, "POST", "/campaigns/" + campaign + "/" + what, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestConsole.JSON.readTree(answer.body());
  }

  static String order(String list, String end) {
    return """
    {"name":"November","category":"SERVICE","senderName":"ACME","senderContact":"+77010000000",
     "listIds":["%s"],"prompt":{"kind":"TEXT","text":"Добрый день, это проверка связи","language":"ru"},
     "windows":[{"dateFrom":"2026-11-24","dateTo":"2026-12-24","weekdays":["MONDAY","TUESDAY",
       "WEDNESDAY","THURSDAY","FRIDAY","SATURDAY","SUNDAY"],"start":"09:00","end":"%s"}],
     "channels":5,"callsPerMinute":60,"record":false}
    """
        .formatted(list, end);
  }
}
