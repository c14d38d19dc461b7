package kz.qonyrau.complaints;

import java.util.List;
import kz.qonyrau.wire.ReportedEvidence.ConsentRecord;

/// A complaint with all that belongs to it.
///
/// @param answers the oldest first
/// @param records what an answer would say now of the number's consent, the newest list first
public record ComplaintCase(
    Complaint complaint, List<ComplaintAnswer> answers, List<ConsentRecord> records) {

  public ComplaintCase {
    answers = List.copyOf(answers);
    records = List.copyOf(records);
  }
}
