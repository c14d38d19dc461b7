package kz.qonyrau.complaints;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.ReportedEvidence.ConsentRecord;
import kz.qonyrau.wire.ReportedEvidence.EvidenceFile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The rows of COMPLAINT.answer and COMPLAINT.consent_record.
final class AnswerTable {

  /// An answer of which central has to be told.
  record Unreported(String complaintId, ReportedEvidence evidence) {}

  private AnswerTable() {}

  static void insert(Handle handle, String complaintId, ReportedEvidence answer, boolean late) {
    Update insert =
        handle
            .createUpdate(
                """
                INSERT INTO complaint.answer (id, complaint_id, at_ms, given_by, note, late,
                  file_name, file_type, content, reported)
                VALUES (:id, :complaint, :at, :by, :note, :late, :name, :type, :content, FALSE)
                """)
            .bind("id", answer.id())
            .bind("complaint", complaintId)
            .bind("at", answer.at().toEpochMilli())
            .bind("by", answer.by())
            .bind("note", answer.note())
            .bind("late", late)
            .bind("name", answer.file().map(EvidenceFile::name).orElse(null))
            .bind("type", answer.file().map(EvidenceFile::type).orElse(null));
    insert =
        answer.file().isPresent()
            ? insert.bind("content", answer.file().get().bytes())
            : insert.bindNull("content", Types.BLOB);
    insert.execute();
    insert(handle, answer.id(), answer.records());
  }

  private static void insert(Handle handle, String answerId, List<ConsentRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    try (PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO complaint.consent_record (answer_id, place, list_name, imported_ms, origin,
              for_calls, for_messages, stated_by, stated_at_ms)
            VALUES (:answer, :place, :list, :imported, :origin, :calls, :messages, :by, :at)
            """)) {
      int place = 0;
      for (ConsentRecord record : records) {
        var _ =
            batch
                .bind("answer", answerId)
                .bind("place", place++)
                .bind("list", record.list())
                .bind("imported", record.imported().toEpochMilli())
                .bind("origin", record.origin())
                .bind("calls", record.forCalls())
                .bind("messages", record.forMessages())
                .bind("by", record.statedBy())
                .bind("at", record.statedAt().toEpochMilli())
                .add();
      }
      var _ = batch.execute();
    }
  }

  static void setReported(Handle handle, String id) {
    handle
        .createUpdate("UPDATE complaint.answer SET reported = TRUE WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  static Optional<ComplaintAnswer> find(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT id, at_ms, given_by, note, file_name, late FROM complaint.answer WHERE id = :id")
        .bind("id", id)
        .map((row, _) -> answer(row))
        .findOne();
  }

  /// A complaint's answers, the oldest first.
  static List<ComplaintAnswer> of(Handle handle, String complaintId) {
    return handle
        .createQuery(
            """
            SELECT id, at_ms, given_by, note, file_name, late FROM complaint.answer
            WHERE complaint_id = :complaint ORDER BY at_ms, id
            """)
        .bind("complaint", complaintId)
        .map((row, _) -> answer(row))
        .list();
  }

  /// Whether a complaint was answered at that moment or later.
  static boolean isAnsweredSince(Handle handle, String complaintId, Instant moment) {
    return handle
        .createQuery(
            """
            SELECT 1 FROM complaint.answer WHERE complaint_id = :complaint AND at_ms >= :moment
            FETCH FIRST 1 ROWS ONLY
            """)
        .bind("complaint", complaintId)
        .bind("moment", moment.toEpochMilli())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static ComplaintAnswer answer(ResultSet row) throws SQLException {
    return new ComplaintAnswer(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        row.getString("given_by"),
        row.getString("note"),
        Optional.ofNullable(row.getString("file_name")),
        row.getBoolean("late"));
  }

  static boolean hasUnreported(Handle handle) {
    return handle
            .createQuery("SELECT COUNT(*) FROM complaint.answer WHERE reported = FALSE")
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /// Answers of which central was not told, the oldest first.
  static List<Unreported> unreported(Handle handle, int most) {
    return handle
        .createQuery(
            """
            SELECT id, complaint_id, at_ms, given_by, note, file_name, file_type, content
            FROM complaint.answer WHERE reported = FALSE
            ORDER BY at_ms, id FETCH FIRST :most ROWS ONLY
            """)
        .bind("most", most)
        .map((row, _) -> unreported(handle, row))
        .list();
  }

  private static Unreported unreported(Handle handle, ResultSet row) throws SQLException {
    @Nullable String name = row.getString("file_name");
    String id = row.getString("id");
    return new Unreported(
        row.getString("complaint_id"),
        new ReportedEvidence(
            id,
            Instant.ofEpochMilli(row.getLong("at_ms")),
            row.getString("given_by"),
            row.getString("note"),
            records(handle, id),
            name == null
                ? Optional.empty()
                : Optional.of(
                    new EvidenceFile(
                        name,
                        row.getString("file_type"),
                        Base64.getEncoder().encodeToString(row.getBytes("content"))))));
  }

  private static List<ConsentRecord> records(Handle handle, String answerId) {
    return handle
        .createQuery(
            "SELECT * FROM complaint.consent_record WHERE answer_id = :answer ORDER BY place")
        .bind("answer", answerId)
        .map((row, _) ->
            new ConsentRecord(
                row.getString("list_name"),
                Instant.ofEpochMilli(row.getLong("imported_ms")),
                row.getString("origin"),
                row.getBoolean("for_calls"),
                row.getBoolean("for_messages"),
                row.getString("stated_by"),
                Instant.ofEpochMilli(row.getLong("stated_at_ms"))))
        .list();
  }
}
