package kz.qonyrau.office;

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
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.BoxesOfFleet;
import kz.qonyrau.fleet.CustomersOfFleet;
import kz.qonyrau.fleet.EnrolmentResult;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetSettings;
import kz.qonyrau.fleet.Notices;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.LicenseLimits;

/// An office that is open, with one person of each role signed in, and no box.
final class StagedOffice implements AutoCloseable {

  /// Asks for a certificate for a key that nobody has any more.
  private static final String CSR =
      """
      -----BEGIN CERTIFICATE REQUEST-----
      MIHGMG4CAQAwDDEKMAgGA1UEAwwBeDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
      BGB1Vdp0L0M/lUv1w2mVxlT5QNihHLjCuWJbk8SvqdrbMBMB7zJE/NxTnlgqqiv0
      Aw3pc9mNIwFX0iyfpRu7XxWgADAKBggqhkjOPQQDAgNIADBFAiEAuEtR6/0rT9Li
      1WWK4zf8QTzefTJJnFjQx908kiSpwUACIG9FMaJdQ58hVUeLFoSvAsO02YoMPrWH
      Hs7Y4cuk7U+a
      -----END CERTIFICATE REQUEST-----
      """;

  final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  final Cases cases;
  final Inquiries inquiries;
  final Promotions promotions;
  final Fleet fleet;

  private final TemporaryStore database =
      TemporaryStore.with("OUTBOX", "AUDIT", "LEDGER", "BILLING", "CASES", "FLEET", "OFFICE");
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> cookies = new HashMap<>();
  private final Office office;

  StagedOffice(Path directory) throws Exception {
    Ledger ledger = new Ledger(database.store(), clock);
    Notices notices = new Notices(clock);
    Billing billing = new Billing(database.store(), ledger, Fleet::ownerOf, notices, clock);
    var _ = billing.start(Optional.of(list("v1", "12.00"))).await(30, TimeUnit.SECONDS);
    Authority authority = Authority.open(directory.resolve("keys"), clock, new SecureRandom());
    cases = new Cases(database.store(), new CustomersOfFleet(), authority.caseKey(), clock);
    inquiries =
        new Inquiries(database.store(), cases, new BoxesOfFleet(), authority.caseKey(), clock);
    promotions = new Promotions(database.store(), Fleet::ownerOf, authority.caseKey(), clock);
    fleet =
        new Fleet(
            database.store(),
            ledger,
            billing,
            cases,
            inquiries,
            promotions,
            authority,
            notices,
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
                vertx,
                database.store(),
                fleet,
                billing,
                cases,
                inquiries,
                promotions,
                new AuditLog(database.store(), clock),
                new OfficeSettings("127.0.0.1", 0, directory, Optional.empty(), true),
                clock)
            .await(30, TimeUnit.SECONDS);
    for (String line : Files.readAllLines(directory.resolve("first-passwords"))) {
      String[] words = line.split(" ", 3);
      HttpResponse<byte[]> signedIn =
          send(
              to("/session", "")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"login\":\"%s\",\"password\":\"%s\"}".formatted(words[0], words[2]))));
      cookies.put(
          words[0].equals("approver") ? "APPROVER" : words[1],
          signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0]);
    }
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() throws TimeoutException {
    http.close();
    office.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    database.close();
  }

  static String list(String version, String price) {
    return """
    {"version": "%s", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "CALL_TIME", "price": "%s", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(version, price);
  }

  /// What somebody was answered.
  record Reply(int statusCode, String body) {}

  Reply ask(String role, String method, String path, String json) {
    HttpResponse<byte[]> response = fetch(role, method, path, json);
    return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
  }

  /// What somebody is answered who is not signed in.
  Reply anybody(String method, String path, String json) {
    HttpResponse<byte[]> response =
        send(
            to(path, "")
                .method(
                    method,
                    json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    return new Reply(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
  }

  HttpResponse<byte[]> fetch(String role, String method, String path, String json) {
    return send(
        to(path, Optional.ofNullable(cookies.get(role)).orElseThrow())
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
  }

  /// Makes a customer.
  ///
  /// @return his id
  String customer(String name) {
    var _ =
        ask(
            "FLEET",
            "POST",
            "/claims",
            "{\"organisation\":\"%s\",\"site\":\"Oral\"}".formatted(name));
    return accountOf(name);
  }

  /// Has a box enrolled.
  ///
  /// @return its id
  String box(String customer) {
    String ticket =
        ask(
                "FLEET",
                "POST",
                "/claims",
                "{\"organisation\":\"%s\",\"site\":\"Oral\"}".formatted(customer))
            .body()
            .replaceFirst(".*\"ticket\":\"(QN1-[^\"]+)\".*", "$1");
    KeyPair device = DocumentSigner.newKeyPair();
    EnrolmentRequest request =
        EnrolmentRequest.prove(
            ClaimTicket.parse(ticket).code(),
            CSR,
            new DocumentVerifier(device.getPublic()).text(),
            "QB-1",
            "0.1.0",
            new DocumentSigner(device.getPrivate()));
    if (!(Eventually.answer(fleet.enrol(request))
        instanceof EnrolmentResult.Admitted(EnrolmentReply reply))) {
      throw new AssertionError("not admitted");
    }
    return reply.boxId().value();
  }

  String accountOf(String name) {
    return ask("AUDITOR", "GET", "/accounts", "")
        .body()
        .replaceFirst(".*\"id\":\"([0-9a-f-]{36})\",\"name\":\"" + name + "\".*", "$1");
  }

  private HttpRequest.Builder to(String path, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + office.port() + "/api" + path))
            .timeout(Duration.ofSeconds(30))
            .header("X-Requested-With", "qonyrau")
            .header("Content-Type", "application/json");
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
