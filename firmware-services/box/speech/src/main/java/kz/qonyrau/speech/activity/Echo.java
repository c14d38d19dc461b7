package kz.qonyrau.speech.activity;

import java.util.Arrays;

/// Tells the echo of what the box plays from somebody who speaks.
///
/// A frame is echo if one of two holds, for what was played in the 500 ms before it:
///
/// * it is at least 20 dB quieter than the loudest 20 ms of that; the hybrids of lines and the
///   phones of people send back less;
/// * the last 240 ms, with high frequencies raised, have a normalised cross-correlation of 0.5 or
///   more with the same stretch of what was played, at any delay of 0 to 500 ms; around a delay
///   that was found before, 0.35 is enough.
///
/// So whoever is not louder than the echo of the prompt, or more than 20 dB quieter than the
/// prompt, cannot interrupt it. The correlation takes three transforms of 8192 points every 40 ms,
/// and only while there is sound on both sides.
final class Echo {

  static final int LONGEST_DELAY = 4000;

  private static final int WINDOW = 1920;
  private static final double RETURN_LOSS_DB = 20;
  private static final double ALIKE = 0.5;
  private static final double ALIKE_AT_KNOWN_DELAY = 0.35;
  private static final int NEAR_KNOWN_DELAY = 24;
  private static final double EMPHASIS = 0.9;
  private static final int SPAN = WINDOW + LONGEST_DELAY;

  private final Fourier fourier = new Fourier(8192);
  private final Played played = new Played();
  private final double[] heard = new double[WINDOW + 1];
  private final double[] reference = new double[SPAN + 1];
  private final double[] nearReal = new double[fourier.length()];
  private final double[] nearImaginary = new double[fourier.length()];
  private final double[] farReal = new double[fourier.length()];
  private final double[] farImaginary = new double[fourier.length()];
  private int delay = -1;
  private boolean alike;

  /// Every second frame is compared.
  private long comparedAt = -2L * Frames.SAMPLES;

  Played played() {
    return played;
  }

  /// Takes the next frame that was heard.
  void hear(short[] frame) {
    System.arraycopy(heard, frame.length, heard, 0, heard.length - frame.length);
    for (int i = 0; i < frame.length; i++) {
      heard[heard.length - frame.length + i] = frame[i];
    }
  }

  /// Whether the last frame, which sounds as if somebody spoke, is explained by what was played.
  ///
  /// @param end the count of samples up to the end of that frame
  /// @param dbfs its level
  boolean explains(long end, double dbfs) {
    if (!played.anythingBetween(end - LONGEST_DELAY - Frames.SAMPLES, end)) {
      return false;
    }
    played.copy(end - SPAN - 1, reference, SPAN + 1);
    if (dbfs < loudestReference() - RETURN_LOSS_DB) {
      return true;
    }
    if (end - comparedAt > Frames.SAMPLES) {
      comparedAt = end;
      alike = isAlike();
    }
    return alike;
  }

  /// The loudest 20 ms that can be in the echo by now.
  private double loudestReference() {
    double loudest = 0;
    for (int start = reference.length - LONGEST_DELAY - Frames.SAMPLES;
        start + Frames.SAMPLES <= reference.length;
        start += Frames.SAMPLES) {
      double sum = 0;
      for (int i = start; i < start + Frames.SAMPLES; i++) {
        sum += reference[i] * reference[i];
      }
      loudest = Math.max(loudest, sum);
    }
    return Frames.dbfs(loudest / Frames.SAMPLES);
  }

  private boolean isAlike() {
    Arrays.fill(nearReal, 0);
    Arrays.fill(nearImaginary, 0);
    Arrays.fill(farReal, 0);
    Arrays.fill(farImaginary, 0);
    emphasise(heard, WINDOW, nearReal);
    emphasise(reference, SPAN, farReal);
    double energy = energy(nearReal, WINDOW);
    double[] far = Arrays.copyOf(farReal, SPAN);
    fourier.transform(nearReal, nearImaginary);
    fourier.transform(farReal, farImaginary);
    for (int i = 0; i < fourier.length(); i++) {
      double r = farReal[i] * nearReal[i] + farImaginary[i] * nearImaginary[i];
      double m = farImaginary[i] * nearReal[i] - farReal[i] * nearImaginary[i];
      farReal[i] = r;
      farImaginary[i] = m;
    }
    fourier.transform(farImaginary, farReal);
    return findDelay(far, energy);
  }

  /// Goes through all shifts of the far side by which it fits the near side.
  private boolean findDelay(double[] far, double energy) {
    double farEnergy = 0;
    for (int i = 0; i < WINDOW; i++) {
      farEnergy += far[i] * far[i];
    }
    double best = 0;
    int bestShift = 0;
    double atKnown = 0;
    for (int shift = 0; shift <= LONGEST_DELAY; shift++) {
      double product = Math.abs(farReal[shift]) / fourier.length();
      double norm = Math.sqrt(Math.max(farEnergy, 1) * Math.max(energy, 1));
      double likeness = product / norm;
      if (likeness > best && likeness <= 1.0001) {
        best = likeness;
        bestShift = shift;
      }
      if (delay >= 0 && Math.abs(LONGEST_DELAY - shift - delay) <= NEAR_KNOWN_DELAY) {
        atKnown = Math.max(atKnown, likeness);
      }
      if (shift < LONGEST_DELAY) {
        farEnergy += far[shift + WINDOW] * far[shift + WINDOW] - far[shift] * far[shift];
      }
    }
    if (best >= ALIKE) {
      delay = LONGEST_DELAY - bestShift;
      return true;
    }
    return atKnown >= ALIKE_AT_KNOWN_DELAY;
  }

  /// Raises high frequencies, which tell one stretch of speech from another.
  private static void emphasise(double[] from, int count, double[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = from[i + 1] - EMPHASIS * from[i];
    }
  }

  private static double energy(double[] samples, int count) {
    double energy = 0;
    for (int i = 0; i < count; i++) {
      energy += samples[i] * samples[i];
    }
    return energy;
  }
}
