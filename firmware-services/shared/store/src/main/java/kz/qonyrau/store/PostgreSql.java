package kz.qonyrau.store;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/// A PostgreSQL server. Its driver must be on the class path; user and password stand in the URL.
final class PostgreSql implements Database {

  private final DriverConnections connections;

  PostgreSql(StoreSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("options", "-c lock_timeout=" + settings.busyTimeout().toMillis());
    connections = new DriverConnections(settings.jdbcUrl(), properties);
  }

  @Override
  public DataSource connections() {
    return connections;
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
