package kz.qonyrau.speech.piper.worker;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says one text with a Piper voice: reads it from standard input, writes a WAV file to file
/// descriptor 3, and ends. Standard output and standard error are for remarks, which never hold
/// anything of the text.
public final class Program {

  /// The files of a voice in its directory.
  public static final String MODEL = "voice.onnx";

  public static final String SETTINGS = "voice.conf";

  private static final String SOUND = "/proc/self/fd/3";
  private static final int NICENESS = 10;

  /// Several times what the largest voices that are published take.
  private static final long MOST_DATA_KIB = 3L << 20;

  private static final int MOST_TEXT_BYTES = 1 << 17;
  private static final int FAILED = 3;
  private static final int TOO_LATE = 4;

  /// What Piper leaves between sentences.
  private static final double PAUSE_SECONDS = 0.2;

  /// Slow voices take a third of this for a phoneme.
  private static final int MOST_SECONDS_PER_PHONEME = 1;

  private Program() {}

  /// The command that says a text from its standard input and writes a WAV file to its standard
  /// output: this program, with the class path and the Java of this process, at low priority and
  /// with limits on memory and time of its own.
  ///
  /// @param voice the voice's directory
  /// @param library what [NativeLibrary#unpacked] gave
  /// @param limit how long it may take; it ends by itself even if nobody is there to end it
  public static List<String> command(Path voice, Path library, Duration limit) {
    return List.of(
        "/bin/sh",
        "-c",
        // The native library may write to standard output, too, so that sound needs a place of its
        // own: descriptor 3 of the program is what the box reads, its output is its errors.
        "ulimit -d \"$0\" && exec nice -n \"$@\" 3>&1 1>&2",
        Long.toString(MOST_DATA_KIB),
        Integer.toString(NICENESS),
        "env",
        "ORT_DISABLE_TELEMETRY=1",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:+ErrorFileToStderr",
        "-Donnxruntime.native.path=" + library,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classPath(),
        Program.class.getName(),
        voice.toString(),
        Long.toString(limit.toMillis()));
  }

  private static String classPath() {
    return Stream.of(Program.class, OrtEnvironment.class)
        .map(Program::home)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("classes lie at no address", impossible);
    }
  }

  /// The program.
  ///
  /// @param arguments the voice's directory, and how many milliseconds it may take
  public static void main(String... arguments) {
    endAfter(Long.parseLong(arguments[1]));
    try (OutputStream out = new FileOutputStream(SOUND)) {
      say(Path.of(arguments[0]), text(), out);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError failure) {
      System.err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
      halt(FAILED);
    } catch (InterruptedException _) {
      halt(FAILED);
    }
    halt(0);
  }

  /// Ends at once. Native code may hold an orderly end up.
  private static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  private static void endAfter(long millis) {
    Thread.ofPlatform()
        .daemon()
        .name("time")
        .start(() -> {
          try {
            if (!new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
              System.err.println("the text took longer than " + millis + " ms");
              halt(TOO_LATE);
            }
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static String text() throws IOException {
    try (InputStream in = new FileInputStream(FileDescriptor.in)) {
      byte[] bytes = in.readNBytes(MOST_TEXT_BYTES);
      if (bytes.length == MOST_TEXT_BYTES) {
        throw new IOException("the text is longer than any that the box speaks");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static void say(Path directory, String text, OutputStream out)
      throws IOException, InterruptedException {
    VoiceFile voice = VoiceFile.read(directory.resolve(SETTINGS));
    List<int[]> sentences = new Phonemes(voice.espeak()).of(Clause.sentences(text));
    requireKnown(voice, sentences);
    try (Network network = Network.load(directory.resolve(MODEL), voice)) {
      WavWriter wav = new WavWriter(out, voice.samplesPerSecond());
      boolean first = true;
      for (int[] sentence : sentences) {
        if (!first) {
          wav.writeSilence((int) (PAUSE_SECONDS * voice.samplesPerSecond()));
        }
        first = false;
        long most = (long) sentence.length * MOST_SECONDS_PER_PHONEME * voice.samplesPerSecond();
        wav.write(network.say(voice.numbers(sentence), most));
      }
      if (!wav.heard()) {
        throw new IOException("the network gave nothing but silence");
      }
    }
  }

  /// A voice that lacks most of what is to be said would babble.
  private static void requireKnown(VoiceFile voice, List<int[]> sentences) throws IOException {
    long all = 0;
    long known = 0;
    for (int[] sentence : sentences) {
      for (int phoneme : sentence) {
        all += Character.isLetter(phoneme) ? 1 : 0;
        known += Character.isLetter(phoneme) && voice.ids().containsKey(phoneme) ? 1 : 0;
      }
    }
    if (2 * known < all || all == 0) {
      throw new IOException("the voice knows " + known + " of " + all + " phonemes of the text");
    }
  }
}
