package kz.qonyrau.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;

/// Derby inside this process.
final class EmbeddedDerby implements Database {

  private static final String MEMORY = "jdbc:derby:memory:";
  private static final String NO_SUCH_DATABASE = "XJ004";
  private static final String LOCKED_BY_ANOTHER_PROCESS = "XSDB6";
  private static final String WRONG_PASSWORD = "XBM06";
  private static final String PASSWORD_MISSING = "XBM07";
  private static final String SHUT_DOWN = "08006";

  /// Pages of 4 KiB kept in memory. With Derby's own 1000, the indices of a list of 200 000
  /// contacts do not fit and an import takes more than twice as long.
  private static final String PAGE_CACHE = "derby.storage.pageCacheSize";

  private static final String PAGES = "10000";

  private final String url;
  private final DriverConnections connections;

  private EmbeddedDerby(String url, DriverConnections connections) {
    this.url = url;
    this.connections = connections;
  }

  static EmbeddedDerby boot(StoreSettings settings) {
    String url = settings.jdbcUrl();
    keepLogOutOfTheWorkingDirectory(url);
    enlargePageCache();
    Properties properties = new Properties();
    settings.bootPassword().ifPresent(secret -> properties.setProperty("bootPassword", secret));
    DriverConnections connections = new DriverConnections(url, properties);
    try (Connection connection = openOrCreate(url, connections, settings.bootPassword())) {
      set(connection, "derby.locks.waitTimeout", settings.busyTimeout().toSeconds());
      set(connection, "derby.locks.deadlockTimeout", 1);
    } catch (SQLException failure) {
      throw explain(url, settings.bootPassword().isPresent(), failure);
    }
    EmbeddedDerby derby = new EmbeddedDerby(url, connections);
    if (settings.bootPassword().isPresent()) {
      try {
        requireEncryption(url);
      } catch (StoreUnavailableException refused) {
        derby.close();
        throw refused;
      }
    }
    return derby;
  }

  /// Derby reads this once, when its engine boots, and from nowhere else.
  private static void enlargePageCache() {
    if (System.getProperty(PAGE_CACHE) == null) {
      System.setProperty(PAGE_CACHE, PAGES);
    }
  }

  private static Connection openOrCreate(
      String url, DriverConnections connections, Optional<String> bootPassword)
      throws SQLException {
    try {
      return connections.getConnection();
    } catch (SQLException failure) {
      if (!hasState(failure, NO_SUCH_DATABASE)) {
        throw failure;
      }
    }
    Properties creation = new Properties();
    creation.setProperty("create", "true");
    bootPassword.ifPresent(secret -> {
      creation.setProperty("dataEncryption", "true");
      creation.setProperty("encryptionAlgorithm", "AES/CBC/NoPadding");
      creation.setProperty("encryptionKeyLength", "256");
      creation.setProperty("bootPassword", secret);
    });
    return DriverManager.getConnection(url, creation);
  }

  private static void set(Connection connection, String key, long value) throws SQLException {
    try (CallableStatement call =
        connection.prepareCall("CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)")) {
      call.setString(1, key);
      call.setString(2, Long.toString(value));
      call.execute();
    }
  }

  /// With a password Derby opens a database in the clear too, and nobody would notice.
  private static void requireEncryption(String url) {
    if (url.startsWith(MEMORY)) {
      return;
    }
    Properties description = new Properties();
    try (InputStream file = Files.newInputStream(directory(url).resolve("service.properties"))) {
      description.load(file);
    } catch (IOException failure) {
      throw new StoreUnavailableException("cannot read the description of " + url, failure);
    }
    if (!"true".equals(description.getProperty("dataEncryption"))) {
      throw new StoreUnavailableException(
          url
              + " holds a database in the clear, but a boot password is configured; remove the"
              + " password or restore an encrypted database");
    }
  }

  private static Path directory(String url) {
    return Path.of(url.substring("jdbc:derby:".length())).toAbsolutePath();
  }

  /// Derby writes `derby.log` into the working directory unless told otherwise before it starts.
  private static void keepLogOutOfTheWorkingDirectory(String url) {
    if (System.getProperty("derby.stream.error.file") != null
        || System.getProperty("derby.stream.error.field") != null) {
      return;
    }
    if (url.startsWith(MEMORY)) {
      System.setProperty("derby.stream.error.field", DerbyLog.class.getName() + ".NOWHERE");
    } else {
      System.setProperty("derby.stream.error.file", directory(url) + ".derby.log");
    }
  }

  /// Reached by Derby through reflection.
  public static final class DerbyLog {

    public static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private DerbyLog() {}
  }

  private static StoreUnavailableException explain(
      String url, boolean hasPassword, SQLException failure) {
    if (hasState(failure, LOCKED_BY_ANOTHER_PROCESS)) {
      return new StoreUnavailableException(
          "another process has " + url + " open; stop it first", failure);
    }
    // Derby takes a missing password for a wrong one.
    if (hasState(failure, WRONG_PASSWORD) || hasState(failure, PASSWORD_MISSING)) {
      return new StoreUnavailableException(
          hasPassword
              ? "the boot password does not open " + url
              : url + " is encrypted and no boot password is configured",
          failure);
    }
    return new StoreUnavailableException(
        "cannot open " + url + ": " + failure.getMessage(), failure);
  }

  private static boolean hasState(SQLException failure, String state) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        for (SQLException each = sql; each != null; each = each.getNextException()) {
          if (state.equals(each.getSQLState())) {
            return true;
          }
        }
      }
      // Derby's own exceptions carry the state only in their text.
      if (String.valueOf(cause.getMessage()).contains(state)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public DataSource connections() {
    return connections;
  }

  @Override
  public DataSource writing() {
    return connections;
  }

  /// There are no others: Derby lets one process in.
  @Override
  public void keepOthersOut(Connection connection) {}

  @Override
  public String storedName(String schema) {
    return schema.toUpperCase(Locale.ROOT);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("blob", "BLOB", "clob", "CLOB");
  }

  @Override
  public void close() {
    Properties shutdown = new Properties();
    shutdown.setProperty("shutdown", "true");
    try (Connection unexpected = DriverManager.getConnection(url, shutdown)) {
      throw new IllegalStateException("Derby did not shut down " + url + ": " + unexpected);
    } catch (SQLException answer) {
      // Derby reports a clean shutdown as an exception, and one already down as missing.
      if (!hasState(answer, SHUT_DOWN) && !hasState(answer, NO_SUCH_DATABASE)) {
        throw new StoreUnavailableException("cannot shut down " + url, answer);
      }
    }
  }
}
