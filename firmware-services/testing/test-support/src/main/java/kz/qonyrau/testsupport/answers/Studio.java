package kz.qonyrau.testsupport.answers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The programs that make sound: espeak-ng speaks, SoX converts.
final class Studio {

  static final List<String> RAW =
      List.of("-t", "raw", "-r", "8000", "-e", "signed-integer", "-b", "16", "-c", "1", "-L");

  private static final int WAV_HEADER = 44;

  private Studio() {}

  /// Telephone samples of a text, with the quiet at both ends cut off.
  static double[] speech(String text, Locale language, Voice voice) {
    byte[] wav =
        run(
            text.getBytes(StandardCharsets.UTF_8),
            List.of(
                "espeak-ng",
                "-v",
                voice.name(language),
                "-s",
                "" + voice.wordsPerMinute(),
                "-p",
                "" + voice.pitch(),
                "--stdin",
                "--stdout"));
    byte[] pcm =
        run(
            Arrays.copyOfRange(wav, Math.min(WAV_HEADER, wav.length), wav.length),
            command(
                List.of("-t", "raw", "-r", "22050", "-e", "signed-integer", "-b", "16", "-c", "1"),
                RAW,
                List.of("highpass", "200", "lowpass", "3500", "rate", "8000")));
    return trimmed(samples(pcm));
  }

  /// What a codec leaves of telephone samples.
  ///
  /// @param codec as SoX calls it: `gsm`, `al`, `ul`
  static double[] through(String codec, double[] samples) {
    List<String> coded =
        codec.equals("gsm")
            ? List.of("-t", "gsm", "-r", "8000", "-c", "1")
            : List.of("-t", codec, "-r", "8000", "-c", "1");
    byte[] there = run(pcm(samples), command(RAW, coded, List.of()));
    return Arrays.copyOf(samples(run(there, command(coded, RAW, List.of()))), samples.length);
  }

  private static List<String> command(List<String> from, List<String> to, List<String> effects) {
    List<String> command = new ArrayList<>(List.of("sox", "-R", "-V1"));
    command.addAll(from);
    command.add("-");
    command.addAll(to);
    command.add("-");
    command.addAll(effects);
    return command;
  }

  private static byte[] run(byte[] input, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Thread.ofVirtual()
          .start(() -> {
            try (OutputStream to = process.getOutputStream()) {
              to.write(input);
            } catch (IOException _) {
              // The program went away; its exit status tells.
            }
          });
      byte[] output = process.getInputStream().readAllBytes();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IllegalStateException(command + " ended with " + exit);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot run " + command.getFirst() + "; install the packages espeak-ng and sox", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static double[] trimmed(double[] samples) {
    int first = 0;
    int end = samples.length;
    while (first < end && Math.abs(samples[first]) < 100) {
      first++;
    }
    while (end > first && Math.abs(samples[end - 1]) < 100) {
      end--;
    }
    return Arrays.copyOfRange(samples, first, end);
  }

  static double[] samples(byte[] pcm) {
    ByteBuffer buffer = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    double[] samples = new double[pcm.length / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = buffer.getShort();
    }
    return samples;
  }

  static byte[] pcm(double[] samples) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double sample : samples) {
      buffer.putShort((short) Math.clamp(Math.rint(sample), -32_768, 32_767));
    }
    return buffer.array();
  }
}
