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
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class StoreTest {

  private static final String PASSWORD = "correct horse battery";

  @TempDir Path directory;

  private final List<Store> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  @Tag("PLT-06")
  @Test
  void whatWasWrittenIsThereAfterClosing() {
    Store first = open(onDisk());
    put(first, "a", 1);
    first.close();

    Store second = open(onDisk());

    assertThat(names(second)).containsExactly("a");
  }

  @Test
  void aWorkThatFailsTakesNothingButItselfAway() throws Exception {
    Store store = open(inMemory());
    CountDownLatch batch = hold(store);

    Future<String> first = store.write(handle -> insert(handle, "first", 1));
    Future<String> failing =
        store.write(handle -> {
          var _ = insert(handle, "failing", 1);
          throw new IOException("on purpose");
        });
    Future<String> duplicate = store.write(handle -> insert(handle, "first", 2));
    Future<String> last = store.write(handle -> insert(handle, "last", 1));
    batch.countDown();

    assertThat(List.of(answer(first), answer(last))).containsExactly("first", "last");
    assertThatThrownBy(() -> answer(failing)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> answer(duplicate)).hasCauseInstanceOf(SQLException.class);
    assertThat(names(store)).containsExactly("first", "last");
  }

  @Test
  void whateverAWorkThrowsReachesItsFutureAsItIs() {
    Store store = open(inMemory());
    List<Throwable> causes =
        List.of(
            new IOException("checked"),
            new IllegalStateException("unchecked"),
            new AssertionError("error"),
            new StackOverflowError("deep"));

    for (Throwable cause : causes) {
      Future<String> written = store.write(_ -> sneak(cause));
      Future<String> read = store.read(_ -> sneak(cause));

      assertThatThrownBy(() -> answer(written)).isSameAs(cause);
      assertThatThrownBy(() -> answer(read)).isSameAs(cause);
    }
    put(store, "alive", 1);
  }

  @Test
  void aCommitThatFailsFailsAllWhoShareIt() throws Exception {
    Store store = open(inMemory());
    CountDownLatch batch = hold(store);

    Future<String> innocent = store.write(handle -> insert(handle, "innocent", 1));
    Future<String> guilty = store.write(handle -> insert(handle, "guilty", -1));
    batch.countDown();

    assertThatThrownBy(() -> answer(innocent)).hasCauseInstanceOf(SQLException.class);
    assertThatThrownBy(() -> answer(guilty)).hasCauseInstanceOf(SQLException.class);
    put(store, "later", 1);
    assertThat(names(store)).containsExactly("later");
  }

  @Test
  void aLostTransactionFailsWhoeverWasInIt() throws Exception {
    Store store = open(inMemory());
    CountDownLatch batch = hold(store);

    Future<String> before = store.write(handle -> insert(handle, "before", 1));
    Future<String> losing =
        store.write(handle -> {
          handle.getConnection().rollback(); // What a deadlock does to the transaction.
          throw new SQLException("deadlock", "40001");
        });
    Future<String> after = store.write(handle -> insert(handle, "after", 1));
    batch.countDown();

    assertThatThrownBy(() -> answer(before)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> answer(losing)).isInstanceOf(SQLException.class);
    assertThat(List.of(answer(after))).containsExactly("after");
    assertThat(names(store)).containsExactly("after");
  }

  @Test
  void aWorkThatEndsTheTransactionIsTold() {
    Store store = open(inMemory());

    assertThatThrownBy(() -> answer(store.write(Handle::commit)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() ->
            answer(
                store.write(handle -> {
                  handle.close();
                  return "";
                })))
        .isInstanceOf(Exception.class);
    put(store, "alive", 1);
  }

  @Test
  void aConnectionThatDiedIsOpenedAnew() {
    Store store = open(inMemory());

    assertThatThrownBy(() ->
            answer(
                store.write(handle -> {
                  handle.getConnection().rollback();
                  handle.getConnection().close();
                  throw new SQLException("gone", "08006");
                })))
        .isInstanceOf(SQLException.class);

    put(store, "alive", 1);
    assertThat(names(store)).containsExactly("alive");
  }

  @Test
  void refusesWorkWhenTooMuchWaits() throws Exception {
    Store store = open(inMemory());
    CountDownLatch batch = hold(store);

    List<Future<String>> waiting =
        IntStream.range(0, 10_000).mapToObj(_ -> store.write(_ -> "done")).toList();
    Future<String> tooMuch = store.write(_ -> "too much");
    boolean refusedAtOnce = tooMuch.failed();
    batch.countDown();

    assertThat(refusedAtOnce).isTrue();
    assertThat(tooMuch.cause()).isInstanceOf(StoreRefusesException.class);
    assertThat(waiting.stream().map(future -> answer(future)).toList()).containsOnly("done");
  }

  @Test
  void aClosedStoreFinishesWhatItTookAndTakesNoMore() throws Exception {
    Store store = open(onDisk());
    CountDownLatch batch = hold(store);
    List<Future<String>> taken =
        IntStream.range(0, 500)
            .mapToObj(n -> store.write(handle -> insert(handle, "n" + n, n)))
            .toList();
    batch.countDown();

    store.close();
    store.close();

    assertThat(taken).allMatch(Future::succeeded);
    assertThat(store.write(_ -> "late").cause()).isInstanceOf(StoreRefusesException.class);
    assertThat(store.read(_ -> "late").cause()).isInstanceOf(StoreRefusesException.class);
    assertThat(names(open(onDisk()))).hasSize(500);
  }

  @Test
  void aReaderCannotWrite() {
    Store store = open(inMemory());

    assertThatThrownBy(() -> answer(store.read(handle -> insert(handle, "a", 1))))
        .hasCauseInstanceOf(SQLException.class);

    assertThat(names(store)).isEmpty();
  }

  @Test
  void aListenerThatThrowsHurtsNobodyElse() throws Exception {
    Store store = open(inMemory());
    CountDownLatch batch = hold(store);
    var _ =
        store
            .write(_ -> "first")
            .onSuccess(_ -> {
              throw new IllegalStateException("listener");
            });
    Future<String> second = store.write(_ -> "second");
    batch.countDown();

    assertThat(List.of(answer(second))).containsExactly("second");
    put(store, "alive", 1);
  }

  @Test
  void manyWritersAtOnceLoseNothing() throws Exception {
    Store store = open(onDisk());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int writer = t;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int n = 0; n < 100; n++) {
                  int value = n;
                  String _ =
                      answer(store.write(handle -> insert(handle, writer + "/" + value, value)));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(names(store)).hasSize(800);
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
  void aMigrationThatFailsStopsTheStart() {
    assertThatThrownBy(() -> Store.open(inMemory(), List.of("BROKEN")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("schema BROKEN");
    assertThatThrownBy(() -> Store.open(inMemory(), List.of("NOWHERE")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("schema NOWHERE");
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

  @ParameterizedTest
  @ValueSource(strings = {"", "sample", "S;DROP", "S P", "ÄRGER", "1A"})
  void refusesSchemasThatAreNoNames(String schema) {
    assertThatThrownBy(() -> Store.open(inMemory(), List.of(schema)))
        .isInstanceOf(IllegalArgumentException.class);
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

  private static StoreSettings inMemory() {
    return settings("jdbc:derby:memory:" + UUID.randomUUID(), 2, 5, null);
  }

  private Store open(StoreSettings settings) {
    Store store = Store.open(settings, List.of("SAMPLE"));
    opened.add(store);
    return store;
  }

  /// Keeps the writer busy, so that what is written meanwhile shares one batch.
  private static CountDownLatch hold(Store store) throws InterruptedException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    var _ =
        store.write(_ -> {
          busy.countDown();
          return free.await(20, TimeUnit.SECONDS);
        });
    assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
    return free;
  }

  private static String insert(Handle handle, String name, int value) {
    handle.execute("INSERT INTO sample.entry (name, value) VALUES (?, ?)", name, value);
    return name;
  }

  private static void put(Store store, String name, int value) {
    String written = answer(store.write(handle -> insert(handle, name, value)));
    assertThat(written).isEqualTo(name);
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

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> String sneak(Throwable cause) throws E {
    throw (E) cause;
  }
}
