package kz.qonyrau.ledger;

/// What has become of a hold.
public enum HoldState {
  /// The money is set aside.
  HELD,
  /// Some or all was charged, the rest given back.
  CAPTURED,
  /// All was given back.
  RELEASED,
  /// All was given back because nobody had settled it for too long.
  EXPIRED
}
