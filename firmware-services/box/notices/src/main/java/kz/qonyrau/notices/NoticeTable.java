package kz.qonyrau.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.notices.KeptNotice.Dismissal;
import kz.qonyrau.notices.KeptNotice.Origin;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of NOTICE.notice.
final class NoticeTable {

  private NoticeTable() {}

  static List<String> known(Handle handle, Collection<String> ids) {
    return handle
        .createQuery("SELECT id FROM notice.notice WHERE id IN (<ids>)")
        .bindList("ids", List.copyOf(ids))
        .mapTo(String.class)
        .list();
  }

  static void insert(Handle handle, KeptNotice notice) {
    handle
        .createUpdate(
            """
            INSERT INTO notice.notice
              (id, code, at_ms, amount_tiyn, until_ms, subject, origin, dismissed_at_ms, dismissed_by)
            VALUES (:id, :code, :at, :amount, :until, :subject, :origin, NULL, NULL)
            """)
        .bind("id", notice.id())
        .bind("code", notice.code())
        .bind("at", notice.at().toEpochMilli())
        .bind("amount", notice.amount().map(Tenge::tiyn).orElse(null))
        .bind("until", notice.until().map(Instant::toEpochMilli).orElse(null))
        .bind("subject", notice.subject().orElse(null))
        .bind("origin", notice.origin().name())
        .execute();
  }

  /// Forgets what is more than `most` of one origin.
  ///
  /// @param kept ids that stay in any case, not empty
  static void prune(Handle handle, Origin origin, int most, Collection<String> kept) {
    int rows =
        handle
            .createQuery("SELECT COUNT(*) FROM notice.notice WHERE origin = :origin")
            .bind("origin", origin.name())
            .mapTo(Integer.class)
            .one();
    if (rows <= most) {
      return;
    }
    List<String> surplus =
        handle
            .createQuery(
                """
                SELECT id FROM notice.notice WHERE origin = :origin AND id NOT IN (<kept>)
                ORDER BY CASE WHEN dismissed_at_ms IS NULL THEN 1 ELSE 0 END, at_ms, id
                FETCH FIRST :count ROWS ONLY
                """)
            .bind("origin", origin.name())
            .bindList("kept", List.copyOf(kept))
            .bind("count", rows - most)
            .mapTo(String.class)
            .list();
    if (!surplus.isEmpty()) {
      handle
          .createUpdate("DELETE FROM notice.notice WHERE id IN (<ids>)")
          .bindList("ids", surplus)
          .execute();
    }
  }

  static int undismissed(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM notice.notice WHERE dismissed_at_ms IS NULL")
        .mapTo(Integer.class)
        .one();
  }

  static List<KeptNotice> newest(Handle handle, boolean undismissedOnly, int limit) {
    return handle
        .createQuery(
            "SELECT id, code, at_ms, amount_tiyn, until_ms, subject, origin, dismissed_at_ms,"
                + " dismissed_by FROM notice.notice"
                + (undismissedOnly ? " WHERE dismissed_at_ms IS NULL" : "")
                + " ORDER BY at_ms DESC, id FETCH FIRST :limit ROWS ONLY")
        .bind("limit", limit)
        .map((row, _) -> notice(row))
        .list();
  }

  /// Dismisses those that are not, and says how many that were.
  static int dismiss(Handle handle, Collection<String> ids, Instant now, String by) {
    return handle
        .createUpdate(
            """
            UPDATE notice.notice SET dismissed_at_ms = :now, dismissed_by = :by
            WHERE id IN (<ids>) AND dismissed_at_ms IS NULL
            """)
        .bind("now", now.toEpochMilli())
        .bind("by", by)
        .bindList("ids", List.copyOf(ids))
        .execute();
  }

  private static KeptNotice notice(ResultSet row) throws SQLException {
    @Nullable String by = row.getString("dismissed_by");
    return new KeptNotice(
        row.getString("id"),
        row.getString("code"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        number(row, "amount_tiyn").map(Tenge::new),
        number(row, "until_ms").map(Instant::ofEpochMilli),
        Optional.ofNullable(row.getString("subject")),
        Origin.valueOf(row.getString("origin")),
        by == null
            ? Optional.empty()
            : Optional.of(new Dismissal(Instant.ofEpochMilli(row.getLong("dismissed_at_ms")), by)));
  }

  private static Optional<Long> number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(value);
  }
}
