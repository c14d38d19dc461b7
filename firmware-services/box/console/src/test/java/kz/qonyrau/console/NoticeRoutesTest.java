package kz.qonyrau.console;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.notices.Funds;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.Warnings;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.Notice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the owner is told and when he is warned, over the API.
@Tag("SH-NOT-01")
@Tag("SH-BAL-18")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class NoticeRoutesTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  private static TestConsole at;

  /// Each notice is newer than those before.
  private static int told;

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @BeforeEach
  void forget() {
    at.usualDay = Optional.empty();
    assertThat(answer(at.notices.setWarnings(new Warnings(List.of(), true))).usualDay()).isTrue();
    List<String> ids =
        answer(at.notices.newest(true, 400)).notices().stream().map(KeptNotice::id).toList();
    assertThat(answer(at.notices.dismissAll(ids, "test"))).isEqualTo(ids.size());
  }

  private static Notice notice(String code) {
    told++;
    return new Notice(
        UUID.randomUUID().toString(),
        code,
        NOON.plusSeconds(told),
        Optional.of(new Tenge(-7)),
        Optional.of(NOON.plusSeconds(60)),
        Optional.of("Алматы: Beeline"));
  }

  private static void tell(Notice... notices) {
    assertThat(answer(at.notices.take(List.of(notices)))).isEqualTo(notices.length);
  }

  private static HttpResponse<String> setWarnings(Role role, String body) {
    return at.send(role, "PUT", "/warnings", body);
  }

  @Test
  void theOwnerSeesTheNewestFirstAndHowManyHeHasNotDismissed() {
    Notice older = notice("PAYMENT_CREDITED");
    Notice newer = notice("SOMETHING_NEWER_THAN_THIS_BOX");
    tell(newer, older);

    JsonNode shown = at.read(Role.OWNER, "/notices?size=2");

    assertThat(shown.path("undismissed").asInt()).isEqualTo(2);
    assertThat(shown.path("items").values())
        .extracting(one -> one.path("id").asString())
        .containsExactly(newer.id(), older.id());
    JsonNode first = shown.path("items").path(0);
    assertThat(first.path("code").asString()).isEqualTo("SOMETHING_NEWER_THAN_THIS_BOX");
    assertThat(first.path("at").asString()).isEqualTo(newer.at().toString());
    assertThat(first.path("amountTiyn").asLong()).isEqualTo(-7);
    assertThat(first.path("until").asString()).isEqualTo("2026-11-24T07:01:00Z");
    assertThat(first.path("origin").asString()).isEqualTo("CENTRAL");
    assertThat(first.has("dismissedAt")).isFalse();
    assertThat(at.read(Role.OWNER, "/notices?size=1").path("items").size()).isEqualTo(1);
  }

  @Test
  void theOwnerDismissesOneOnceAndItStandsInTheAuditLog() {
    Notice notice = notice("PAYMENT_CREDITED");
    Notice other = notice("PAYMENT_CREDITED");
    tell(notice, other);
    String path = "/notices/" + notice.id() + "/dismissal";

    assertThat(at.send(Role.OWNER, "POST", path, "").statusCode()).isEqualTo(204);
    assertThat(at.send(Role.OWNER, "POST", path, "").statusCode()).isEqualTo(204);

    JsonNode shown = at.read(Role.OWNER, "/notices?size=2");
    assertThat(shown.path("undismissed").asInt()).isEqualTo(1);
    JsonNode dismissed = shown.path("items").path(1);
    assertThat(dismissed.path("id").asString()).isEqualTo(notice.id());
    assertThat(dismissed.path("dismissedBy").asString()).isEqualTo("owner");
    assertThat(dismissed.path("dismissedAt").asString()).isEqualTo("2026-11-24T04:00:00Z");
    assertThat(at.read(Role.OWNER, "/notices?undismissed=true").path("items").values())
        .extracting(one -> one.path("id").asString())
        .containsExactly(other.id());
    JsonNode entry = at.read(Role.OWNER, "/audit").path(0);
    assertThat(entry.path("action").asString()).isEqualTo("NOTICES_DISMISSED");
    assertThat(entry.path("object").asString()).isEqualTo("notice/" + notice.id());
  }

  @Test
  void dismissingAllTakesThoseThatWereSeen() {
    Notice first = notice("PAYMENT_CREDITED");
    Notice second = notice("PAYMENT_CREDITED");
    tell(first, second, notice("PAYMENT_CREDITED"));

    HttpResponse<String> done =
        at.send(
            Role.OWNER,
            "POST",
            "/notices/dismissal",
            "{\"ids\":[\"%s\",\"%s\",\"%s\"]}"
                .formatted(first.id(), second.id(), UUID.randomUUID()));

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(TestConsole.JSON.readTree(done.body()).path("undismissed").asInt()).isEqualTo(1);
  }

  @Test
  void theOwnerSetsWhenHeIsWarned() {
    JsonNode before = at.read(Role.OWNER, "/warnings");
    assertThat(before.path("thresholdsTiyn").size()).isZero();
    assertThat(before.path("usualDay").asBoolean()).isTrue();
    assertThat(before.has("usualDayTiyn")).isFalse();
    at.usualDay = Optional.of(new Tenge(12_345));

    HttpResponse<String> set =
        setWarnings(Role.OWNER, "{\"thresholdsTiyn\":[100,1000000000000,5000],\"usualDay\":false}");

    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    assertThat(TestConsole.JSON.readTree(set.body())).isEqualTo(at.read(Role.OWNER, "/warnings"));
    assertThat(set.body())
        .isEqualTo(
            "{\"thresholdsTiyn\":[1000000000000,5000,100],\"usualDay\":false,"
                + "\"usualDayTiyn\":12345}");
    JsonNode entry = at.read(Role.OWNER, "/audit").path(0);
    assertThat(entry.path("action").asString()).isEqualTo("WARNINGS_CHANGED");
    assertThat(entry.path("area").asString()).isEqualTo("MONEY");
    assertThat(entry.path("detail").asString()).isEqualTo("thresholds=3 usualDay=false");
    assertThat(setWarnings(Role.OWNER, "{\"thresholdsTiyn\":[],\"usualDay\":true}").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "[0]; 422; thresholdsTiyn.0; TOO_SMALL",
        "[500,-1]; 422; thresholdsTiyn.1; TOO_SMALL",
        "[1000000000001]; 422; thresholdsTiyn.0; TOO_LARGE",
        "[9223372036854775807]; 422; thresholdsTiyn.0; TOO_LARGE",
        "[5,6,5]; 422; thresholdsTiyn.2; REPEATED",
        "[1,2,3,4,5,6]; 422; thresholdsTiyn; TOO_LONG",
        "[1.5]; 400; thresholdsTiyn.0; WRONG_TYPE",
        "[\"100\"]; 400; thresholdsTiyn.0; WRONG_TYPE",
        "[null]; 400; thresholdsTiyn.0; WRONG_TYPE",
        "[[1]]; 400; thresholdsTiyn.0; WRONG_TYPE",
        "\"' OR 1=1\"; 400; thresholdsTiyn; WRONG_TYPE",
        "{}; 400; thresholdsTiyn; WRONG_TYPE"
      })
  void badThresholdsAreNamedAndChangeNothing(
      String thresholds, int status, String field, String code) {
    HttpResponse<String> refused =
        setWarnings(Role.OWNER, "{\"thresholdsTiyn\":" + thresholds + ",\"usualDay\":false}");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    JsonNode error = TestConsole.JSON.readTree(refused.body()).path("errors").path(0);
    assertThat(error.path("field").asString()).isEqualTo(field);
    assertThat(error.path("code").asString()).isEqualTo(code);
    assertThat(error.path("detail").asString()).isNotEmpty();
    assertThat(at.read(Role.OWNER, "/warnings").path("usualDay").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "PUT; /warnings; {}; 400",
        "PUT; /warnings; {\"thresholdsTiyn\":[]}; 400",
        "PUT; /warnings; {\"thresholdsTiyn\":[99999999999999999999999],\"usualDay\":true}; 400",
        "PUT; /warnings; {\"thresholdsTiyn\":[],\"usualDay\":1}; 400",
        "PUT; /warnings; {\"thresholdsTiyn\":[],\"usualDay\":true,\"told\":false}; 400",
        "POST; /notices/dismissal; {\"ids\":[]}; 400",
        "POST; /notices/dismissal; {\"ids\":[\"%\"]}; 400",
        "POST; /notices/dismissal; {\"ids\":\"all\"}; 400",
        "POST; /notices/00000000-0000-4000-8000-000000000000/dismissal; ||; 404"
      })
  void refusesWhatIsNoOrder(String method, String path, String body, int status) {
    HttpResponse<String> refused = at.send(Role.OWNER, method, path, body == null ? "" : body);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
    assertThat(refused.body()).contains("code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/notices?size=0",
        "/notices?size=401",
        "/notices?size=1%20OR%201=1",
        "/notices?undismissed=yes",
        "/notices?origin=BOX"
      })
  void refusesWhatCannotBeAsked(String path) {
    assertThat(at.get(Role.OWNER, path).statusCode()).isEqualTo(400);
  }

  @Test
  void anIdThatIsNoneNamesNothing() {
    tell(notice("PAYMENT_CREDITED"));
    for (String id : List.of("x", "%27%20OR%20%271%27=%271", "..", "%00")) {
      assertThat(at.send(Role.OWNER, "POST", "/notices/" + id + "/dismissal", "").statusCode())
          .as(id)
          .isBetween(400, 405);
    }

    assertThat(answer(at.notices.undismissed())).isEqualTo(1);
  }

  /// They speak of the owner's money, and of what he decides about it.
  @ParameterizedTest
  @Tag("PLT-19")
  @Tag("SH-ACC-09")
  @ValueSource(strings = {"OPERATOR", "TECHNICIAN"})
  void nobodyElseSeesOrChangesAnything(String name) {
    Role role = Role.valueOf(name);
    Notice notice = notice("BALANCE_LOW");
    tell(notice);

    assertThat(at.get(role, "/notices").statusCode()).isEqualTo(403);
    assertThat(at.get(role, "/warnings").statusCode()).isEqualTo(403);
    assertThat(at.send(role, "POST", "/notices/" + notice.id() + "/dismissal", "").statusCode())
        .isEqualTo(403);
    assertThat(
            at.send(role, "POST", "/notices/dismissal", "{\"ids\":[\"" + notice.id() + "\"]}")
                .statusCode())
        .isEqualTo(403);
    assertThat(setWarnings(role, "{\"thresholdsTiyn\":[5],\"usualDay\":false}").statusCode())
        .isEqualTo(403);
    assertThat(answer(at.notices.undismissed())).isEqualTo(1);
    assertThat(answer(at.notices.warnings()).usualDay()).isTrue();
  }

  @Test
  @Tag("PLT-19")
  void openPagesOfTheOwnerAreToldAndNobodyElses() throws IOException {
    try (Socket owner = follow(Role.OWNER);
        Socket technician = follow(Role.TECHNICIAN);
        Socket operator = follow(Role.OPERATOR)) {
      BufferedReader ownersLines = lines(owner);
      BufferedReader techniciansLines = lines(technician);
      BufferedReader operatorsLines = lines(operator);
      for (BufferedReader lines : List.of(ownersLines, techniciansLines, operatorsLines)) {
        assertThat(next(lines)).isEqualTo("event: hello");
      }

      var _ =
          answer(
              at.notices.weigh(
                  _ -> Optional.of(new Funds(new Tenge(1), Optional.of(new Tenge(2))))));

      assertThat(after("event: notice", ownersLines)).isEqualTo("data: {\"undismissed\":1}");
      // Everybody is told of the end of the box; nothing may have come before that.
      at.retire(
          new Retirement.State(
              "00000000-0000-4000-8000-00000000c0de",
              "over",
              NOON,
              NOON,
              Optional.empty(),
              Retirement.Stage.OWNERS_TIME));
      assertThat(upTo("event: retirement", techniciansLines)).doesNotContain("event: notice");
      assertThat(upTo("event: retirement", operatorsLines)).doesNotContain("event: notice");
    }
  }

  private static Socket follow(Role role) throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), at.port()));
    socket
        .getOutputStream()
        .write(
            ("GET /api/live HTTP/1.1\r\nHost: x\r\nCookie: " + at.cookie(role) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String next(BufferedReader lines) throws IOException {
    return upTo("event: ", lines).getLast();
  }

  private static String after(String beginning, BufferedReader lines) throws IOException {
    var _ = upTo(beginning, lines);
    return upTo("data: ", lines).getLast();
  }

  /// The lines up to the first that begins so.
  private static List<String> upTo(String beginning, BufferedReader lines) throws IOException {
    List<String> read = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      read.add(line);
      if (line.startsWith(beginning)) {
        return read;
      }
    }
    throw new AssertionError("the stream ended before " + beginning + ": " + read);
  }
}
