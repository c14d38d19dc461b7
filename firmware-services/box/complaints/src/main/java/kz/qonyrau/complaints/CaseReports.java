package kz.qonyrau.complaints;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;

/// Queues what central is told of complaints, each sealed for it alone, in the transaction that
/// marks it as told. Who was told is never told again: the ids follow from what is told.
final class CaseReports {

  private final Outbox outbox;
  private final Supplier<Optional<CaseSealing>> sealing;

  CaseReports(Outbox outbox, Supplier<Optional<CaseSealing>> sealing) {
    this.outbox = outbox;
    this.sealing = sealing;
  }

  boolean canSeal() {
    return sealing.get().isPresent();
  }

  /// Queues a complaint, if it is known with what to seal it; otherwise it waits where it is.
  ///
  /// @param complaint one that was entered here
  void tell(Handle handle, Complaint complaint) {
    Optional<CaseSealing> known = sealing.get();
    if (known.isEmpty()) {
      return;
    }
    ReportedComplaint report =
        new ReportedComplaint(
            complaint.number(),
            complaint.channel(),
            complaint.contactAt(),
            complaint.receivedAt(),
            complaint.enteredBy().orElseThrow(),
            complaint.text(),
            complaint.campaign());
    put(
        handle,
        "case/" + complaint.id(),
        CaseReport.of(known.get().box(), complaint.id(), report, known.get().central()));
    ComplaintTable.setReported(handle, complaint.id());
  }

  /// The same for an answer.
  void tell(Handle handle, String complaintId, ReportedEvidence answer) {
    Optional<CaseSealing> known = sealing.get();
    if (known.isEmpty()) {
      return;
    }
    put(handle, "evidence/" + answer.id(), fitting(known.get(), complaintId, answer));
    AnswerTable.setReported(handle, answer.id());
  }

  /// Texts in some scripts take so much room that a large file leaves none for the oldest records.
  private static CaseReport fitting(
      CaseSealing sealing, String complaintId, ReportedEvidence answer) {
    try {
      return CaseReport.of(sealing.box(), complaintId, answer, sealing.central());
    } catch (MalformedMessageException tooLong) {
      if (!tooLong.field().equals("case.sealed") || answer.records().isEmpty()) {
        throw tooLong;
      }
      return fitting(
          sealing,
          complaintId,
          new ReportedEvidence(
              answer.id(),
              answer.at(),
              answer.by(),
              answer.note(),
              answer.records().subList(0, answer.records().size() - 1),
              answer.file()));
    }
  }

  private void put(Handle handle, String fact, CaseReport report) {
    var unusedNumber =
        outbox.put(
            handle,
            new OutboxMessage(
                UUID.nameUUIDFromBytes(fact.getBytes(StandardCharsets.UTF_8)).toString(),
                TopicKind.CASE.level(),
                report.body()));
  }
}
