package kz.qonyrau.appliance;

/// Whether what central granted may be spent (SH-BAL-15).
enum LeaseStanding {
  /// As far as there is something.
  GOOD,
  /// The lease is over.
  EXPIRED,
  /// The lease took back money that calls still hold.
  OWING
}
