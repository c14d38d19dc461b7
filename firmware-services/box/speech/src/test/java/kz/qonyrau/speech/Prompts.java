package kz.qonyrau.speech;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/// Telephone audio for tests: a human's recorded words, and sounds made from formulas.
public final class Prompts {

  private Prompts() {}

  /// The samples of one of the recordings in `prompts/`.
  public static byte[] human(String name) {
    try (InputStream in = Prompts.class.getResourceAsStream("/prompts/" + name + ".wav")) {
      byte[] wav = in == null ? new byte[0] : in.readAllBytes();
      if (wav.length < 1000) {
        throw new IllegalArgumentException("no recording named " + name);
      }
      return java.util.Arrays.copyOfRange(wav, 44, wav.length - wav.length % 2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] silence(Duration length) {
    return new byte[(int) (length.toMillis() * 16)];
  }

  /// A sine of 425 hertz: the dial tone.
  public static byte[] tone(Duration length, double amplitude) {
    return wave(length, t -> amplitude * Math.sin(2 * Math.PI * 425 * t));
  }

  public static byte[] noise(Duration length, double amplitude) {
    Random random = new Random(7);
    return wave(length, _ -> amplitude * (2 * random.nextDouble() - 1));
  }

  public static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] wave(Duration length, DoubleUnaryOperator level) {
    int samples = (int) (length.toMillis() * 8);
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      pcm.putShort((short) Math.clamp(level.applyAsDouble(i / 8000.0) * 32767, -32768, 32767));
    }
    return pcm.array();
  }
}
