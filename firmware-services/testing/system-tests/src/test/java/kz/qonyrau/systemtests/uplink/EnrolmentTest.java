package kz.qonyrau.systemtests.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import kz.qonyrau.fleet.Claim;
import kz.qonyrau.fleet.ClaimOrder;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.uplink.BoxIdentity;
import kz.qonyrau.uplink.Enrolment;
import kz.qonyrau.uplink.EnrolmentAnswer;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a box comes into the fleet, and who does not.
@Tag("PLT-08")
@Timeout(120)
class EnrolmentTest {

  @TempDir private static Path shared;
  private static RunningCentral central;
  @TempDir private Path directory;

  @BeforeAll
  static void startCentral() throws InterruptedException, TimeoutException {
    central = new RunningCentral(shared.resolve("central"));
  }

  @AfterAll
  static void stopCentral() {
    central.close();
  }

  private Enrolment box(String name) {
    return new Enrolment(directory.resolve(name), central.door(), "QB-7", "0.1.0");
  }

  private static Refusal refusal(EnrolmentAnswer answer) {
    if (!(answer instanceof EnrolmentAnswer.Refused(Refusal refusal))) {
      throw new AssertionError("not refused: " + answer);
    }
    return refusal;
  }

  private static BoxIdentity identity(EnrolmentAnswer answer) {
    if (!(answer instanceof EnrolmentAnswer.Enrolled(BoxIdentity identity))) {
      throw new AssertionError("not enrolled: " + answer);
    }
    return identity;
  }

  @Test
  void keysAreMadeOnTheBoxAndNobodyElseMayReadThem() throws IOException {
    Enrolment box = box("box");
    BoxIdentity identity = identity(box.claim(central.ticket("0.00")));

    assertThat(box.identity().orElseThrow().id()).isEqualTo(identity.id());
    assertThat(identity.organisation()).startsWith("Nomad Coffee");
    assertThat(identity.brokerPort()).isEqualTo(central.brokerPort());
    X509Certificate own = identity.tls().chain().getFirst();
    assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=" + identity.id());
    try (Stream<Path> files = Files.list(directory.resolve("box"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
    try (Stream<Path> files = Files.walk(shared.resolve("central/keys"))) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .allMatch(file -> {
            try {
              return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                  .equals("rw-------");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    }
  }

  @Test
  void aBoxThatLostTheAnswerAsksAgainAndGetsTheSame() throws IOException {
    ClaimTicket ticket = central.ticket("70.00");
    BoxIdentity first = identity(box("box").claim(ticket));
    Files.delete(directory.resolve("box/enrolled.json"));

    BoxIdentity again = identity(box("box").claim(ticket));

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.tls().chain()).isEqualTo(first.tls().chain());
    assertThat(
            Eventually.answer(central.fleet().views().box(first.id()))
                .orElseThrow()
                .money()
                .granted())
        .isEqualTo(Tenge.of("70.00"));
  }

  @Test
  void aTicketIsGoodForOneBoxOnly() {
    ClaimTicket ticket = central.ticket("0.00");
    BoxIdentity first = identity(box("first").claim(ticket));

    assertThat(refusal(box("second").claim(ticket)).code()).isEqualTo("CLAIM_USED");
    assertThat(Eventually.answer(central.fleet().claims()))
        .filteredOn(claim -> claim.box().equals(Optional.of(first.id())))
        .singleElement()
        .extracting(Claim::state)
        .isEqualTo(Claim.State.USED);
  }

  @Test
  void aCodeThatWasNeverIssuedIsRefused() {
    ClaimTicket genuine = central.ticket("0.00");
    ClaimTicket guessed = new ClaimTicket("0".repeat(16), genuine.fingerprint());

    Refusal refusal = refusal(box("box").claim(guessed));

    assertThat(refusal.code()).isEqualTo("CLAIM_UNKNOWN");
    assertThat(refusal.field()).contains("claimCode");
  }

  @Test
  void anExpiredTicketIsRefused() {
    ClaimTicket ticket =
        Eventually.answer(
                central
                    .fleet()
                    .issueClaim(
                        new ClaimOrder(
                            "Nomad Coffee",
                            "Aktau",
                            Duration.ofNanos(1),
                            Optional.empty(),
                            "admin")))
            .ticket();

    assertThat(refusal(box("box").claim(ticket)).code()).isEqualTo("CLAIM_EXPIRED");
  }

  @Test
  void nothingIsToldToAServerThatIsNotTheTicketsProvider() {
    ClaimTicket genuine = central.ticket("0.00");
    ClaimTicket anothers = new ClaimTicket(genuine.code(), "0".repeat(16));

    assertThat(box("box").claim(anothers)).isEqualTo(new EnrolmentAnswer.WrongProvider());
    // The code was not used up, so it was not sent.
    assertThat(identity(box("box").claim(genuine)).id()).isNotNull();
  }

  @Test
  void aCentralThatIsNotThereIsUnreachable() {
    Enrolment lost =
        new Enrolment(
            directory.resolve("lost"), java.net.URI.create("https://localhost:1"), "QB-7", "0.1.0");

    assertThat(lost.claim(central.ticket("0.00"))).isInstanceOf(EnrolmentAnswer.Unreachable.class);
  }

  @Test
  void garbageIsRefusedByTheNameOfTheField() throws Exception {
    ClaimTicket ticket = central.ticket("0.00");
    KeyPair device = DocumentSigner.newKeyPair();
    DocumentSigner signer = new DocumentSigner(device.getPrivate());
    String key = new DocumentVerifier(device.getPublic()).text();

    assertRefused(post("not json".getBytes(UTF_8)), 400, "MALFORMED", "enrolment");
    assertRefused(post("{}".getBytes(UTF_8)), 400, "MALFORMED", "claimCode");
    assertRefused(post("[".repeat(5000).getBytes(UTF_8)), 400, "MALFORMED", "enrolment");
    for (String csr :
        List.of(
            "hello",
            "-----BEGIN CERTIFICATE REQUEST-----\n!!!\n-----END CERTIFICATE REQUEST-----",
            "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
            "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----")) {
      byte[] request =
          EnrolmentRequest.prove(ticket.code(), csr, key, "QB-7", "0.1.0", signer).bytes();
      assertRefused(post(request), 400, "MALFORMED", "csr");
    }
    byte[] unproven =
        EnrolmentRequest.prove(
                ticket.code(),
                "x",
                key,
                "QB-7",
                "0.1.0",
                new DocumentSigner(DocumentSigner.newKeyPair().getPrivate()))
            .bytes();
    assertRefused(post(unproven), 403, "PROOF_WRONG", "proof");
    assertThat(post(new byte[EnrolmentRequest.LIMIT_BYTES + 1]).statusCode()).isEqualTo(413);
    assertThat(get("/enrol").statusCode()).isEqualTo(405);
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(identity(box("box").claim(ticket)).id()).isNotNull();
  }

  private static void assertRefused(
      HttpResponse<byte[]> response, int status, String code, String field) {
    assertThat(response.statusCode()).isEqualTo(status);
    Refusal refusal = Refusal.parse(response.body());
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.field()).contains(field);
  }

  private static HttpResponse<byte[]> post(byte[] body) throws Exception {
    return send(
        HttpRequest.newBuilder(central.door().resolve("/enrol"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(central.door().resolve(path)).GET());
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(believingAnyone())
            .build()) {
      return http.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static SSLContext believingAnyone() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new Gullible()}, new SecureRandom());
    return context;
  }

  /// Trusts whoever answers.
  private static final class Gullible extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
