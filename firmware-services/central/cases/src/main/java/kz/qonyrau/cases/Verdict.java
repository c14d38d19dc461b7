package kz.qonyrau.cases;

/// What a person decided on a complaint.
public enum Verdict {
  CONFIRMED_SPAM,
  REJECTED
}
