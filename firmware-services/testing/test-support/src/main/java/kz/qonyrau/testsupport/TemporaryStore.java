package kz.qonyrau.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.testdatabases.PostgreSqlServer;
import kz.qonyrau.testdatabases.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real database for a test: Derby in memory, or in a class with `@OnEachDatabase` the one whose
/// turn it is. As a JUnit extension it makes a new one for each test:
///
/// ```java
/// @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "OUTBOX");
/// ```
///
/// Only the first with its schemas is created and migrated; the others are restored from a copy of
/// that one, which takes a fraction of the time.
public final class TemporaryStore implements AutoCloseable, BeforeEachCallback, AfterEachCallback {

  /// Copies of Derby databases as they are before anything happened, by their schemas.
  private static final Map<List<String>, Path> MIGRATED = new ConcurrentHashMap<>();

  /// The same in PostgreSQL, where a copy is a database that nobody is connected to.
  private static final Map<List<String>, String> TEMPLATES = new ConcurrentHashMap<>();

  /// Derby waits half a second before it forgets a database, and no test should. The next test
  /// finds out if that failed.
  private static CompletableFuture<Void> lastDrop = CompletableFuture.completedFuture(null);

  private final List<String> schemas;
  private TestDatabase product = TestDatabase.DERBY;
  private @Nullable Store store;
  private String url = "";

  private TemporaryStore(List<String> schemas) {
    this.schemas = schemas;
  }

  /// A database with these schemas, made when it is first asked for.
  ///
  /// @param schemas names in upper case; each needs its migrations on the class path
  public static TemporaryStore with(String... schemas) {
    return new TemporaryStore(List.of(schemas));
  }

  /// The store, opened when it is first asked for.
  public synchronized Store store() {
    Store open = store;
    if (open == null) {
      requireDropped();
      url = copied();
      open = open(url, schemas);
      store = open;
    }
    return open;
  }

  /// Another store on the same PostgreSQL, as a second node has it. Its owner closes it.
  ///
  /// @throws IllegalStateException on Derby, which lets one process in
  public Store another() {
    Store _ = store();
    if (product != TestDatabase.POSTGRESQL) {
      throw new IllegalStateException("nobody else can open " + url);
    }
    return open(url, schemas);
  }

  private String copied() {
    return switch (product) {
      case DERBY -> {
        Path migrated = MIGRATED.computeIfAbsent(schemas, TemporaryStore::migrated);
        String copy = product.newUrl();
        restore(migrated, copy);
        yield copy;
      }
      case POSTGRESQL ->
          PostgreSqlServer.shared()
              .copyOf(TEMPLATES.computeIfAbsent(schemas, TemporaryStore::template));
    };
  }

  private static String template(List<String> schemas) {
    String url = TestDatabase.POSTGRESQL.newUrl();
    open(url, schemas).close();
    return url;
  }

  private static void requireDropped() {
    synchronized (MIGRATED) {
      if (lastDrop.isCompletedExceptionally()) {
        lastDrop.join();
      }
    }
  }

  private static Store open(String url, List<String> schemas) {
    return Store.open(new StoreSettings(url, 4, Duration.ofSeconds(10), Optional.empty()), schemas);
  }

  private static Path migrated(List<String> schemas) {
    String url = TestDatabase.DERBY.newUrl();
    try (Store _ = open(url, schemas)) {
      Path directory = Files.createTempDirectory("migrated");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      try (Connection connection = DriverManager.getConnection(url);
          CallableStatement backup =
              connection.prepareCall("CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)")) {
        backup.setString(1, directory.toString());
        backup.execute();
      }
      return directory.resolve(url.substring("jdbc:derby:memory:".length()));
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException("cannot copy a migrated database", failure);
    } finally {
      drop(url);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void restore(Path migrated, String url) {
    try {
      DriverManager.getConnection(url + ";createFrom=" + migrated).close();
    } catch (SQLException failure) {
      throw new IllegalStateException("cannot restore " + url, failure);
    }
  }

  @Override
  public synchronized void beforeEach(ExtensionContext context) {
    TestDatabase asked = TestDatabase.of(context);
    if (store != null && asked != product) {
      throw new IllegalStateException(
          "the store was opened on " + product + " before the test began; open it in @BeforeEach");
    }
    product = asked;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  /// Closes the store and forgets its content. The next [#store] is a new one.
  @Override
  public synchronized void close() {
    Store open = store;
    if (open == null) {
      return;
    }
    store = null;
    open.close();
    String gone = url;
    Runnable drop =
        switch (product) {
          case DERBY -> () -> drop(gone);
          case POSTGRESQL -> () -> PostgreSqlServer.shared().drop(gone);
        };
    synchronized (MIGRATED) {
      lastDrop = lastDrop.thenRunAsync(drop);
    }
  }

  private static void drop(String url) {
    try (Connection unexpected = DriverManager.getConnection(url + ";drop=true")) {
      throw new IllegalStateException("Derby did not drop " + url + ": " + unexpected);
    } catch (SQLException dropped) {
      if (!"08006".equals(dropped.getSQLState())) {
        throw new IllegalStateException("cannot drop " + url, dropped);
      }
    }
  }
}
