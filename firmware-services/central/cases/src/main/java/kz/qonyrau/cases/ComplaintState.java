package kz.qonyrau.cases;

/// How far the examination of a complaint has come (AC-SPM-03).
public enum ComplaintState {
  /// Nobody has looked at it yet. The number is left alone all the same.
  RECEIVED,
  /// Somebody looks at it.
  UNDER_REVIEW,
  /// The customer is to prove that he may reach the number.
  EVIDENCE_REQUESTED,
  /// He has answered.
  EVIDENCE_RECEIVED,
  /// It was spam.
  CONFIRMED_SPAM,
  /// It was none, or what was owed to the subscriber is settled.
  REJECTED,
  /// Decided, and nothing is left to do.
  CLOSED;

  /// Whether nothing is decided yet.
  public boolean isOpen() {
    return switch (this) {
      case RECEIVED, UNDER_REVIEW, EVIDENCE_REQUESTED, EVIDENCE_RECEIVED -> true;
      case CONFIRMED_SPAM, REJECTED, CLOSED -> false;
    };
  }
}
