package kz.qonyrau.office;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetSettings;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.web.AccessTable;
import kz.qonyrau.web.Door;
import kz.qonyrau.wire.LicenseLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class OfficeTest {

  private static final List<String> ROLES = List.of("FLEET", "BILLING", "AUDITOR");
  private static final TemporaryStore DATABASE =
      TemporaryStore.with("OUTBOX", "AUDIT", "LEDGER", "FLEET", "OFFICE");
  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Map<String, String> COOKIES = new HashMap<>();

  @TempDir private static Path directory;
  private static Office office;

  @BeforeAll
  static void open() throws Exception {
    SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
    Fleet fleet =
        new Fleet(
            DATABASE.store(),
            new Ledger(DATABASE.store(), clock),
            Authority.open(directory.resolve("keys"), clock, new SecureRandom()),
            new FleetSettings(
                "localhost",
                Duration.ofDays(90),
                Duration.ofDays(7),
                Duration.ofMinutes(3),
                72,
                Duration.ofDays(365),
                Set.of("calls"),
                new LicenseLimits(30, 600)),
            clock);
    office =
        Office.open(
                VERTX,
                DATABASE.store(),
                fleet,
                new AuditLog(DATABASE.store(), clock),
                new OfficeSettings("127.0.0.1", 0, directory, Optional.empty(), true),
                clock)
            .await(30, TimeUnit.SECONDS);
    for (String line : Files.readAllLines(directory.resolve("first-passwords"))) {
      String[] words = line.split(" ", 3);
      HttpResponse<String> signedIn =
          send(
              to("/session", "")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(words[0], words[2]))));
      COOKIES.put(
          words[1], signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0]);
    }
  }

  @AfterAll
  static void close() throws Exception {
    HTTP.close();
    office.close();
    VERTX.close().await(10, TimeUnit.SECONDS);
    DATABASE.close();
  }

  /// Every operation of the contract by every role: refused where the table says so, and anything
  /// but refused where it does not.
  @TestFactory
  @Tag("PLT-18")
  Stream<DynamicTest> letsEachRoleDoWhatTheTableSaysAndNothingElse() {
    AccessTable table = Office.access();
    return Door.operations(VERTX, "openapi/central.yaml").stream()
        .filter(operation -> !List.of("signIn", "signOut", "live").contains(operation.id()))
        .flatMap(operation ->
            ROLES.stream()
                .map(role ->
                    DynamicTest.dynamicTest(
                        operation.id() + " by " + role,
                        () -> {
                          String path =
                              operation
                                  .path()
                                  .replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
                          int status = ask(role, operation.method(), path, "").statusCode();
                          if (table.allows(operation.id(), role)) {
                            assertThat(status).isNotIn(401, 403).isLessThan(500);
                          } else {
                            assertThat(status).isEqualTo(403);
                          }
                        })));
  }

  @Test
  void makesTicketsWithoutMoneyAndShowsThemOnce() {
    String order = "{\"organisation\":\"ACME\",\"site\":\"Almaty\"%s}";

    HttpResponse<String> made = ask("FLEET", "POST", "/claims", order.formatted(""));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(made.body()).contains("\"ticket\":\"QN1-", "\"state\":\"OPEN\"");
    assertThat(ask("AUDITOR", "GET", "/claims", "").body()).contains("ACME").doesNotContain("QN1-");
    HttpResponse<String> withMoney =
        ask("FLEET", "POST", "/claims", order.formatted(",\"creditTiyn\":1"));
    assertThat(withMoney.statusCode()).isEqualTo(403);
    assertThat(withMoney.body()).contains("CREDIT_NEEDS_BILLING");
  }

  @Test
  @Tag("PLT-18")
  void whatIsDoneStandsInTheAuditLogOfWhoMaySeeIt() {
    String box = "/boxes/" + UUID.randomUUID();
    assertThat(
            ask(
                    "BILLING",
                    "POST",
                    box + "/credits",
                    "{\"amountTiyn\":4200,\"key\":\"%s\",\"reason\":\"invoice 7\"}"
                        .formatted(UUID.randomUUID()))
                .statusCode())
        .isEqualTo(404);
    assertThat(ask("FLEET", "POST", box + "/revocation", "{\"reason\":\"stolen\"}").statusCode())
        .isEqualTo(404);

    assertThat(ask("BILLING", "GET", "/audit?area=MONEY", "").body())
        .contains("CREDIT_GRANTED", "amountTiyn=4200", "invoice 7", "\"ending\":\"NOT_FOUND\"")
        .doesNotContain("CERTIFICATE_REVOKED");
    assertThat(ask("FLEET", "GET", "/audit?size=200", "").body())
        .contains("CERTIFICATE_REVOKED", "stolen")
        .doesNotContain("CREDIT_GRANTED");
    assertThat(ask("AUDITOR", "GET", "/audit?size=200", "").body())
        .contains("CERTIFICATE_REVOKED", "CREDIT_GRANTED", "SIGNED_IN");
    assertThat(ask("AUDITOR", "GET", "/audit/verification", "").body()).contains("\"sound\":true");
    assertThat(ask("AUDITOR", "GET", "/audit.csv?area=MONEY", "").body()).contains("invoice 7");
  }

  @Test
  void knowsNoBoxThatIsNotThere() {
    String box = "/boxes/" + UUID.randomUUID();
    assertThat(ask("AUDITOR", "GET", box, "").statusCode()).isEqualTo(404);
    assertThat(ask("AUDITOR", "GET", box + "/usage", "").statusCode()).isEqualTo(404);
    assertThat(ask("AUDITOR", "GET", box + "/timeline", "").statusCode()).isEqualTo(404);
    assertThat(
            ask(
                    "BILLING",
                    "POST",
                    box + "/credits",
                    "{\"amountTiyn\":100,\"key\":\"%s\",\"reason\":\"paid\"}"
                        .formatted(UUID.randomUUID()))
                .statusCode())
        .isEqualTo(404);
    assertThat(ask("FLEET", "POST", box + "/revocation", "{\"reason\":\"stolen\"}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void showsAnEmptyFleet() {
    assertThat(ask("AUDITOR", "GET", "/fleet", "").body()).contains("\"boxes\":0");
    assertThat(ask("AUDITOR", "GET", "/boxes?state=ONLINE&search=x", "").body()).isEqualTo("[]");
    assertThat(ask("AUDITOR", "GET", "/usage?hours=24", "").statusCode()).isEqualTo(200);
    assertThat(ask("AUDITOR", "GET", "/usage?hours=0", "").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> ask(String role, String method, String path, String json) {
    return send(
        to(path, Optional.ofNullable(COOKIES.get(role)).orElseThrow())
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
  }

  private static HttpRequest.Builder to(String path, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + office.port() + "/api" + path))
            .timeout(Duration.ofSeconds(30))
            .header("X-Requested-With", "qonyrau")
            .header("Content-Type", "application/json");
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
