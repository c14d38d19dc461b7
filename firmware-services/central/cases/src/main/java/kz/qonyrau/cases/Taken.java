package kz.qonyrau.cases;

/// What became of a report of a box.
public enum Taken {
  /// It is noted, and boxes have something new to know.
  NOTED,
  /// It was known.
  KNOWN,
  /// It answers a complaint that is not there.
  UNKNOWN_CASE,
  /// The complaint is against somebody else.
  FOREIGN_CASE
}
