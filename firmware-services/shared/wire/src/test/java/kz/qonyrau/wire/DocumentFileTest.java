package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("PLT-10")
class DocumentFileTest {

  private static final DocumentFile FILE =
      new DocumentFile(
          List.of(
              SignedDocument.sign(
                  Schemas.LICENSE, "{\"version\":1,\"c\":\"Ә\"}", SomeKeys.PROVIDER),
              SignedDocument.sign(Schemas.LEASE, "{}", SomeKeys.PROVIDER)));

  @Test
  void signaturesSurviveTheFile() {
    DocumentFile read = DocumentFile.parse(FILE.write());

    assertThat(read).isEqualTo(FILE);
  }

  @Test
  void isRefusedIfItIsNoTextOrTooLarge() {
    assertThatThrownBy(() -> DocumentFile.parse(new byte[] {(byte) 0xff, (byte) 0xfe, 0}))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(
            () -> DocumentFile.parse(" ".repeat(DocumentFile.LIMIT_BYTES + 1).getBytes(UTF_8)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("larger");
    assertThatThrownBy(() -> DocumentFile.parse(new byte[0]))
        .isInstanceOf(MalformedMessageException.class);
  }

  /// A file whose bytes were damaged is refused as malformed or read as something; it never breaks
  /// the reader.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damageIsRefusedOrReadAndNothingElse(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int n = 0; n < 2000; n++) {
      byte[] bytes = FILE.write();
      for (int hit = 0; hit <= random.nextInt(3); hit++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(DocumentFile.parse(bytes).documents()).isNotEmpty();
      } catch (MalformedMessageException malformed) {
        assertThat(malformed.field()).isNotBlank();
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
