package kz.qonyrau.recordings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Gathers the lowest and highest samples of a recording while it passes by, and keeps them small
/// enough for a column: 8 bits each, at most 1000 stretches of time.
final class Outline {

  static final int FINEST = 1000;

  private final long samples;
  private final int buckets;
  private final short[] low = new short[2 * FINEST];
  private final short[] high = new short[2 * FINEST];
  private long seen;
  private int pendingByte = -1;
  private long values;

  /// @param samples how many there will be in each channel
  Outline(long samples) {
    this.samples = samples;
    this.buckets = Math.clamp(samples, 1, FINEST);
    Arrays.fill(low, Short.MAX_VALUE);
    Arrays.fill(high, Short.MIN_VALUE);
  }

  /// Takes the next bytes of interleaved samples; they may end in the middle of one.
  void add(byte[] pcm, int length) {
    for (int i = 0; i < length; i++) {
      if (pendingByte < 0) {
        pendingByte = pcm[i] & 0xff;
      } else {
        take((short) (pcm[i] << 8 | pendingByte));
        pendingByte = -1;
      }
    }
  }

  private void take(short value) {
    int bucket = (int) Math.min(buckets - 1L, seen * buckets / samples);
    int at = 2 * bucket + (int) (values & 1);
    low[at] = (short) Math.min(low[at], value);
    high[at] = (short) Math.max(high[at], value);
    values++;
    seen = values / 2;
  }

  /// What goes into the column: for each stretch low and high of the left channel, then of the
  /// right.
  String encoded() {
    byte[] bytes = new byte[4 * buckets];
    for (int i = 0; i < 2 * buckets; i++) {
      bytes[2 * i] = (byte) (low[i] >> 8);
      // Rounded away from zero: a quiet sound must not look like silence.
      bytes[2 * i + 1] = (byte) Math.min(127, (high[i] + 255) >> 8);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// Reads what [#encoded] wrote, in at most so many stretches.
  static Peaks decode(String encoded, int buckets) {
    byte[] bytes = Base64.getDecoder().decode(encoded);
    int stored = bytes.length / 4;
    int wanted = Math.min(buckets, stored);
    List<Peaks.Peak> left = new ArrayList<>(wanted);
    List<Peaks.Peak> right = new ArrayList<>(wanted);
    for (int bucket = 0; bucket < wanted; bucket++) {
      int from = (int) ((long) bucket * stored / wanted);
      int to = (int) ((bucket + 1L) * stored / wanted);
      left.add(peak(bytes, from, to, 0));
      right.add(peak(bytes, from, to, 2));
    }
    return new Peaks(left, right);
  }

  private static Peaks.Peak peak(byte[] bytes, int from, int to, int offset) {
    int low = 127;
    int high = -128;
    for (int i = from; i < to; i++) {
      low = Math.min(low, bytes[4 * i + offset]);
      high = Math.max(high, bytes[4 * i + offset + 1]);
    }
    return new Peaks.Peak(low / 128.0, Math.max(low, high) / 128.0);
  }
}
