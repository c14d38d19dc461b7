package kz.qonyrau.speech.vosk.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Brings telephone audio from 8,000 to 16,000 samples per second, for models that hear nothing
/// else: a half-band filter of windowed sinc (Kaiser, 64 taps). Each sample stays as it is and gets
/// a neighbour halfway to the next one. Up to 3.6 kHz the image above 4 kHz is more than 70 dB
/// down.
///
/// What comes out does not depend on how the audio was cut into pieces, and is not late: of a
/// piece, the last 4 ms wait for the next one or for [#flush].
final class Upsampler {

  /// On each side of the new sample.
  static final int TAPS = 32;

  private static final double KAISER = 8;
  private static final double[] WEIGHTS = weights();

  /// The samples that are still needed: as many as lie before the next one to be given out, then
  /// those that were not given out yet.
  private short[] waiting = new short[TAPS - 1];

  private static double[] weights() {
    double[] weights = new double[TAPS];
    double sum = 0;
    for (int k = 0; k < TAPS; k++) {
      double at = k + 0.5;
      double window = bessel(KAISER * Math.sqrt(1 - (at / TAPS) * (at / TAPS))) / bessel(KAISER);
      weights[k] = Math.sin(Math.PI * at) / (Math.PI * at) * window;
      sum += 2 * weights[k];
    }
    for (int k = 0; k < TAPS; k++) {
      weights[k] /= sum;
    }
    return weights;
  }

  /// The modified Bessel function of the first kind, of order 0.
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; k < 60; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /// Takes the next piece and gives what can be told of the audio by now.
  ///
  /// @param pcm whole signed 16-bit little-endian samples
  byte[] feed(byte[] pcm) {
    int fresh = pcm.length / 2;
    short[] all = new short[waiting.length + fresh];
    System.arraycopy(waiting, 0, all, 0, waiting.length);
    ByteBuffer.wrap(pcm)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .get(all, waiting.length, fresh);
    int end = Math.max(TAPS - 1, all.length - TAPS);
    ByteBuffer out = ByteBuffer.allocate(4 * (end - TAPS + 1)).order(ByteOrder.LITTLE_ENDIAN);
    for (int n = TAPS - 1; n < end; n++) {
      out.putShort(all[n]);
      out.putShort(between(all, n));
    }
    waiting = Arrays.copyOfRange(all, end - (TAPS - 1), all.length);
    return out.array();
  }

  /// Gives what is left; silence follows.
  byte[] flush() {
    return feed(new byte[2 * TAPS]);
  }

  private static short between(short[] all, int n) {
    double sum = 0;
    for (int k = 0; k < TAPS; k++) {
      sum += WEIGHTS[k] * (all[n - k] + all[n + 1 + k]);
    }
    return (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
  }
}
