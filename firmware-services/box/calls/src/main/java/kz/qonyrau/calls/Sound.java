package kz.qonyrau.calls;

import java.time.Duration;

/// Something that a call says: signed 16-bit little-endian mono at 8 kHz, shared between calls and
/// never changed.
///
/// @param pcm not copied
@SuppressWarnings("ArrayRecordComponent") // Nobody compares two of these.
public record Sound(byte[] pcm) {

  private static final int BYTES_PER_SECOND = 16_000;

  /// @throws IllegalArgumentException if there are no samples, or half a sample is left over
  public Sound {
    if (pcm.length == 0 || pcm.length % 2 != 0) {
      throw new IllegalArgumentException(
          "a sound is whole 16-bit samples and at least one of them, got " + pcm.length + " bytes");
    }
  }

  /// How long it lasts.
  public Duration length() {
    return Duration.ofMillis(pcm.length * 1000L / BYTES_PER_SECOND);
  }

  /// This, and the other behind it.
  public Sound then(Sound other) {
    byte[] both = java.util.Arrays.copyOf(pcm, pcm.length + other.pcm.length);
    System.arraycopy(other.pcm, 0, both, pcm.length, other.pcm.length);
    return new Sound(both);
  }
}
