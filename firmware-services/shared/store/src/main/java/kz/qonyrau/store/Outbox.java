package kz.qonyrau.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// The queue of what central must be told. A message is put in the transaction of the fact that it
/// reports, and removed when central has acknowledged it (PLT-07).
public final class Outbox {

  private final InstantSource clock;

  public Outbox(InstantSource clock) {
    this.clock = clock;
  }

  /// Queues a message inside the caller's own transaction.
  ///
  /// Putting a message again while it waits changes nothing. Once acknowledged it is forgotten, so
  /// putting it then queues it again under a new number; central knows the id and drops it.
  ///
  /// @return its sequence number; numbers count from 1 and have no gaps, because they are drawn in
  ///   the same transaction
  /// @throws IllegalStateException if another message waits under this id
  public long put(Handle handle, OutboxMessage message) {
    Optional<QueuedMessage> waiting = find(handle, message.id());
    if (waiting.isPresent()) {
      QueuedMessage there = waiting.get();
      if (!new OutboxMessage(there.id(), there.kind(), there.body()).equals(message)) {
        throw new IllegalStateException(
            "another message waits under the id " + message.id() + ", number " + there.seq());
      }
      return there.seq();
    }
    long seq = nextNumber(handle);
    handle
        .createUpdate(
            """
            INSERT INTO outbox.message (seq, id, kind, body, queued_at_ms)
            VALUES (:seq, :id, :kind, :body, :at)
            """)
        .bind("seq", seq)
        .bind("id", message.id())
        .bind("kind", message.kind())
        .bind("body", message.body())
        .bind("at", clock.instant().toEpochMilli())
        .execute();
    return seq;
  }

  private static long nextNumber(Handle handle) {
    int counters = handle.execute("UPDATE outbox.counter SET last_seq = last_seq + 1");
    if (counters != 1) {
      throw new IllegalStateException("the outbox has " + counters + " counters instead of one");
    }
    return handle.createQuery("SELECT last_seq FROM outbox.counter").mapTo(Long.class).one();
  }

  private static Optional<QueuedMessage> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT seq, id, kind, body, queued_at_ms FROM outbox.message WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> message(row))
        .findOne();
  }

  /// The messages after number `afterSeq`, in order.
  ///
  /// @param limit at most so many, 1 to 10,000
  public List<QueuedMessage> next(Handle handle, long afterSeq, int limit) {
    if (limit < 1 || limit > 10_000) {
      throw new IllegalArgumentException("limit must be 1 to 10000, not " + limit);
    }
    return handle
        .createQuery(
            """
            SELECT seq, id, kind, body, queued_at_ms FROM outbox.message
            WHERE seq > :after ORDER BY seq FETCH FIRST :limit ROWS ONLY
            """)
        .bind("after", afterSeq)
        .bind("limit", limit)
        .map((row, _) -> message(row))
        .list();
  }

  private static QueuedMessage message(java.sql.ResultSet row) throws java.sql.SQLException {
    return new QueuedMessage(
        row.getLong("seq"),
        row.getString("id"),
        row.getString("kind"),
        row.getBytes("body"),
        Instant.ofEpochMilli(row.getLong("queued_at_ms")));
  }

  /// Removes what central has acknowledged. Ids that are not there are ignored: an acknowledgement
  /// may come twice.
  ///
  /// @return how many were removed
  public int acknowledge(Handle handle, Collection<String> messageIds) {
    if (messageIds.isEmpty()) {
      return 0;
    }
    int removed = 0;
    try (PreparedBatch batch = handle.prepareBatch("DELETE FROM outbox.message WHERE id = :id")) {
      for (String id : messageIds) {
        batch.bind("id", id).add();
      }
      for (int rows : batch.execute()) {
        removed += rows;
      }
    }
    return removed;
  }

  /// Whether a message waits under this id.
  public boolean holds(Handle handle, String messageId) {
    return find(handle, messageId).isPresent();
  }

  /// How many messages wait.
  public long depth(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM outbox.message").mapTo(Long.class).one();
  }
}
