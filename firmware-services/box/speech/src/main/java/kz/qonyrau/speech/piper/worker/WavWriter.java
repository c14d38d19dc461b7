package kz.qonyrau.speech.piper.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes sound as a WAV file while it is made: 16 bits, one channel. The header does not know how
/// long it will be, and says the most that it can.
final class WavWriter {

  /// Less than the weakest sound that the file can hold as loud as people speak.
  private static final float SILENCE = 0.01f;

  private static final int HEADER = 44;
  private static final int FULL_SCALE = 32_767;

  private final OutputStream out;
  private boolean heard;

  WavWriter(OutputStream out, int samplesPerSecond) throws IOException {
    this.out = out;
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(samplesPerSecond);
    header.putInt(samplesPerSecond * 2).putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    out.write(header.array());
  }

  /// Writes a sentence as loud as the file allows, as Piper does; what is as weak as noise stays
  /// weak.
  void write(float[] samples) throws IOException {
    float peak = SILENCE;
    for (float sample : samples) {
      heard |= Math.abs(sample) > SILENCE;
      peak = Math.max(peak, Math.abs(sample));
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      bytes.putShort((short) Math.round(sample / peak * FULL_SCALE));
    }
    out.write(bytes.array());
  }

  void writeSilence(int samples) throws IOException {
    out.write(new byte[2 * samples]);
  }

  /// Whether there was more than silence.
  boolean heard() {
    return heard;
  }
}
