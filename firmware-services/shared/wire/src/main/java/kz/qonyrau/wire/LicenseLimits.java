package kz.qonyrau.wire;

/// How much a licensed box may do at once.
///
/// @param channels calls at the same time, 1 to 10000
/// @param callsPerMinute attempts started per minute, 1 to 10000
public record LicenseLimits(int channels, int callsPerMinute) {

  static final int MOST = 10_000;

  /// @throws IllegalArgumentException if a limit is out of range
  public LicenseLimits {
    if (channels < 1 || channels > MOST || callsPerMinute < 1 || callsPerMinute > MOST) {
      throw new IllegalArgumentException(
          "limits are 1 to "
              + MOST
              + ", not "
              + channels
              + " channels and "
              + callsPerMinute
              + " calls a minute");
    }
  }
}
