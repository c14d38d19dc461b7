package kz.qonyrau.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/// A PostgreSQL server that several nodes share. User and password stand in the URL.
///
/// A transaction of a writer begins with a lock that the whole database has once, so there is one
/// writer at a time over all nodes. Whoever holds it and dies loses it with the connection. Whoever
/// hangs loses it after half the busy timeout, so that nobody who waits gives up for him.
final class PostgreSql implements Database {

  /// Names the lock of whoever writes; "qonyrau" as a number.
  private static final long WRITING = 0x716f_6e79_7261_75L;

  /// How long a reader or a migration waits for one statement before it takes the server for dead.
  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(10);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final DriverConnections connections;
  private final DriverConnections writing;
  private final Duration patience;

  private PostgreSql(StoreSettings settings) {
    patience = settings.busyTimeout();
    connections = connections(settings, LONGEST_STATEMENT, "");
    writing =
        connections(
            settings,
            patience.multipliedBy(3),
            " -c idle_in_transaction_session_timeout="
                + patience.dividedBy(2).toMillis()
                + " -c statement_timeout="
                + patience.multipliedBy(2).toMillis());
  }

  /// @throws StoreUnavailableException if the server does not answer, or its database does not keep
  ///   texts as Derby does: in UTF-8, in the order of their code points
  static PostgreSql open(StoreSettings settings) {
    PostgreSql database = new PostgreSql(settings);
    try (Connection connection = database.connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 'B' < 'a' AS by_code, current_setting('server_encoding') AS encoding")) {
      if (!row.next() || !row.getBoolean("by_code") || !"UTF8".equals(row.getString("encoding"))) {
        throw new StoreUnavailableException(
            settings.place()
                + " does not keep texts in UTF-8 and in the order of their code points; make a"
                + " database WITH TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
      }
      return database;
    } catch (SQLException failure) {
      throw new StoreUnavailableException(
          "cannot open " + settings.place() + ": " + failure.getMessage(), failure);
    }
  }

  private static DriverConnections connections(
      StoreSettings settings, Duration longestSilence, String options) {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "qonyrau");
    properties.setProperty("connectTimeout", Long.toString(settings.busyTimeout().toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(longestSilence.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty(
        "options",
        "-c default_transaction_isolation=read\\ committed -c lock_timeout="
            + settings.busyTimeout().toMillis()
            + options);
    return new DriverConnections(settings.jdbcUrl(), properties);
  }

  @Override
  public DataSource connections() {
    return connections;
  }

  @Override
  public DataSource writing() {
    return writing;
  }

  /// Each statement that follows sees what the writer before has committed: the isolation is READ
  /// COMMITTED whatever the database's own setting is, and a lock is given up after the commit can
  /// be seen.
  @Override
  public void keepOthersOut(Connection connection) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      var _ = lock.execute("SELECT pg_advisory_xact_lock(" + WRITING + ")");
    } catch (SQLException failure) {
      if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
        throw new StoreRefusesException(
            "another node has been writing for " + patience.toMillis() + " ms");
      }
      throw failure;
    }
  }

  @Override
  public String storedName(String schema) {
    return schema.toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("blob", "BYTEA", "clob", "TEXT");
  }

  @Override
  public void close() {}
}
