package kz.qonyrau.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// What is Derby's own: a directory that belongs to one process, and is encrypted or is not.
@Timeout(60)
class EmbeddedDerbyTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir Path directory;

  private final List<Store> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  @Test
  void anEncryptedDatabaseOpensWithItsPasswordOnly() throws Exception {
    Store store = open(encrypted(PASSWORD));
    put(store, "find-me-if-you-can", 1);
    store.close();

    assertThatThrownBy(() -> open(encrypted("wrong horse battery")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("boot password does not open");
    assertThatThrownBy(() -> open(onDisk()))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("is encrypted and no boot password");
    assertThat(filesThatContain("find-me-if-you-can")).isEmpty();
    assertThat(names(open(encrypted(PASSWORD)))).containsExactly("find-me-if-you-can");
  }

  @Test
  void aDatabaseInTheClearIsNotTakenForAnEncryptedOne() throws Exception {
    Store store = open(onDisk());
    put(store, "find-me-if-you-can", 1);
    store.close();

    assertThatThrownBy(() -> open(encrypted(PASSWORD)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("in the clear");
    assertThat(filesThatContain("find-me-if-you-can")).isNotEmpty();
    assertThat(names(open(onDisk()))).containsExactly("find-me-if-you-can");
  }

  @Test
  void saysWhenAnotherProcessHasTheDatabase() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dderby.stream.error.file=" + directory.resolve("other.log"),
                HoldsDatabaseOpen.class.getName(),
                onDisk().jdbcUrl())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.lines().anyMatch("open true"::equals)).isTrue();

      assertThatThrownBy(() -> open(onDisk()))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("another process");

      other.getOutputStream().close();
      assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      other.destroyForcibly();
    }
    assertThat(names(open(onDisk()))).isEmpty();
  }

  @Test
  void migratesInSilenceAndLeavesTheWorkingDirectoryAlone() {
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(heard);

    open(onDisk()).close();
    root.detachAppender(heard);

    assertThat(new ArrayList<>(heard.list))
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .isEmpty();
    assertThat(heard.list)
        .filteredOn(event -> event.getLoggerName().contains("migrations"))
        .isEmpty();
    assertThat(Path.of("derby.log")).doesNotExist();
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatThrownBy(() -> settings("jdbc:h2:mem:x", 1, 5, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("jdbc:derby:memory:x;shutdown=true", 1, 5, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("jdbc:derby:memory:x", 0, 5, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("jdbc:derby:memory:x", 1, 0, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("jdbc:derby:memory:x", 1, 5, "short"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(encrypted(PASSWORD).toString()).doesNotContain(PASSWORD);
  }

  private static StoreSettings settings(
      String url, int readers, int seconds, @Nullable String password) {
    return new StoreSettings(
        url, readers, Duration.ofSeconds(seconds), Optional.ofNullable(password));
  }

  private StoreSettings onDisk() {
    return settings("jdbc:derby:" + directory.resolve("db"), 2, 5, null);
  }

  private StoreSettings encrypted(String password) {
    return settings("jdbc:derby:" + directory.resolve("db"), 2, 5, password);
  }

  private Store open(StoreSettings settings) {
    Store store = Store.open(settings, List.of("SAMPLE"));
    opened.add(store);
    return store;
  }

  private static void put(Store store, String name, int value) {
    int written =
        answer(
            store.write(handle ->
                handle.execute(
                    "INSERT INTO sample.entry (name, value) VALUES (?, ?)", name, value)));
    assertThat(written).isEqualTo(1);
  }

  private static List<String> names(Store store) {
    return answer(
        store.read(handle ->
            handle
                .createQuery("SELECT name FROM sample.entry ORDER BY name")
                .mapTo(String.class)
                .list()));
  }

  private List<Path> filesThatContain(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (content.contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 20 s", late);
    }
  }
}
