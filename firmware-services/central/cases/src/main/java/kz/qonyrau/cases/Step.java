package kz.qonyrau.cases;

/// What a person does about a complaint.
public enum Step {
  /// Begins to look at it.
  REVIEW("REVIEW_BEGUN"),
  /// Asks the customer for proof, with the term of P-38.
  REQUEST_EVIDENCE("EVIDENCE_REQUESTED"),
  /// Decides that it was spam.
  CONFIRM("CONFIRMED"),
  /// Decides that it was none, or that what was owed to the subscriber is settled (AC-SPM-07).
  REJECT("REJECTED"),
  /// Lets the customer reach the number again, since the subscriber has agreed anew (AC-SPM-05).
  LIFT("LIFTED"),
  /// Puts it aside for good.
  CLOSE("CLOSED");

  private final String event;

  Step(String event) {
    this.event = event;
  }

  /// What its history calls it.
  String event() {
    return event;
  }
}
