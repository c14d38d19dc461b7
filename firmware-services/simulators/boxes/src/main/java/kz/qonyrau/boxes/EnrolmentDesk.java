package kz.qonyrau.boxes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.Refusal;
import kz.qonyrau.wire.TlsIdentity;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Makes keys and has central admit boxes with them. Safe for any thread.
final class EnrolmentDesk implements AutoCloseable {

  private static final String VERSION = "0.1.0";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final URI door;
  private final HttpClient http;

  private EnrolmentDesk(URI door, HttpClient http) {
    this.door = door;
    this.http = http;
  }

  /// Goes to the door and looks whether the provider is there whom the ticket names; from then on
  /// believes that one alone.
  ///
  /// @throws IllegalStateException if it is not
  static EnrolmentDesk at(URI door, ClaimTicket ticket) {
    try {
      X509Certificate authority =
          shown(door).stream()
              .filter(link ->
                  ClaimTicket.fingerprintOf(link.getPublicKey()).equals(ticket.fingerprint()))
              .filter(link -> link.getBasicConstraints() >= 0)
              .findFirst()
              .orElseThrow(() ->
                  new IllegalStateException(
                      "whoever answers at " + door + " is not the provider that the ticket names"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(TlsIdentity.trustStore(authority));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return new EnrolmentDesk(
          door,
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(PATIENCE)
              .followRedirects(HttpClient.Redirect.NEVER)
              .sslContext(context)
              .build());
    } catch (IOException failure) {
      throw new UncheckedIOException("nobody answers at " + door, failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("this Java runtime has no TLS 1.3", failure);
    }
  }

  /// The certificates that the door shows. Nothing is told to it.
  private static List<X509Certificate> shown(URI door)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new Looking()}, null);
    int port = door.getPort() < 0 ? 443 : door.getPort();
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(door.getHost(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.startHandshake();
      return Arrays.stream(socket.getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  /// Only looks: what it saw is judged afterwards.
  private static final class Looking implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /// Makes the keys of one box and enrols it. A lost answer is asked for again with the same keys.
  /// Where central admits only so many requests a minute, this waits.
  ///
  /// @throws IllegalStateException if central refuses
  Identity enrol(String serial, ClaimTicket ticket) {
    KeyPair tls = newTlsKeys();
    KeyPair device = DocumentSigner.newKeyPair();
    EnrolmentRequest request =
        EnrolmentRequest.prove(
            ticket.code(),
            certificateRequest(tls),
            new DocumentVerifier(device.getPublic()).text(),
            serial,
            VERSION,
            new DocumentSigner(device.getPrivate()));
    EnrolmentReply reply = EnrolmentReply.parse(post(serial, request.bytes()));
    requireCertified(serial, reply, tls.getPublic());
    return new Identity(
        serial, Pem.privateKey(tls.getPrivate()), Pem.privateKey(device.getPrivate()), reply);
  }

  private byte[] post(String serial, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(door.resolve("/enrol"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    long end = System.nanoTime() + LONGEST.toNanos();
    String last = "";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        switch (response.statusCode()) {
          case 200 -> {
            return response.body();
          }
          case 429, 503 -> last = "status " + response.statusCode();
          default ->
              throw new IllegalStateException(
                  "central refuses " + serial + ": " + Refusal.parse(response.body()));
        }
      } catch (IOException failure) {
        last = failure.toString();
      } catch (InterruptedException failure) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", failure);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException(
        serial
            + " was not enrolled within "
            + LONGEST.toMinutes()
            + " min, the last answer was "
            + last
            + "; central's enrolment.requests-per-minute-and-address may be too low");
  }

  private static void requireCertified(String serial, EnrolmentReply reply, PublicKey own) {
    X509Certificate certificate = Pem.certificate(reply.certificate());
    try {
      certificate.verify(Pem.certificate(reply.authority()).getPublicKey());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(
          "the certificate of " + serial + " is not signed by the provider", failure);
    }
    if (!certificate.getSubjectX500Principal().equals(new X500Principal("CN=" + reply.boxId()))
        || !certificate.getPublicKey().equals(own)) {
      throw new IllegalStateException("the certificate of " + serial + " is another box's");
    }
  }

  private static KeyPair newTlsKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("this Java runtime has no P-256", failure);
    }
  }

  private static String certificateRequest(KeyPair keys) {
    try {
      return Pem.encode(
          Pem.CERTIFICATE_REQUEST,
          new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=box"), keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded());
    } catch (OperatorCreationException | IOException failure) {
      throw new IllegalStateException("cannot make a certificate request", failure);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
