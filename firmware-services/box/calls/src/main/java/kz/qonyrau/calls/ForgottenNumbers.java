package kz.qonyrau.calls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Purged;
import org.jdbi.v3.core.Handle;

/// Takes who was called out of calls whose time is over, with the keys that were pressed and what
/// was understood. What a call came to and what it cost stays, as the book of money does
/// (SH-RET-01).
final class ForgottenNumbers {

  private static final String CLASS = "CALL_LOG";

  private record Old(String id, Instant startedAt) {}

  private ForgottenNumbers() {}

  /// Forgets the oldest numbers, inside the caller's transaction.
  ///
  /// @param before only of calls that began before
  /// @param most how many at most
  /// @return the proof; empty if there is nothing left to forget
  static Optional<Purged> forget(Handle handle, Instant before, int most) {
    // What is behind was forgotten, so that nobody looks through it again.
    List<Old> old =
        handle
            .createQuery(
                """
                SELECT id, started_at_ms FROM calls.phone_call
                WHERE started_at_ms >= (SELECT before_ms FROM calls.forgotten)
                  AND started_at_ms < :before AND callee IS NOT NULL AND state = 'ENDED'
                ORDER BY started_at_ms FETCH FIRST :most ROWS ONLY
                """)
            .bind("before", before.toEpochMilli())
            .bind("most", most)
            .map((row, _) ->
                new Old(row.getString("id"), Instant.ofEpochMilli(row.getLong("started_at_ms"))))
            .list();
    if (old.isEmpty()) {
      return Optional.empty();
    }
    List<String> ids = old.stream().map(Old::id).toList();
    handle
        .createUpdate("DELETE FROM calls.utterance WHERE call_id IN (<ids>)")
        .bindList("ids", ids)
        .execute();
    handle
        .createUpdate("UPDATE calls.phone_call SET callee = NULL, digits = '' WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .execute();
    Instant newest = old.getLast().startedAt();
    handle
        .createUpdate("UPDATE calls.forgotten SET before_ms = :newest")
        .bind("newest", newest.toEpochMilli())
        .execute();
    return Optional.of(Purged.of(CLASS, ids, old.getFirst().startedAt(), newest));
  }
}
