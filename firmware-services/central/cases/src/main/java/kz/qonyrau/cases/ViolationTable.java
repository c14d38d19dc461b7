package kz.qonyrau.cases;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// The rows of CASES.violation.
final class ViolationTable {

  private ViolationTable() {}

  static void insert(Handle handle, Violation violation) {
    handle
        .createUpdate(
            """
            INSERT INTO cases.violation (id, organisation_id, why, campaign_id, opened_at_ms)
            VALUES (:id, :organisation, :why, :campaign, :at)
            """)
        .bind("id", violation.id())
        .bind("organisation", violation.organisation().value())
        .bind("why", violation.why().name())
        .bindByType("campaign", violation.campaign().orElse(null), String.class)
        .bind("at", violation.openedAt().toEpochMilli())
        .execute();
    for (String complaint : violation.complaints()) {
      handle
          .createUpdate(
              """
              INSERT INTO cases.violation_complaint (complaint_id, violation_id)
              VALUES (:complaint, :violation)
              """)
          .bind("complaint", complaint)
          .bind("violation", violation.id())
          .execute();
    }
  }

  /// The newest first.
  static List<Violation> list(Handle handle, int most) {
    return handle
        .createQuery(
            """
            SELECT id, organisation_id, why, campaign_id, opened_at_ms FROM cases.violation
            ORDER BY opened_at_ms DESC, id FETCH FIRST :most ROWS ONLY
            """)
        .bind("most", most)
        .map((row, _) ->
            new Violation(
                row.getString("id"),
                new OrganisationId(row.getString("organisation_id")),
                Violation.Why.valueOf(row.getString("why")),
                Optional.ofNullable(row.getString("campaign_id")),
                Instant.ofEpochMilli(row.getLong("opened_at_ms")),
                complaints(handle, row.getString("id"))))
        .list();
  }

  private static List<String> complaints(Handle handle, String violation) {
    return handle
        .createQuery(
            """
            SELECT v.complaint_id
            FROM cases.violation_complaint v JOIN cases.complaint c ON c.id = v.complaint_id
            WHERE v.violation_id = :violation ORDER BY c.verdict_at_ms, c.id
            """)
        .bind("violation", violation)
        .mapTo(String.class)
        .list();
  }

  static Optional<String> of(Handle handle, String complaint) {
    return handle
        .createQuery(
            "SELECT violation_id FROM cases.violation_complaint WHERE complaint_id = :complaint")
        .bind("complaint", complaint)
        .mapTo(String.class)
        .findOne();
  }
}
