package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.recordings.FinishRequest;
import kz.qonyrau.recordings.RecordingResult;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.uplink.KnownHold;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LegalHold;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What technicians hear by the owner's tickets and not without, and what the owner is told of
/// legal holds, over the API.
@Tag("SH-RET-07")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class TicketRoutesTest {

  private final TestConsole at = new TestConsole();
  private CallId call = CallId.random();

  @BeforeEach
  void record() throws IOException {
    at.credit("1000.00");
    call = recorded();
  }

  @AfterEach
  void close() {
    at.close();
  }

  private CallId recorded() throws IOException {
    CallId one = at.call(CampaignId.random(), "+77019998866");
    ByteBuffer samples = ByteBuffer.allocate(4 * 8000 * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int each = 0; each < 16_000; each++) {
      samples.putShort((short) (8000 * Math.sin(each / 5.0))).putShort((short) 0);
    }
    Files.write(at.recordings.begin(one), samples.array());
    RecordingResult kept =
        TestConsole.await(
            at.recordings.finish(
                new FinishRequest(
                    one, "campaign", "contact", at.clock.instant(), Duration.ofSeconds(2))));
    assertThat(kept).isInstanceOf(RecordingResult.Kept.class);
    return one;
  }

  private HttpResponse<String> give(Role role, String body) {
    return at.send(role, "POST", "/calls/" + call + "/tickets", body);
  }

  private String given(String body) {
    HttpResponse<String> answer = give(Role.OWNER, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("id").asString();
  }

  private HttpResponse<String> hear(String ticket) {
    return at.send(Role.TECHNICIAN, "POST", "/tickets/" + ticket + "/recording", "");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestConsole.JSON.readTree(answer.body());
  }

  private static void requireRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("code").asString()).isEqualTo(code);
  }

  private List<JsonNode> told() {
    return at.read(Role.OWNER, "/calls/" + call + "/tickets").valueStream().toList();
  }

  @Test
  @Tag("EX-RET-5")
  void withoutATicketATechnicianIsRefusedAndByOneHearsOnceAsTheOwnerSees() {
    requireRefused(at.get(Role.TECHNICIAN, "/calls/" + call + "/recording"), 403, "NOT_ALLOWED");
    requireRefused(hear(UUID.randomUUID().toString()), 404, "NOT_FOUND");
    String ticket = given("{\"reason\":\"T-1: he hears an echo\"}");

    JsonNode open = at.read(Role.TECHNICIAN, "/tickets");
    assertThat(open.size()).isOne();
    assertThat(open.path(0).path("callId").asString()).isEqualTo(call.value());
    assertThat(open.path(0).path("until").asString()).isEqualTo("2026-11-25T04:00:00Z");
    assertThat(open.toString()).doesNotContain("7019998866").doesNotContain("echo");

    HttpResponse<String> heard = hear(ticket);
    assertThat(heard.statusCode()).isEqualTo(200);
    assertThat(heard.body()).startsWith("RIFF");
    requireRefused(hear(ticket), 409, "TICKET_USED");

    assertThat(told())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.path("reason").asString()).isEqualTo("T-1: he hears an echo");
          assertThat(one.path("heard").path("by").asString()).isEqualTo("technician");
          assertThat(one.path("heard").path("at").asString()).isEqualTo("2026-11-24T04:00:00Z");
          assertThat(one.has("read")).isFalse();
        });
    List<String> log =
        at.rows(
            "SELECT action || ' ' || object || ' ' || login FROM audit.entry WHERE ends_line = 0");
    assertThat(log).contains("TICKET_GIVEN call/" + call + " owner");
    assertThat(log.stream().filter(("TICKET_USED ticket/" + ticket + " technician")::equals))
        .hasSize(2);
    assertThat(log).contains("NOT_ALLOWED operation/recording technician");
    assertThat(
            at.rows(
                "SELECT detail FROM audit.entry WHERE action = 'TICKET_USED' AND ends_line > 0"))
        .as("the refusal of the second time")
        .anyMatch(detail -> detail.contains("TICKET_USED"));
  }

  @Test
  void aTicketIsOverToTheMillisecond() throws IOException {
    String first = given("{\"reason\":\"case 1\",\"hours\":1}");
    String second = given("{\"reason\":\"case 2\",\"hours\":1}");
    at.clock.advance(Duration.ofHours(1).minusMillis(1));
    at.signIn();
    assertThat(hear(first).statusCode()).isEqualTo(200);

    at.clock.advance(Duration.ofMillis(1));
    requireRefused(hear(second), 409, "TICKET_OVER");
    assertThat(at.read(Role.TECHNICIAN, "/tickets").size()).isZero();
  }

  @Test
  void aTicketThatIsTakenBackIsNoGood() {
    String ticket = given("{\"reason\":\"case 1\"}");
    String path = "/calls/" + call + "/tickets/" + ticket;
    assertThat(at.send(Role.OWNER, "DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(at.send(Role.OWNER, "DELETE", path, "").statusCode()).isEqualTo(204);

    requireRefused(hear(ticket), 409, "TICKET_WITHDRAWN");
    assertThat(told().getFirst().path("withdrawnAt").asString()).isEqualTo("2026-11-24T04:00:00Z");
    String other = "/calls/" + CallId.random() + "/tickets/" + ticket;
    requireRefused(at.send(Role.OWNER, "DELETE", other, ""), 404, "NOT_FOUND");
  }

  @Test
  void ofManyAtOnceOneHears() throws Exception {
    String ticket = given("{\"reason\":\"case 1\"}");
    Callable<Integer> tries = () -> hear(ticket).statusCode();
    try (ExecutorService many = Executors.newFixedThreadPool(8)) {
      List<Integer> answers =
          many.invokeAll(Stream.generate(() -> tries).limit(8).toList()).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(answers.stream().filter(status -> status == 200)).hasSize(1);
      assertThat(answers.stream().filter(status -> status == 409)).hasSize(7);
    }
  }

  @Test
  void theTranscriptIsReadOnceWithoutNumbers() {
    at.execute(
        "INSERT INTO calls.utterance (call_id, line_no, spoken, from_ms, to_ms, confidence, words)"
            + " VALUES (?, 99, 'мой номер восемь семь ноль один девять девять перезвоните', 0, 900,"
            + " 0.9, '')",
        call.value());
    String ticket = given("{\"reason\":\"case 1\"}");
    String path = "/tickets/" + ticket + "/transcript";

    HttpResponse<String> read = at.send(Role.TECHNICIAN, "POST", path, "");
    assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
    assertThat(read.body()).contains("мой номер ••• перезвоните").doesNotContain("восемь");
    requireRefused(at.send(Role.TECHNICIAN, "POST", path, ""), 409, "TICKET_USED");
    assertThat(hear(ticket).statusCode()).isEqualTo(200);
    assertThat(told().getFirst().path("read").path("by").asString()).isEqualTo("technician");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"reason\":\"  \"}",
        "{\"reason\":\"case\",\"hours\":0}",
        "{\"reason\":\"case\",\"hours\":25}",
        "{\"reason\":\"case\",\"who\":\"all\"}"
      })
  void refusesTicketsThatMakeNoSense(String body) {
    assertThat(give(Role.OWNER, body).statusCode()).isIn(400, 422);
    assertThat(told()).isEmpty();
  }

  @Test
  void onlyTheOwnerGivesAndOnlyATechnicianUses() {
    requireRefused(give(Role.OPERATOR, "{\"reason\":\"case 1\"}"), 403, "NOT_ALLOWED");
    requireRefused(give(Role.TECHNICIAN, "{\"reason\":\"case 1\"}"), 403, "NOT_ALLOWED");
    String ticket = given("{\"reason\":\"case 1\"}");
    requireRefused(
        at.send(Role.OPERATOR, "POST", "/tickets/" + ticket + "/recording", ""),
        403,
        "NOT_ALLOWED");
    requireRefused(at.get(Role.TECHNICIAN, "/calls/" + call + "/tickets"), 403, "NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({
    "call 8 701 123-45-67 now, call ••• now",
    "+77011234567, •••",
    "two or three, two or three",
    "one two three four, one two three four",
    "'say one, two, three, four, five!', say •••",
    "жеті жүз бір екі үш төрт, •••"
  })
  void hidesWhatMayBeANumber(String said, String shown) {
    assertThat(NumberMask.hidden(said)).isEqualTo(shown);
  }

  private static KnownHold hold(Optional<HeldDays> days) {
    Instant since = Instant.parse("2026-11-20T00:00:00Z");
    return new KnownHold(
        new LegalHold(UUID.randomUUID().toString(), days, "claim 12", "counsel", since),
        since,
        Optional.empty());
  }

  @Test
  @Tag("SH-RET-02")
  void theOwnerSeesLegalHoldsAndCanDeleteNothingUnderOneOnEverything() {
    assertThat(at.read(Role.OWNER, "/calls/" + call).path("onLegalHold").asBoolean()).isFalse();
    LocalDate day = LocalDate.parse("2026-11-24");
    at.legalHolds = List.of(hold(Optional.of(new HeldDays(day, day))));
    assertThat(at.read(Role.OWNER, "/calls/" + call).path("onLegalHold").asBoolean()).isTrue();
    String list = "/lists/" + UUID.randomUUID();
    requireRefused(at.send(Role.OWNER, "DELETE", list, ""), 404, "NOT_FOUND");

    at.legalHolds = List.of(hold(Optional.empty()));
    JsonNode seen = at.read(Role.OWNER, "/legal-holds").path(0);
    assertThat(seen.path("reason").asString()).isEqualTo("claim 12");
    assertThat(seen.has("from")).isFalse();
    for (String path :
        List.of(list, list + "/evidence/" + UUID.randomUUID(), "/campaigns/" + UUID.randomUUID())) {
      requireRefused(at.send(Role.OWNER, "DELETE", path, ""), 409, "LEGAL_HOLD");
    }
    requireRefused(at.get(Role.TECHNICIAN, "/legal-holds"), 403, "NOT_ALLOWED");
  }
}
