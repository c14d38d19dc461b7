package kz.qonyrau.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Makes sounds of words with the machine's espeak-ng, as a telephone carries them.
final class MadeVoice {

  private static final int TELEPHONE_HERTZ = 8000;
  private static final int HEADER_BYTES = 44;

  /// What a telephone lets through.
  private static final double HIGHEST_HERTZ = 3500;

  /// How many periods of the highest tone the filter looks to either side.
  private static final int REACH = 16;

  private MadeVoice() {}

  /// Writes a WAV file of 8 kHz, 16 bit, one channel.
  ///
  /// @throws IOException if espeak-ng is missing or does not speak the language; the message says
  ///   what to do
  static void say(String language, String text, Path wav) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(List.of("espeak-ng", "-v", language, "-s", "140", "--stdout", text))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException missing) {
      throw new IOException(
          "the carrier's subscribers speak with espeak-ng; install Debian's package espeak-ng",
          missing);
    }
    process.getOutputStream().close();
    byte[] made = process.getInputStream().readAllBytes();
    int status = process.waitFor();
    if (status != 0 || made.length <= HEADER_BYTES) {
      throw new IOException(
          "espeak-ng does not speak '%s': it ended with status %d after %d bytes"
              .formatted(language, status, made.length));
    }
    Files.write(wav, file(telephone(made)));
  }

  /// What is in espeak-ng's file, at 8 kHz: a windowed sinc, so that nothing above folds down.
  private static short[] telephone(byte[] made) {
    ByteBuffer file = ByteBuffer.wrap(made).order(ByteOrder.LITTLE_ENDIAN);
    double hertz = file.getInt(24);
    short[] samples = new short[(made.length - HEADER_BYTES) / 2];
    file.position(HEADER_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    double cutoff = HIGHEST_HERTZ / hertz;
    int reach = (int) Math.ceil(REACH / cutoff);
    short[] heard = new short[(int) (samples.length * TELEPHONE_HERTZ / hertz)];
    for (int i = 0; i < heard.length; i++) {
      double at = i * hertz / TELEPHONE_HERTZ;
      int nearest = (int) at;
      double sum = 0;
      for (int k = Math.max(0, nearest - reach);
          k <= Math.min(samples.length - 1, nearest + reach);
          k++) {
        double away = k - at;
        double window = 0.5 + 0.5 * Math.cos(Math.PI * Math.clamp(away / reach, -1, 1));
        sum += samples[k] * window * sinc(2 * cutoff * away) * 2 * cutoff;
      }
      heard[i] = (short) Math.clamp(Math.round(sum), Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return heard;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static byte[] file(short[] samples) {
    int bytes = samples.length * 2;
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(TELEPHONE_HERTZ);
    file.putInt(2 * TELEPHONE_HERTZ).putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    for (short sample : samples) {
      file.putShort(sample);
    }
    return file.array();
  }
}
