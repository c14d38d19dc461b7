package kz.qonyrau.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/// Keeps prepared statements for the next time that the same text is executed on one connection.
///
/// The writer says the same few dozen things all day, and preparing a statement that Derby has in
/// its cache costs as much as executing it. A statement is given out once at a time: whoever wants
/// the same text meanwhile gets another one. For one connection and one thread.
///
/// Columns must not change while statements are kept; migrations run before the writer opens its
/// connection.
final class KeptStatements implements StatementBuilder {

  /// Lists of different lengths are different texts; of more texts than this the least recently
  /// used are forgotten.
  private static final int MOST = 256;

  private final StatementBuilder plain = new DefaultStatementBuilder();
  private final LinkedHashMap<String, PreparedStatement> idle =
      new LinkedHashMap<>(64, 0.75f, true);

  /// The texts that those in use were prepared with; Jdbi names another one when it closes them.
  private final IdentityHashMap<Statement, String> out = new IdentityHashMap<>();

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return plain.create(connection, context);
  }

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    if (context.isReturningGeneratedKeys() || context.isConcurrentUpdatable()) {
      return plain.create(connection, sql, context);
    }
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement given =
        kept == null || kept.isClosed() ? plain.create(connection, sql, context) : kept;
    out.put(given, sql);
    return given;
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return plain.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String text = out.remove(statement);
    if (text == null
        || statement.isClosed()
        || !(statement instanceof PreparedStatement prepared)) {
      plain.close(connection, sql, statement);
      return;
    }
    prepared.clearParameters();
    prepared.clearBatch();
    PreparedStatement twin = idle.put(text, prepared);
    if (twin != null) {
      twin.close();
    }
    if (idle.size() > MOST) {
      PreparedStatement oldest = idle.pollFirstEntry().getValue();
      oldest.close();
    }
  }

  /// The connection is about to be closed, and what was prepared on it goes with it.
  @Override
  public void close(Connection connection) {
    idle.clear();
    out.clear();
  }
}
