package kz.qonyrau.testdatabases;

import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The products that a store runs on.
public enum TestDatabase {
  /// In the memory of the test's own process.
  DERBY {
    @Override
    public String newUrl() {
      return "jdbc:derby:memory:" + UUID.randomUUID();
    }
  },

  /// The one server of the test's process, [PostgreSqlServer#shared()].
  POSTGRESQL {
    @Override
    public String newUrl() {
      return PostgreSqlServer.shared().newDatabase();
    }
  };

  /// The JDBC URL of a database with nothing in it. Derby makes it when it is opened.
  public abstract String newUrl();

  /// The product that a test of a class with [OnEachDatabase] runs on; Derby in other classes.
  public static TestDatabase of(ExtensionContext context) {
    return EachDatabase.of(context);
  }
}
