package kz.qonyrau.campaigns;

/// Why a contact of a campaign's lists is not called.
public enum Exclusion {
  /// The subscriber withdrew his consent.
  WITHDRAWN,
  /// The number is blocked.
  BLOCKED,
  /// The campaign advertises and the subscriber never agreed to that.
  NO_CONSENT
}
