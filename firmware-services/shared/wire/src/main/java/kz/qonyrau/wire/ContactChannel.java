package kz.qonyrau.wire;

/// By what a subscriber was reached.
public enum ContactChannel {
  CALL,
  SMS
}
