package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LegalHold;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of FLEET.legal_hold: one for each hold that there ever was.
final class LegalHoldTable {

  private static final String STANDING =
      """
      SELECT box_id, id, from_day, to_day, reason, by_whom, since_ms FROM fleet.legal_hold
      WHERE lifted_at_ms IS NULL
      """;

  private LegalHoldTable() {}

  private record Row(BoxId box, LegalHold hold) {}

  static void insert(Handle handle, BoxId box, LegalHold hold) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.legal_hold (
              id, box_id, from_day, to_day, reason, since_ms, by_whom)
            VALUES (:id, :box, :from, :to, :reason, :since, :by)
            """)
        .bind("id", hold.id())
        .bind("box", box.value())
        .bindByType("from", day(hold.days().map(HeldDays::from)), String.class)
        .bindByType("to", day(hold.days().map(HeldDays::to)), String.class)
        .bind("reason", hold.reason())
        .bind("since", hold.since().toEpochMilli())
        .bind("by", hold.by())
        .execute();
  }

  private static @Nullable String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse(null);
  }

  /// Notes that a hold is lifted.
  ///
  /// @return false if the box has none of this id that stands
  static boolean lift(Handle handle, BoxId box, String id, String note, Instant now, String by) {
    return handle
            .createUpdate(
                """
                UPDATE fleet.legal_hold
                SET lifted_at_ms = :now, lifted_by = :by, lifted_note = :note
                WHERE id = :id AND box_id = :box AND lifted_at_ms IS NULL
                """)
            .bind("now", now.toEpochMilli())
            .bind("by", by)
            .bind("note", note)
            .bind("id", id)
            .bind("box", box.value())
            .execute()
        > 0;
  }

  /// Those that stand on a box, the oldest first.
  static List<LegalHold> standing(Handle handle, BoxId box) {
    return handle
        .createQuery(STANDING + " AND box_id = :box ORDER BY since_ms, id")
        .bind("box", box.value())
        .map((row, _) -> row(row).hold())
        .list();
  }

  /// Those that stand anywhere, by box, the oldest first.
  static Map<BoxId, List<LegalHold>> standing(Handle handle) {
    return handle
        .createQuery(STANDING + " ORDER BY since_ms, id")
        .map((row, _) -> row(row))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::box, HashMap::new, Collectors.mapping(Row::hold, Collectors.toList())));
  }

  private static Row row(ResultSet row) throws SQLException {
    Optional<LocalDate> from = Optional.ofNullable(row.getString("from_day")).map(LocalDate::parse);
    Optional<LocalDate> to = Optional.ofNullable(row.getString("to_day")).map(LocalDate::parse);
    return new Row(
        new BoxId(row.getString("box_id")),
        new LegalHold(
            row.getString("id"),
            from.map(first -> new HeldDays(first, to.orElseThrow())),
            row.getString("reason"),
            row.getString("by_whom"),
            Instant.ofEpochMilli(row.getLong("since_ms"))));
  }
}
