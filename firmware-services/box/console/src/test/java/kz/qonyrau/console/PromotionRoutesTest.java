package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotedRecording.Publication;
import kz.qonyrau.wire.PromotedRecording.TelegramMessage;
import kz.qonyrau.wire.PromotedRecording.Withdrawal;
import kz.qonyrau.wire.PromotionOutlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Published recordings, as the owner sees them at his box.
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
@Timeout(60)
class PromotionRoutesTest {

  private static final CallId CALL = CallId.random();

  private TestConsole at;
  private PromotedRecording published;

  @BeforeEach
  void open() {
    at = new TestConsole();
    published =
        new PromotedRecording(
            UUID.randomUUID().toString(),
            CALL,
            new TelegramMessage("-100123", 42),
            at.clock.instant().minus(Duration.ofDays(1)),
            Set.of(PromotionOutlet.SITE),
            Optional.empty(),
            List.of(
                new Publication(
                    PromotionOutlet.SITE,
                    "qonyrau.kz/examples",
                    at.clock.instant(),
                    Optional.empty())));
    take(published);
  }

  @AfterEach
  void close() {
    at.close();
  }

  private void take(PromotedRecording told) {
    var _ = TestConsole.await(at.promotions.take(List.of(told)));
  }

  private HttpResponse<String> withdraw(Role role, String id) {
    return at.send(role, "POST", "/promotions/" + id + "/withdrawal", "");
  }

  @Test
  void theOwnerSeesAndWithdraws() {
    JsonNode shown = at.read(Role.OWNER, "/promotions?callId=" + CALL).path(0);
    assertThat(shown.path("message").asLong()).isEqualTo(42);
    assertThat(shown.path("state").asString()).isEqualTo("STANDING");
    assertThat(shown.path("publications").path(0).path("place").asString())
        .isEqualTo("qonyrau.kz/examples");

    assertThat(withdraw(Role.OWNER, published.id()).body()).contains("\"state\":\"ASKED\"");
    assertThat(withdraw(Role.OWNER, published.id()).statusCode()).isEqualTo(200);

    assertThat(at.read(Role.OWNER, "/promotions").path(0).path("askedBy").asString())
        .isEqualTo("owner");
    assertThat(at.rows("SELECT kind FROM outbox.message")).containsExactly("case");
    assertThat(at.read(Role.OWNER, "/audit?area=CONTENT").toString())
        .contains("PROMOTION_WITHDRAWN", "promotion/" + published.id());
  }

  @Test
  void whatCentralKnowsIsNotAskedAgain() {
    take(
        new PromotedRecording(
            published.id(),
            CALL,
            published.message(),
            published.consentedAt(),
            published.allowed(),
            Optional.of(
                new Withdrawal(at.clock.instant(), at.clock.instant().plus(Duration.ofDays(3)))),
            published.publications()));

    JsonNode shown = at.read(Role.OWNER, "/promotions?callId=" + CALL).path(0);
    assertThat(shown.path("state").asString()).isEqualTo("TO_REMOVE");
    assertThat(shown.path("removalDue").asString())
        .isEqualTo(at.clock.instant().plus(Duration.ofDays(3)).toString());
    HttpResponse<String> again = withdraw(Role.OWNER, published.id());
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("ALREADY_WITHDRAWN");
    assertThat(at.rows("SELECT kind FROM outbox.message")).isEmpty();
  }

  @Test
  void isTheOwnersBusiness() {
    for (Role role : List.of(Role.OPERATOR, Role.TECHNICIAN)) {
      assertThat(at.get(role, "/promotions").statusCode()).isEqualTo(403);
      assertThat(withdraw(role, published.id()).statusCode()).isEqualTo(403);
    }
    assertThat(at.rows("SELECT kind FROM outbox.message")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "00000000-0000-4000-8000-000000000000", "%27%20OR%201=1"})
  void whatIsNotThereIsSaid(String id) {
    assertThat(withdraw(Role.OWNER, id).statusCode()).isIn(400, 404);
    HttpResponse<String> list = at.get(Role.OWNER, "/promotions?callId=" + id);
    assertThat(list.statusCode() == 200 ? list.body() : "[]").isEqualTo("[]");
    assertThat(list.statusCode()).isIn(200, 400, 404);
  }
}
