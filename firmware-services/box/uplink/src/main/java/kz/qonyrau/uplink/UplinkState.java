package kz.qonyrau.uplink;

/// How the box stands with central.
public enum UplinkState {
  /// It has no certificate yet: someone must type in a claim ticket.
  NOT_ENROLLED,
  /// It is trying to reach the broker for the first time since its start.
  CONNECTING,
  /// Messages go out and come in.
  ONLINE,
  /// The connection was lost or refused; it is tried again and again.
  OFFLINE
}
