package kz.qonyrau.telephony;

/// What the supervised Asterisk is doing.
public enum AsteriskPhase {
  /// Started for the first time and not yet ready.
  STARTING,
  /// Takes calls.
  READY,
  /// Runs, but another program holds the port for SIP, so that no call goes anywhere. It takes
  /// calls as soon as the port is free.
  PORT_TAKEN,
  /// Died or stopped answering; all its calls are over, and it is being started again.
  RESTARTING,
  /// Died at once several times in a row. It is still tried again, ever more slowly.
  FAILED,
  /// Stopped because the box is being shut down.
  STOPPED
}
