package kz.qonyrau.testsupport.answers;

import java.util.Random;

/// Sounds made from formulas, at the scale of 16-bit samples.
final class Tones {

  private Tones() {}

  /// With edges of 3 ms.
  static double[] sine(double hertz, int millis, double dbfs) {
    double[] samples = new double[8 * millis];
    double amplitude = 32_768 * Math.sqrt(2) * Math.pow(10, dbfs / 20);
    for (int i = 0; i < samples.length; i++) {
      double edge = Math.min(1, Math.min(i, samples.length - 1 - i) / 24.0);
      samples[i] = edge * amplitude * Math.sin(2 * Math.PI * hertz * i / 8000);
    }
    return samples;
  }

  static double[] click() {
    double[] samples = new double[80];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 20_000 * Math.exp(-i / 8.0) * (i % 2 == 0 ? 1 : -1);
    }
    return samples;
  }

  /// A burst of noise with a sharp rise, a quarter of a second long.
  static double[] cough(Random random, double dbfs) {
    double[] samples = new double[2000];
    double low = 0;
    for (int i = 0; i < samples.length; i++) {
      low += 0.5 * (random.nextGaussian() - low);
      double shape = Math.min(1, i / 100.0) * Math.exp(-3.0 * i / samples.length);
      samples[i] = 32_768 * 2 * Math.pow(10, dbfs / 20) * shape * low;
    }
    return samples;
  }
}
