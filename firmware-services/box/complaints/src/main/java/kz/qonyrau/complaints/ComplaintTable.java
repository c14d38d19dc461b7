package kz.qonyrau.complaints;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective.Standing;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedComplaint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The rows of COMPLAINT.complaint.
final class ComplaintTable {

  private static final String SELECT =
      """
      SELECT c.*, (SELECT COUNT(*) FROM complaint.answer a WHERE a.complaint_id = c.id) AS answers
      FROM complaint.complaint c
      """;

  /// A row.
  ///
  /// @param heard whether central has said how it stands
  record Stored(Complaint complaint, boolean heard) {}

  private ComplaintTable() {}

  /// @param heard whether this is central's word; what it is not is still to be reported
  static void insert(Handle handle, Complaint complaint, boolean heard) {
    bind(
            handle.createUpdate(
                """
                INSERT INTO complaint.complaint
                  (id, number, channel, source, contact_at_ms, received_at_ms, text, entered_by,
                   campaign_id, recipients, standing, since_ms, evidence_due_ms,
                   evidence_received, heard, reported)
                VALUES
                  (:id, :number, :channel, :source, :contactAt, :receivedAt, :text, :enteredBy,
                   :campaign, :recipients, :standing, :since, :due, :received, :heard, :heard)
                """),
            complaint)
        .bind("enteredBy", complaint.enteredBy().orElse(null))
        .bind("campaign", complaint.campaign().map(ReportedComplaint.Campaign::id).orElse(null))
        .bindByType(
            "recipients",
            complaint.campaign().map(ReportedComplaint.Campaign::recipients).orElse(null),
            Long.class)
        .bind("heard", heard)
        .execute();
  }

  /// Has a complaint stand as central says. Who entered it here, and of which campaign, stays.
  static void update(Handle handle, Complaint complaint) {
    bind(
            handle.createUpdate(
                """
                UPDATE complaint.complaint SET number = :number, channel = :channel,
                  source = :source, contact_at_ms = :contactAt, received_at_ms = :receivedAt,
                  text = :text, standing = :standing, since_ms = :since,
                  evidence_due_ms = :due, evidence_received = :received, heard = TRUE
                WHERE id = :id
                """),
            complaint)
        .execute();
  }

  private static <T extends SqlStatement<T>> T bind(T statement, Complaint complaint) {
    return statement
        .bind("id", complaint.id())
        .bind("number", complaint.number().e164())
        .bind("channel", complaint.channel().name())
        .bind("source", complaint.source().name())
        .bind("contactAt", complaint.contactAt().toEpochMilli())
        .bind("receivedAt", complaint.receivedAt().toEpochMilli())
        .bind("text", complaint.text())
        .bind("standing", complaint.standing().name())
        .bind("since", complaint.since().toEpochMilli())
        .bindByType(
            "due", complaint.evidenceDue().map(Instant::toEpochMilli).orElse(null), Long.class)
        .bind("received", complaint.evidenceReceived());
  }

  static void setEvidenceReceived(Handle handle, String id) {
    set(handle, id, "evidence_received");
  }

  static void setReported(Handle handle, String id) {
    set(handle, id, "reported");
  }

  private static void set(Handle handle, String id, String column) {
    handle
        .createUpdate("UPDATE complaint.complaint SET " + column + " = TRUE WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  static Optional<Stored> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " WHERE c.id = :id")
        .bind("id", id)
        .map((row, _) -> new Stored(complaint(row), row.getBoolean("heard")))
        .findOne();
  }

  /// The oldest complaint for which a number is left alone.
  static Optional<Complaint> blocking(Handle handle, Msisdn number) {
    return handle
        .createQuery(
            SELECT
                + " WHERE c.number = :number AND c.standing IN ('PROVISIONAL', 'CONFIRMED')"
                + " ORDER BY c.received_at_ms, c.id FETCH FIRST ROW ONLY")
        .bind("number", number.e164())
        .map((row, _) -> complaint(row))
        .findOne();
  }

  /// Those that were entered here and not reported, the oldest first.
  static List<Complaint> unreported(Handle handle, int most) {
    return handle
        .createQuery(
            SELECT
                + " WHERE c.reported = FALSE ORDER BY c.received_at_ms, c.id"
                + " FETCH FIRST :most ROWS ONLY")
        .bind("most", most)
        .map((row, _) -> complaint(row))
        .list();
  }

  static long count(Handle handle, boolean openOnly) {
    return handle
        .createQuery("SELECT COUNT(*) FROM complaint.complaint c" + where(openOnly))
        .mapTo(Long.class)
        .one();
  }

  static List<Complaint> newest(Handle handle, boolean openOnly, long skip, int size) {
    return handle
        .createQuery(
            SELECT
                + where(openOnly)
                + " ORDER BY c.received_at_ms DESC, c.id"
                + " OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY")
        .bind("skip", skip)
        .bind("size", size)
        .map((row, _) -> complaint(row))
        .list();
  }

  private static String where(boolean openOnly) {
    return openOnly ? " WHERE c.standing = 'PROVISIONAL'" : "";
  }

  /// How many are asked about and unanswered.
  static long waiting(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM complaint.complaint
            WHERE standing = 'PROVISIONAL' AND evidence_due_ms IS NOT NULL
              AND evidence_received = FALSE
            """)
        .mapTo(Long.class)
        .one();
  }

  /// Those behind one, the oldest first.
  static List<Complaint> after(Handle handle, Optional<Complaint> last, int size) {
    return handle
        .createQuery(
            SELECT
                + " WHERE c.received_at_ms >= :at AND (c.received_at_ms > :at OR c.id > :id)"
                + " ORDER BY c.received_at_ms, c.id FETCH FIRST :size ROWS ONLY")
        .bind("at", last.map(one -> one.receivedAt().toEpochMilli()).orElse(Long.MIN_VALUE))
        .bind("id", last.map(Complaint::id).orElse(""))
        .bind("size", size)
        .map((row, _) -> complaint(row))
        .list();
  }

  private static Complaint complaint(ResultSet row) throws SQLException {
    @Nullable String campaign = row.getString("campaign_id");
    long recipients = row.getLong("recipients");
    long due = row.getLong("evidence_due_ms");
    Optional<Instant> evidenceDue =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
    return new Complaint(
        row.getString("id"),
        new Msisdn(row.getString("number")),
        ContactChannel.valueOf(row.getString("channel")),
        ComplaintSource.valueOf(row.getString("source")),
        Instant.ofEpochMilli(row.getLong("contact_at_ms")),
        Instant.ofEpochMilli(row.getLong("received_at_ms")),
        row.getString("text"),
        Optional.ofNullable(row.getString("entered_by")),
        campaign == null
            ? Optional.empty()
            : Optional.of(new ReportedComplaint.Campaign(campaign, recipients)),
        Standing.valueOf(row.getString("standing")),
        Instant.ofEpochMilli(row.getLong("since_ms")),
        evidenceDue,
        row.getBoolean("evidence_received"),
        row.getInt("answers"));
  }
}
