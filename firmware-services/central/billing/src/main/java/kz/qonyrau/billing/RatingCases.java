package kz.qonyrau.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.tariffs.Rerating;
import kz.qonyrau.tariffs.UsageLine;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The table of prices on which boxes and central do not agree. Every method runs in the caller's
/// transaction.
final class RatingCases {

  private static final String COLUMNS =
      """
      SELECT id, organisation_id, box_id, why, service, box_version, central_version, items,
        box_tiyn, central_tiyn, first_item, last_item, first_at_ms, last_at_ms, closed_by,
        closed_at_ms, note
      FROM billing.rating_case
      """;

  private RatingCases() {}

  /// One line of a report that differs.
  record Difference(
      OrganisationId organisation,
      BoxId box,
      String item,
      UsageLine line,
      String centralVersion,
      Rerating.Differs found) {

    Tenge due() {
      return found.due().orElse(Tenge.ZERO);
    }
  }

  /// Adds to the open case of its kind, or opens one.
  static void add(Handle handle, Difference difference, Instant now) {
    UsageLine line = difference.line();
    int counted =
        handle
            .createUpdate(
                """
                UPDATE billing.rating_case
                SET items = items + 1, box_tiyn = box_tiyn + :billed,
                  central_tiyn = central_tiyn + :due, last_item = :item, last_at_ms = :now
                WHERE box_id = :box AND closed_at_ms IS NULL AND why = :why AND service = :service
                  AND box_version = :boxVersion AND central_version = :centralVersion
                """)
            .bind("billed", line.amount().tiyn())
            .bind("due", difference.due().tiyn())
            .bind("item", difference.item())
            .bind("now", now.toEpochMilli())
            .bind("box", difference.box().value())
            .bind("why", difference.found().why().name())
            .bind("service", line.service())
            .bind("boxVersion", line.tariffVersion())
            .bind("centralVersion", difference.centralVersion())
            .execute();
    if (counted == 0) {
      insert(handle, difference, now);
    }
  }

  private static void insert(Handle handle, Difference difference, Instant now) {
    UsageLine line = difference.line();
    handle
        .createUpdate(
            """
            INSERT INTO billing.rating_case (
              id, organisation_id, box_id, why, service, box_version, central_version, items,
              box_tiyn, central_tiyn, first_item, last_item, first_at_ms, last_at_ms)
            VALUES (
              :id, :organisation, :box, :why, :service, :boxVersion, :centralVersion, 1,
              :billed, :due, :item, :item, :now, :now)
            """)
        .bind("id", UUID.randomUUID().toString())
        .bind("organisation", difference.organisation().value())
        .bind("box", difference.box().value())
        .bind("why", difference.found().why().name())
        .bind("service", line.service())
        .bind("boxVersion", line.tariffVersion())
        .bind("centralVersion", difference.centralVersion())
        .bind("billed", line.amount().tiyn())
        .bind("due", difference.due().tiyn())
        .bind("item", difference.item())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static List<RatingCase> list(Handle handle, boolean openOnly, int size) {
    return handle
        .createQuery(
            COLUMNS
                + (openOnly ? "WHERE closed_at_ms IS NULL " : "")
                + "ORDER BY last_at_ms DESC, id FETCH FIRST :size ROWS ONLY")
        .bind("size", size)
        .map((row, _) -> ratingCase(row))
        .list();
  }

  static boolean close(Handle handle, String id, String note, String by, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE billing.rating_case SET closed_by = :by, closed_at_ms = :now, note = :note
                WHERE id = :id AND closed_at_ms IS NULL
                """)
            .bind("by", by)
            .bind("now", now.toEpochMilli())
            .bind("note", note)
            .bind("id", id)
            .execute()
        == 1;
  }

  private static RatingCase ratingCase(ResultSet row) throws SQLException {
    long closedAt = row.getLong("closed_at_ms");
    Optional<Instant> closed =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(closedAt));
    return new RatingCase(
        row.getString("id"),
        new OrganisationId(row.getString("organisation_id")),
        new BoxId(row.getString("box_id")),
        Rerating.Why.valueOf(row.getString("why")),
        row.getString("service"),
        row.getString("box_version"),
        row.getString("central_version"),
        row.getLong("items"),
        new Tenge(row.getLong("box_tiyn")),
        new Tenge(row.getLong("central_tiyn")),
        row.getString("first_item"),
        row.getString("last_item"),
        Instant.ofEpochMilli(row.getLong("first_at_ms")),
        Instant.ofEpochMilli(row.getLong("last_at_ms")),
        Optional.ofNullable(row.getString("closed_by")),
        closed,
        Optional.ofNullable(row.getString("note")));
  }
}
