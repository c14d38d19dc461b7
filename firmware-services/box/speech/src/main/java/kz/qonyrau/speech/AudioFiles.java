package kz.qonyrau.speech;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/// Reads the sound files that people upload for their campaigns, checks them and brings them to
/// telephone quality (AC-CAL-04, AC-CAL-05).
///
/// Decoding is SoX's, a program of its own that gets the file as standard input, with limits on
/// time and size: a hostile file cannot take the box with it. Needs the Debian packages `sox` and
/// `libsox-fmt-mp3`. Two files are read at a time.
public final class AudioFiles implements AutoCloseable {

  public static final long LARGEST_FILE_BYTES = 120L << 20;
  public static final Duration SHORTEST = Duration.ofSeconds(2);
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int BYTES_PER_SECOND = 2 * Recognizer.SAMPLES_PER_SECOND;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Speech is 30 dB louder; a quiet room is quieter.
  private static final double SILENCE_DBFS = -50;

  private static final int FRAME_SAMPLES = 160;
  private static final int FEWEST_LOUD_FRAMES = 25;
  private static final int FULL_SCALE = 32_700;
  private static final double CLIPPED_SHARE = 0.0005;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2, Thread.ofPlatform().daemon().name("audio-file-", 0).factory());

  /// Reads and judges one file, whatever its name: the content decides what it is.
  ///
  /// The future completes on a thread of this object. It fails only if SoX is missing, which is the
  /// box's fault and no property of the file.
  public Future<AudioCheck> check(Path file) {
    Promise<AudioCheck> checked = Promise.promise();
    threads.execute(() -> {
      try {
        checked.complete(read(file));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        checked.fail(e);
      } catch (IOException | RuntimeException e) {
        checked.fail(e);
      }
    });
    return checked.future();
  }

  private static AudioCheck read(Path file) throws IOException, InterruptedException {
    long bytes = Files.size(file);
    if (bytes > LARGEST_FILE_BYTES) {
      return refused(
          AudioFault.TOO_LARGE,
          "the file has " + bytes + " bytes; at most " + LARGEST_FILE_BYTES + " are accepted");
    }
    Optional<String> type = type(file);
    if (type.isEmpty()) {
      return refused(
          AudioFault.UNKNOWN_FORMAT,
          "this is no WAV, MP3, OGG or FLAC file; protected or packed files must be unlocked first");
    }
    int limitBytes = (int) (LONGEST.toSeconds() + 1) * BYTES_PER_SECOND;
    try {
      ExternalProgram.Output output =
          ExternalProgram.run(command(type.get()), file, limitBytes, LIMIT);
      if (output.complaint().contains("no handler for")) {
        return refused(
            AudioFault.DECODER_MISSING,
            "this box cannot read " + type.get() + "; the package libsox-fmt-mp3 is missing");
      }
      if (!output.tooMuch() && (output.exit() != 0 || output.bytes().length < 2)) {
        return refused(
            AudioFault.UNREADABLE,
            "the " + type.get() + " file is damaged, protected or empty and cannot be decoded");
      }
      return judge(output.bytes());
    } catch (TimeoutException _) {
      return refused(
          AudioFault.UNREADABLE,
          "the file could not be decoded within " + LIMIT.toSeconds() + " s");
    }
  }

  private static List<String> command(String type) {
    return List.of(
        "sox",
        "-R",
        "-V1",
        "-t",
        type,
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
        "-");
  }

  /// What the file is by its first bytes; the name may lie, and SoX would take some names for
  /// orders.
  private static Optional<String> type(Path file) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(12);
    }
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (text.startsWith("RIFF") && text.endsWith("WAVE")) {
      return Optional.of("wav");
    }
    if (text.startsWith("OggS")) {
      return Optional.of(isOpus(file) ? "opus" : "ogg");
    }
    if (text.startsWith("fLaC")) {
      return Optional.of("flac");
    }
    boolean mpegFrame = start.length > 2 && (start[0] & 0xff) == 0xff && (start[1] & 0xe6) == 0xe2;
    return text.startsWith("ID3") || mpegFrame ? Optional.of("mp3") : Optional.empty();
  }

  private static boolean isOpus(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(64), StandardCharsets.ISO_8859_1).contains("OpusHead");
    }
  }

  /// Judges telephone audio by its length and level.
  static AudioCheck judge(byte[] pcm) {
    Duration length = Duration.ofMillis(pcm.length * 1000L / BYTES_PER_SECOND);
    if (length.compareTo(LONGEST) > 0) {
      return refused(
          AudioFault.TOO_LONG, "the message is longer than " + LONGEST.toMinutes() + " minutes");
    }
    if (length.compareTo(SHORTEST) < 0) {
      return refused(
          AudioFault.TOO_SHORT,
          "the message lasts "
              + length.toMillis()
              + " ms; at least "
              + SHORTEST.toMillis()
              + " ms are needed");
    }
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    int peak = 0;
    int inRow = 0;
    int clipped = 0;
    int loudFrames = 0;
    double energy = 0;
    double silence = Math.pow(10, SILENCE_DBFS / 10) * 32768.0 * 32768.0;
    for (int i = 0; i < samples.limit(); i++) {
      int level = Math.abs((int) samples.get(i));
      peak = Math.max(peak, level);
      inRow = level >= FULL_SCALE ? inRow + 1 : 0;
      if (inRow >= 3) {
        clipped++;
      }
      energy += (double) level * level;
      if (i % FRAME_SAMPLES == FRAME_SAMPLES - 1) {
        if (energy / FRAME_SAMPLES > silence) {
          loudFrames++;
        }
        energy = 0;
      }
    }
    if (loudFrames < FEWEST_LOUD_FRAMES) {
      return refused(AudioFault.SILENT, "nothing can be heard in the message");
    }
    return new AudioCheck.Usable(
        pcm,
        length,
        Math.min(0, 20 * Math.log10(peak / 32768.0)),
        clipped > CLIPPED_SHARE * samples.limit());
  }

  private static AudioCheck refused(AudioFault fault, String why) {
    return new AudioCheck.Refused(fault, why);
  }

  /// Stops reading.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
