package kz.qonyrau.cases;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.ReportedEvidence;
import org.jdbi.v3.core.Handle;

/// The rows of CASES.evidence and CASES.consent_record.
final class EvidenceTable {

  private EvidenceTable() {}

  static boolean isThere(Handle handle, String id) {
    return handle
        .createQuery("SELECT 1 FROM cases.evidence WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static void insert(Handle handle, String complaint, BoxId box, ReportedEvidence evidence) {
    handle
        .createUpdate(
            """
            INSERT INTO cases.evidence (id, complaint_id, box_id, at_ms, by_whom, note)
            VALUES (:id, :complaint, :box, :at, :by, :note)
            """)
        .bind("id", evidence.id())
        .bind("complaint", complaint)
        .bind("box", box.value())
        .bind("at", evidence.at().toEpochMilli())
        .bind("by", evidence.by())
        .bind("note", evidence.note())
        .execute();
    evidence.file().ifPresent(file -> insert(handle, evidence.id(), file));
    int n = 0;
    for (ReportedEvidence.ConsentRecord record : evidence.records()) {
      n++;
      insert(handle, evidence.id(), n, record);
    }
  }

  private static void insert(Handle handle, String evidence, ReportedEvidence.EvidenceFile file) {
    handle
        .createUpdate(
            """
            INSERT INTO cases.evidence_file (evidence_id, name, type, content)
            VALUES (:evidence, :name, :type, :content)
            """)
        .bind("evidence", evidence)
        .bind("name", file.name())
        .bind("type", file.type())
        .bind("content", file.bytes())
        .execute();
  }

  private static void insert(
      Handle handle, String evidence, int n, ReportedEvidence.ConsentRecord record) {
    handle
        .createUpdate(
            """
            INSERT INTO cases.consent_record (
              evidence_id, n, list_name, imported_at_ms, origin, for_calls, for_messages, stated_by,
              stated_at_ms)
            VALUES (:evidence, :n, :list, :imported, :origin, :calls, :messages, :by, :at)
            """)
        .bind("evidence", evidence)
        .bind("n", n)
        .bind("list", record.list())
        .bind("imported", record.imported().toEpochMilli())
        .bind("origin", record.origin())
        .bind("calls", record.forCalls())
        .bind("messages", record.forMessages())
        .bind("by", record.statedBy())
        .bind("at", record.statedAt().toEpochMilli())
        .execute();
  }

  static List<ComplaintDetail.Answer> of(Handle handle, String complaint) {
    return handle
        .createQuery(
            """
            SELECT e.id, e.box_id, e.at_ms, e.by_whom, e.note, f.name AS file_name
            FROM cases.evidence e LEFT JOIN cases.evidence_file f ON f.evidence_id = e.id
            WHERE e.complaint_id = :complaint ORDER BY e.at_ms, e.id
            """)
        .bind("complaint", complaint)
        .map((row, _) ->
            new ComplaintDetail.Answer(
                row.getString("id"),
                new BoxId(row.getString("box_id")),
                Instant.ofEpochMilli(row.getLong("at_ms")),
                row.getString("by_whom"),
                row.getString("note"),
                records(handle, row.getString("id")),
                Optional.ofNullable(row.getString("file_name"))))
        .list();
  }

  private static List<ReportedEvidence.ConsentRecord> records(Handle handle, String evidence) {
    return handle
        .createQuery(
            """
            SELECT list_name, imported_at_ms, origin, for_calls, for_messages, stated_by,
              stated_at_ms
            FROM cases.consent_record WHERE evidence_id = :evidence ORDER BY n
            """)
        .bind("evidence", evidence)
        .map((row, _) ->
            new ReportedEvidence.ConsentRecord(
                row.getString("list_name"),
                Instant.ofEpochMilli(row.getLong("imported_at_ms")),
                row.getString("origin"),
                row.getBoolean("for_calls"),
                row.getBoolean("for_messages"),
                row.getString("stated_by"),
                Instant.ofEpochMilli(row.getLong("stated_at_ms"))))
        .list();
  }

  static Optional<ComplaintDetail.AnswerFile> file(
      Handle handle, String complaint, String evidence) {
    return handle
        .createQuery(
            """
            SELECT f.name, f.type, f.content
            FROM cases.evidence_file f JOIN cases.evidence e ON e.id = f.evidence_id
            WHERE e.id = :id AND e.complaint_id = :complaint
            """)
        .bind("id", evidence)
        .bind("complaint", complaint)
        .map((row, _) ->
            new ComplaintDetail.AnswerFile(
                row.getString("name"),
                row.getString("type"),
                Buffer.buffer(row.getBytes("content"))))
        .findOne();
  }
}
