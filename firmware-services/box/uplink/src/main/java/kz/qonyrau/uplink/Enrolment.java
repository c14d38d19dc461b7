package kz.qonyrau.uplink;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.Refusal;
import kz.qonyrau.wire.TlsIdentity;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// How this box comes to be who it is. Its keys are made here and never leave; only the certificate
/// request and the public half of the device key do (PLT-08).
///
/// Everything is kept in files in one directory that only this program's user may read. The request
/// is written down before it is sent, so after a crash at any moment the same request is sent again
/// and central gives the same answer.
///
/// Not safe for use by two threads at once.
public final class Enrolment {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 64 * 1024;

  private final Path directory;
  private final URI central;
  private final String serial;
  private final String version;

  /// Keeps the files in `directory`, which is made if it is missing.
  ///
  /// @param central where central's enrolment door is
  /// @param serial what is printed on the box, 1 to 64 letters, digits and `._-`
  /// @param version of the box's program
  public Enrolment(Path directory, URI central, String serial, String version) {
    this.directory = directory;
    this.central = central;
    this.serial = serial;
    this.version = version;
  }

  /// Who this box is, if it was enrolled before.
  ///
  /// @throws IllegalStateException if the files are there but damaged
  public Optional<BoxIdentity> identity() {
    if (!Files.exists(file("enrolled.json"))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          identity(
              EnrolmentReply.parse(
                  PrivateFiles.read(file("enrolled.json")).getBytes(StandardCharsets.UTF_8))));
    } catch (MalformedMessageException damaged) {
      throw new IllegalStateException(
          "the box's identity in " + directory + " is damaged: restore it or enrol anew", damaged);
    }
  }

  /// Asks central to admit this box. Blocks for at most some 30 s.
  public EnrolmentAnswer claim(ClaimTicket ticket) {
    Optional<BoxIdentity> already = identity();
    if (already.isPresent()) {
      return new EnrolmentAnswer.Enrolled(already.get());
    }
    prepare();
    HttpRequest request =
        HttpRequest.newBuilder(central.resolve("/enrol"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(request(ticket).bytes()))
            .build();
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(pinning(ticket))
            .build()) {
      HttpResponse<byte[]> response =
          http.send(
              request,
              HttpResponse.BodyHandlers.limiting(
                  HttpResponse.BodyHandlers.ofByteArray(), LONGEST_ANSWER));
      return switch (response.statusCode()) {
        case 200 -> accept(ticket, response.body());
        case 400, 403, 409, 413 -> new EnrolmentAnswer.Refused(Refusal.parse(response.body()));
        default -> new EnrolmentAnswer.Unreachable("HTTP status " + response.statusCode());
      };
    } catch (MalformedMessageException malformed) {
      return new EnrolmentAnswer.Unreachable("an answer that cannot be read: " + malformed.why());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new EnrolmentAnswer.Unreachable("interrupted");
    } catch (IOException failure) {
      return isWrongProvider(failure)
          ? new EnrolmentAnswer.WrongProvider()
          : new EnrolmentAnswer.Unreachable(failure.getClass().getSimpleName());
    }
  }

  private static boolean isWrongProvider(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PinnedAuthority.WrongProviderException) {
        return true;
      }
    }
    return false;
  }

  private EnrolmentRequest request(ClaimTicket ticket) {
    return EnrolmentRequest.prove(
        ticket.code(),
        PrivateFiles.read(file("request.csr")),
        PrivateFiles.read(file("device.pub")).strip(),
        serial,
        version,
        deviceSigner());
  }

  private EnrolmentAnswer accept(ClaimTicket ticket, byte[] body) {
    EnrolmentReply reply = EnrolmentReply.parse(body);
    BoxIdentity identity = identity(reply);
    X509Certificate own = identity.tls().chain().getFirst();
    if (!ClaimTicket.fingerprintOf(identity.authority().getPublicKey())
        .equals(ticket.fingerprint())) {
      return new EnrolmentAnswer.WrongProvider();
    }
    try {
      own.verify(identity.authority().getPublicKey());
    } catch (GeneralSecurityException _) {
      throw new MalformedMessageException("certificate", "is not signed by the provider");
    }
    if (!own.getSubjectX500Principal().equals(new X500Principal("CN=" + reply.boxId()))
        || !own.getPublicKey().equals(requestedKey())) {
      throw new MalformedMessageException("certificate", "is not for this box");
    }
    PrivateFiles.write(file("enrolled.json"), reply.bytes());
    return new EnrolmentAnswer.Enrolled(identity);
  }

  private BoxIdentity identity(EnrolmentReply reply) {
    X509Certificate authority = Pem.certificate(reply.authority());
    return new BoxIdentity(
        reply.boxId(),
        reply.organisation(),
        new TlsIdentity(
            Pem.privateKey(PrivateFiles.read(file("tls.key")), "EC"),
            List.of(Pem.certificate(reply.certificate()), authority)),
        authority,
        deviceSigner(),
        DocumentVerifier.parse(reply.documentKey()),
        reply.brokerHost(),
        reply.brokerPort());
  }

  private DocumentSigner deviceSigner() {
    return new DocumentSigner(Pem.privateKey(PrivateFiles.read(file("device.key")), "Ed25519"));
  }

  /// Makes the keys and the request, once. The request is written last and marks them as whole.
  private void prepare() {
    PrivateFiles.makeDirectory(directory);
    if (Files.exists(file("request.csr"))) {
      return;
    }
    KeyPair tls = newTlsKeys();
    KeyPair device = DocumentSigner.newKeyPair();
    try {
      byte[] csr =
          new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=box"), tls.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(tls.getPrivate()))
              .getEncoded();
      PrivateFiles.write(file("tls.key"), Pem.bytes(Pem.privateKey(tls.getPrivate())));
      PrivateFiles.write(file("device.key"), Pem.bytes(Pem.privateKey(device.getPrivate())));
      PrivateFiles.write(
          file("device.pub"), Pem.bytes(new DocumentVerifier(device.getPublic()).text() + "\n"));
      PrivateFiles.write(file("request.csr"), Pem.bytes(Pem.encode(Pem.CERTIFICATE_REQUEST, csr)));
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("cannot make a certificate request", e);
    }
  }

  private PublicKey requestedKey() {
    try {
      return new JcaPKCS10CertificationRequest(
              Pem.decode(Pem.CERTIFICATE_REQUEST, PrivateFiles.read(file("request.csr"))))
          .getPublicKey();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the box's own request is damaged", e);
    }
  }

  private static KeyPair newTlsKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no P-256", e);
    }
  }

  private static SSLContext pinning(ClaimTicket ticket) {
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {new PinnedAuthority(ticket.fingerprint())}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS 1.3", e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name);
  }
}
