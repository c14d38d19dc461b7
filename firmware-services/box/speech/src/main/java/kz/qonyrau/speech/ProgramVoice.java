package kz.qonyrau.speech;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A voice that is a program of its own: it reads a text from its standard input and writes a WAV
/// file to its standard output. SoX brings that to telephone quality, [Loudness] to the loudness of
/// all prompts.
///
/// Two texts are spoken at a time, each with a time limit. Needs the Debian package `sox`.
final class ProgramVoice implements Voice, AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// More than any text lasts.
  private static final int MOST_SECONDS = 12 * 60;

  /// What programs give that do not say otherwise; less is no harm.
  private static final int USUAL_RATE = 24_000;

  private static final int BYTES_PER_SAMPLE = 2;

  /// Rumble removed, 8 kHz, one channel; half as loud as it may be, so that the filter has room.
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
          "gain",
          "-6",
          "highpass",
          "100",
          "rate",
          "8000");

  private final VoiceProfile profile;
  private final List<String> command;
  private final String name;
  private final int mostBytes;
  private final Duration limit;
  private final ExecutorService threads;

  /// @param command the program and its arguments; nothing of a text is ever among them
  ProgramVoice(VoiceProfile profile, List<String> command) {
    // Another program, or another way to the telephone, is another sound.
    this(
        profile,
        command,
        "%08x".formatted(List.of(command, TO_TELEPHONE).hashCode()),
        USUAL_RATE,
        LIMIT);
  }

  /// One whose sound does not follow from its command.
  ProgramVoice(AddedVoices.Added voice) {
    this(
        voice.profile(),
        voice.command(),
        "%s %08x".formatted(voice.sound(), TO_TELEPHONE.hashCode()),
        voice.samplesPerSecond(),
        voice.limit());
  }

  private ProgramVoice(
      VoiceProfile profile,
      List<String> command,
      String sound,
      int samplesPerSecond,
      Duration limit) {
    this.profile = profile;
    this.command = List.copyOf(command);
    this.name = "%s %s %s".formatted(profile.id(), sound, Loudness.PROMPT_DBOV);
    this.limit = limit;
    this.mostBytes = MOST_SECONDS * samplesPerSecond * BYTES_PER_SAMPLE;
    this.threads =
        Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name(profile.id() + "-", 0).factory());
  }

  VoiceProfile profile() {
    return profile;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<byte[]> say(String text, Locale language) {
    Voice.requireSpeakable(text);
    requireLanguage(language);
    Promise<byte[]> spoken = Promise.promise();
    try {
      threads.execute(() -> {
        try {
          spoken.complete(speak(text));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          spoken.fail(new SpeechSynthesisException("the voice is being closed", e));
        } catch (IOException | TimeoutException e) {
          spoken.fail(
              new SpeechSynthesisException(profile.id() + " did not speak: " + e.getMessage(), e));
        } catch (RuntimeException e) {
          spoken.fail(e);
        }
      });
    } catch (RejectedExecutionException closed) {
      spoken.fail(new SpeechSynthesisException("the voice is closed", closed));
    }
    return spoken.future();
  }

  void requireLanguage(Locale language) {
    if (!profile.language().getLanguage().equals(language.getLanguage())) {
      throw new IllegalArgumentException(
          profile.id()
              + " speaks '"
              + profile.language().getLanguage()
              + "', not '"
              + language.getLanguage()
              + "'");
    }
  }

  private byte[] speak(String text) throws IOException, InterruptedException, TimeoutException {
    // Double brackets would switch espeak to phonemes; nobody who writes a prompt means that.
    byte[] input = text.replace("[[", "[ [").getBytes(StandardCharsets.UTF_8);
    byte[] wav = require(ExternalProgram.run(command, input, mostBytes, limit), profile.id());
    byte[] pcm = require(ExternalProgram.run(TO_TELEPHONE, wav, mostBytes, LIMIT), "sox");
    if (pcm.length < 2) {
      throw new SpeechSynthesisException(profile.id() + " found nothing to say in the text");
    }
    return Loudness.ofPrompts(pcm);
  }

  private static byte[] require(ExternalProgram.Output output, String program) {
    if (!output.succeeded()) {
      throw new SpeechSynthesisException(
          program
              + (output.tooMuch()
                  ? " said more than a prompt may last"
                  : " ended with " + output.exit() + ": " + output.complaint()));
    }
    return output.bytes();
  }

  /// Lets what it was asked for be spoken, and nothing more.
  ///
  /// @param then what to do when that is done; on a thread of its own
  void retire(Runnable then) {
    threads.shutdown();
    Thread.ofVirtual()
        .name(profile.id() + "-retiring")
        .start(() -> {
          try {
            while (!threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
              // Texts that wait have time limits, too.
            }
            then.run();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// Stops what is being spoken.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
