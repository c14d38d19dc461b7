package kz.qonyrau.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;

/// How loud speech is, apart from its pauses, and how it is made as loud as other speech.
///
/// The active speech level of ITU-T P.56 in a simple form: the mean power of those stretches of 20
/// ms that are no more than 16 dB below the loud ones. Levels are in dB relative to a full scale
/// square wave (dBov).
final class Loudness {

  /// A telephone network is built for −26 dBov (ITU-T G.100, P.56); an announcement may be a little
  /// above a person.
  static final double PROMPT_DBOV = -22;

  /// G.711 has 6 dB less room for peaks than it looks, and phones distort before it ends.
  static final double PEAK_DBOV = -3;

  private static final int FRAME = 160;
  private static final double MARGIN = Math.pow(10, -16 / 10.0);
  private static final double FULL_SCALE = 32768.0;

  private Loudness() {}

  /// The level of the speech in signed 16-bit little-endian samples, 8 kHz; negative infinity if
  /// there is nothing but silence.
  static double dbov(byte[] pcm) {
    ShortBuffer samples = samples(pcm);
    double[] powers = new double[Math.max(1, samples.remaining() / FRAME)];
    for (int i = 0; i < powers.length; i++) {
      int from = i * FRAME;
      int to = Math.min(from + FRAME, samples.limit());
      double sum = 0;
      for (int at = from; at < to; at++) {
        double sample = samples.get(at) / FULL_SCALE;
        sum += sample * sample;
      }
      powers[i] = sum / Math.max(1, to - from);
    }
    double[] sorted = powers.clone();
    Arrays.sort(sorted);
    // The loudest frames of all may be clicks.
    double loud = sorted[(int) (0.95 * (sorted.length - 1))];
    double mean = Arrays.stream(powers).filter(power -> power >= loud * MARGIN).average().orElse(0);
    return 10 * Math.log10(mean);
  }

  /// The same samples, as loud as prompts are; quieter if peaks would be too high. Silence stays
  /// silence.
  static byte[] ofPrompts(byte[] pcm) {
    double level = dbov(pcm);
    if (Double.isInfinite(level)) {
      return pcm;
    }
    ShortBuffer samples = samples(pcm);
    int peak = 1;
    for (int i = 0; i < samples.limit(); i++) {
      peak = Math.max(peak, Math.abs((int) samples.get(i)));
    }
    double headroom = PEAK_DBOV - 20 * Math.log10(peak / FULL_SCALE);
    double gain = Math.pow(10, Math.min(PROMPT_DBOV - level, headroom) / 20);
    ByteBuffer louder = ByteBuffer.allocate(pcm.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.limit(); i++) {
      louder.putShort((short) Math.round(samples.get(i) * gain));
    }
    return louder.array();
  }

  private static ShortBuffer samples(byte[] pcm) {
    return ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
  }
}
