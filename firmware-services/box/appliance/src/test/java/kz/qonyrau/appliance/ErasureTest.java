package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything goes, keys first, however often it is interrupted.
@Tag("PLT-22")
@Tag("SH-RET-06")
class ErasureTest {

  private static final List<String> FILES =
      List.of(
          "keys/database",
          "keys/recordings.keyset.json",
          "identity/tls.key",
          "identity/device.key",
          "identity/enrolled.json",
          "database/seg0/c10.dat",
          "database/log/log1.dat",
          "recordings/2026/11/call.sealed",
          "recordings/spool/call.wav",
          "prompts/a.sealed",
          "audio/b.sealed",
          "statements/half",
          "asterisk/etc/pjsip.conf",
          "clock-was-synchronised",
          "first-passwords");

  @TempDir private Path dir;
  private Path data = Path.of("data");
  private Path elsewhere = Path.of("elsewhere");

  @BeforeEach
  void aBoxThatWorked() throws IOException {
    data = dir.resolve("data");
    elsewhere = dir.resolve("asterisk");
    for (String name : FILES) {
      Path file = data.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "secret of " + name);
    }
    Files.createDirectories(elsewhere.resolve("etc"));
    Files.writeString(elsewhere.resolve("etc/pjsip.conf"), "password = secret");
    Files.createDirectories(data.resolve("uploads"));
  }

  private Erasure erasure(Consumer<Path> before) {
    return new Erasure(data, elsewhere, Set.of(), before);
  }

  private static List<String> below(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> !path.equals(directory))
          .map(path -> directory.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void nothingIsErasedUnlessItWasOrdered() {
    assertThat(new Erasure(data, elsewhere, Set.of()).isOrdered()).isFalse();
    assertThat(new Erasure(dir.resolve("none"), elsewhere, Set.of()).isOrdered()).isFalse();

    Erasure.order(data, "the order 1 of central");

    assertThat(new Erasure(data, elsewhere, Set.of()).isOrdered()).isTrue();
    assertThat(FILES).allSatisfy(name -> assertThat(data.resolve(name)).exists());
  }

  @Test
  void leavesAnEmptyDataDirectoryAndNothingOfAsterisk() throws IOException {
    Erasure.order(data, "the order 1 of central");
    Erasure.order(data, "the order 1 of central, a second time");

    new Erasure(data, elsewhere, Set.of()).carryOut();

    assertThat(below(data)).isEmpty();
    assertThat(elsewhere).doesNotExist();
    assertThat(new Erasure(data, elsewhere, Set.of()).isOrdered()).isFalse();
  }

  @Test
  void keysGoFirstAndAreOverwrittenAndTheOrderGoesLast() throws IOException {
    Path copy = dir.resolve("a second name of the key's place on the disk");
    Files.createLink(copy, data.resolve("keys/database"));
    Erasure.order(data, "the order 1 of central");
    List<String> deleted = new ArrayList<>();

    erasure(path -> deleted.add(dir.relativize(path).toString())).carryOut();

    assertThat(deleted.subList(0, 3))
        .containsExactlyInAnyOrder(
            "data/keys/database", "data/keys/recordings.keyset.json", "data/keys");
    assertThat(deleted.subList(3, 7)).allMatch(name -> name.startsWith("data/identity"));
    assertThat(deleted.getLast()).isEqualTo("data/erase-everything");
    assertThat(Files.readAllBytes(copy)).containsOnly(0);
  }

  @Test
  void followsNoLinkOutOfTheBox() throws IOException {
    Path outside = Files.writeString(dir.resolve("outside"), "not ours");
    Path shared = Files.createDirectories(dir.resolve("shared"));
    Files.writeString(shared.resolve("file"), "not ours");
    Files.createSymbolicLink(data.resolve("keys/link"), outside);
    Files.createSymbolicLink(data.resolve("link"), shared);
    Erasure.order(data, "the order 1 of central");

    new Erasure(data, elsewhere, Set.of()).carryOut();

    assertThat(below(data)).isEmpty();
    assertThat(outside).hasContent("not ours");
    assertThat(shared.resolve("file")).hasContent("not ours");
  }

  @Test
  void whatTheBoxIsMadeOfStaysThoughItLiesThere() throws IOException {
    Path configuration = Files.writeString(data.resolve("box.conf"), "name = box");
    Path model = Files.createDirectories(data.resolve("models/ru/am"));
    Files.writeString(model.resolve("final.mdl"), "a model");
    Files.writeString(data.resolve("models/own-words"), "secret");
    Erasure.order(data, "the order 1 of central");

    new Erasure(data, elsewhere, Set.of(configuration, data.resolve("models/ru"))).carryOut();

    assertThat(below(data))
        .containsExactly(
            "box.conf", "models", "models/ru", "models/ru/am", "models/ru/am/final.mdl");
  }

  private static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// Dies before the first file, then before the second, and on; each start goes on where the one
  /// before died.
  @Test
  void aDeathBeforeAnyFileIsFollowedByTheRest() throws IOException {
    boolean died = true;
    int deaths = 0;
    for (int file = 1; died; file++) {
      aBoxThatWorked();
      List<String> all = below(data);
      Erasure.order(data, "the order 1 of central");
      int last = file;
      int[] count = {0};
      try {
        erasure(
                _ -> {
                  if (++count[0] == last) {
                    throw new PowerCut();
                  }
                })
            .carryOut();
        died = false;
      } catch (PowerCut _) {
        deaths++;
        List<String> left = below(data);
        assertThat(new Erasure(data, elsewhere, Set.of()).isOrdered()).isTrue();
        if (left.stream().anyMatch(name -> name.startsWith("keys"))) {
          assertThat(left)
              .as("nothing goes before the keys")
              .containsAll(all.stream().filter(name -> !name.startsWith("keys")).toList());
        }
        new Erasure(data, elsewhere, Set.of()).carryOut();
      }

      assertThat(below(data)).isEmpty();
      assertThat(elsewhere).doesNotExist();
    }
    assertThat(deaths).isGreaterThan(FILES.size());
  }

  @Test
  void whatCannotBeMarkedIsSaidToTheCaller() throws IOException {
    Path file = Files.writeString(dir.resolve("no directory"), "");

    assertThatThrownBy(() -> Erasure.order(file, "the order 1 of central"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("erase-everything");
  }
}
