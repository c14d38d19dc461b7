package kz.qonyrau.cases;

import java.time.Instant;
import java.util.Optional;

/// What became of a step. Only [Done] has changed anything.
public sealed interface StepResult {

  /// It is done.
  ///
  /// @param violation what it led to (AC-SPM-06)
  record Done(Complaint complaint, Optional<Violation> violation) implements StepResult {}

  record NoSuchComplaint() implements StepResult {}

  /// The complaint is in a state in which that cannot be done.
  record NotNow(ComplaintState state) implements StepResult {}

  /// The customer still has time to answer.
  record TooEarly(Instant evidenceDue) implements StepResult {}
}
