package kz.qonyrau.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The register of published recordings, as staff uses it.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
class PromotionRoutesTest {

  private static final AtomicInteger MESSAGES = new AtomicInteger(1000);

  @TempDir private static Path directory;
  private static StagedOffice office;
  private static String box = "";

  @BeforeAll
  static void open() throws Exception {
    office = new StagedOffice(directory);
    box = office.box("Nomad");
  }

  @AfterAll
  static void close() throws Exception {
    office.close();
  }

  private static StagedOffice.Reply ask(String method, String path, String json) {
    return office.ask("COMPLAINTS", method, path, json);
  }

  private static String form() {
    return """
    {"boxId": "%s", "callId": "%s", "chat": "-100123", "message": %d,
     "givenAt": "2026-11-23T05:00:00Z", "givenBy": "Айгүл", "allowed": ["SITE"]}
    """
        .formatted(box, UUID.randomUUID(), MESSAGES.incrementAndGet());
  }

  private static String entered() {
    StagedOffice.Reply reply = ask("POST", "/promotions", form());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    return reply.body().replaceFirst("\\{\"id\":\"([0-9a-f-]{36})\".*", "$1");
  }

  private static StagedOffice.Reply publish(String id, String outlet, String at) {
    return ask(
        "POST",
        "/promotions/" + id + "/publications",
        "{\"outlet\":\"%s\",\"place\":\"qonyrau.kz/examples\",\"at\":\"%s\"}"
            .formatted(outlet, at));
  }

  private static StagedOffice.Reply withdraw(String id, String at) {
    return ask(
        "POST",
        "/promotions/" + id + "/withdrawal",
        "{\"askedBy\":\"Айгүл\",\"askedAt\":\"%s\"}".formatted(at));
  }

  @Test
  void fromTheConsentToTheRemoval() {
    String form = form();
    StagedOffice.Reply reply = ask("POST", "/promotions", form);
    String id = reply.body().replaceFirst("\\{\"id\":\"([0-9a-f-]{36})\".*", "$1");
    assertThat(reply.body())
        .contains("\"name\":\"Nomad\"", "\"site\":\"Oral\"", "\"state\":\"STANDING\"");
    assertThat(ask("POST", "/promotions", form).body()).contains(id);

    String published = publish(id, "SITE", "2026-11-23T06:00:00Z").body();
    assertThat(published).contains("\"place\":\"qonyrau.kz/examples\"");
    String publication =
        published.replaceFirst(".*\"publications\":\\[\\{\"id\":\"([0-9a-f-]{36})\".*", "$1");
    assertThat(withdraw(id, "2026-11-23T07:00:00Z").body())
        .contains(
            "\"state\":\"TO_REMOVE\"",
            "\"due\":\"2026-11-26T07:00:00Z\"",
            "\"overdue\":false",
            "\"enteredBy\":\"complaints\"");
    assertThat(publish(id, "SITE", "2026-11-23T08:00:00Z").body()).contains("PUBLISHED_THERE");
    assertThat(ask("GET", "/promotions?state=TO_REMOVE&size=200", "").body()).contains(id);
    String removal = "/promotions/" + id + "/publications/" + publication + "/removal";
    assertThat(ask("POST", removal, "{\"at\":\"2026-11-23T05:59:59Z\"}").body())
        .contains("BEFORE_THE_PUBLICATION");
    assertThat(ask("POST", removal, "{\"at\":\"2026-11-23T09:00:00Z\"}").body())
        .contains("\"state\":\"ENDED\"", "\"removedBy\":\"complaints\"");
    assertThat(ask("POST", "/promotions", form).body()).contains("WITHDRAWN");
    assertThat(publish(id, "SITE", "2026-11-23T09:00:00Z").body()).contains("WITHDRAWN");
    assertThat(ask("GET", "/promotions/" + id, "").body()).contains("\"givenBy\":\"Айгүл\"");
  }

  /// Which message it was stands with the recording only.
  @Test
  @Tag("PLT-18")
  void allOfItStandsInTheAuditLogButForTheMessage() {
    String id = entered();
    int message = MESSAGES.get();
    var unusedReply = withdraw(id, "2026-11-23T07:00:00Z");

    assertThat(office.ask("AUDITOR", "GET", "/audit?area=CONTENT&size=200", "").body())
        .contains("PROMOTION_CONSENTED", "PROMOTION_WITHDRAWN", "promotion/" + id)
        .doesNotContain("-100123", "message=", " " + message);
    assertThat(ask("GET", "/audit?area=CONTENT&size=200", "").body()).contains(id);
  }

  @Test
  void customersAreLookedForAndHaveBoxes() {
    String id = entered();
    String nomad = office.accountOf("Nomad");
    String other = office.customer("Other");
    assertThat(ask("GET", "/promotions?organisationId=" + nomad + "&size=200", "").body())
        .contains(id);
    assertThat(ask("GET", "/promotions?organisationId=" + other, "").body())
        .isEqualTo("{\"total\":0,\"items\":[]}");
    assertThat(ask("GET", "/promotions/boxes?organisationId=" + nomad, "").body())
        .isEqualTo("[{\"id\":\"%s\",\"site\":\"Oral\"}]".formatted(box));
    assertThat(ask("GET", "/promotions/boxes?organisationId=" + other, "").body()).isEqualTo("[]");
    assertThat(ask("GET", "/promotions/boxes", "").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/promotions?state=GONE", "").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/promotions?size=201", "").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLEET", "BILLING", "AUDITOR"})
  @Tag("PLT-18")
  void nobodyElseSeesOrTouchesThem(String role) {
    String id = entered();
    assertThat(office.ask(role, "GET", "/promotions", "").statusCode()).isEqualTo(403);
    assertThat(office.ask(role, "GET", "/promotions/" + id, "").statusCode()).isEqualTo(403);
    assertThat(office.ask(role, "POST", "/promotions", form()).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "boxId|\"00000000-0000-4000-8000-000000000000\"|422|BOX_UNKNOWN",
        "boxId|\"Nomad\"|400|boxId",
        "callId|\"42\"|400|callId",
        "callId|\"0B0A4F5E-0A51-4C63-9D0E-2A6A51F6A001\"|400|callId",
        "chat|\"@nomad\"|400|chat",
        "chat|\"0\"|400|chat",
        "chat|\"12345678901234567\"|400|chat",
        "message|0|400|message",
        "message|2147483648|400|message",
        "message|\"7\"|400|message",
        "message|7.5|400|message",
        "givenAt|\"yesterday\"|400|givenAt",
        "givenAt|\"2027-11-24T05:00:00Z\"|422|givenAt",
        "givenBy|\" \"|400|givenBy",
        "givenBy|\"a\\u0007b\"|400|givenBy",
        "allowed|[]|400|allowed",
        "allowed|[\"SITE\",\"SITE\"]|400|allowed",
        "allowed|[\"TELEVISION\"]|400|allowed",
        "allowed|null|400|allowed",
      })
  void namesTheFieldThatIsWrong(String field, String value, int status, String named) {
    String wrong =
        form()
            .replaceFirst(
                "\"" + field + "\": (\"[^\"]*\"|\\[[^]]*]|[0-9]+)",
                java.util.regex.Matcher.quoteReplacement("\"" + field + "\": " + value));

    StagedOffice.Reply reply = ask("POST", "/promotions", wrong);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(reply.body()).contains(named);
  }

  @Test
  void whatCannotBePublishedIsRefusedWithItsReason() {
    String id = entered();
    assertThat(publish(id, "SOCIAL", "2026-11-23T06:00:00Z").body()).contains("BEYOND_THE_CONSENT");
    assertThat(publish(id, "SITE", "2026-11-23T04:59:59Z").body())
        .contains("BEFORE_THE_CONSENT", "at: ");
    assertThat(publish(id, "SITE", "2028-11-24T04:59:59Z").body()).contains("IN_THE_FUTURE");
    assertThat(withdraw(id, "2026-11-23T04:59:59Z").body())
        .contains("BEFORE_THE_CONSENT", "askedAt: ");
    String path = "/promotions/" + id + "/publications";
    assertThat(ask("POST", path, "{\"outlet\":\"SITE\",\"place\":\"\"}").statusCode())
        .isEqualTo(400);
    assertThat(
            ask(
                    "POST",
                    path,
                    "{\"outlet\":\"SITE\",\"place\":\"%s\",\"at\":\"2026-11-23T06:00:00Z\"}"
                        .formatted("x".repeat(201)))
                .body())
        .contains("place");
    String nobody = UUID.randomUUID().toString();
    assertThat(publish(nobody, "SITE", "2026-11-23T06:00:00Z").statusCode()).isEqualTo(404);
    assertThat(withdraw(nobody, "2026-11-23T06:00:00Z").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/promotions/" + nobody, "").statusCode()).isEqualTo(404);
    assertThat(
            ask("POST", path + "/" + nobody + "/removal", "{\"at\":\"2026-11-23T06:00:00Z\"}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void oneMessageIsForOneRecording() {
    String form = form();
    assertThat(ask("POST", "/promotions", form).statusCode()).isEqualTo(201);
    String other =
        form.replaceFirst("\"callId\": \"[^\"]*\"", "\"callId\": \"" + UUID.randomUUID() + "\"");
    assertThat(ask("POST", "/promotions", other).body()).contains("MESSAGE_TAKEN", "message: ");
    String again = form.replaceFirst("\"message\": [0-9]+", "\"message\": 7");
    assertThat(ask("POST", "/promotions", again).body()).contains("CONSENT_STANDS");
  }
}
