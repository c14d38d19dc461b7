package kz.qonyrau.cases;

import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;

/// What a box reported of a complaint, opened.
public sealed interface CaseNews {

  /// Which complaint, a UUID.
  String caseId();

  /// It was entered there.
  record Entered(String caseId, ReportedComplaint complaint) implements CaseNews {}

  /// The customer answers it.
  record Answered(String caseId, ReportedEvidence evidence) implements CaseNews {}
}
