package kz.qonyrau.speech.models;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.vosk.ModelUnusableException;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.vocabulary.CallId;

/// Tries a model out in a worker of its own, before calls depend on it. Native code that dies or
/// hangs takes that worker with it, and only the trial fails.
final class ModelTrial {

  private static final Duration LONGEST_AUDIO = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
  private static final int BYTES_PER_SECOND = 2 * Recognizer.SAMPLES_PER_SECOND;

  private final Path scratch;
  private final Duration limit;

  /// @param scratch a directory for the worker alone; emptied
  /// @param limit for loading, and for decoding
  ModelTrial(Path scratch, Duration limit) {
    this.scratch = scratch;
    this.limit = limit;
  }

  /// An utterance in which nobody speaks: silence, a dial tone, and silence again.
  static byte[] builtIn() {
    ByteBuffer pcm = ByteBuffer.allocate(3 * BYTES_PER_SECOND).order(ByteOrder.LITTLE_ENDIAN);
    int second = Recognizer.SAMPLES_PER_SECOND;
    for (int i = 0; i < 3 * second; i++) {
      boolean sounds = i >= second && i < 2 * second;
      pcm.putShort((short) (sounds ? 8000 * Math.sin(2 * Math.PI * 425 * i / second) : 0));
    }
    return pcm.array();
  }

  /// Loads the model, has it decode, and unloads it. Blocks for at most twice the limit and some
  /// seconds.
  ///
  /// @param pcm signed 16-bit little-endian samples, 8 kHz, one channel; up to two minutes
  TrialResult run(Path model, Locale language, byte[] pcm) throws InterruptedException {
    require(pcm);
    VoskSettings usual = VoskSettings.usual();
    VoskSettings settings =
        new VoskSettings(
            1,
            1,
            LONGEST_AUDIO,
            LONGEST_AUDIO,
            Duration.ofHours(1),
            usual.hang(),
            Duration.ofHours(1),
            limit,
            Long.MAX_VALUE,
            usual.niceness());
    try (VoskRecognizer recognizer = new VoskRecognizer(Map.of(), settings, scratch)) {
      return run(recognizer, model, language, pcm);
    } catch (ModelUnusableException | RecognitionUnavailableException failure) {
      return new TrialResult.Failed(String.valueOf(failure.getMessage()));
    }
  }

  /// @throws IllegalArgumentException if it cannot be a test utterance
  static void require(byte[] pcm) {
    if (pcm.length % 2 != 0 || pcm.length > LONGEST_AUDIO.toSeconds() * BYTES_PER_SECOND) {
      throw new IllegalArgumentException(
          "a test utterance has whole samples and at most 2 minutes, not " + pcm.length + " bytes");
    }
  }

  private TrialResult run(VoskRecognizer recognizer, Path model, Locale language, byte[] pcm)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      recognizer.install(language, model).await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new TrialResult.Failed("the model was not loaded within " + limit.toSeconds() + " s");
    }
    Duration loading = Duration.ofNanos(System.nanoTime() - start);
    long resident = state(recognizer).residentBytes();
    long decodingFrom = System.nanoTime();
    Listening listening =
        recognizer.listen(
            new ListeningRequest(CallId.random(), language, Optional.empty()),
            _ -> requireAlive(recognizer));
    listening.feed(pcm);
    Optional<Transcript> transcript = awaitEnd(recognizer, listening.finish());
    Duration decoding = Duration.ofNanos(System.nanoTime() - decodingFrom);
    long peak = recognizer.workers(language).stream().mapToLong(ModelTrial::peakBytes).sum();
    RecognitionState.Language state = state(recognizer);
    if (state.deaths() > 0) {
      return new TrialResult.Failed(
          "native code died while it decoded the test utterance: " + state.lastDeath());
    }
    if (transcript.isEmpty() || transcript.get().ending() != Transcript.Ending.FINISHED) {
      return new TrialResult.Failed(
          "the test utterance was not decoded within " + limit.toSeconds() + " s");
    }
    return new TrialResult.Passed(
        transcript.get().text(), loading, decoding, transcript.get().heard(), resident, peak);
  }

  /// What was heard; empty if it takes too long, or a worker has died meanwhile.
  private Optional<Transcript> awaitEnd(VoskRecognizer recognizer, Future<Transcript> end) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline && state(recognizer).deaths() == 0) {
      try {
        return Optional.of(end.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        // The worker is looked at, and waited for.
      } catch (IllegalStateException _) {
        return Optional.empty(); // By requireAlive.
      }
    }
    return Optional.empty();
  }

  /// Ends the listening: the next worker would die of the next utterance.
  private static void requireAlive(VoskRecognizer recognizer) {
    if (state(recognizer).deaths() > 0) {
      throw new IllegalStateException("a worker has died");
    }
  }

  private static RecognitionState.Language state(VoskRecognizer recognizer) {
    return recognizer.state().languages().getFirst();
  }

  private static long peakBytes(long pid) {
    try {
      String status =
          Files.readString(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.UTF_8);
      Matcher peak = PEAK.matcher(status);
      return peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
    } catch (IOException | NumberFormatException _) {
      return 0; // The worker is gone, or this system does not tell.
    }
  }
}
