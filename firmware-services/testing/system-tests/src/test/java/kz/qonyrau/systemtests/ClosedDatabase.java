package kz.qonyrau.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// The database of a box or of central whose program has ended: what is really in it, read past all
/// of the product's own code.
final class ClosedDatabase implements AutoCloseable {

  private final String url;
  private final Connection connection;

  private ClosedDatabase(String url, Connection connection) {
    this.url = url;
    this.connection = connection;
  }

  /// @param home the data directory of the box or of central
  static ClosedDatabase below(Path home) throws SQLException, IOException {
    Properties properties = new Properties();
    Path key = home.resolve("keys/database");
    if (Files.exists(key)) {
      properties.setProperty("bootPassword", Files.readString(key).strip());
    }
    String url = "jdbc:derby:" + home.resolve("database");
    return new ClosedDatabase(url, DriverManager.getConnection(url, properties));
  }

  /// The one number that a query answers with.
  long number(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new IllegalArgumentException("no row: " + query);
      }
      return rows.getLong(1);
    }
  }

  /// The numbers of a query by name: its first column names, its second counts.
  Map<String, Long> numbers(String query) throws SQLException {
    Map<String, Long> found = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getLong(2));
      }
    }
    return found;
  }

  /// All tables that the product made, as `schema.table`.
  List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT s.schemaname, t.tablename FROM sys.systables t"
                    + " JOIN sys.sysschemas s ON s.schemaid = t.schemaid WHERE t.tabletype = 'T'")) {
      while (rows.next()) {
        tables.add("\"%s\".\"%s\"".formatted(rows.getString(1).strip(), rows.getString(2).strip()));
      }
    }
    return tables;
  }

  /// All rows of a table, each with the columns one after the other; bytes as letters.
  ///
  /// @param table as [#tables] names it
  List<String> rows(String table) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          Object value = rows.getObject(column);
          row.append(
                  switch (value) {
                    case null -> "";
                    case Clob text -> text.getSubString(1, (int) text.length());
                    case Blob bytes ->
                        new String(
                            bytes.getBytes(1, (int) bytes.length()), StandardCharsets.ISO_8859_1);
                    case byte[] bytes -> new String(bytes, StandardCharsets.ISO_8859_1);
                    default -> value.toString();
                  })
              .append(" | ");
        }
        all.add(row.toString());
      }
    }
    return all;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    Properties shutdown = new Properties();
    shutdown.setProperty("shutdown", "true");
    try (Connection unexpected = DriverManager.getConnection(url, shutdown)) {
      throw new IllegalStateException("Derby did not shut down " + url + ": " + unexpected);
    } catch (SQLException answer) {
      if (!"08006".equals(answer.getSQLState())) {
        throw answer;
      }
    }
  }
}
