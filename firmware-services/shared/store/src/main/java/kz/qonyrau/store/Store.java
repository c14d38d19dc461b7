package kz.qonyrau.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// The database of this process: one thread that writes, a few that read.
///
/// Embedded, the database belongs to this process alone. On a server any number of nodes may have a
/// store on the same database; one of them writes at a time, and each of its statements sees what
/// the others have committed.
///
/// Each piece of work is a transaction of its own to those who submit it. Below, the writer lets
/// many share one commit: each stands on a savepoint, so one that fails takes nothing but itself
/// away, and each future completes only after the commit is on the disk (PLT-06).
///
/// Futures complete on the store's own threads and belong to no Vert.x context. Never wait for one
/// of them inside a [Work] or a listener; a caller on a context awaits, or hops with
/// `context.runOnContext`.
public final class Store implements AutoCloseable {

  private static final Pattern SCHEMA = Pattern.compile("[A-Z][A-Z0-9_]{0,29}");

  private final Database database;
  private final Writer writer;
  private final Readers readers;

  private Store(Database database, Writer writer, Readers readers) {
    this.database = database;
    this.writer = writer;
    this.readers = readers;
  }

  /// Opens the database, creates it if it is embedded and missing, brings each schema up to date
  /// with the migrations in `db/<schema in lower case>/` on the class path, and starts the writer.
  /// Blocks, a second or two for a new database.
  ///
  /// @param schemas names in upper case, in the order in which they are migrated
  /// @throws StoreUnavailableException if the database cannot be opened or a migration fails
  /// @throws IllegalArgumentException if a schema's name is not one
  public static Store open(StoreSettings settings, List<String> schemas) {
    for (String schema : schemas) {
      if (!SCHEMA.matcher(schema).matches()) {
        throw new IllegalArgumentException("not the name of a schema: '" + schema + "'");
      }
    }
    Database database = Database.open(settings);
    try {
      schemas.forEach(schema -> migrate(database, schema));
      Writer writer = new Writer(database);
      writer.start();
      try {
        return new Store(
            database,
            writer,
            new Readers(database.connections(), settings.readers(), settings.busyTimeout()));
      } catch (RuntimeException | Error failure) {
        writer.close();
        throw failure;
      }
    } catch (RuntimeException | Error failure) {
      try {
        database.close();
      } catch (RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  private static void migrate(Database database, String schema) {
    try {
      var _ =
          Flyway.configure()
              .loggers(FlywayLog.class.getName())
              .dataSource(database.connections())
              .schemas(database.storedName(schema))
              .createSchemas(true)
              .locations("classpath:db/" + schema.toLowerCase(Locale.ROOT))
              .failOnMissingLocations(true)
              .placeholders(database.placeholders())
              .load()
              .migrate();
    } catch (FlywayException failure) {
      throw new StoreUnavailableException(
          "cannot bring schema " + schema + " up to date: " + failure.getMessage(), failure);
    }
  }

  /// Runs `work` on the writer's thread and completes after its commit is durable.
  ///
  /// If the future fails, nothing of the work was kept, save when the commit itself failed or the
  /// connection broke: then it is unknown, and work that can be repeated should be. Fails with
  /// [StoreRefusesException] when too much waits, another node has been writing for longer than the
  /// busy timeout, or the store is closed. A connection that broke is opened anew by the next work.
  public <T> Future<T> write(Work<T> work) {
    return writer.submit(work);
  }

  /// Runs `work` on a reader's thread, in a transaction that cannot write. It sees what was
  /// committed, statement by statement. A work that loses a deadlock or its connection is run
  /// again, so it should touch nothing but the database.
  public <T> Future<T> read(Work<T> work) {
    return readers.submit(work);
  }

  /// Takes no more work, finishes what was taken, and shuts the database down. Safe to repeat.
  @Override
  public void close() {
    writer.close();
    readers.close();
    database.close();
  }
}
