package kz.qonyrau.recordings;

import java.util.List;

/// The outline of a recording for a waveform: the lowest and highest sample of each stretch of
/// time.
///
/// @param subscriber the left channel, in order of time
/// @param box the right channel, as many
public record Peaks(List<Peak> subscriber, List<Peak> box) {

  /// The outline of one channel over one stretch of time.
  ///
  /// @param low from -1 to 1
  /// @param high from `low` to 1
  public record Peak(double low, double high) {}

  public Peaks {
    subscriber = List.copyOf(subscriber);
    box = List.copyOf(box);
  }
}
