package kz.qonyrau.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  private static final byte[] SECRET = "what was said".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  @Tag("SH-RET-06")
  void makesAKeyThatOnlyItsUserReadsAndKeepsIt() throws IOException {
    byte[] sealed = Vault.open(directory.resolve("keys")).seal(SECRET, "prompt");

    Path key = directory.resolve("keys/recordings.keyset.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(Vault.open(directory.resolve("keys")).open(sealed, "prompt")).isEqualTo(SECRET);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("said");
  }

  @Test
  @Tag("SH-RET-06")
  void refusesWhatWasChangedCutMovedOrSealedElsewhere() throws IOException {
    Vault vault = Vault.open(directory.resolve("keys"));
    Vault other = Vault.open(directory.resolve("other"));
    byte[] sealed = vault.seal(SECRET, "prompt");

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      byte[] cut = Arrays.copyOf(sealed, i);
      assertThatThrownBy(() -> vault.open(changed, "prompt"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vault.open(cut, "prompt"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> vault.open(sealed, "another prompt"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> other.open(sealed, "prompt"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAKeyThatOthersCanReadOrThatIsDamaged() throws IOException {
    var _ = Vault.open(directory);
    Path key = directory.resolve("recordings.keyset.json");
    var _ = Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Vault.open(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0600");

    var _ = Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(key, "{}");
    assertThatThrownBy(() -> Vault.open(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not a key");
  }
}
