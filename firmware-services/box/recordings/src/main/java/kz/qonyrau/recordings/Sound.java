package kz.qonyrau.recordings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/// The form of every recording: two channels of signed 16-bit samples, 8000 a second.
final class Sound {

  static final int SAMPLES_PER_SECOND = 8000;

  /// One sample of each channel.
  static final int FRAME_BYTES = 4;

  static final int HEADER_BYTES = 44;

  private Sound() {}

  /// The head of a WAV file with so many samples in each channel.
  static byte[] wavHeader(long samples) {
    long bytes = samples * FRAME_BYTES;
    if (bytes > 0xffff_ffffL - HEADER_BYTES) {
      throw new IllegalArgumentException("a WAV file cannot hold " + samples + " samples");
    }
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("RIFF"))
        .putInt((int) (HEADER_BYTES - 8 + bytes))
        .put(ascii("WAVEfmt "))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 2)
        .putInt(SAMPLES_PER_SECOND)
        .putInt(SAMPLES_PER_SECOND * FRAME_BYTES)
        .putShort((short) FRAME_BYTES)
        .putShort((short) 16)
        .put(ascii("data"))
        .putInt((int) bytes)
        .array();
  }

  static Duration duration(long samples) {
    return Duration.ofNanos(samples * (1_000_000_000 / SAMPLES_PER_SECOND));
  }

  static long samples(Duration duration) {
    return duration.toMillis() * SAMPLES_PER_SECOND / 1000;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
