package kz.qonyrau.insight;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A stretch of a conversation that is transcribed at once, both sides apart. Pure.
final class Piece {

  static final int SAMPLES_PER_SECOND = 8000;
  static final int FRAME_BYTES = 4;

  /// Long enough for the language model, short enough to lose little at a power cut.
  static final int LONGEST_SAMPLES = 60 * SAMPLES_PER_SECOND;

  private static final int SEARCHED_SAMPLES = 20 * SAMPLES_PER_SECOND;
  private static final int PAUSE_SAMPLES = 3 * SAMPLES_PER_SECOND / 10;
  private static final int STEP_SAMPLES = SAMPLES_PER_SECOND / 100;

  private final byte[] subscriber;
  private final byte[] box;

  private Piece(byte[] subscriber, byte[] box) {
    this.subscriber = subscriber;
    this.box = box;
  }

  /// Takes a piece from the beginning of what was read: all of it if it is the end of the
  /// recording, or else up to the quietest moment of its last third, so that no word is cut.
  static Piece first(byte[] interleaved, boolean end) {
    int samples = interleaved.length / FRAME_BYTES;
    byte[] left = new byte[2 * samples];
    byte[] right = new byte[2 * samples];
    for (int i = 0; i < samples; i++) {
      left[2 * i] = interleaved[FRAME_BYTES * i];
      left[2 * i + 1] = interleaved[FRAME_BYTES * i + 1];
      right[2 * i] = interleaved[FRAME_BYTES * i + 2];
      right[2 * i + 1] = interleaved[FRAME_BYTES * i + 3];
    }
    int cut = end ? samples : quietest(left, right, samples);
    return new Piece(Arrays.copyOf(left, 2 * cut), Arrays.copyOf(right, 2 * cut));
  }

  private static int quietest(byte[] left, byte[] right, int samples) {
    int from = Math.max(0, samples - SEARCHED_SAMPLES);
    int steps = (samples - from) / STEP_SAMPLES;
    long[] loudness = new long[steps];
    for (int i = 0; i < steps; i++) {
      int at = from + i * STEP_SAMPLES;
      loudness[i] = sum(left, at) + sum(right, at);
    }
    int span = PAUSE_SAMPLES / STEP_SAMPLES;
    long least = Long.MAX_VALUE;
    int best = samples;
    for (int i = 0; i + span <= steps; i++) {
      long here = 0;
      for (int k = i; k < i + span; k++) {
        here += loudness[k];
      }
      // The last of equals: pieces as long as possible.
      if (here <= least) {
        least = here;
        best = from + (i + span / 2) * STEP_SAMPLES;
      }
    }
    return best;
  }

  private static long sum(byte[] pcm, int at) {
    ByteBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    long sum = 0;
    for (int i = at; i < at + STEP_SAMPLES; i++) {
      sum += Math.abs((int) samples.getShort(2 * i));
    }
    return sum;
  }

  /// How many samples of each side it has.
  int samples() {
    return subscriber.length / 2;
  }

  /// One side's samples, signed 16-bit little-endian.
  byte[] of(Side side) {
    return switch (side) {
      case SUBSCRIBER -> subscriber;
      case BOX -> box;
    };
  }
}
