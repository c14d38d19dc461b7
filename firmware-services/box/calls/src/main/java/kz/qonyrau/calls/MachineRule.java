package kz.qonyrau.calls;

/// What a call does when it finds that no human answered. An announcement of the network's and a
/// fax are hung up on in either case but the last.
public enum MachineRule {
  HANG_UP,
  /// The prompt is played from its start once the machine records.
  LEAVE_MESSAGE,
  /// Nobody asks who answered.
  CARRY_ON
}
