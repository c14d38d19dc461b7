package kz.qonyrau.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever comes in by the door stands in the audit log before it is done.
@Tag("PLT-18")
@Tag("SH-ACC-09")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AuditingTest {

  private static final String ID = UUID.randomUUID().toString();

  private final TestDoor at = new TestDoor();

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void tellsWhoDidWhatToWhatAndWhy() {
    String owner = at.cookieOf("owner");

    assertThat(make(owner, "thing").statusCode()).isEqualTo(201);

    assertThat(at.audited())
        .extracting(AuditEntry::action)
        .containsExactly("SIGNED_IN", "LIST_IMPORTED");
    AuditEntry made = at.audited().getLast();
    assertThat(made.actor()).isEqualTo(new Actor("owner", "OWNER", "127.0.0.1"));
    assertThat(made.object()).isEqualTo("thing/" + ID);
    assertThat(made.reason()).isEqualTo("thing");
    assertThat(made.detail()).isEqualTo("2 of");
    assertThat(made.ending()).isEmpty();
  }

  @Test
  void saysHowItEndedIfItWasNotDone() {
    String owner = at.cookieOf("owner");

    assertThat(make(owner, "taken").statusCode()).isEqualTo(409);
    assertThat(at.send(at.change("/api/things/" + ID, owner).DELETE()).statusCode()).isEqualTo(500);

    assertThat(at.audited().subList(1, 3))
        .extracting(AuditEntry::action, AuditEntry::ending)
        .containsExactly(
            tuple("LIST_IMPORTED", Optional.of("TAKEN")),
            tuple("LIST_DELETED", Optional.of("FAULT")));
  }

  @Test
  void whatIsNotValidWasNeverBegun() {
    String owner = at.cookieOf("owner");

    assertThat(at.post("/api/things", owner, "{}").statusCode()).isEqualTo(400);
    assertThat(at.get("/api/things", owner).statusCode()).isEqualTo(200);

    assertThat(actions()).containsExactly("SIGNED_IN");
  }

  @Test
  void aPlaybackInPiecesIsOneAndAnotherDayItIsAnother() {
    String owner = at.cookieOf("owner");
    for (int from = 0; from < 200_000; from += 50_000) {
      assertThat(
              at.send(
                      at.to("/api/sound")
                          .header("Cookie", owner)
                          .header("Range", "bytes=" + from + "-"))
                  .statusCode())
          .isEqualTo(206);
    }
    String reader = at.cookieOf("reader");
    assertThat(at.get("/api/sound", reader).statusCode()).isEqualTo(200);
    at.clock.advance(Duration.ofMinutes(6));
    assertThat(at.get("/api/sound", reader).statusCode()).isEqualTo(200);

    assertThat(at.audited())
        .filteredOn(entry -> entry.action().equals("RECORDING_PLAYED"))
        .extracting(entry -> entry.actor().login())
        .containsExactly("owner", "reader", "reader");
  }

  @Test
  void tellsWhatIsNotAllowedAndNobodyFillsTheDiskWithIt() {
    String reader = at.cookieOf("reader");
    for (int each = 0; each < 40; each++) {
      assertThat(make(reader, "thing").statusCode()).isEqualTo(403);
    }

    Eventually.await(Duration.ofSeconds(10), "the refusals are told", () -> actions().size() >= 21);
    assertThat(actions())
        .hasSize(21)
        .startsWith("SIGNED_IN", "NOT_ALLOWED")
        .endsWith("NOT_ALLOWED");
    assertThat(at.audited().getLast().object()).isEqualTo("operation/makeThing");
  }

  @Test
  @Tag("AC-TTS-03")
  void tellsWhatNobodyMay() {
    String owner = at.cookieOf("owner");

    assertThat(make(owner, "misuse").statusCode()).isEqualTo(403);

    Eventually.await(Duration.ofSeconds(10), "the misuse is told", () -> actions().size() >= 3);
    assertThat(at.audited())
        .filteredOn(entry -> entry.action().equals("MISUSE_REFUSED"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.detail()).isEqualTo("NOT_FOR_THIS"));
  }

  @Test
  @Tag("SH-ACC-18")
  void tellsOfSigningInAndOutAndOfPasswords() {
    assertThat(at.signIn("hunter2", "wrong").statusCode()).isEqualTo(401);
    for (int each = 0; each < 5; each++) {
      assertThat(at.signIn("owner", "wrong").statusCode()).isEqualTo(401);
    }
    at.clock.advance(Duration.ofMinutes(16));
    String owner = at.cookieOf("owner");
    assertThat(
            at.send(
                    at.change("/api/session/password", owner)
                        .PUT(
                            HttpRequest.BodyPublishers.ofString(
                                "{\"current\":\""
                                    + TestDoor.PASSWORD
                                    + "\",\"next\":\"another horse\"}")))
                .statusCode())
        .isEqualTo(204);
    String again =
        at.signIn("owner", "another horse")
            .headers()
            .firstValue("set-cookie")
            .orElseThrow()
            .split(";", 2)[0];
    assertThat(at.send(at.change("/api/session", again).DELETE()).statusCode()).isEqualTo(204);

    assertThat(actions())
        .containsExactly(
            "SIGN_IN_REFUSED",
            "SIGN_IN_REFUSED",
            "SIGN_IN_REFUSED",
            "SIGN_IN_REFUSED",
            "SIGN_IN_REFUSED",
            "SIGN_IN_REFUSED",
            "LOGIN_LOCKED",
            "SIGNED_IN",
            "PASSWORD_CHANGED",
            "SIGNED_IN",
            "SIGNED_OUT");
    assertThat(at.audited().getFirst().actor().login()).isEqualTo("unknown");
    assertThat(at.audited().get(1).actor().login()).isEqualTo("owner");
    assertThat(at.audited().toString()).doesNotContain("hunter2", "horse");
  }

  @Test
  void anOperationStandsInTheTableOnce() {
    AuditTable table = new AuditTable().tells("a", AuditAction.LIST_DELETED).changesNothing("b");

    assertThatThrownBy(() -> table.tells("a", AuditAction.LIST_DELETED))
        .hasMessageContaining("twice in the audit table: a");
    assertThatThrownBy(() -> table.tells("b", AuditAction.LIST_DELETED))
        .hasMessageContaining("twice in the audit table: b");
    assertThatThrownBy(() -> table.changesNothing("a"))
        .hasMessageContaining("twice in the audit table: a");
  }

  private List<String> actions() {
    return at.audited().stream().map(AuditEntry::action).toList();
  }

  private HttpResponse<String> make(String cookie, String name) {
    return at.post(
        "/api/things",
        cookie,
        "{\"name\":\"%s\",\"tags\":[\"A\",\"B\"],\"part\":{\"id\":\"%s\"}}".formatted(name, ID));
  }
}
