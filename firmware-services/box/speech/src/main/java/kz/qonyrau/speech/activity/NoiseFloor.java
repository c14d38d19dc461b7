package kz.qonyrau.speech.activity;

import java.util.Arrays;

/// How loud the line is when nobody speaks, in dB below full scale.
///
/// It is the quietest moment of the last 1.6 s: speech has gaps, noise has none. A line starts as a
/// quiet one; noise that is there from the beginning is known by its evenness after 0.4 s.
final class NoiseFloor {

  private static final double QUIET_LINE_DBFS = -65;
  private static final int WINDOW = 10;
  private static final int WINDOWS = 8;
  private static final int EVEN_FRAMES = 20;
  private static final double EVEN_DB = 6;
  private static final int MOST_PITCHED = 4;

  private final double[] minima = new double[WINDOWS];
  private final double[] recent = new double[EVEN_FRAMES];
  private final boolean[] pitched = new boolean[EVEN_FRAMES];
  private double lowest = Double.POSITIVE_INFINITY;
  private long frames;

  NoiseFloor() {
    Arrays.fill(minima, QUIET_LINE_DBFS);
  }

  double dbfs() {
    return Math.min(Arrays.stream(minima).min().orElse(QUIET_LINE_DBFS), lowest);
  }

  /// Takes one more frame.
  ///
  /// @param hasPitch such a sound, however even, is no noise
  void add(double dbfs, boolean hasPitch) {
    int at = (int) (frames % EVEN_FRAMES);
    recent[at] = dbfs;
    pitched[at] = hasPitch;
    frames++;
    lowest = Math.min(lowest, smoothed());
    if (frames % WINDOW == 0) {
      minima[(int) (frames / WINDOW % WINDOWS)] = lowest;
      lowest = Double.POSITIVE_INFINITY;
    }
    if (frames >= EVEN_FRAMES && isEven()) {
      double mean = Arrays.stream(recent).average().orElse(QUIET_LINE_DBFS);
      for (int i = 0; i < WINDOWS; i++) {
        minima[i] = Math.max(minima[i], mean);
      }
      lowest = Double.POSITIVE_INFINITY;
    }
  }

  private double smoothed() {
    double sum = 0;
    int of = (int) Math.min(3, frames);
    for (int back = 1; back <= of; back++) {
      sum += recent[(int) ((frames - back) % EVEN_FRAMES)];
    }
    return sum / of;
  }

  private boolean isEven() {
    double least = Arrays.stream(recent).min().orElse(0);
    double most = Arrays.stream(recent).max().orElse(0);
    int voices = 0;
    for (boolean one : pitched) {
      voices += one ? 1 : 0;
    }
    return most - least <= EVEN_DB && voices <= MOST_PITCHED;
  }
}
