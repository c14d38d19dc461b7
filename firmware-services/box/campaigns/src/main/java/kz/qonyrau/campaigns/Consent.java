package kz.qonyrau.campaigns;

/// What a subscriber agreed to, per channel (AC-CON-03). `WITHDRAWN` and `BLOCKED` are reached by
/// no campaign, `UNKNOWN` by none that advertises.
public enum Consent {
  GRANTED,
  UNKNOWN,
  WITHDRAWN,
  BLOCKED
}
