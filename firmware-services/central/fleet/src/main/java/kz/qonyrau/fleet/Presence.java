package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.Heartbeat;
import org.jdbi.v3.core.Handle;

/// Which boxes are there. Every method runs in the caller's transaction.
final class Presence {

  private Presence() {}

  /// Notes a sign of life.
  ///
  /// @return the alarm that the box's book went back, if it did and is to be told
  static Optional<TimelineEntry> beat(Handle handle, BoxId box, Heartbeat heartbeat, Instant now) {
    record Before(boolean online, long checkedRows) {}
    Before before =
        handle
            .createQuery("SELECT online, checked_rows FROM fleet.box WHERE id = :box")
            .bind("box", box.value())
            .map((row, _) -> new Before(row.getBoolean("online"), row.getLong("checked_rows")))
            .one();
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET online = true, connection_id = :connection,
              last_seen_ms = :now, heartbeat = :body
            WHERE id = :box
            """)
        .bind("connection", heartbeat.connection())
        .bind("now", now.toEpochMilli())
        .bind("body", heartbeat.body())
        .bind("box", box.value())
        .execute();
    if (!before.online()) {
      var _ =
          Timeline.add(
              handle,
              new TimelineEntry(
                  box, now, "ONLINE", "version " + heartbeat.vitals().version(), Optional.empty()));
    }
    long rows = heartbeat.vitals().ledgerRows();
    return rows < before.checkedRows()
        ? Timeline.alarm(
            handle,
            box,
            "LEDGER_MISMATCH",
            "its book has " + rows + " rows and had " + before.checkedRows() + " before",
            now)
        : Optional.empty();
  }

  /// Marks a box offline.
  ///
  /// @param connection whose end it is; the end of an older connection than the one in use is late
  ///   news
  /// @return whether it was online
  static boolean goOffline(Handle handle, BoxId box, Optional<String> connection, Instant now) {
    int changed =
        handle
            .createUpdate(
                """
                UPDATE fleet.box SET online = false
                WHERE id = :box AND online = true AND (:any = 1 OR connection_id = :connection)
                """)
            .bind("box", box.value())
            .bind("any", connection.isEmpty() ? 1 : 0)
            .bind("connection", connection.orElse(""))
            .execute();
    if (changed > 0) {
      var _ =
          Timeline.add(
              handle,
              new TimelineEntry(
                  box,
                  now,
                  "OFFLINE",
                  connection.isPresent() ? "the connection ended" : "no heartbeat came",
                  Optional.empty()));
    }
    return changed > 0;
  }
}
