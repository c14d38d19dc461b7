package kz.qonyrau.speech.vosk.worker;

import com.sun.jna.Native;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.speech.vosk.worker.Slot.Call;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;

/// A worker: loads one model and decodes what comes in on standard input until that ends. What it
/// has to say goes to file descriptor 3. Standard output and standard error are for remarks: the
/// native library writes to both.
///
/// It holds no state that the box could not give it again, and checks nothing: the model and the
/// phrases were checked by the box.
public final class Program {

  private static final int NO_MODEL = 3;

  private static final String FRAMES = "/proc/self/fd/3";
  private static final int BROKEN = 4;
  private static final long KIB_PER_PAGE = 4;

  private final Model model;
  private final int samplesPerSecond;
  private final FrameWriter out;
  private final List<Slot> slots = new ArrayList<>();
  private final BlockingQueue<Decoder> runnable = new LinkedBlockingQueue<>();
  private final Map<Integer, Decoder> decoders = new HashMap<>();

  private Program(Model model, int samplesPerSecond, FrameWriter out) {
    this.model = model;
    this.samplesPerSecond = samplesPerSecond;
    this.out = out;
  }

  /// What a process needs on its class path to run this program, and no more.
  public static String classPath() {
    return Stream.of(Program.class, Model.class, Native.class)
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
  /// @param arguments the model's directory, the number of threads, the flight recorder's file, how
  ///   many samples per second the model is given
  public static void main(String... arguments) {
    // Vosk speaks UTF-8 whatever the process's locale says. JNA would follow the locale, and on a
    // machine without one every Cyrillic word would turn into question marks.
    System.setProperty("jna.encoding", "UTF-8");
    int threads = Integer.parseInt(arguments[1]);
    int samplesPerSecond = Integer.parseInt(arguments[3]);
    FrameWriter out;
    FlightRecorder recorder;
    Model model;
    try {
      out = new FrameWriter(new FileOutputStream(FRAMES));
      recorder = FlightRecorder.create(Path.of(arguments[2]), threads);
      LibVosk.setLogLevel(LogLevel.WARNINGS);
      model = new Model(arguments[0]);
    } catch (IOException | UnsatisfiedLinkError failure) {
      System.err.println("cannot load the model " + arguments[0] + ": " + failure.getMessage());
      System.exit(NO_MODEL);
      return;
    }
    try {
      new Program(model, samplesPerSecond, out).run(threads, recorder);
      halt(0);
    } catch (IOException failure) {
      System.err.println("the box cannot be understood: " + failure.getMessage());
      halt(BROKEN);
    }
  }

  /// Ends at once. Threads may be in native code, and an orderly end would wait for them.
  private static void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  private void run(int threads, FlightRecorder recorder) throws IOException {
    for (int thread = 0; thread < threads; thread++) {
      Slot slot = new Slot(thread, recorder);
      slots.add(slot);
      Thread.ofPlatform().daemon().name("decoding-" + thread).start(() -> decode(slot));
    }
    out.write(new Frame.Ready(residentKib()));
    out.flush();
    FrameReader in = new FrameReader(new FileInputStream(FileDescriptor.in));
    for (Frame frame = in.read(); frame != null; frame = in.read()) {
      obey(frame);
    }
  }

  private void obey(Frame frame) throws IOException {
    switch (frame) {
      case Frame.Open(int id, var grammar) ->
          decoders.put(id, new Decoder(id, grammar, model, samplesPerSecond, out, runnable::add));
      case Frame.Audio audio -> decoder(audio.listening()).feed(audio.pcm());
      case Frame.Settle(int id) -> decoder(id).settle();
      case Frame.Finish(int id) -> {
        decoder(id).finish();
        decoders.remove(id);
      }
      case Frame.Drop(int id) -> {
        Decoder dropped = decoders.remove(id);
        if (dropped != null) {
          dropped.drop();
        }
      }
      case Frame.Ping(int number) -> {
        out.write(pong(number));
        out.flush();
      }
      case Frame.Ready _, Frame.Heard _, Frame.Failed _, Frame.Pong _ ->
          throw new IOException("a frame that only a worker sends");
    }
  }

  private Decoder decoder(int id) throws IOException {
    Decoder decoder = decoders.get(id);
    if (decoder == null) {
      throw new IOException("no listening " + id);
    }
    return decoder;
  }

  private void decode(Slot slot) {
    try {
      while (true) {
        runnable.take().turn(slot);
      }
    } catch (IOException | InterruptedException | RuntimeException | Error failure) {
      // Without this thread the worker would be half deaf; the box starts another one.
      System.err.println("a decoding thread failed: " + failure);
      halt(BROKEN);
    }
  }

  private Frame.Pong pong(int number) {
    long now = System.nanoTime();
    int longest = 0;
    long longestNanos = 0;
    long busy = 0;
    for (Slot slot : slots) {
      busy += slot.nanos();
      Call call = slot.underWay();
      if (call != null) {
        long nanos = now - call.since();
        busy += nanos;
        if (nanos > longestNanos) {
          longest = call.listening();
          longestNanos = nanos;
        }
      }
    }
    return new Frame.Pong(number, longest, longestNanos / 1_000_000, busy, residentKib());
  }

  private static long residentKib() {
    try {
      String pages =
          Files.readString(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII).split(" ", 3)[1];
      return Long.parseLong(pages) * KIB_PER_PAGE;
    } catch (IOException | RuntimeException _) {
      return 0; // Not told on this system.
    }
  }
}
