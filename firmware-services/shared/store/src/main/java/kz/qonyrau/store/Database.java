package kz.qonyrau.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/// One database product: how to reach it, name things in it and let go of it. The only place that
/// knows which product it is.
interface Database {

  /// Opens the database, or creates it where the product is embedded.
  ///
  /// @throws StoreUnavailableException if that fails; the message says why
  static Database open(StoreSettings settings) {
    return settings.jdbcUrl().startsWith("jdbc:derby:")
        ? EmbeddedDerby.boot(settings)
        : PostgreSql.open(settings);
  }

  /// Connections without a pool, for migrations and readers. Each waits at most the busy timeout
  /// for a lock.
  DataSource connections();

  /// As [#connections()], for the writer: such a connection does not outlive a writer that hangs.
  DataSource writing();

  /// Begins the part of a transaction that writes: waits until no other node writes, and keeps them
  /// out until the transaction ends.
  ///
  /// @throws StoreRefusesException if others wrote for longer than the busy timeout
  void keepOthersOut(Connection connection) throws SQLException;

  /// The name of a schema as the product stores an unquoted name.
  String storedName(String schema);

  /// What migrations write as `${blob}` and `${clob}`.
  Map<String, String> placeholders();

  /// Whether the connection is good for nothing more.
  static boolean isDead(Connection connection) {
    try {
      return !connection.isValid(1);
    } catch (SQLException dead) {
      return true;
    }
  }

  /// Lets go of the database once every connection is closed.
  void close();
}
