package kz.qonyrau.systemtests.telephony;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Tones and loudness, 16-bit samples at 8 kHz.
final class Sound {

  static final int FRAME_SAMPLES = 160;
  private static final int RATE = 8_000;
  private static final double LOUD = 1_000;

  private Sound() {}

  /// A tone of 440 Hz, a third of full scale.
  static byte[] tone(Duration length) {
    int samples = Math.toIntExact(length.toMillis() * RATE / 1000);
    ByteBuffer pcm = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort((short) (10_000 * Math.sin(2 * Math.PI * 440 * i / RATE)));
    }
    return pcm.array();
  }

  static boolean isLoud(byte[] frame) {
    ShortBuffer samples = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    double energy = 0;
    for (int i = 0; i < samples.limit(); i++) {
      energy += (double) samples.get(i) * samples.get(i);
    }
    return Math.sqrt(energy / samples.limit()) > LOUD;
  }

  /// Which frames of 20 ms of one side of a stereo file are loud.
  static List<Boolean> loudFrames(byte[] stereo, int channel) {
    ShortBuffer samples = ByteBuffer.wrap(stereo).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    List<Boolean> loud = new ArrayList<>();
    ByteBuffer frame = ByteBuffer.allocate(FRAME_SAMPLES * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; (at + FRAME_SAMPLES) * 2 <= samples.limit(); at += FRAME_SAMPLES) {
      frame.clear();
      for (int i = 0; i < FRAME_SAMPLES; i++) {
        frame.putShort(samples.get((at + i) * 2 + channel));
      }
      loud.add(isLoud(frame.array()));
    }
    return loud;
  }
}
