package kz.qonyrau.speech.activity;

import java.util.function.Consumer;
import kz.qonyrau.speech.Recognizer;

/// Cuts a stream of audio into frames of 20 ms, however it comes in. For one thread.
public final class Frames {

  /// Samples of a frame.
  public static final int SAMPLES = Recognizer.SAMPLES_PER_SECOND / 50;

  /// How long a frame lasts.
  public static final int MILLIS = 20;

  private final short[] frame = new short[SAMPLES];
  private int filled;

  /// Hands over every frame that is complete with this piece; the rest waits for the next one.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel
  /// @param to takes a frame; the array is used again for the next one
  /// @throws IllegalArgumentException if the length is odd, that is, not whole samples
  public void cut(byte[] pcm, Consumer<short[]> to) {
    requireWholeSamples(pcm);
    for (int at = 0; at < pcm.length; at += 2) {
      frame[filled++] = sample(pcm, at);
      if (filled == SAMPLES) {
        filled = 0;
        to.accept(frame);
      }
    }
  }

  static void requireWholeSamples(byte[] pcm) {
    if (pcm.length % 2 != 0) {
      throw new IllegalArgumentException(
          "audio is made of samples of two bytes, but there are " + pcm.length + " bytes");
    }
  }

  static short sample(byte[] pcm, int at) {
    return (short) ((pcm[at] & 0xff) | (pcm[at + 1] << 8));
  }

  /// The mean power of some samples in dB below full scale; -96 for silence.
  public static double dbfs(short[] frame) {
    double sum = 0;
    for (short sample : frame) {
      sum += (double) sample * sample;
    }
    return dbfs(sum / frame.length);
  }

  static double dbfs(double meanSquare) {
    return 10 * Math.log10(Math.max(meanSquare, 0.27) / (32768.0 * 32768.0));
  }
}
