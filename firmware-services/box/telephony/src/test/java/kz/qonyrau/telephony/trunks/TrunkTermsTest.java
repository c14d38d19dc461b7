package kz.qonyrau.telephony.trunks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.telephony.trunks.TrunkTerms.Codec;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.telephony.trunks.TrunkTerms.Media;
import kz.qonyrau.telephony.trunks.TrunkTerms.Transport;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing that people type leaves its line in Asterisk's configuration.
class TrunkTermsTest {

  static TrunkTerms terms(String name, String host, Optional<Login> login, int channels) {
    return new TrunkTerms(
        name,
        host,
        5060,
        Transport.UDP,
        Media.PLAIN,
        Optional.empty(),
        login,
        List.of(Codec.ALAW),
        channels,
        new BigDecimal("1.5"),
        1,
        new Msisdn("+77172000000"),
        true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a\r\nhost", "host;x", "[::1]", "-x", "h h", "host\n", "a,b", "a/b", "#try"})
  void refusesAHostThatWouldChangeTheConfiguration(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms("Carrier", host, Optional.empty(), 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "p\nsecret=x", "p\r", "p;comment", "p w", "пароль", "p\n"})
  void refusesAPasswordThatWouldChangeTheConfigurationAndDoesNotRepeatIt(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Login("box", password))
        .withMessageNotContaining("secret");
    assertThatIllegalArgumentException().isThrownBy(() -> new Login("b]\n[x" + password, "p"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "a\nb", "<b>", "a;b", "x ", "a\u202eb"})
  void refusesANameThatNobodyCouldRead(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> terms(name, "sip.kz", Optional.empty(), 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.0001", "0.00001", "10000", "1E9"})
  void refusesAPriceThatIsNone(String price) {
    assertThat(TrunkTerms.isPrice(new BigDecimal(price))).isFalse();
  }

  @Test
  void takesNamesInEveryLanguageOfThePages() {
    assertThat(terms("Қазақтелеком (2)", "sip.kz", Optional.empty(), 1).name()).startsWith("Қ");
  }

  @Test
  void neverShowsThePassword() {
    assertThat(terms("A", "sip.kz", Optional.of(new Login("box", "hidden")), 1).toString())
        .doesNotContain("hidden");
  }

  @Test
  void protectsSpeechOnlyTogetherWithSignalling() {
    Optional<CarrierAuthority> none = Optional.empty();
    Optional<CarrierAuthority> one =
        Optional.of(new CarrierAuthority(Issued.authority("One").pem()));
    assertThat(over(Transport.TLS, Media.SRTP, one).media()).isEqualTo(Media.SRTP);
    for (Transport clear : new Transport[] {Transport.UDP, Transport.TCP}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> over(clear, Media.SRTP, none))
          .withMessageContaining("SRTP needs TLS");
      assertThatIllegalArgumentException().isThrownBy(() -> over(clear, Media.PLAIN, one));
    }
  }

  private static TrunkTerms over(
      Transport transport, Media media, Optional<CarrierAuthority> authority) {
    return new TrunkTerms(
        "Carrier",
        "sip.kz",
        5061,
        transport,
        media,
        authority,
        Optional.empty(),
        List.of(Codec.ALAW),
        10,
        BigDecimal.ZERO,
        1,
        new Msisdn("+77172000000"),
        true);
  }
}
