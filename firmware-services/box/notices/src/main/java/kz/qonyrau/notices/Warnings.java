package kz.qonyrau.notices;

import java.util.HashSet;
import java.util.List;
import kz.qonyrau.vocabulary.Tenge;

/// When the owner wants to be warned (SH-BAL-18).
///
/// @param thresholds below which balances, the largest first; at most [#MOST], each above zero, at
///   most [#LARGEST], none twice
/// @param usualDay also when less is left than is spent on a usual day
public record Warnings(List<Tenge> thresholds, boolean usualDay) {

  /// So many thresholds may be set.
  public static final int MOST = 5;

  /// Ten billion tenge: more than any customer has.
  public static final Tenge LARGEST = Tenge.of("10000000000.00");

  /// @throws IllegalArgumentException if a threshold is out of range or there twice, or there are
  ///   too many
  public Warnings {
    if (thresholds.size() > MOST) {
      throw new IllegalArgumentException("at most " + MOST + " thresholds");
    }
    if (new HashSet<>(thresholds).size() < thresholds.size()) {
      throw new IllegalArgumentException("a threshold is there twice");
    }
    for (Tenge threshold : thresholds) {
      if (!threshold.isPositive() || threshold.compareTo(LARGEST) > 0) {
        throw new IllegalArgumentException(
            "a threshold is above zero and at most " + LARGEST + ", not " + threshold);
      }
    }
    thresholds = thresholds.stream().sorted((one, other) -> other.compareTo(one)).toList();
  }
}
