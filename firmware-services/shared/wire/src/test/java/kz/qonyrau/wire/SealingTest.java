package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is sealed is read by the one for whom it was, for the purpose for which it was, unchanged.
@Tag("PLT-24")
class SealingTest {

  private static final byte[] NUMBER = "+77000000001".getBytes(UTF_8);

  private final OpeningKey box = OpeningKey.random();
  private final OpeningKey central = OpeningKey.random();

  @Test
  void whoHasTheKeyReadsIt() {
    String sealed = box.sealing().seal(NUMBER, "case/1");

    assertThat(box.open(sealed, "case/1")).isEqualTo(NUMBER);
    assertThat(sealed).doesNotContain("77000000001");
    assertThat(box.sealing().seal(NUMBER, "case/1")).isNotEqualTo(sealed);
    assertThat(box.open(box.sealing().seal(new byte[0], ""), "")).isEmpty();
  }

  @Test
  void nobodyElseAndForNothingElse() {
    String sealed = box.sealing().seal(NUMBER, "case/1");

    assertThatThrownBy(() -> central.open(sealed, "case/1"))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> box.open(sealed, "case/2"))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("sealed");
  }

  @Test
  void keysAreKeptAsText() {
    OpeningKey again = OpeningKey.parse(box.text());

    assertThat(again.sealing().text()).isEqualTo(box.sealing().text()).hasSize(44);
    assertThat(again.open(box.sealing().seal(NUMBER, "x"), "x")).isEqualTo(NUMBER);
    assertThat(box.toString()).doesNotContain(box.text());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aChangeOfAnyBitIsNoticed(long seed) {
    Random random = new Random(seed);
    byte[] sealed = Base64.getDecoder().decode(box.sealing().seal(NUMBER, "case/1"));
    for (int round = 0; round < 100; round++) {
      byte[] changed = sealed.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      String text = Base64.getEncoder().encodeToString(changed);
      // The last bit of an X25519 point does not count.
      if (changed[31] != sealed[31] && (changed[31] ^ sealed[31]) == (byte) 0x80) {
        continue;
      }
      assertThatThrownBy(() -> box.open(text, "case/1"))
          .isInstanceOf(MalformedMessageException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not Base64!",
        "AAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
      })
  void whatIsNothingSealedIsRefused(String text) {
    assertThatThrownBy(() -> box.open(text, "case/1"))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void aKeyOfNoUseIsRefused() {
    assertThatThrownBy(() -> SealingKey.parse("AAAA"))
        .isInstanceOf(MalformedMessageException.class);
    assertThatThrownBy(() -> SealingKey.parse("?")).isInstanceOf(MalformedMessageException.class);
  }
}
