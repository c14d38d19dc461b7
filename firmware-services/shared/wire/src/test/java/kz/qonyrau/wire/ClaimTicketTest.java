package kz.qonyrau.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTicketTest {

  private static final KeyPair PROVIDER = DocumentSigner.newKeyPair();
  private final ClaimTicket ticket = ClaimTicket.random(new SecureRandom(), PROVIDER.getPublic());

  @Test
  void isReadHoweverItWasTyped() {
    String text = ticket.text();

    assertThat(text).matches("QN1(-[0-9A-Z]{4}){8}-[0-9A-Z]{2}");
    assertThat(ClaimTicket.parse(text)).isEqualTo(ticket);
    assertThat(ClaimTicket.parse("  " + text.toLowerCase(Locale.ROOT).replace("-", " ") + "\n"))
        .isEqualTo(ticket);
    assertThat(ClaimTicket.parse("QN1-" + text.substring(4).replace('1', 'l').replace('0', 'O')))
        .isEqualTo(ticket);
    assertThat(ticket.fingerprint()).isEqualTo(ClaimTicket.fingerprintOf(PROVIDER.getPublic()));
  }

  @Test
  void noticesEveryWrongCharacterAndEveryTwoThatChangedPlaces() {
    String text = ticket.text().substring(4).replace("-", "");
    for (int i = 0; i < text.length(); i++) {
      for (char wrong : new char[] {'0', '7', 'A', 'Z'}) {
        String typed = "QN1" + text.substring(0, i) + wrong + text.substring(i + 1);
        if (text.charAt(i) != wrong) {
          assertThatThrownBy(() -> ClaimTicket.parse(typed))
              .isInstanceOf(MalformedMessageException.class);
        }
      }
      if (i + 1 < text.length() && text.charAt(i) != text.charAt(i + 1)) {
        String swapped =
            "QN1"
                + text.substring(0, i)
                + text.charAt(i + 1)
                + text.charAt(i)
                + text.substring(i + 2);
        assertThatThrownBy(() -> ClaimTicket.parse(swapped))
            .isInstanceOf(MalformedMessageException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "QN1", "QN2-0000", "hello", "QN1-UUUU", "QN1-💥"})
  void refusesWhatIsNoTicketWithoutRepeatingIt(String typed) {
    assertThatThrownBy(() -> ClaimTicket.parse(typed))
        .isInstanceOfSatisfying(
            MalformedMessageException.class,
            refusal -> assertThat(refusal.field()).isEqualTo("ticket"));
  }

  @Test
  void doesNotShowItsSecretInALogLine() {
    assertThat(ticket.toString()).doesNotContain(ticket.code());
  }
}
