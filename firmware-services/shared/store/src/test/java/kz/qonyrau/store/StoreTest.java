package kz.qonyrau.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testdatabases.TestDatabase;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@OnEachDatabase
class StoreTest {

  private final List<Store> opened = new ArrayList<>();
  private final StoreSettings settings;

  StoreTest(TestDatabase product) {
    settings = new StoreSettings(product.newUrl(), 2, Duration.ofSeconds(20), Optional.empty());
  }

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  @Tag("PLT-06")
  @Test
  void whatWasWrittenIsThereAfterClosing() {
    Store first = open();
    put(first, "a", 1);
    first.close();

    Store second = open();

    assertThat(names(second)).containsExactly("a");
  }

  @Test
  void aWorkThatFailsTakesNothingButItselfAway() throws Exception {
    Store store = open();
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
    Store store = open();
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
    Store store = open();
    CountDownLatch batch = hold(store);

    Future<String> innocent = store.write(handle -> insert(handle, "innocent", 1));
    Future<String> guilty = store.write(handle -> insertAfter(handle, "guilty", "nobody"));
    batch.countDown();

    assertThatThrownBy(() -> answer(innocent)).hasCauseInstanceOf(SQLException.class);
    assertThatThrownBy(() -> answer(guilty)).hasCauseInstanceOf(SQLException.class);
    put(store, "later", 1);
    assertThat(names(store)).containsExactly("later");
  }

  @Test
  void aLostTransactionFailsWhoeverWasInIt() throws Exception {
    Store store = open();
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
    Store store = open();

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
    Store store = open();

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
    Store store = open();
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
    Store store = open();
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
    assertThat(names(open())).hasSize(500);
  }

  @Test
  void aReaderCannotWrite() {
    Store store = open();

    assertThatThrownBy(() -> answer(store.read(handle -> insert(handle, "a", 1))))
        .hasCauseInstanceOf(SQLException.class);

    assertThat(names(store)).isEmpty();
  }

  @Test
  void aListenerThatThrowsHurtsNobodyElse() throws Exception {
    Store store = open();
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
    Store store = open();
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
  void aMigrationThatFailsStopsTheStart() {
    assertThatThrownBy(() -> Store.open(settings, List.of("BROKEN")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("schema BROKEN");
    assertThatThrownBy(() -> Store.open(settings, List.of("NOWHERE")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("schema NOWHERE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sample", "S;DROP", "S P", "ÄRGER", "1A"})
  void refusesSchemasThatAreNoNames(String schema) {
    assertThatThrownBy(() -> Store.open(settings, List.of(schema)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Store open() {
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

  /// An entry that the commit refuses if nobody has the name `follows`.
  private static String insertAfter(Handle handle, String name, String follows) {
    handle.execute(
        "INSERT INTO sample.entry (name, value, follows) VALUES (?, 1, ?)", name, follows);
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
