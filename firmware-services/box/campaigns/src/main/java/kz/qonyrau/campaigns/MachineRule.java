package kz.qonyrau.campaigns;

/// What a call of a campaign does when it finds that no human answered.
public enum MachineRule {
  /// Nobody asks who answered.
  CARRY_ON,
  HANG_UP,
  /// The message is played from its start once the machine records. The network's announcements and
  /// fax machines are hung up on all the same.
  LEAVE_MESSAGE
}
