package kz.qonyrau.calls;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.store.Overdue;
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
  /// @param overdue only of calls that began before, and that no legal hold keeps
  /// @param most how many at most
  /// @return the proof; empty if there is nothing left to forget
  static Optional<Purged> forget(Handle handle, Overdue overdue, int most) {
    // What is behind was forgotten, so that nobody looks through it again.
    Instant since = since(handle, overdue.lifted(handle));
    return overdue.free(handle, since).stream()
        .map(stretch -> old(handle, stretch, most))
        .filter(old -> !old.isEmpty())
        .findFirst()
        .map(old -> forget(handle, overdue, old));
  }

  /// From where on there may be numbers to forget: further back than before where a hold was lifted
  /// that kept some.
  private static Instant since(Handle handle, List<HeldPeriod> lifted) {
    record Mark(long beforeMs, int lifts) {}
    Mark mark =
        handle
            .createQuery("SELECT before_ms, lifts FROM calls.forgotten")
            .map((row, _) -> new Mark(row.getLong("before_ms"), row.getInt("lifts")))
            .one();
    if (lifted.size() == mark.lifts()) {
      return Instant.ofEpochMilli(mark.beforeMs());
    }
    long from =
        lifted.stream()
            .mapToLong(hold -> hold.from().toEpochMilli())
            .reduce(mark.beforeMs(), Math::min);
    handle
        .createUpdate("UPDATE calls.forgotten SET before_ms = :from, lifts = :lifts")
        .bind("from", from)
        .bind("lifts", lifted.size())
        .execute();
    return Instant.ofEpochMilli(from);
  }

  private static List<Old> old(Handle handle, Overdue.Stretch stretch, int most) {
    return handle
        .createQuery(
            """
            SELECT id, started_at_ms FROM calls.phone_call
            WHERE started_at_ms >= :from AND started_at_ms < :until
              AND callee IS NOT NULL AND state = 'ENDED'
            ORDER BY started_at_ms FETCH FIRST :most ROWS ONLY
            """)
        .bind("from", stretch.from().toEpochMilli())
        .bind("until", stretch.until().toEpochMilli())
        .bind("most", most)
        .map((row, _) ->
            new Old(row.getString("id"), Instant.ofEpochMilli(row.getLong("started_at_ms"))))
        .list();
  }

  private static Purged forget(Handle handle, Overdue overdue, List<Old> old) {
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
    return Purged.of(
        CLASS,
        ids,
        old.getFirst().startedAt(),
        newest,
        overdue.keptBy(handle, old.stream().map(Old::startedAt).toList()));
  }
}
