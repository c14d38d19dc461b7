package kz.qonyrau.ledger;

/// Why money moved.
public enum TransferKind {
  /// A top-up, a lease, a correction: what callers ask for by name.
  TRANSFER,
  /// Set aside for an item.
  HOLD,
  /// More set aside for the same item.
  EXTENSION,
  /// Charged from what was set aside.
  CAPTURE,
  /// Given back from what was set aside.
  RELEASE
}
