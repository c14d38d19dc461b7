package kz.qonyrau.campaigns;

/// Whether anything may be dialled at all.
public sealed interface GateState {

  /// The box may dial, within limits.
  ///
  /// @param channels most calls at a time over all campaigns, 0 or more
  /// @param callsPerMinute most calls begun in any 60 s over all campaigns, above 0
  record Open(int channels, int callsPerMinute) implements GateState {

    /// @throws IllegalArgumentException if a limit is out of its range
    public Open {
      if (channels < 0 || callsPerMinute < 1) {
        throw new IllegalArgumentException(
            "not limits: " + channels + " channels, " + callsPerMinute + " calls per minute");
      }
    }
  }

  /// Nothing may be dialled.
  ///
  /// @param reason what customers are told
  record Stopped(IdleReason reason) implements GateState {}
}
