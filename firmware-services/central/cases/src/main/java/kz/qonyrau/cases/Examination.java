package kz.qonyrau.cases;

import java.time.Instant;
import java.util.Optional;
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
              ? new Outcome.To(in(complaint, ComplaintState.UNDER_REVIEW, now), false)
              : new Outcome.NotNow();
      case REQUEST_EVIDENCE ->
          state == ComplaintState.UNDER_REVIEW || state == ComplaintState.EVIDENCE_RECEIVED
              ? new Outcome.To(asked(complaint, now), true)
              : new Outcome.NotNow();
      case CONFIRM -> confirm(complaint, now);
      case REJECT ->
          isExamined(state)
              ? new Outcome.To(decided(complaint, Verdict.REJECTED, now), true)
              : new Outcome.NotNow();
      case LIFT -> lift(complaint, now);
      case CLOSE ->
          state == ComplaintState.CONFIRMED_SPAM || state == ComplaintState.REJECTED
              ? new Outcome.To(in(complaint, ComplaintState.CLOSED, now), false)
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
    return new Outcome.To(decided(complaint, Verdict.CONFIRMED_SPAM, now), true);
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
    return new Outcome.To(
        new Complaint(
            complaint.id(),
            complaint.organisation(),
            complaint.facts(),
            complaint.receivedAt(),
            complaint.enteredBy(),
            complaint.box(),
            complaint.state(),
            complaint.stateSince(),
            complaint.evidenceDue(),
            complaint.evidenceReceived(),
            complaint.verdict(),
            Optional.of(now)),
        true);
  }

  private static boolean isExamined(ComplaintState state) {
    return state.isOpen() && state != ComplaintState.RECEIVED;
  }

  /// The complaint after the customer's answer. What comes when nobody has asked, or too late, is
  /// kept and moves nothing.
  static Complaint answered(Complaint complaint, Instant now) {
    ComplaintState next =
        complaint.state() == ComplaintState.EVIDENCE_REQUESTED
            ? ComplaintState.EVIDENCE_RECEIVED
            : complaint.state();
    return new Complaint(
        complaint.id(),
        complaint.organisation(),
        complaint.facts(),
        complaint.receivedAt(),
        complaint.enteredBy(),
        complaint.box(),
        next,
        next == complaint.state() ? complaint.stateSince() : now,
        complaint.evidenceDue(),
        true,
        complaint.verdict(),
        complaint.liftedAt());
  }

  /// Who is asked again has not answered that yet.
  private static Complaint asked(Complaint complaint, Instant now) {
    return new Complaint(
        complaint.id(),
        complaint.organisation(),
        complaint.facts(),
        complaint.receivedAt(),
        complaint.enteredBy(),
        complaint.box(),
        ComplaintState.EVIDENCE_REQUESTED,
        now,
        Optional.of(BusinessDays.endOf(now, DAYS_FOR_EVIDENCE)),
        false,
        complaint.verdict(),
        complaint.liftedAt());
  }

  private static Complaint decided(Complaint complaint, Verdict verdict, Instant now) {
    return changed(
        complaint,
        verdict == Verdict.REJECTED ? ComplaintState.REJECTED : ComplaintState.CONFIRMED_SPAM,
        now,
        Optional.of(new Complaint.Decision(verdict, now)));
  }

  private static Complaint in(Complaint complaint, ComplaintState state, Instant now) {
    return changed(complaint, state, now, complaint.verdict());
  }

  private static Complaint changed(
      Complaint complaint,
      ComplaintState state,
      Instant since,
      Optional<Complaint.Decision> verdict) {
    return new Complaint(
        complaint.id(),
        complaint.organisation(),
        complaint.facts(),
        complaint.receivedAt(),
        complaint.enteredBy(),
        complaint.box(),
        state,
        since,
        complaint.evidenceDue(),
        complaint.evidenceReceived(),
        verdict,
        complaint.liftedAt());
  }
}
