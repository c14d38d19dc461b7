package kz.qonyrau.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class TestToolsTest {

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("OUTBOX");

  @Test
  void theClockStandsUntilItIsMoved() {
    SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");

    clock.advance(Duration.ofMinutes(90));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-24T05:30:00Z"));
  }

  @Test
  void waitsNoLongerThanItTakes() {
    AtomicInteger asked = new AtomicInteger();

    Eventually.await(Duration.ofSeconds(10), "the third time", () -> asked.incrementAndGet() == 3);

    assertThat(asked).hasValue(3);
    assertThatThrownBy(() -> Eventually.await(Duration.ofMillis(50), "the end", () -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the end");
  }

  @Test
  void theDirectoryIsClosedToOthersAndGoneAfterwards() throws IOException {
    UnprivilegedDirectory directory = new UnprivilegedDirectory();
    Path path = directory.path();
    Files.createDirectories(path.resolve("a/b"));
    Files.writeString(path.resolve("a/b/file"), "content");
    Files.createSymbolicLink(path.resolve("link"), Path.of("/"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx--x--x");
    assertThat(path.toString()).hasSizeLessThan(40);

    directory.close();
    directory.close();
    assertThat(path).doesNotExist();
    assertThat(Path.of("/")).isNotEmptyDirectory();
  }

  @Test
  void aPulledPlugUndoesTheWorkThatItCut() {
    Store store = database.store();
    Plug plug = Plug.in(store, 2);

    assertThatThrownBy(() ->
            Eventually.answer(
                store.write(handle -> {
                  handle.execute("UPDATE outbox.counter SET last_seq = 7");
                  handle.execute("UPDATE outbox.counter SET last_seq = 8");
                  return "";
                })))
        .isInstanceOf(Plug.Pulled.class);
    boolean pulled = plug.isPulled();
    Plug.remove(store);

    long seq =
        Eventually.answer(
            store.read(handle ->
                handle.createQuery("SELECT last_seq FROM outbox.counter").mapTo(Long.class).one()));
    assertThat(pulled).isTrue();
    assertThat(seq).isZero();
  }
}
