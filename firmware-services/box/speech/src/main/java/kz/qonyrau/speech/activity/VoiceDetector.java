package kz.qonyrau.speech.activity;

/// Tells what a frame sounds like, from its level, the noise before it, its pitch and its purity.
///
/// Pitch is the highest normalised autocorrelation of the frame with what is 2.5 to 16.6 ms before
/// it, a voice of 60 to 400 Hz. A tone is what a predictor with two coefficients foretells, and
/// stays where it is: a sine obeys x(n) = c·x(n-1) - x(n-2). About 30 000 multiplications a frame,
/// most of them only if the frame is loud.
final class VoiceDetector {

  /// Above the noise by this much.
  private static final double ABOVE_NOISE_DB = 9;

  /// What is quieter is no speech, however quiet the line; speech lies at -15 to -35.
  private static final double QUIETEST_DBFS = -50;

  private static final int SHORTEST_LAG = 20;
  private static final int LONGEST_LAG = 133;

  /// Of frames of noise 99 in 100 have less than 0.3, of coughs less than 0.42; half of those of
  /// people's words have more than 0.8.
  private static final double PITCH = 0.45;

  private static final double PURE = 0.03;
  private static final double STEADY = 0.02;
  private static final int TONE_FRAMES = 5;

  /// About 90 Hz: below is hum.
  private static final double HIGH_PASS = 0.93;

  private final NoiseFloor floor = new NoiseFloor();
  private final double[] last = new double[2 * Frames.SAMPLES];
  private double before;
  private double filtered;
  private int pureFrames;
  private double toneCosine = Double.NaN;

  /// The next frame of the stream.
  FrameSound hear(short[] frame) {
    System.arraycopy(last, Frames.SAMPLES, last, 0, Frames.SAMPLES);
    double sum = 0;
    for (int i = 0; i < Frames.SAMPLES; i++) {
      filtered = frame[i] - before + HIGH_PASS * filtered;
      before = frame[i];
      last[Frames.SAMPLES + i] = filtered;
      sum += filtered * filtered;
    }
    double dbfs = Frames.dbfs(sum / Frames.SAMPLES);
    boolean loud = dbfs > Math.max(floor.dbfs() + ABOVE_NOISE_DB, QUIETEST_DBFS);
    boolean audible = dbfs > QUIETEST_DBFS;
    boolean pitched = audible && pitch() > PITCH;
    boolean tone = audible && isTone();
    if (!audible) {
      pureFrames = 0;
    }
    floor.add(dbfs, pitched);
    return new FrameSound(dbfs, loud, pitched && !tone, tone);
  }

  private double pitch() {
    double best = 0;
    for (int lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
      double product = 0;
      double here = 0;
      double there = 0;
      for (int i = Frames.SAMPLES; i < last.length; i++) {
        double a = last[i];
        double b = last[i - lag];
        product += a * b;
        here += a * a;
        there += b * b;
      }
      if (here > 0 && there > 0) {
        best = Math.max(best, product / Math.sqrt(here * there));
      }
    }
    return best;
  }

  private boolean isTone() {
    double cross = 0;
    double middle = 0;
    double sum = 0;
    for (int i = Frames.SAMPLES + 1; i < last.length - 1; i++) {
      double ends = last[i - 1] + last[i + 1];
      cross += ends * last[i];
      middle += last[i] * last[i];
      sum += ends * ends;
    }
    double cosine = cross / middle / 2;
    double missed = (sum - cross * cross / middle) / (sum + middle);
    boolean goesOn = missed < PURE && (pureFrames == 0 || Math.abs(cosine - toneCosine) < STEADY);
    pureFrames = goesOn ? pureFrames + 1 : missed < PURE ? 1 : 0;
    toneCosine = cosine;
    return pureFrames >= TONE_FRAMES;
  }
}
