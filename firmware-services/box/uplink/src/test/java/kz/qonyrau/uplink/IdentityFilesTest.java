package kz.qonyrau.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.Pem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the files of a box tell after a death.
@Tag("PLT-08")
class IdentityFilesTest {

  @TempDir private Path directory;
  private IdentityFiles files;
  private CertificateRequest first;

  @BeforeEach
  void makeKeys() {
    files = new IdentityFiles(directory);
    first = files.first();
  }

  @Test
  void whatWasAskedForIsAskedForAgainTheSame() {
    CertificateRequest next = files.next(first.publicKey());

    assertThat(new IdentityFiles(directory).first()).isEqualTo(first);
    assertThat(new IdentityFiles(directory).next(first.publicKey())).isEqualTo(next);
    assertThat(next.publicKey()).isNotEqualTo(first.publicKey());
  }

  @Test
  void aRequestThatIsAnsweredIsNotSentForTheCertificateAfterIt() {
    CertificateRequest next = files.next(first.publicKey());

    // The box died before it forgot the request, and uses the certificate already.
    CertificateRequest afterwards = files.next(next.publicKey());

    assertThat(afterwards.publicKey()).isNotEqualTo(next.publicKey());
  }

  @Test
  void aRequestWithoutItsMarkIsMadeAnew() throws Exception {
    CertificateRequest next = files.next(first.publicKey());
    Files.delete(directory.resolve("next.csr"));

    assertThat(files.next(first.publicKey())).isNotEqualTo(next);
  }

  @Test
  void whoeverWasNeverEnrolledIsNobody() {
    assertThat(files.identity()).isEmpty();
  }

  private BoxIdentity admitted() throws Exception {
    String certificate = Pem.certificate(SomeCertificate.of(Duration.ofDays(30)));
    files.enrolled(
        new EnrolmentReply(
            BoxId.random(),
            "TOO Alma",
            certificate,
            certificate,
            files.deviceKey(),
            "central.example",
            8883));
    return files.identity().orElseThrow();
  }

  @Test
  @Tag("PLT-24")
  void theKeyThatOpensIsMadeOnceAndIsNobodyElses() throws Exception {
    String made = admitted().opening().text();

    assertThat(new IdentityFiles(directory).identity().orElseThrow().opening().text())
        .isEqualTo(made);
    assertThat(Files.getPosixFilePermissions(directory.resolve("sealing.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  @Tag("PLT-24")
  void anIdentityOfEarlierGetsAKeyThatOpens() throws Exception {
    var _ = admitted();
    Files.delete(directory.resolve("sealing.key"));
    String sealed =
        new IdentityFiles(directory)
            .identity()
            .orElseThrow()
            .opening()
            .sealing()
            .seal(new byte[] {7}, "a test");

    assertThat(
            new IdentityFiles(directory).identity().orElseThrow().opening().open(sealed, "a test"))
        .containsExactly(7);
  }

  @Test
  @Tag("PLT-24")
  void aDamagedKeyIsSaidToBeOne() throws Exception {
    var _ = admitted();
    Files.writeString(directory.resolve("sealing.key"), "AAAA");

    assertThatThrownBy(() -> new IdentityFiles(directory).identity())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void aThirdBeforeItsEndACertificateIsDue() {
    X509Certificate certificate = SomeCertificate.of(Duration.ofDays(30));
    Instant begins = certificate.getNotBefore().toInstant();

    assertThat(Renewal.isDue(certificate, begins.plus(Duration.ofDays(19)))).isFalse();
    assertThat(Renewal.isDue(certificate, begins.plus(Duration.ofDays(21)))).isTrue();
    assertThat(Renewal.isDue(certificate, begins.plus(Duration.ofDays(300)))).isTrue();
  }
}
