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
import kz.qonyrau.billing.Billing;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetSettings;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
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
      TemporaryStore.with("OUTBOX", "AUDIT", "LEDGER", "BILLING", "FLEET", "OFFICE");
  private static final Vertx VERTX = Vertx.vertx();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Map<String, String> COOKIES = new HashMap<>();

  @TempDir private static Path directory;
  private static Office office;

  @BeforeAll
  static void open() throws Exception {
    SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
    Ledger ledger = new Ledger(DATABASE.store(), clock);
    Billing billing = new Billing(DATABASE.store(), ledger, Fleet::ownerOf, clock);
    var _ = billing.start(Optional.of(list("v1", "12.00"))).await(30, TimeUnit.SECONDS);
    Fleet fleet =
        new Fleet(
            DATABASE.store(),
            ledger,
            billing,
            Authority.open(directory.resolve("keys"), clock, new SecureRandom()),
            new FleetSettings(
                "localhost",
                Duration.ofDays(90),
                Duration.ofDays(7),
                Tenge.of("1000.00"),
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
                billing,
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
          words[0].equals("approver") ? "APPROVER" : words[1],
          signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0]);
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
    assertThat(ask("FLEET", "POST", "/claims", order.formatted(",\"creditTiyn\":1")).statusCode())
        .isEqualTo(400);
  }

  @Test
  @Tag("PLT-18")
  void whatIsDoneStandsInTheAuditLogOfWhoMaySeeIt() {
    String box = "/boxes/" + UUID.randomUUID();
    assertThat(topUp("/accounts/" + UUID.randomUUID(), "invoice 7", 4200).statusCode())
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
    assertThat(ask("AUDITOR", "GET", box + "/statements", "").statusCode()).isEqualTo(404);
    assertThat(
            ask("FLEET", "POST", box + "/commands", "{\"order\":\"RESTART\",\"reason\":\"hangs\"}")
                .statusCode())
        .isEqualTo(404);
    assertThat(ask("FLEET", "POST", box + "/revocation", "{\"reason\":\"stolen\"}").statusCode())
        .isEqualTo(404);
  }

  private static HttpResponse<String> topUp(String account, String reference, long tiyn) {
    return ask(
        "BILLING",
        "POST",
        account + "/top-ups",
        "{\"wallet\":\"AUTOCALL\",\"amountTiyn\":%d,\"key\":\"%s\",\"reference\":\"%s\"}"
            .formatted(tiyn, UUID.randomUUID(), reference));
  }

  private static String list(String version, String price) {
    return """
    {"version": "%s", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "CALL_TIME", "price": "%s", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(version, price);
  }

  @Test
  @Tag("SH-BAL-17")
  @Tag("SH-TAR-02")
  @Tag("SH-TAR-06")
  void twoPeoplePublishAListAndThePaymentAfterItPinsTheCustomer() {
    var _ = ask("FLEET", "POST", "/claims", "{\"organisation\":\"Qala\",\"site\":\"Oral\"}");
    String account = "/accounts/" + accountOf("Qala");
    assertThat(topUp(account, "invoice 1", 600_000).body())
        .contains("\"freeTiyn\":600000", "\"pinned\":{\"version\":\"v1\"");
    HttpResponse<String> proposed =
        ask(
            "BILLING",
            "POST",
            "/proposals",
            "{\"kind\":\"PUBLICATION\",\"reason\":\"autumn\",\"list\":\"%s\"}"
                .formatted(list("v2", "15.00").replace("\"", "\\\"").replace("\n", " ")));
    assertThat(proposed.statusCode()).as(proposed.body()).isEqualTo(201);
    String decision =
        "/proposals/"
            + proposed.body().replaceFirst(".*\"id\":\"([0-9a-f-]{36})\".*", "$1")
            + "/decision";

    HttpResponse<String> alone = ask("BILLING", "POST", decision, "{\"decision\":\"APPROVED\"}");
    assertThat(alone.statusCode()).isEqualTo(403);
    assertThat(alone.body()).contains("WRONG_PERSON");
    assertThat(ask("APPROVER", "POST", decision, "{\"decision\":\"APPROVED\"}").body())
        .contains("\"state\":\"APPROVED\"", "\"decidedBy\":\"approver\"");

    assertThat(ask("AUDITOR", "GET", account, "").body())
        .contains("\"pinned\":{\"version\":\"v1\"", "\"published\":{\"version\":\"v2\"");
    assertThat(topUp(account, "invoice 2", 1).body()).contains("\"pinned\":{\"version\":\"v2\"");
    assertThat(ask("AUDITOR", "GET", "/tariffs", "").body()).contains("\"v1\"", "\"v2\"");
    assertThat(ask("AUDITOR", "GET", "/audit?area=MONEY", "").body())
        .contains("MEASURE_PROPOSED", "MEASURE_DECIDED", "\"ending\":\"WRONG_PERSON\"");
  }

  private static String accountOf(String name) {
    return ask("AUDITOR", "GET", "/accounts", "")
        .body()
        .replaceFirst(".*\"id\":\"([0-9a-f-]{36})\",\"name\":\"" + name + "\".*", "$1");
  }

  @Test
  void namesWhatIsMissingInAProposal() {
    HttpResponse<String> answer =
        ask("BILLING", "POST", "/proposals", "{\"kind\":\"PENALTY\",\"reason\":\"clause\"}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("FIELD_MISSING", "organisationId");
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
