package kz.qonyrau.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedComplaint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The rows of CASES.complaint and of what was done about them.
final class ComplaintTable {

  static final String COLUMNS =
      """
      c.id, c.organisation_id, c.number, c.channel, c.source, c.contact_at_ms, c.received_at_ms,
      c.entered_by, c.box_id, c.campaign_id, c.campaign_recipients, c.number_proof, c.text, c.state,
      c.state_since_ms, c.evidence_due_ms, c.evidence_received, c.verdict, c.verdict_at_ms,
      c.lifted_at_ms
      """;

  private ComplaintTable() {}

  static void insert(Handle handle, Complaint complaint) {
    Complaint.Facts facts = complaint.facts();
    handle
        .createUpdate(
            """
            INSERT INTO cases.complaint (
              id, organisation_id, number, channel, source, contact_at_ms, received_at_ms,
              entered_by, box_id, campaign_id, campaign_recipients, number_proof, text, state,
              state_since_ms, evidence_received)
            VALUES (
              :id, :organisation, :number, :channel, :source, :contactAt, :receivedAt,
              :enteredBy, :box, :campaign, :recipients, :proof, :text, :state,
              :since, :received)
            """)
        .bind("id", complaint.id())
        .bind("organisation", complaint.organisation().value())
        .bind("number", facts.number().e164())
        .bind("channel", facts.channel().name())
        .bind("source", facts.source().name())
        .bind("contactAt", facts.contactAt().toEpochMilli())
        .bind("receivedAt", complaint.receivedAt().toEpochMilli())
        .bind("enteredBy", complaint.enteredBy())
        .bindByType("box", complaint.box().map(BoxId::value).orElse(null), String.class)
        .bindByType(
            "campaign",
            facts.campaign().map(ReportedComplaint.Campaign::id).orElse(null),
            String.class)
        .bindByType(
            "recipients",
            facts.campaign().map(ReportedComplaint.Campaign::recipients).orElse(null),
            Long.class)
        .bindByType("proof", facts.numberProof().orElse(null), String.class)
        .bind("text", facts.text())
        .bind("state", complaint.state().name())
        .bind("since", complaint.stateSince().toEpochMilli())
        .bind("received", complaint.evidenceReceived())
        .execute();
  }

  /// Writes how it stands now.
  static void update(Handle handle, Complaint complaint) {
    handle
        .createUpdate(
            """
            UPDATE cases.complaint
            SET state = :state, state_since_ms = :since, evidence_due_ms = :due,
              evidence_received = :received, verdict = :verdict, verdict_at_ms = :verdictAt,
              lifted_at_ms = :lifted
            WHERE id = :id
            """)
        .bind("state", complaint.state().name())
        .bind("since", complaint.stateSince().toEpochMilli())
        .bindByType(
            "due", complaint.evidenceDue().map(Instant::toEpochMilli).orElse(null), Long.class)
        .bind("received", complaint.evidenceReceived())
        .bindByType(
            "verdict",
            complaint.verdict().map(decision -> decision.verdict().name()).orElse(null),
            String.class)
        .bindByType(
            "verdictAt",
            complaint.verdict().map(decision -> decision.at().toEpochMilli()).orElse(null),
            Long.class)
        .bindByType(
            "lifted", complaint.liftedAt().map(Instant::toEpochMilli).orElse(null), Long.class)
        .bind("id", complaint.id())
        .execute();
  }

  static Optional<Complaint> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM cases.complaint c WHERE c.id = :id")
        .bind("id", id)
        .map((row, _) -> complaint(row))
        .findOne();
  }

  /// Which complaints are wanted.
  enum Wanted {
    /// Those that nobody has decided, the oldest first.
    OPEN(
        "WHERE c.state IN ('RECEIVED', 'UNDER_REVIEW', 'EVIDENCE_REQUESTED', 'EVIDENCE_RECEIVED')",
        "ORDER BY c.received_at_ms, c.id"),
    /// All, the newest first.
    ALL("", "ORDER BY c.received_at_ms DESC, c.id");

    private final String where;
    private final String order;

    Wanted(String where, String order) {
      this.where = where;
      this.order = order;
    }
  }

  static List<Complaint> page(Handle handle, Wanted wanted, int page, int size) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM cases.complaint c "
                + wanted.where
                + " "
                + wanted.order
                + " OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY")
        .bind("skip", (long) page * size)
        .bind("size", size)
        .map((row, _) -> complaint(row))
        .list();
  }

  static long count(Handle handle, Wanted wanted) {
    try (Query query =
        handle.createQuery("SELECT COUNT(*) FROM cases.complaint c " + wanted.where)) {
      return query.mapTo(Long.class).one();
    }
  }

  /// A customer's confirmed complaints since then that count for no violation yet.
  static List<Repetition.Confirmed> confirmed(
      Handle handle, OrganisationId organisation, Instant since) {
    return handle
        .createQuery(
            """
            SELECT c.id, c.verdict_at_ms, c.campaign_id, c.campaign_recipients
            FROM cases.complaint c
              LEFT JOIN cases.violation_complaint v ON v.complaint_id = c.id
            WHERE c.organisation_id = :organisation AND c.verdict = 'CONFIRMED_SPAM'
              AND c.verdict_at_ms > :since AND v.complaint_id IS NULL
            """)
        .bind("organisation", organisation.value())
        .bind("since", since.toEpochMilli())
        .map((row, _) ->
            new Repetition.Confirmed(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("verdict_at_ms")),
                campaign(row)))
        .list();
  }

  // ---- history

  static void note(
      Handle handle, String complaint, String kind, Instant at, String by, String note) {
    int next =
        handle
            .createQuery(
                "SELECT COALESCE(MAX(n), 0) + 1 FROM cases.complaint_event WHERE complaint_id = :id")
            .bind("id", complaint)
            .mapTo(Integer.class)
            .one();
    handle
        .createUpdate(
            """
            INSERT INTO cases.complaint_event (complaint_id, n, kind, at_ms, by_whom, note)
            VALUES (:id, :n, :kind, :at, :by, :note)
            """)
        .bind("id", complaint)
        .bind("n", next)
        .bind("kind", kind)
        .bind("at", at.toEpochMilli())
        .bind("by", by)
        .bind("note", note)
        .execute();
  }

  static List<ComplaintDetail.Event> history(Handle handle, String complaint) {
    return handle
        .createQuery(
            """
            SELECT kind, at_ms, by_whom, note FROM cases.complaint_event
            WHERE complaint_id = :id ORDER BY n
            """)
        .bind("id", complaint)
        .map((row, _) ->
            new ComplaintDetail.Event(
                row.getString("kind"),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                row.getString("by_whom"),
                row.getString("note")))
        .list();
  }

  // ---- rows

  static Complaint complaint(ResultSet row) throws SQLException {
    @Nullable String box = row.getString("box_id");
    @Nullable String verdict = row.getString("verdict");
    return new Complaint(
        row.getString("id"),
        new OrganisationId(row.getString("organisation_id")),
        new Complaint.Facts(
            new Msisdn(row.getString("number")),
            ContactChannel.valueOf(row.getString("channel")),
            ComplaintSource.valueOf(row.getString("source")),
            Instant.ofEpochMilli(row.getLong("contact_at_ms")),
            campaign(row),
            Optional.ofNullable(row.getString("number_proof")),
            row.getString("text")),
        Instant.ofEpochMilli(row.getLong("received_at_ms")),
        row.getString("entered_by"),
        Optional.ofNullable(box).map(BoxId::new),
        ComplaintState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("state_since_ms")),
        instant(row, "evidence_due_ms"),
        row.getBoolean("evidence_received"),
        verdict == null
            ? Optional.empty()
            : Optional.of(
                new Complaint.Decision(
                    Verdict.valueOf(verdict), Instant.ofEpochMilli(row.getLong("verdict_at_ms")))),
        instant(row, "lifted_at_ms"));
  }

  private static Optional<ReportedComplaint.Campaign> campaign(ResultSet row) throws SQLException {
    @Nullable String id = row.getString("campaign_id");
    return id == null
        ? Optional.empty()
        : Optional.of(new ReportedComplaint.Campaign(id, row.getLong("campaign_recipients")));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
  }
}
