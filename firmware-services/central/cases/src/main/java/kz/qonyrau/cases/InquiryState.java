package kz.qonyrau.cases;

/// How an [Inquiry] stands.
public enum InquiryState {
  /// Nobody has shown yet that the number is his.
  AWAITING_PROOF,
  /// Boxes are asked, and not all have answered.
  ASKING,
  /// All have answered.
  ANSWERED,
  /// No box could have called him.
  NOBODY,
  /// The complaint is entered.
  COMPLAINED,
  /// The number was not shown to be his in time, or wrong codes came.
  EXPIRED,
  /// Not all boxes answered in time.
  CLOSED
}
