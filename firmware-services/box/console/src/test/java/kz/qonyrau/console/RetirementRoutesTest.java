package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.vocabulary.BoxId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the pages of a box that retires show, and how its owner ends his time.
@Timeout(120)
@Tag("PLT-22")
class RetirementRoutesTest {

  private static final String PATH = "/system/retirement/confirmation";
  private static final BoxId BOX = BoxId.random();
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    at.boxId = Optional.of(BOX);
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @BeforeEach
  void ordered() {
    at.retire(
        new Retirement.State(
            "00000000-0000-4000-8000-00000000c0de",
            "The contract has ended.",
            NOW,
            NOW.plus(Duration.ofDays(14)),
            Optional.empty(),
            Retirement.Stage.OWNERS_TIME));
  }

  private static HttpResponse<String> confirm(Role role, String boxId) {
    return at.send(role, "POST", PATH, "{\"boxId\":\"" + boxId + "\"}");
  }

  private static String stage() {
    return at.read(Role.OPERATOR, "/system").path("retirement").path("stage").asString();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void everybodySeesHowItStands(Role role) {
    JsonNode retirement = at.read(role, "/system").path("retirement");

    assertThat(retirement.path("stage").asString()).isEqualTo("OWNERS_TIME");
    assertThat(retirement.path("reason").asString()).isEqualTo("The contract has ended.");
    assertThat(retirement.path("ownerUntil").asString()).isEqualTo("2026-12-08T04:00:00Z");
    assertThat(retirement.has("confirmedBy")).isFalse();
  }

  @Test
  @Tag("PLT-18")
  void theOwnerConfirmsOnceByTypingTheBoxsIdAndItStandsInTheAuditLog() {
    HttpResponse<String> answer = confirm(Role.OWNER, " " + BOX.value() + " ");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode retirement = TestConsole.JSON.readTree(answer.body());
    assertThat(retirement.path("stage").asString()).isEqualTo("LAST_REPORTS");
    assertThat(retirement.path("confirmedBy").asString()).isEqualTo("owner");
    assertThat(at.read(Role.OWNER, "/audit").path(0).path("action").asString())
        .isEqualTo("RETIREMENT_CONFIRMED");

    HttpResponse<String> again = confirm(Role.OWNER, BOX.value());
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("RETIREMENT_CONFIRMED");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"OPERATOR", "TECHNICIAN"})
  @Tag("SH-ACC-09")
  void nobodyElseMay(Role role) {
    assertThat(confirm(role, BOX.value()).statusCode()).isEqualTo(403);
    assertThat(stage()).isEqualTo("OWNERS_TIME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-4000-8000-000000000000",
        "yes",
        " ",
        "%",
        "' OR '1'='1",
        "\\u0000",
        "<script>"
      })
  void aWrongIdConfirmsNothing(String typed) {
    HttpResponse<String> answer = confirm(Role.OWNER, typed);

    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
    assertThat(answer.body()).contains("code");
    assertThat(stage()).isEqualTo("OWNERS_TIME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"boxId\":null}",
        "{\"boxId\":\"\"}",
        "{\"boxId\":7}",
        "{\"boxId\":[\"x\"]}",
        "{\"boxId\":\"x\",\"confirmed\":true}",
        "{\"boxId\""
      })
  void whatIsNoConfirmationIsRefused(String body) {
    HttpResponse<String> answer = at.send(Role.OWNER, "POST", PATH, body);

    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 422);
    assertThat(stage()).isEqualTo("OWNERS_TIME");
  }

  @Test
  void aBoxThatIsToGoOnHasNothingToConfirm() {
    at.retirement = Optional.empty();

    HttpResponse<String> answer = confirm(Role.OWNER, BOX.value());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("NOT_RETIRING");
    assertThat(at.read(Role.OWNER, "/system").has("retirement")).isFalse();
  }
}
