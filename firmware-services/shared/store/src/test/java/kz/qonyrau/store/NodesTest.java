package kz.qonyrau.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kz.qonyrau.testdatabases.PostgreSqlServer;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Several stores on one PostgreSQL, as that many nodes have it.
@Tag("PLT-06")
@Timeout(120)
class NodesTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final String url = PostgreSqlServer.shared().newDatabase();
  private final List<Store> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  @Test
  void nodesThatStartAtOnceMakeTheTablesOnce() {
    List<Thread> starting =
        IntStream.range(0, 4)
            .mapToObj(_ -> Thread.ofPlatform().start(() -> assertThat(open()).isNotNull()))
            .toList();
    starting.forEach(NodesTest::join);

    assertThat(opened).hasSize(4);
    for (Store node : opened) {
      put(node, UUID.randomUUID().toString());
    }
    assertThat(names(opened.getFirst())).hasSize(4);
  }

  /// Also where whoever keeps the server prefers that a transaction sees one moment only.
  @Test
  void whatOneHasAnsweredTheOtherSees() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER DATABASE "
              + connection.getCatalog()
              + " SET default_transaction_isolation = 'repeatable read'");
    }
    Store one = open();
    Store other = open();

    List<Future<Long>> counts = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      put(n % 2 == 0 ? one : other, "n" + n);
      assertThat(names(n % 2 == 0 ? other : one)).hasSize(n + 1);
    }
    // A writer that waited for the other must not go by what it saw before it waited.
    for (int n = 0; n < 200; n++) {
      String name = "m" + n;
      counts.add(
          (n % 2 == 0 ? one : other)
              .write(handle -> {
                String _ = insert(handle, name);
                return count(handle);
              }));
    }

    assertThat(counts.stream().map(NodesTest::answer))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(51, 250).boxed().toList());
  }

  /// Each number is read and raised, which two writers at once would do on top of each other.
  @Tag("PLT-07")
  @Test
  void drawEachNumberOnce() {
    Outbox outbox = new Outbox(InstantSource.fixed(Instant.EPOCH));
    List<Store> nodes = List.of(open(), open());
    List<Future<Long>> drawn =
        IntStream.range(0, 400)
            .mapToObj(n -> nodes.get(n % 2).write(handle -> outbox.put(handle, message(n))))
            .toList();

    assertThat(drawn.stream().map(NodesTest::answer))
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  @Test
  void oneThatHangsWhileItWritesIsNotWaitedForLonger() throws Exception {
    Store hanging = open(url, SOON);
    Store other = open(url, SOON);
    CountDownLatch writes = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    Future<String> hung =
        hanging.write(handle -> {
          String name = insert(handle, "hung");
          writes.countDown();
          goesOn.await();
          return name;
        });
    writes.await();

    put(other, "other");
    assertThat(hung.isComplete()).isFalse();
    goesOn.countDown();

    assertThatThrownBy(() -> answer(hung)).isInstanceOf(SQLException.class);
    put(hanging, "later");
    assertThat(names(other)).containsExactly("later", "other");
  }

  @Test
  void whoWaitsTooLongForAnotherIsToldSoAndNothingIsDone() throws Exception {
    Store slow = open(url, SOON);
    Store other = open(url, SOON);
    CountDownLatch writes = new CountDownLatch(1);
    Future<Long> endless =
        slow.write(handle -> {
          writes.countDown();
          return handle
              .createQuery("SELECT COUNT(*) FROM (SELECT pg_sleep(60)) AS a_statement_without_end")
              .mapTo(Long.class)
              .one();
        });
    writes.await();

    List<Future<String>> waiting =
        IntStream.range(0, 3)
            .mapToObj(n -> other.write(handle -> insert(handle, "waiting" + n)))
            .toList();
    for (Future<String> each : waiting) {
      assertThatThrownBy(() -> answer(each))
          .isInstanceOf(StoreRefusesException.class)
          .hasMessageContaining("another node has been writing for 2000 ms");
    }

    assertThatThrownBy(() -> answer(endless)).hasMessageContaining("statement timeout");
    put(other, "later");
    assertThat(names(slow)).containsExactly("later");
  }

  /// The server ends in the middle of writes and reads, three times. What was answered is there,
  /// and nobody has to open the store again.
  @Test
  void aServerThatCrashedIsFoundAgainAndHasWhatWasAnswered() throws Exception {
    try (PostgreSqlServer server = PostgreSqlServer.durable();
        Store store = Store.open(settings(server.newDatabase(), PATIENT), List.of("SAMPLE"))) {
      List<String> answered = new ArrayList<>();
      for (int crash = 0; crash < 3; crash++) {
        Load load = new Load(store, crash + "/");
        load.begun.await();

        server.crashAndRestart();

        assertThat(names(store)).isNotEmpty();
        put(store, "after " + crash);
        List<Future<String>> written = load.end();
        assertThat(written).anyMatch(Future::failed);
        written.stream().filter(Future::succeeded).map(Future::result).forEach(answered::add);
        assertThat(names(store)).containsAll(answered);
      }
    }
  }

  /// Writes one thing after another, ten at a time.
  private static final class Load {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Future<String>> written = new ArrayList<>();
    private final Thread thread;

    Load(Store store, String prefix) {
      thread = Thread.ofPlatform().start(() -> run(store, prefix));
    }

    private void run(Store store, String prefix) {
      for (int n = 0; !over.get(); n++) {
        String name = prefix + n;
        written.add(store.write(handle -> insert(handle, name)).onSuccess(_ -> begun.countDown()));
        if (n % 10 == 9) {
          settle(written.getLast());
        }
      }
    }

    List<Future<String>> end() {
      over.set(true);
      join(thread);
      written.forEach(NodesTest::settle);
      return written;
    }
  }

  @Test
  void saysWhatIsWrongWithTheDatabaseAndKeepsThePassword() {
    String russian = PostgreSqlServer.shared().newDatabaseInOrderOf("ru");
    assertThatThrownBy(() -> open(russian, PATIENT))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("order of their code points");

    String nowhere = url.replaceFirst("\\?.*", "_not_there?user=qonyrau&password=secret");
    assertThatThrownBy(() -> open(nowhere, PATIENT))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("does not exist")
        .hasMessageNotContaining("secret");
    assertThat(settings(nowhere, PATIENT).toString())
        .contains("_not_there")
        .doesNotContain("secret");
  }

  private Store open() {
    return open(url, PATIENT);
  }

  private Store open(String at, Duration busyTimeout) {
    Store store = Store.open(settings(at, busyTimeout), List.of("SAMPLE", "OUTBOX"));
    synchronized (opened) {
      opened.add(store);
    }
    return store;
  }

  private static StoreSettings settings(String at, Duration busyTimeout) {
    return new StoreSettings(at, 2, busyTimeout, Optional.empty());
  }

  private static OutboxMessage message(int n) {
    return new OutboxMessage(
        new UUID(0, n).toString(), "usage", "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static String insert(Handle handle, String name) {
    handle.execute("INSERT INTO sample.entry (name, value) VALUES (?, 1)", name);
    return name;
  }

  private static long count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM sample.entry").mapTo(Long.class).one();
  }

  private static void put(Store store, String name) {
    String written = answer(store.write(handle -> insert(handle, name)));
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

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /// Waits for the answer, whatever it is.
  private static void settle(Future<String> future) {
    CountDownLatch settled = new CountDownLatch(1);
    var _ = future.onComplete(_ -> settled.countDown());
    try {
      assertThat(settled.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static <T> T answer(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 20 s", late);
    }
  }
}
