package kz.qonyrau.campaigns;

/// Whether anything may be dialled at all.
public sealed interface GateState {

  /// The box may dial, within limits.
  ///
  /// @param channels most calls at a time over all campaigns, 0 or more
  /// @param callsPerMinute most calls begun in any 60 s over all campaigns, above 0
  /// @param recording whether there is room for recordings; campaigns that record wait without
  ///   (PLT-17)
  record Open(int channels, int callsPerMinute, boolean recording) implements GateState {

    /// With room for recordings.
    public Open(int channels, int callsPerMinute) {
      this(channels, callsPerMinute, true);
    }

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
