package kz.qonyrau.speech.piper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.speech.ExternalProgram;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;

/// Has a voice speak a sentence of its language before any campaign may choose it. Nobody hears it:
/// speech is made for calls alone (AC-TTS-03).
final class VoiceTrial {

  /// What the voice did.
  ///
  /// @param spoken how long the sentence was
  /// @param took how long that took, the start of the program included
  record Result(Duration spoken, Duration took) {}

  /// Eight to fourteen words.
  private static final Map<String, String> SENTENCES =
      Map.of(
          "ru", "Здравствуйте! Ваш заказ готов, его можно забрать сегодня до десяти часов.",
          "kk", "Сәлеметсіз бе! Тапсырысыңыз дайын, оны бүгін сағат онға дейін алуға болады.",
          "en", "Hello! Your order is ready, you can collect it until ten o'clock today.");

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int WAV_HEADER = 44;

  /// Speech that fills the file is 20 dB louder on the whole; the hum of a broken network is not.
  private static final double WEAKEST_DBFS = -40;

  private final Duration limit;

  /// @param limit how long it may take
  VoiceTrial(Duration limit) {
    this.limit = limit;
  }

  /// Runs the voice's program. Blocks for at most the limit.
  ///
  /// @throws ModelRefusedException if it does not speak, or nothing that could be the sentence
  /// @throws IOException if the program cannot be started
  Result run(List<String> command, Locale language, int samplesPerSecond)
      throws IOException, InterruptedException {
    String sentence = SENTENCES.getOrDefault(language.getLanguage(), "");
    int most = WAV_HEADER + (int) LONGEST.toSeconds() * samplesPerSecond * 2;
    long begun = System.nanoTime();
    ExternalProgram.Output output;
    try {
      output = ExternalProgram.run(command, sentence.getBytes(StandardCharsets.UTF_8), most, limit);
    } catch (TimeoutException late) {
      throw new ModelRefusedException(
          ModelFault.TRIAL_FAILED,
          "the voice did not speak its test sentence within " + limit.toSeconds() + " s",
          late);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    if (output.tooMuch()) {
      throw failed("it spoke a sentence for more than " + LONGEST.toSeconds() + " s");
    }
    if (!output.succeeded()) {
      throw failed(
          output.complaint().isEmpty() ? "exit status " + output.exit() : output.complaint());
    }
    return judged(output.bytes(), samplesPerSecond, took);
  }

  private static Result judged(byte[] wav, int samplesPerSecond, Duration took) {
    int samples = Math.max(0, wav.length - WAV_HEADER) / 2;
    Duration spoken = Duration.ofMillis(samples * 1000L / samplesPerSecond);
    if (spoken.compareTo(SHORTEST) < 0) {
      throw failed("it spoke a sentence in " + spoken.toMillis() + " ms");
    }
    ShortBuffer sound =
        ByteBuffer.wrap(wav, WAV_HEADER, samples * 2)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asShortBuffer();
    double energy = 0;
    while (sound.hasRemaining()) {
      double sample = sound.get() / 32768.0;
      energy += sample * sample;
    }
    if (10 * Math.log10(energy / samples) < WEAKEST_DBFS) {
      throw failed("hardly anything can be heard");
    }
    return new Result(spoken, took);
  }

  private static ModelRefusedException failed(String why) {
    return new ModelRefusedException(
        ModelFault.TRIAL_FAILED, "the voice failed its test sentence: " + why);
  }
}
