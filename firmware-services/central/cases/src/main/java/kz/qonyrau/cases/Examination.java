package kz.qonyrau.cases;

import java.time.Instant;
import kz.qonyrau.vocabulary.BusinessDays;

/// The rules by which a complaint goes from state to state (AC-SPM-03 to 05). Pure.
final class Examination {

  /// P-38.
  static final int DAYS_FOR_EVIDENCE = 3;

  private Examination() {}

  /// What a step comes to.
  sealed interface Outcome {

    /// It leads there.
    ///
    /// @param isNews whether boxes have to know of it
    record To(Complaint complaint, boolean isNews) implements Outcome {}

    record NotNow() implements Outcome {}

    record TooEarly(Instant evidenceDue) implements Outcome {}
  }

  /// What comes of a step.
  static Outcome step(Complaint complaint, Step step, Instant now) {
    ComplaintState state = complaint.state();
    return switch (step) {
      case REVIEW ->
          state == ComplaintState.RECEIVED
              ? new Outcome.To(complaint.in(ComplaintState.UNDER_REVIEW, now), false)
              : new Outcome.NotNow();
      case REQUEST_EVIDENCE ->
          state == ComplaintState.UNDER_REVIEW || state == ComplaintState.EVIDENCE_RECEIVED
              ? new Outcome.To(
                  complaint.asked(now, BusinessDays.endOf(now, DAYS_FOR_EVIDENCE)), true)
              : new Outcome.NotNow();
      case CONFIRM -> confirm(complaint, now);
      case REJECT ->
          isExamined(state)
              ? new Outcome.To(complaint.decided(Verdict.REJECTED, now), true)
              : new Outcome.NotNow();
      case LIFT -> lift(complaint, now);
      case CLOSE ->
          state == ComplaintState.CONFIRMED_SPAM || state == ComplaintState.REJECTED
              ? new Outcome.To(complaint.in(ComplaintState.CLOSED, now), false)
              : new Outcome.NotNow();
    };
  }

  /// Who asked for proof waits for it as long as he said.
  private static Outcome confirm(Complaint complaint, Instant now) {
    if (!isExamined(complaint.state())) {
      return new Outcome.NotNow();
    }
    if (complaint.state() == ComplaintState.EVIDENCE_REQUESTED && !complaint.isUnanswered(now)) {
      return new Outcome.TooEarly(complaint.evidenceDue().orElseThrow());
    }
    return new Outcome.To(complaint.decided(Verdict.CONFIRMED_SPAM, now), true);
  }

  private static Outcome lift(Complaint complaint, Instant now) {
    boolean confirmed =
        complaint
            .verdict()
            .filter(decision -> decision.verdict() == Verdict.CONFIRMED_SPAM)
            .isPresent();
    if (!confirmed || complaint.liftedAt().isPresent()) {
      return new Outcome.NotNow();
    }
    return new Outcome.To(complaint.lifted(now), true);
  }

  private static boolean isExamined(ComplaintState state) {
    return state.isOpen() && state != ComplaintState.RECEIVED;
  }

  /// The complaint after the customer's answer. What comes when nobody has asked, or too late, is
  /// kept and moves nothing.
  static Complaint answered(Complaint complaint, Instant now) {
    Complaint next = complaint.answered();
    return next.state() == ComplaintState.EVIDENCE_REQUESTED
        ? next.in(ComplaintState.EVIDENCE_RECEIVED, now)
        : next;
  }
}
