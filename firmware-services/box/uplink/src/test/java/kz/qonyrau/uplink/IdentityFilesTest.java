package kz.qonyrau.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
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

  @Test
  void aThirdBeforeItsEndACertificateIsDue() {
    X509Certificate certificate = SomeCertificate.of(Duration.ofDays(30));
    Instant begins = certificate.getNotBefore().toInstant();

    assertThat(Renewal.isDue(certificate, begins.plus(Duration.ofDays(19)))).isFalse();
    assertThat(Renewal.isDue(certificate, begins.plus(Duration.ofDays(21)))).isTrue();
    assertThat(Renewal.isDue(certificate, begins.plus(Duration.ofDays(300)))).isTrue();
  }
}
