package kz.qonyrau.appliance;

import kz.qonyrau.uplink.Uplink;

/// Whether what central granted may be spent (SH-BAL-15).
enum LeaseStanding {
  /// As far as there is something.
  GOOD,
  /// The lease is over.
  EXPIRED,
  /// The lease took back money that calls still hold.
  OWING;

  /// Of the lease that the box holds now.
  static LeaseStanding of(Uplink uplink) {
    if (uplink.leaseHasExpired()) {
      return EXPIRED;
    }
    return uplink.owesCredit() ? OWING : GOOD;
  }
}
