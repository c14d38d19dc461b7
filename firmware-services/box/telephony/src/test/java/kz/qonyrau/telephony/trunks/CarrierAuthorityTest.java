package kz.qonyrau.telephony.trunks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.telephony.trunks.CarrierAuthority.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What technicians paste as a carrier's authority, and what others might.
class CarrierAuthorityTest {

  private static final Issued ONE = Issued.authority("One");

  private static String refused(String pasted) {
    return ((Reading.Refused) CarrierAuthority.read(pasted, Instant.now())).code();
  }

  private static CarrierAuthority read(String pasted) {
    return ((Reading.Read) CarrierAuthority.read(pasted, Instant.now())).authority();
  }

  @Test
  void keepsTheCertificatesAloneHoweverTheyAreLaidOut() {
    String two = Issued.authority("Two").pem();

    CarrierAuthority kept = read(" \r\n" + ONE.pem().replace("\n", "\r\n") + "\n\n" + two + "\t");

    assertThat(kept.pem()).isEqualTo(ONE.pem() + two);
    assertThat(kept.certificates()).hasSize(2).contains(ONE.certificate());
    assertThat(new CarrierAuthority(kept.pem())).isEqualTo(kept);
  }

  @Test
  void refusesAPrivateKeyWhereverItStandsAndDoesNotRepeatIt() {
    for (String pasted :
        new String[] {
          ONE.privatePem(),
          ONE.pem() + ONE.privatePem(),
          ONE.privatePem() + "x".repeat(20_000),
          ONE.privatePem().replace("PRIVATE KEY", "RSA PRIVATE KEY"),
          ONE.privatePem().replace("PRIVATE KEY", "Encrypted Private Key"),
        }) {
      Reading.Refused found = (Reading.Refused) CarrierAuthority.read(pasted, Instant.now());
      assertThat(found.code()).isEqualTo("PRIVATE_KEY");
      assertThat(found.fix()).doesNotContain(ONE.privatePem().substring(40, 80));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "MIIB",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n====\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n\u0000\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "/etc/passwd",
      })
  void refusesWhatIsNoCertificate(String pasted) {
    assertThat(refused(pasted)).isEqualTo("NOT_CERTIFICATES");
  }

  @Test
  void refusesWhatStandsBesideACertificate() {
    assertThat(refused(ONE.pem() + "[udp]\ntype = transport\n")).isEqualTo("NOT_CERTIFICATES");
    assertThat(refused("subject=One\n" + ONE.pem())).isEqualTo("NOT_CERTIFICATES");
    assertThat(refused(ONE.pem() + "-----BEGIN CERTIFICATE-----")).isEqualTo("NOT_CERTIFICATES");
    assertThat(refused(ONE.pem().substring(0, 200))).isEqualTo("NOT_CERTIFICATES");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CarrierAuthority(ONE.pem() + "\n[udp]"));
  }

  @Test
  void refusesTooMuch() {
    assertThat(refused(ONE.pem().repeat(11))).isEqualTo("NOT_CERTIFICATES");
    assertThat(refused("A".repeat(CarrierAuthority.LONGEST + 1))).isEqualTo("TOO_LONG");
  }

  @Test
  void refusesAServersCertificateAndOneThatHasExpired() {
    assertThat(refused(ONE.pem() + ONE.server("127.0.0.1").pem())).isEqualTo("NO_AUTHORITY");
    assertThat(refused(Issued.authority("Old", Instant.now().minus(Duration.ofDays(2))).pem()))
        .isEqualTo("EXPIRED");
  }
}
