package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// What happened to the boxes, and what is wrong with them. Alarms of one code and box are counted
/// in one row and written into the timeline at most once an hour, so that a box that misbehaves for
/// ever cannot fill the disk.
final class Timeline {

  private static final Duration AGAIN_AFTER = Duration.ofHours(1);
  private static final int LONGEST = 1000;

  private Timeline() {}

  static TimelineEntry add(Handle handle, TimelineEntry entry) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.timeline (box_id, at_ms, kind, detail, by_whom)
            VALUES (:box, :at, :kind, :detail, :by)
            """)
        .bind("box", entry.box().value())
        .bind("at", entry.at().toEpochMilli())
        .bind("kind", entry.kind())
        .bind("detail", cut(entry.detail()))
        .bind("by", entry.by().orElse(null))
        .execute();
    return entry;
  }

  /// Counts an alarm.
  ///
  /// @return the new entry of the timeline, unless the same was entered within the last hour
  static Optional<TimelineEntry> alarm(
      Handle handle, BoxId box, String code, String detail, Instant at) {
    Optional<Long> last =
        handle
            .createQuery("SELECT last_at_ms FROM fleet.alarm WHERE box_id = :box AND code = :code")
            .bind("box", box.value())
            .bind("code", code)
            .mapTo(Long.class)
            .findOne();
    if (last.isPresent()) {
      handle
          .createUpdate(
              """
              UPDATE fleet.alarm SET last_at_ms = :at, times = times + 1, detail = :detail
              WHERE box_id = :box AND code = :code
              """)
          .bind("at", at.toEpochMilli())
          .bind("detail", cut(detail))
          .bind("box", box.value())
          .bind("code", code)
          .execute();
    } else {
      handle
          .createUpdate(
              """
              INSERT INTO fleet.alarm (box_id, code, detail, first_at_ms, last_at_ms, times)
              VALUES (:box, :code, :detail, :at, :at, 1)
              """)
          .bind("box", box.value())
          .bind("code", code)
          .bind("detail", cut(detail))
          .bind("at", at.toEpochMilli())
          .execute();
    }
    boolean fresh = last.isEmpty() || at.toEpochMilli() - last.get() >= AGAIN_AFTER.toMillis();
    return fresh
        ? Optional.of(add(handle, new TimelineEntry(box, at, code, detail, Optional.empty())))
        : Optional.empty();
  }

  static List<TimelineEntry> of(Handle handle, BoxId box, int size) {
    return handle
        .createQuery(
            """
            SELECT box_id, at_ms, kind, detail, by_whom FROM fleet.timeline
            WHERE box_id = :box ORDER BY at_ms DESC, id DESC FETCH FIRST :size ROWS ONLY
            """)
        .bind("box", box.value())
        .bind("size", size)
        .map(Timeline::entry)
        .list();
  }

  /// The alarms that were raised last, one entry per box and code.
  static List<TimelineEntry> alarms(Handle handle, int size) {
    return handle
        .createQuery(
            """
            SELECT box_id, last_at_ms AS at_ms, code AS kind, detail, NULLIF('', '') AS by_whom
            FROM fleet.alarm ORDER BY last_at_ms DESC FETCH FIRST :size ROWS ONLY
            """)
        .bind("size", size)
        .map(Timeline::entry)
        .list();
  }

  private static TimelineEntry entry(java.sql.ResultSet row, StatementContext context)
      throws java.sql.SQLException {
    return new TimelineEntry(
        new BoxId(row.getString("box_id")),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        row.getString("kind"),
        row.getString("detail"),
        Optional.ofNullable(row.getString("by_whom")));
  }

  private static String cut(String detail) {
    return detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST - 1) + "…";
  }
}
