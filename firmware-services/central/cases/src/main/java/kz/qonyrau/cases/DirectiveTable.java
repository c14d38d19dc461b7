package kz.qonyrau.cases;

import java.time.Instant;
import java.util.List;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// The rows of CASES.directive.
final class DirectiveTable {

  private DirectiveTable() {}

  /// Lets a customer's boxes know how a complaint stands now.
  static void put(Handle handle, Complaint complaint, Instant since) {
    // Drawn before the old word is taken away, so that no ordinal is ever used again.
    long ordinal = newest(handle, complaint.organisation()) + 1;
    handle
        .createUpdate("DELETE FROM cases.directive WHERE complaint_id = :id")
        .bind("id", complaint.id())
        .execute();
    handle
        .createUpdate(
            """
            INSERT INTO cases.directive (organisation_id, ordinal, complaint_id, since_ms)
            VALUES (:organisation, :ordinal, :id, :since)
            """)
        .bind("organisation", complaint.organisation().value())
        .bind("ordinal", ordinal)
        .bind("id", complaint.id())
        .bind("since", since.toEpochMilli())
        .execute();
  }

  /// The highest ordinal of a customer's; 0 for none.
  static long newest(Handle handle, OrganisationId organisation) {
    return handle
        .createQuery(
            """
            SELECT COALESCE(MAX(ordinal), 0) FROM cases.directive
            WHERE organisation_id = :organisation
            """)
        .bind("organisation", organisation.value())
        .mapTo(Long.class)
        .one();
  }

  static List<NumberedDirective> after(
      Handle handle, OrganisationId organisation, long ordinal, int most) {
    return handle
        .createQuery(
            "SELECT "
                + ComplaintTable.COLUMNS
                + """
                , d.ordinal, d.since_ms
                FROM cases.directive d JOIN cases.complaint c ON c.id = d.complaint_id
                WHERE d.organisation_id = :organisation AND d.ordinal > :ordinal
                ORDER BY d.ordinal FETCH FIRST :most ROWS ONLY
                """)
        .bind("organisation", organisation.value())
        .bind("ordinal", ordinal)
        .bind("most", most)
        .map((row, _) ->
            new NumberedDirective(
                row.getLong("ordinal"),
                ComplaintTable.complaint(row)
                    .directive(Instant.ofEpochMilli(row.getLong("since_ms")))))
        .list();
  }
}
