package kz.qonyrau.testsupport;

import kz.qonyrau.store.Store;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/// Cuts the power just before a chosen statement, counted from one. Only the first time: what comes
/// after finds the power back.
public final class Plug implements SqlLogger {

  /// What a power cut looks like from the inside.
  public static final class Pulled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Pulled(int statement) {
      super("the plug was pulled before statement " + statement);
    }
  }

  private final int before;
  private volatile int statements;

  private Plug(int before) {
    this.before = before;
  }

  /// A plug to put into a handle's configuration.
  ///
  /// @param statement the statement that does not happen, counted from one
  public static Plug before(int statement) {
    return new Plug(statement);
  }

  /// A plug in the writer of `store` that is pulled before its next `statement`-th statement.
  public static Plug in(Store store, int statement) {
    Plug plug = new Plug(statement);
    listen(store, plug);
    return plug;
  }

  /// Takes the plug out of the writer of `store`.
  public static void remove(Store store) {
    listen(store, SqlLogger.NOP_SQL_LOGGER);
  }

  private static void listen(Store store, SqlLogger logger) {
    // The writer keeps one handle, so what is set on it stays.
    var _ =
        Eventually.answer(
            store.write(handle -> {
              handle.getConfig(SqlStatements.class).setSqlLogger(logger);
              return logger;
            }));
  }

  public boolean isPulled() {
    return statements >= before;
  }

  /// How many statements were begun since it was put in.
  public int statements() {
    return statements;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // Counted by the one writer, read by the test.
  public void logBeforeExecution(StatementContext context) {
    if (++statements == before) {
      throw new Pulled(before);
    }
  }
}
