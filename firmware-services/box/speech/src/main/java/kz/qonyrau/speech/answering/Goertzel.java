package kz.qonyrau.speech.answering;

import java.util.Optional;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.activity.Frames;

/// Goertzel's filter at every 25 Hz from 375 to 2225 Hz, over one frame: is it a single tone, and
/// of which frequency?
final class Goertzel {

  private static final int LOWEST_HERTZ = 375;
  private static final int STEP_HERTZ = 25;
  private static final int FILTERS = 75;

  /// What is quieter is no signal: beeps and fax tones lie at -8 to -30.
  private static final double QUIETEST_DBFS = -42;

  private static final double PURE = 0.8;

  /// A frame that is little else than one tone.
  ///
  /// @param hertz good to a few hertz
  /// @param purity the tone's share of the frame's power, 0.8 to about 1
  record Single(double hertz, double dbfs, double purity) {}

  private final double[] power = new double[FILTERS];

  Optional<Single> hear(short[] frame) {
    double dbfs = Frames.dbfs(frame);
    if (dbfs < QUIETEST_DBFS) {
      return Optional.empty();
    }
    int best = 0;
    for (int i = 0; i < FILTERS; i++) {
      power[i] = power(frame, LOWEST_HERTZ + STEP_HERTZ * i);
      best = power[i] > power[best] ? i : best;
    }
    if (best == 0 || best == FILTERS - 1) {
      return Optional.empty();
    }
    double hertz = LOWEST_HERTZ + STEP_HERTZ * (best + offset(best));
    double energy = 0;
    for (short sample : frame) {
      energy += (double) sample * sample;
    }
    double purity = 2 * power(frame, hertz) / (frame.length * energy);
    return purity >= PURE ? Optional.of(new Single(hertz, dbfs, purity)) : Optional.empty();
  }

  /// Where the peak is between the filters, by a parabola through three of them.
  private double offset(int best) {
    double below = Math.log(power[best - 1] + 1);
    double here = Math.log(power[best] + 1);
    double above = Math.log(power[best + 1] + 1);
    double bend = below - 2 * here + above;
    return bend == 0 ? 0 : Math.clamp((below - above) / (2 * bend), -0.5, 0.5);
  }

  private static double power(short[] frame, double hertz) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hertz / Recognizer.SAMPLES_PER_SECOND);
    double one = 0;
    double two = 0;
    for (short sample : frame) {
      double next = sample + coefficient * one - two;
      two = one;
      one = next;
    }
    return one * one + two * two - coefficient * one * two;
  }
}
