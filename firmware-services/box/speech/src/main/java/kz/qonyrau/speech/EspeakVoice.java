package kz.qonyrau.speech;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/// The voice of espeak-ng, brought to telephone quality and an even loudness by SoX: Russian,
/// Kazakh and English, robotic but clear, and always there.
///
/// Both run as programs of their own, two texts at a time, with a time limit. Needs the Debian
/// packages `espeak-ng` and `sox`.
public final class EspeakVoice implements Voice, AutoCloseable {

  /// What kind of voice it is.
  public enum Timbre {
    FEMALE("f3"),
    MALE("m3");

    private final String variant;

    Timbre(String variant) {
      this.variant = variant;
    }
  }

  private static final Set<String> LANGUAGES = Set.of("ru", "kk", "en");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Espeak's own rate, 22 kHz, for ten minutes.
  private static final int MOST_BYTES = 10 * 60 * 22_050 * 2;

  /// What SoX makes of it: rumble removed, 8 kHz, the loudest sample 3 dB below full scale.
  private static final List<String> TO_TELEPHONE =
      List.of(
          "sox",
          "-R",
          "-V1",
          "-t",
          "wav",
          "--ignore-length",
          "-",
          "-t",
          "raw",
          "-r",
          "8000",
          "-e",
          "signed-integer",
          "-b",
          "16",
          "-c",
          "1",
          "-L",
          "-",
          "highpass",
          "100",
          "rate",
          "8000",
          "gain",
          "-n",
          "-3");

  private final Timbre timbre;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("espeak-", 0).factory());

  public EspeakVoice(Timbre timbre) {
    this.timbre = timbre;
  }

  @Override
  public String name() {
    return "espeak-ng " + timbre.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Future<byte[]> say(String text, Locale language) {
    requireSpeakable(text);
    if (!LANGUAGES.contains(language.getLanguage())) {
      throw new IllegalArgumentException(
          name() + " speaks " + LANGUAGES + ", not '" + language.getLanguage() + "'");
    }
    Promise<byte[]> spoken = Promise.promise();
    threads.execute(() -> {
      try {
        spoken.complete(speak(text, language.getLanguage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        spoken.fail(new SpeechSynthesisException("the voice is being closed", e));
      } catch (IOException | TimeoutException e) {
        spoken.fail(new SpeechSynthesisException("the voice did not speak: " + e.getMessage(), e));
      } catch (RuntimeException e) {
        spoken.fail(e);
      }
    });
    return spoken.future();
  }

  private byte[] speak(String text, String language)
      throws IOException, InterruptedException, TimeoutException {
    // Double brackets would switch espeak to phonemes; nobody who writes a prompt means that.
    byte[] input = text.replace("[[", "[ [").getBytes(StandardCharsets.UTF_8);
    List<String> espeak =
        List.of(
            "espeak-ng",
            "-b",
            "1",
            "-v",
            language + "+" + timbre.variant,
            "-s",
            "150",
            "--stdin",
            "--stdout");
    byte[] wav = require(ExternalProgram.run(espeak, input, MOST_BYTES, LIMIT), "espeak-ng");
    byte[] pcm = require(ExternalProgram.run(TO_TELEPHONE, wav, MOST_BYTES, LIMIT), "sox");
    if (pcm.length < 2) {
      throw new SpeechSynthesisException("espeak-ng found nothing to say in the text");
    }
    return pcm;
  }

  private static byte[] require(ExternalProgram.Output output, String program) {
    if (!output.succeeded()) {
      throw new SpeechSynthesisException(
          program + " ended with " + output.exit() + ": " + output.complaint());
    }
    return output.bytes();
  }

  /// Refuses what no voice can speak; see [Voice#say].
  static void requireSpeakable(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "a text to speak has at most " + LONGEST_TEXT + " characters, not " + text.length());
    }
    if (text.chars()
        .anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
      throw new IllegalArgumentException("a text to speak holds a control character");
    }
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new IllegalArgumentException("there is no word or number to speak in the text");
    }
  }

  /// Stops what is being spoken.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
