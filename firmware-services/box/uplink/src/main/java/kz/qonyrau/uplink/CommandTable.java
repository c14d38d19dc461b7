package kz.qonyrau.uplink;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.CommandAnswer.Result;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.CommandDocument.Outline;
import kz.qonyrau.wire.CommandOrder;
import org.jdbi.v3.core.Handle;

/// The orders that central gave this box. Every method runs inside the caller's transaction.
final class CommandTable {

  enum State {
    RECEIVED,
    BEGUN,
    ANSWERED
  }

  /// An order that is not answered yet.
  record Open(CommandDocument command, State state) {}

  private CommandTable() {}

  static boolean knows(Handle handle, String id) {
    return handle
        .createQuery("SELECT id FROM uplink.command WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  static void insert(Handle handle, Outline command, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO uplink.command (id, command_order, issued_at_ms, expires_at_ms, issued_by,
                reason, received_at_ms, state)
            VALUES (:id, :order, :issued, :expires, :by, :reason, :now, 'RECEIVED')
            """)
        .bind("id", command.id())
        .bind("order", command.order())
        .bind("issued", command.issuedAt().toEpochMilli())
        .bind("expires", command.expires().toEpochMilli())
        .bind("by", command.by())
        .bind("reason", command.reason())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /// The one that came first of those that are not answered. The one by which the box retires waits
  /// for its owner, and nothing waits for it.
  static Optional<Open> next(Handle handle, BoxId box) {
    return handle
        .createQuery(
            """
            SELECT id, command_order, issued_at_ms, expires_at_ms, issued_by, reason, state
            FROM uplink.command WHERE state IN ('RECEIVED', 'BEGUN')
              AND id NOT IN (SELECT command_id FROM uplink.retirement)
            ORDER BY received_at_ms, id FETCH FIRST 1 ROWS ONLY
            """)
        .map((row, _) -> open(row, box))
        .findOne();
  }

  private static Open open(ResultSet row, BoxId box) throws SQLException {
    return new Open(
        new CommandDocument(
            box,
            row.getString("id"),
            CommandOrder.valueOf(row.getString("command_order")),
            Instant.ofEpochMilli(row.getLong("issued_at_ms")),
            Instant.ofEpochMilli(row.getLong("expires_at_ms")),
            row.getString("issued_by"),
            row.getString("reason")),
        State.valueOf(row.getString("state")));
  }

  static void begin(Handle handle, String id) {
    requireOne(
        handle
            .createUpdate(
                "UPDATE uplink.command SET state = 'BEGUN' WHERE id = :id AND state = 'RECEIVED'")
            .bind("id", id)
            .execute(),
        id);
  }

  static boolean isBegun(Handle handle, String id) {
    return handle
        .createQuery("SELECT id FROM uplink.command WHERE id = :id AND state = 'BEGUN'")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  static void answer(Handle handle, String id, Result result, Instant at) {
    requireOne(
        handle
            .createUpdate(
                """
                UPDATE uplink.command
                SET state = 'ANSWERED', result = :result, answered_at_ms = :at
                WHERE id = :id AND state <> 'ANSWERED'
                """)
            .bind("result", result.name())
            .bind("at", at.toEpochMilli())
            .bind("id", id)
            .execute(),
        id);
  }

  /// When the newest order of this kind was done.
  static Optional<Instant> lastDone(Handle handle, CommandOrder order) {
    return handle
        .createQuery(
            """
            SELECT answered_at_ms FROM uplink.command
            WHERE command_order = :order AND result = 'DONE'
            ORDER BY answered_at_ms DESC FETCH FIRST 1 ROWS ONLY
            """)
        .bind("order", order.name())
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  private static void requireOne(int rows, String id) {
    if (rows != 1) {
      throw new IllegalStateException("the order " + id + " is answered already");
    }
  }
}
