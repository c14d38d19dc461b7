package kz.qonyrau.calls;

import java.time.Duration;

/// Sounds that machines make.
final class Tones {

  private Tones() {}

  /// A voice that says "a": harmonics of 120 Hz, some louder than others, at about -14 dBFS.
  static byte[] voice(Duration length) {
    int samples = (int) (length.toMillis() * 8);
    byte[] pcm = new byte[2 * samples];
    for (int i = 0; i < samples; i++) {
      double sum = 0;
      for (int harmonic = 1; harmonic <= 20; harmonic++) {
        double hertz = 120.0 * harmonic;
        double level = 1 / (1 + Math.abs(hertz - 700) / 300);
        sum += level * Math.sin(2 * Math.PI * hertz * i / 8000 + harmonic);
      }
      int sample = (int) (2500 * sum);
      pcm[2 * i] = (byte) sample;
      pcm[2 * i + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }

  /// A sine of 1000 Hz at -12 dBFS, as telephone audio.
  static byte[] beep(Duration length) {
    int samples = (int) (length.toMillis() * 8);
    byte[] pcm = new byte[2 * samples];
    for (int i = 0; i < samples; i++) {
      int sample = (int) (8000 * Math.sin(2 * Math.PI * 1000 * i / 8000));
      pcm[2 * i] = (byte) sample;
      pcm[2 * i + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }
}
