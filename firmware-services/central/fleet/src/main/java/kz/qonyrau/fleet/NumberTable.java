package kz.qonyrau.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.cases.BoxFinder;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// The rows of FLEET.pool_number and FLEET.number_assignment.
final class NumberTable {

  private NumberTable() {}

  /// The numbers that a box may show now; empty if none was ever assigned to it.
  static Optional<List<Msisdn>> of(Handle handle, BoxId box) {
    boolean ever =
        handle
            .createQuery(
                """
                SELECT 1 FROM fleet.number_assignment WHERE box_id = :box
                FETCH FIRST 1 ROWS ONLY
                """)
            .bind("box", box.value())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!ever) {
      return Optional.empty();
    }
    return Optional.of(
        handle
            .createQuery(
                """
                SELECT number FROM fleet.number_assignment
                WHERE box_id = :box AND until_ms IS NULL ORDER BY number
                """)
            .bind("box", box.value())
            .map((row, _) -> new Msisdn(row.getString("number")))
            .list());
  }

  static boolean isThere(Handle handle, Msisdn number) {
    return handle
        .createQuery("SELECT 1 FROM fleet.pool_number WHERE number = :number")
        .bind("number", number.e164())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static void insert(Handle handle, Msisdn number, Instant now, String by) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.pool_number (number, added_at_ms, added_by) VALUES (:number, :now, :by)
            """)
        .bind("number", number.e164())
        .bind("now", now.toEpochMilli())
        .bind("by", by)
        .execute();
  }

  static void delete(Handle handle, Msisdn number) {
    handle
        .createUpdate("DELETE FROM fleet.pool_number WHERE number = :number")
        .bind("number", number.e164())
        .execute();
  }

  static Optional<BoxId> holder(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            "SELECT box_id FROM fleet.number_assignment WHERE number = :number AND until_ms IS NULL")
        .bind("number", number.e164())
        .map((row, _) -> new BoxId(row.getString("box_id")))
        .findOne();
  }

  /// Which box had a number at that moment.
  static Optional<BoxId> holder(Handle handle, Msisdn number, Instant at) {
    return handle
        .createQuery(
            """
            SELECT box_id FROM fleet.number_assignment
            WHERE number = :number AND from_ms <= :at AND (until_ms IS NULL OR until_ms > :at)
            """)
        .bind("number", number.e164())
        .bind("at", at.toEpochMilli())
        .map((row, _) -> new BoxId(row.getString("box_id")))
        .findOne();
  }

  /// The boxes that had a number at any moment of a stretch of time, each once.
  static List<BoxFinder.Owned> holders(Handle handle, Msisdn number, Instant from, Instant until) {
    return handle
        .createQuery(
            """
            SELECT DISTINCT a.box_id, b.organisation_id
            FROM fleet.number_assignment a JOIN fleet.box b ON b.id = a.box_id
            WHERE a.number = :number AND a.from_ms < :until
              AND (a.until_ms IS NULL OR a.until_ms > :from)
            """)
        .bind("number", number.e164())
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .map((row, _) ->
            new BoxFinder.Owned(
                new BoxId(row.getString("box_id")),
                new OrganisationId(row.getString("organisation_id"))))
        .list();
  }

  /// Which box had a number last; empty if none ever did.
  static Optional<BoxId> lastHolder(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            """
            SELECT box_id FROM fleet.number_assignment WHERE number = :number
            ORDER BY from_ms DESC, id DESC FETCH FIRST 1 ROWS ONLY
            """)
        .bind("number", number.e164())
        .map((row, _) -> new BoxId(row.getString("box_id")))
        .findOne();
  }

  /// A number of a box that is there at the moment.
  ///
  /// @param where which, with `:wanted`
  static Optional<BoxFinder.Line> answering(Handle handle, String where, String wanted) {
    return handle
        .createQuery(
            """
            SELECT a.number, a.box_id FROM fleet.number_assignment a
              JOIN fleet.box b ON b.id = a.box_id
            WHERE a.until_ms IS NULL AND b.online = true AND b.revoked_at_ms IS NULL
            """
                + " AND "
                + where
                + " ORDER BY a.number FETCH FIRST 1 ROWS ONLY")
        .bind("wanted", wanted)
        .map((row, _) ->
            new BoxFinder.Line(
                new Msisdn(row.getString("number")), new BoxId(row.getString("box_id"))))
        .findOne();
  }

  static void assign(Handle handle, Msisdn number, BoxId box, String note, Instant now, String by) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.number_assignment (number, box_id, note, from_ms, by_whom)
            VALUES (:number, :box, :note, :now, :by)
            """)
        .bind("number", number.e164())
        .bind("box", box.value())
        .bind("note", note)
        .bind("now", now.toEpochMilli())
        .bind("by", by)
        .execute();
  }

  static void release(Handle handle, Msisdn number, String note, Instant now, String by) {
    handle
        .createUpdate(
            """
            UPDATE fleet.number_assignment
            SET until_ms = :now, ended_by = :by, end_note = :note
            WHERE number = :number AND until_ms IS NULL
            """)
        .bind("number", number.e164())
        .bind("now", now.toEpochMilli())
        .bind("by", by)
        .bind("note", note)
        .execute();
  }

  static List<PoolNumber> all(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT p.number, p.added_at_ms, a.box_id, o.name AS organisation, b.site, a.note,
              a.from_ms, a.by_whom
            FROM fleet.pool_number p
              LEFT JOIN fleet.number_assignment a
                ON a.number = p.number AND a.until_ms IS NULL
              LEFT JOIN fleet.box b ON b.id = a.box_id
              LEFT JOIN fleet.organisation o ON o.id = b.organisation_id
            ORDER BY p.number
            """)
        .map((row, _) -> number(row))
        .list();
  }

  private static PoolNumber number(ResultSet row) throws SQLException {
    String box = row.getString("box_id");
    return new PoolNumber(
        new Msisdn(row.getString("number")),
        Instant.ofEpochMilli(row.getLong("added_at_ms")),
        box == null
            ? Optional.empty()
            : Optional.of(
                new PoolNumber.Assignment(
                    new BoxId(box),
                    row.getString("organisation"),
                    row.getString("site"),
                    row.getString("note"),
                    Instant.ofEpochMilli(row.getLong("from_ms")),
                    row.getString("by_whom"))));
  }
}
