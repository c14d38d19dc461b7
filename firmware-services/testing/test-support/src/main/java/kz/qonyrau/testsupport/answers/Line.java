package kz.qonyrau.testsupport.answers;

import java.util.Random;

/// What a telephone line does to sound.
///
/// @param speechDbfs how loud what is said arrives
/// @param noiseDbfs the noise around it
/// @param darkness of the noise: 0 is white, towards 1 low frequencies prevail
/// @param codec `gsm`, `al`, `ul`, or empty
public record Line(double speechDbfs, double noiseDbfs, double darkness, String codec) {

  /// A line from -14 to -32 dBFS, with noise from -75 to -45, at least 15 dB below.
  public static Line any(Random random) {
    double speech = -14 - 18 * random.nextDouble();
    double noise = Math.min(-75 + 30 * random.nextDouble(), speech - 15);
    double kind = random.nextDouble();
    return new Line(
        speech,
        noise,
        0.9 * random.nextDouble(),
        kind < 0.4 ? "al" : kind < 0.7 ? "gsm" : kind < 0.85 ? "ul" : "");
  }

  /// A line that changes next to nothing.
  public static Line clean() {
    return new Line(-18, -70, 0, "");
  }

  double[] carry(double[] samples, Random random) {
    double[] carried = samples.clone();
    double factor = 32_768 * Math.pow(10, noiseDbfs / 20);
    // The filter takes power out of the noise; this puts it back.
    double gain = Math.sqrt((1 + darkness) / (1 - darkness));
    double low = 0;
    for (int i = 0; i < carried.length; i++) {
      low = darkness * low + (1 - darkness) * random.nextGaussian();
      carried[i] += factor * gain * low;
    }
    return codec.isEmpty() ? carried : Studio.through(codec, carried);
  }
}
