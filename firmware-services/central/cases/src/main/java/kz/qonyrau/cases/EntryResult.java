package kz.qonyrau.cases;

/// What became of a complaint that was to be entered.
public sealed interface EntryResult {

  /// It is there, and the number is left alone from now on.
  record Entered(Complaint complaint) implements EntryResult {}

  record NoSuchCustomer() implements EntryResult {}

  /// Nobody's box showed that number at that time.
  record NobodyShowed() implements EntryResult {}

  /// The subscriber was reached later than now.
  record InTheFuture() implements EntryResult {}
}
