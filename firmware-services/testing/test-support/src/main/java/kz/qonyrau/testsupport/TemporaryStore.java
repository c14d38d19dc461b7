package kz.qonyrau.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A real Derby that lives in memory. As a JUnit extension it makes a new one for each test:
///
/// ```java
/// @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "OUTBOX");
/// ```
public final class TemporaryStore implements AutoCloseable, AfterEachCallback {

  private final List<String> schemas;
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
      url = "jdbc:derby:memory:" + UUID.randomUUID();
      open =
          Store.open(new StoreSettings(url, 4, Duration.ofSeconds(10), Optional.empty()), schemas);
      store = open;
    }
    return open;
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
    try (Connection unexpected = DriverManager.getConnection(url + ";drop=true")) {
      throw new IllegalStateException("Derby did not drop " + url + ": " + unexpected);
    } catch (SQLException dropped) {
      if (!"08006".equals(dropped.getSQLState())) {
        throw new IllegalStateException("cannot drop " + url, dropped);
      }
    }
  }
}
