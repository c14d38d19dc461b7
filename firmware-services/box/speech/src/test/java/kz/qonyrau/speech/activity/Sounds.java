package kz.qonyrau.speech.activity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Random;
import kz.qonyrau.speech.Prompts;

/// Sounds that are no speech, and what a line does to sound.
final class Sounds {

  private Sounds() {}

  static byte[] silence(int millis) {
    return Prompts.silence(Duration.ofMillis(millis));
  }

  /// One sample at full scale and its ringing.
  static byte[] click(Random random) {
    double[] samples = new double[160];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 30_000 * Math.exp(-i / 12.0) * (random.nextBoolean() ? 1 : -1);
    }
    return pcm(samples);
  }

  /// Two bursts of broad noise with a sharp rise, 0.18 to 0.3 s each.
  static byte[] cough(Random random) {
    return Prompts.joined(burst(random), silence(120 + random.nextInt(200)), burst(random));
  }

  private static byte[] burst(Random random) {
    double[] samples = new double[8 * (180 + random.nextInt(120))];
    double low = 0;
    for (int i = 0; i < samples.length; i++) {
      low += 0.5 * (random.nextGaussian() - low);
      double rise = Math.min(1, i / 100.0);
      samples[i] = 9000 * rise * Math.exp(-3.0 * i / samples.length) * low;
    }
    return pcm(samples);
  }

  static byte[] noise(Random random, int millis, double dbfs) {
    double[] samples = new double[8 * millis];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 32_768 * Math.pow(10, dbfs / 20) * random.nextGaussian();
    }
    return pcm(samples);
  }

  static byte[] tone(double hertz, int millis, double dbfs) {
    double[] samples = new double[8 * millis];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          32_768
              * Math.sqrt(2)
              * Math.pow(10, dbfs / 20)
              * Math.sin(2 * Math.PI * hertz * i / 8000);
    }
    return pcm(samples);
  }

  /// Mains and its harmonics.
  static byte[] hum(int millis, double dbfs) {
    return mixed(
        mixed(tone(50, millis, dbfs), tone(100, millis, dbfs - 6), 0, 1),
        tone(150, millis, dbfs - 9),
        0,
        1);
  }

  static byte[] amplified(byte[] pcm, double factor) {
    return mixed(new byte[pcm.length], pcm, 0, factor);
  }

  /// The first with the second added to it.
  ///
  /// @param delayMillis when the second begins; what is beyond the end is left out
  static byte[] mixed(byte[] first, byte[] second, int delayMillis, double factor) {
    double[] sum = samples(first);
    double[] other = samples(second);
    int delay = 8 * delayMillis;
    for (int i = 0; i < other.length && i + delay < sum.length; i++) {
      sum[i + delay] += factor * other[i];
    }
    return pcm(sum);
  }

  /// What comes back from the far end: later, quieter, dulled, and through a telephone codec.
  static byte[] echo(byte[] played, int delayMillis, double lossDb) {
    double[] samples = samples(mixed(new byte[played.length], played, delayMillis, 1));
    double factor = Math.pow(10, -lossDb / 20);
    double low = 0;
    for (int i = 0; i < samples.length; i++) {
      low += 0.6 * (samples[i] - low);
      samples[i] = compressed(factor * (0.7 * low + 0.3 * samples[i]));
    }
    return pcm(samples);
  }

  /// Eight bits with a logarithmic step, as in G.711.
  private static double compressed(double sample) {
    double step = Math.max(16, Math.abs(sample) / 16);
    return Math.rint(sample / step) * step;
  }

  static double[] samples(byte[] pcm) {
    double[] samples = new double[pcm.length / 2];
    ByteBuffer buffer = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = buffer.getShort();
    }
    return samples;
  }

  static byte[] pcm(double[] samples) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : samples) {
      buffer.putShort((short) Math.clamp(Math.rint(sample), -32_768, 32_767));
    }
    return buffer.array();
  }
}
