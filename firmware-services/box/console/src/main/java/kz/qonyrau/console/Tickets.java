package kz.qonyrau.console;

import io.vertx.core.Future;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import org.jdbi.v3.core.Handle;

/// The tickets by which an owner lets technicians hear recordings, kept in the schema CONSOLE
/// (SH-RET-07). A use is written down before anything is heard, so that no death of the program
/// makes two of one.
///
/// May be used from any thread.
public final class Tickets {

  private static final int MOST_SHOWN = 200;

  private static final String SELECT =
      """
      SELECT id, call_id, reason, given_by, given_at_ms, until_ms, withdrawn_at_ms,
        heard_by, heard_at_ms, read_by, read_at_ms
      FROM console.ticket
      """;

  private final Store store;
  private final InstantSource clock;

  /// @param store with the schema CONSOLE
  public Tickets(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Whether a ticket is good now for something.
  enum Standing {
    GOOD,
    UNKNOWN,
    WITHDRAWN,
    OVER,
    USED
  }

  Future<Ticket> give(CallId call, String reason, Duration validity, String by) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    Ticket ticket =
        new Ticket(
            UUID.randomUUID().toString(),
            call,
            reason,
            by,
            now,
            now.plus(validity),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return store.write(handle -> {
      insert(handle, ticket);
      return ticket;
    });
  }

  private static void insert(Handle handle, Ticket ticket) {
    handle
        .createUpdate(
            """
            INSERT INTO console.ticket (id, call_id, reason, given_by, given_at_ms, until_ms)
            VALUES (:id, :call, :reason, :by, :at, :until)
            """)
        .bind("id", ticket.id())
        .bind("call", ticket.call().value())
        .bind("reason", ticket.reason())
        .bind("by", ticket.givenBy())
        .bind("at", ticket.givenAt().toEpochMilli())
        .bind("until", ticket.until().toEpochMilli())
        .execute();
  }

  /// All of a call, the newest first.
  Future<List<Ticket>> of(CallId call) {
    return store.read(handle ->
        handle
            .createQuery(
                SELECT
                    + " WHERE call_id = :call ORDER BY given_at_ms DESC, id"
                    + " FETCH FIRST :most ROWS ONLY")
            .bind("call", call.value())
            .bind("most", MOST_SHOWN)
            .map((row, _) -> ticket(row))
            .list());
  }

  /// Those by which something can still be heard or read, the one that ends first first.
  Future<List<Ticket>> open() {
    return store.read(handle ->
        handle
            .createQuery(
                SELECT
                    + " WHERE until_ms > :now AND withdrawn_at_ms IS NULL"
                    + " AND (heard_at_ms IS NULL OR read_at_ms IS NULL)"
                    + " ORDER BY until_ms, id FETCH FIRST :most ROWS ONLY")
            .bind("now", clock.millis())
            .bind("most", MOST_SHOWN)
            .map((row, _) -> ticket(row))
            .list());
  }

  Future<Optional<Ticket>> find(String id) {
    return store.read(handle -> find(handle, id));
  }

  private static Optional<Ticket> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> ticket(row))
        .findOne();
  }

  /// Takes a ticket back, whatever was heard already. Repeating it changes nothing.
  ///
  /// @return false if the call has no such ticket
  Future<Boolean> withdraw(CallId call, String id) {
    return store.write(handle -> {
      handle
          .createUpdate(
              """
              UPDATE console.ticket SET withdrawn_at_ms = :now
              WHERE id = :id AND call_id = :call AND withdrawn_at_ms IS NULL
              """)
          .bind("now", clock.millis())
          .bind("id", id)
          .bind("call", call.value())
          .execute();
      return find(handle, id).filter(ticket -> ticket.call().equals(call)).isPresent();
    });
  }

  /// Whether a ticket is good for this now. Changes nothing.
  Standing standing(Optional<Ticket> ticket, Ticket.Part part) {
    if (ticket.isEmpty()) {
      return Standing.UNKNOWN;
    }
    Ticket one = ticket.get();
    if (one.withdrawnAt().isPresent()) {
      return Standing.WITHDRAWN;
    }
    if (one.use(part).isPresent()) {
      return Standing.USED;
    }
    return clock.instant().isBefore(one.until()) ? Standing.GOOD : Standing.OVER;
  }

  /// Uses a ticket up for this, if it is good. Of any number at once one succeeds.
  ///
  /// @param by the technician's login
  /// @return GOOD if it was, and is not any more
  Future<Standing> use(String id, Ticket.Part part, String by) {
    return store.write(handle -> {
      Standing standing = standing(find(handle, id), part);
      if (standing == Standing.GOOD) {
        String column = part == Ticket.Part.RECORDING ? "heard" : "read";
        handle
            .createUpdate(
                "UPDATE console.ticket SET "
                    + column
                    + "_by = :by, "
                    + column
                    + "_at_ms = :now WHERE id = :id")
            .bind("by", by)
            .bind("now", clock.millis())
            .bind("id", id)
            .execute();
      }
      return standing;
    });
  }

  private static Ticket ticket(ResultSet row) throws SQLException {
    return new Ticket(
        row.getString("id"),
        new CallId(row.getString("call_id")),
        row.getString("reason"),
        row.getString("given_by"),
        Instant.ofEpochMilli(row.getLong("given_at_ms")),
        Instant.ofEpochMilli(row.getLong("until_ms")),
        instant(row, "withdrawn_at_ms"),
        use(row, "heard"),
        use(row, "read"));
  }

  private static Optional<Ticket.Use> use(ResultSet row, String column) throws SQLException {
    Optional<Instant> at = instant(row, column + "_at_ms");
    String by = row.getString(column + "_by");
    return at.map(moment -> new Ticket.Use(by, moment));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }
}
