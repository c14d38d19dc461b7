package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("SH-RET-06")
class KeysTest {

  @TempDir Path dir;

  @Test
  void aSecretStaysTheSameAndIsNobodyElses() throws IOException {
    String first = Keys.in(dir.resolve("keys")).secret("database");

    assertThat(Keys.in(dir.resolve("keys")).secret("database")).isEqualTo(first);
    assertThat(Keys.in(dir.resolve("keys")).secret("other")).isNotEqualTo(first);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("keys"))))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(dir.resolve("keys/database"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedSecretIsNotReplacedBehindTheDatasBack() throws IOException {
    Keys keys = Keys.in(dir.resolve("keys"));
    Files.writeString(dir.resolve("keys/database"), "0123");

    assertThatThrownBy(() -> keys.secret("database"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("database");
    assertThat(dir.resolve("keys/database")).hasContent("0123");
  }
}
