package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.SuspensionScope;
import org.jdbi.v3.core.Handle;

/// The rows of FLEET.suspension: one for each suspension that there ever was.
final class SuspensionTable {

  // What a scope is in a column that is never NULL, so that it can be compared.
  private static final String NONE = "-";

  private SuspensionTable() {}

  record Row(String id, BoxId box, SuspensionScope scope, String name) {}

  record Why(SuspensionGround ground, String note, Instant since, String by) {}

  static void insert(Handle handle, Row row, Why why) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.suspension (
              id, box_id, module, trunk, name, ground, note, since_ms, by_whom)
            VALUES (:id, :box, :module, :trunk, :name, :ground, :note, :since, :by)
            """)
        .bind("id", row.id())
        .bind("box", row.box().value())
        .bind("module", row.scope().module().orElse(NONE))
        .bind("trunk", row.scope().trunk().orElse(NONE))
        .bind("name", row.name())
        .bind("ground", why.ground().name())
        .bind("note", why.note())
        .bind("since", why.since().toEpochMilli())
        .bind("by", why.by())
        .execute();
  }

  /// Notes that an open suspension is lifted.
  ///
  /// @throws IllegalStateException if there is none
  static Row lift(
      Handle handle, BoxId box, SuspensionScope scope, String note, Instant now, String by) {
    Row open =
        handle
            .createQuery(
                """
                SELECT id, name FROM fleet.suspension
                WHERE box_id = :box AND module = :module AND trunk = :trunk
                  AND lifted_at_ms IS NULL
                """)
            .bind("box", box.value())
            .bind("module", scope.module().orElse(NONE))
            .bind("trunk", scope.trunk().orElse(NONE))
            .map((row, _) -> new Row(row.getString("id"), box, scope, row.getString("name")))
            .one();
    handle
        .createUpdate(
            """
            UPDATE fleet.suspension
            SET lifted_at_ms = :now, lifted_by = :by, lifted_note = :note WHERE id = :id
            """)
        .bind("now", now.toEpochMilli())
        .bind("by", by)
        .bind("note", note)
        .bind("id", open.id())
        .execute();
    return open;
  }

  static List<OpenSuspension> open(Handle handle, int most) {
    return handle
        .createQuery(
            """
            SELECT s.box_id, o.name AS organisation, b.site, s.module, s.trunk, s.name, s.ground,
              s.note, s.since_ms, s.by_whom
            FROM fleet.suspension s
              JOIN fleet.box b ON b.id = s.box_id
              JOIN fleet.organisation o ON o.id = b.organisation_id
            WHERE s.lifted_at_ms IS NULL AND b.revoked_at_ms IS NULL
            ORDER BY s.since_ms, s.id FETCH FIRST :most ROWS ONLY
            """)
        .bind("most", most)
        .map((row, _) -> suspension(row))
        .list();
  }

  private static OpenSuspension suspension(ResultSet row) throws SQLException {
    return new OpenSuspension(
        new BoxId(row.getString("box_id")),
        row.getString("organisation"),
        row.getString("site"),
        SuspensionScope.of(named(row, "module"), named(row, "trunk")),
        row.getString("name"),
        SuspensionGround.valueOf(row.getString("ground")),
        row.getString("note"),
        Instant.ofEpochMilli(row.getLong("since_ms")),
        row.getString("by_whom"));
  }

  private static Optional<String> named(ResultSet row, String column) throws SQLException {
    return Optional.of(row.getString(column)).filter(value -> !value.equals(NONE));
  }
}
