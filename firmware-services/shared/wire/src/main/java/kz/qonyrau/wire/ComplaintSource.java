package kz.qonyrau.wire;

/// From whom it was learnt that a subscriber does not want to be reached, or claims something
/// (AC-SPM-01, AC-SPM-07).
public enum ComplaintSource {
  /// The subscriber told the customer, who entered it at a box.
  CUSTOMER,
  /// The subscriber told the provider's staff.
  STAFF,
  /// The subscriber himself, on the provider's page.
  SUBSCRIBER,
  /// A telephone operator told the provider.
  OPERATOR,
  /// Somebody else, such as an authority, told the provider.
  THIRD_PARTY
}
