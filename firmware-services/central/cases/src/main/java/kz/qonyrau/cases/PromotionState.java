package kz.qonyrau.cases;

/// How a [Promotion] stands.
public enum PromotionState {
  /// The customer consents.
  STANDING,
  /// He withdrew, and something is still published.
  TO_REMOVE,
  /// He withdrew, and nothing is published any more.
  ENDED
}
