package kz.qonyrau.speech.vosk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.speech.vosk.worker.FlightRecorder;
import kz.qonyrau.speech.vosk.worker.Frame;
import kz.qonyrau.speech.vosk.worker.FrameReader;
import kz.qonyrau.speech.vosk.worker.FrameWriter;
import kz.qonyrau.speech.vosk.worker.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One worker process, from its start to its end. It is started once and never comes back; whoever
/// watches it starts another one.
final class VoskWorker {

  private static final Logger LOG = LoggerFactory.getLogger(VoskWorker.class);
  private static final Duration LOADING = Duration.ofMinutes(2);
  private static final Duration KILLING = Duration.ofSeconds(10);
  private static final int LAST_LINES = 8;

  /// The signal, and the place in native code.
  private static final Pattern CRASH = Pattern.compile("^#\\s+(SIG[A-Z]+|C\\s+\\[)");

  /// What happens to a worker. Called on the worker's own reading thread, one call at a time; the
  /// last call is [#lost].
  interface Watcher {
    void ready(VoskWorker worker);

    /// Takes a [Frame.Heard] or a [Frame.Failed].
    void said(VoskWorker worker, int listening, Frame frame);

    /// The process is gone.
    ///
    /// @param why what is known, for the log
    /// @param suspects the listenings that were in native code at that moment
    void lost(VoskWorker worker, String why, Set<Integer> suspects);
  }

  /// How a worker does, as of its last answer to a ping.
  ///
  /// @param residentKib memory in use; 0 if not known
  /// @param busyNanos time in native code since its start, all threads together
  record Vitals(long residentKib, long busyNanos) {}

  private final String name;
  private final Path scratch;
  private final Duration hang;
  private final Watcher watcher;
  private final Process process;
  private final long startedNanos = System.nanoTime();
  private final BlockingQueue<Frame> outgoing = new LinkedBlockingQueue<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Deque<String> lastWords = new ArrayDeque<>();

  // Guarded by this.
  private final Set<Integer> suspects = new TreeSet<>();
  private boolean ready;
  private long readyNanos;
  private boolean closing;
  private int pings;
  private long pingNanos;
  private boolean pingUnderWay;
  private String killedFor = "";
  private long residentAtStartKib;
  private Vitals vitals = new Vitals(0, 0);

  private VoskWorker(String name, Path scratch, Duration hang, Watcher watcher, Process process) {
    this.name = name;
    this.scratch = scratch;
    this.hang = hang;
    this.watcher = watcher;
    this.process = process;
  }

  /// Starts a worker for a model.
  ///
  /// @param name for logs and threads
  /// @param niceness as in `nice`, 0 to 19
  /// @param scratch a directory for this worker alone; it is made, and removed at the end
  /// @param hang a call into native code that takes longer than this will not come back
  /// @throws UncheckedIOException if no process can be started
  static VoskWorker start(
      String name,
      ModelDirectory model,
      int threads,
      int niceness,
      Path scratch,
      Duration hang,
      Watcher watcher) {
    try {
      Files.createDirectories(scratch);
      Process process =
          new ProcessBuilder(command(model, threads, niceness, scratch))
              .directory(scratch.toFile())
              .start();
      VoskWorker worker = new VoskWorker(name, scratch, hang, watcher, process);
      Thread remarks = worker.thread("remarks", worker::noteRemarks);
      var _ = worker.thread("listens", () -> worker.listen(remarks));
      var _ = worker.thread("talks", worker::talk);

      return worker;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot start a recognition worker", failure);
    }
  }

  private static List<String> command(
      ModelDirectory model, int threads, int niceness, Path scratch) {
    return List.of(
        "/bin/sh",
        "-c",
        // The native library writes to standard output, too, so that frames need a place of their
        // own: descriptor 3 of the worker is what this process reads, its output is its errors.
        "exec nice -n \"$0\" \"$@\" 3>&1 1>&2",
        Integer.toString(niceness),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx96m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + scratch.resolve("crash.log"),
        // The native library is unpacked here, and goes with the worker however it ends.
        "-Djna.tmpdir=" + scratch,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        Program.classPath(),
        Program.class.getName(),
        model.path().toString(),
        Integer.toString(threads),
        flights(scratch).toString(),
        Integer.toString(model.samplesPerSecond()));
  }

  private static Path flights(Path scratch) {
    return scratch.resolve("flights");
  }

  long pid() {
    return process.pid();
  }

  /// Hands over a frame. Never blocks; without effect once the worker is gone.
  void send(Frame frame) {
    outgoing.add(frame);
  }

  /// Lets the worker end by itself: no more frames will come. Whoever watches is told as usual.
  void close() {
    synchronized (this) {
      closing = true;
    }
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      kill("its input does not close", Set.of());
    }
  }

  /// Ends the process at once.
  void kill(String why, Set<Integer> suspected) {
    synchronized (this) {
      if (killedFor.isEmpty()) {
        killedFor = why;
        suspects.addAll(suspected);
      }
    }
    process.destroyForcibly();
  }

  synchronized boolean isReady() {
    return ready;
  }

  synchronized Vitals vitals() {
    return vitals;
  }

  /// By how much it has grown since its model was loaded, KiB.
  synchronized long growthKib() {
    return ready ? vitals.residentKib() - residentAtStartKib : 0;
  }

  /// How long its model has been loaded; zero if it is not.
  synchronized Duration readyFor() {
    return ready ? Duration.ofNanos(System.nanoTime() - readyNanos) : Duration.ZERO;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  /// To be called a few times per [#hang]: pings, and ends a worker that does not answer any more.
  void check() {
    boolean late;
    synchronized (this) {
      if (!ready) {
        late = age().compareTo(LOADING) > 0;
      } else if (pingUnderWay) {
        late = System.nanoTime() - pingNanos > hang.toNanos();
      } else {
        pingUnderWay = true;
        pingNanos = System.nanoTime();
        send(new Frame.Ping(++pings));
        late = false;
      }
    }
    if (late) {
      kill("it does not answer", Set.of());
    }
  }

  private void listen(Thread remarks) {
    String why = "";
    try {
      FrameReader in = new FrameReader(process.getInputStream());
      for (Frame frame = in.read(); frame != null; frame = in.read()) {
        understand(frame);
      }
    } catch (IOException | RuntimeException failure) {
      why = failure.toString();
    }
    process.destroyForcibly();
    String status =
        awaitEnd(KILLING) ? "exit status " + process.exitValue() : "the process cannot be ended";
    Set<Integer> inside = new TreeSet<>(FlightRecorder.suspects(flights(scratch)));
    synchronized (this) {
      inside.addAll(suspects);
      why =
          Stream.of(killedFor, why, closing ? "closed" : "", status)
              .filter(part -> !part.isEmpty())
              .collect(Collectors.joining("; "));
    }
    send(new Frame.Ping(0)); // Wakes the talking thread, which finds nobody there.
    awaitRemarks(remarks);
    removeScratch();
    try {
      watcher.lost(this, why, inside);
    } finally {
      gone.countDown();
    }
  }

  private void understand(Frame frame) throws IOException {
    switch (frame) {
      case Frame.Ready(long residentKib) -> {
        synchronized (this) {
          ready = true;
          readyNanos = System.nanoTime();
          residentAtStartKib = residentKib;
          vitals = new Vitals(residentKib, 0);
        }
        watcher.ready(this);
      }
      case Frame.Heard heard -> watcher.said(this, heard.listening(), heard);
      case Frame.Failed failed -> watcher.said(this, failed.listening(), failed);
      case Frame.Pong pong -> answered(pong);
      case Frame.Open _,
          Frame.Audio _,
          Frame.Settle _,
          Frame.Finish _,
          Frame.Drop _,
          Frame.Ping _ ->
          throw new IOException("a frame that only the box sends");
    }
  }

  private void answered(Frame.Pong pong) {
    synchronized (this) {
      if (pong.number() == pings) {
        pingUnderWay = false;
      }
      vitals = new Vitals(pong.residentKib(), pong.busyNanos());
    }
    if (pong.longestMillis() > hang.toMillis()) {
      kill("a native call does not come back", Set.of(pong.longest()));
    }
  }

  private void talk() {
    FrameWriter out = new FrameWriter(process.getOutputStream());
    try {
      while (process.isAlive()) {
        Frame next = outgoing.take();
        out.write(next);
        if (outgoing.isEmpty()) {
          out.flush();
        }
      }
    } catch (IOException _) {
      // The process is gone or going; the listening thread sees to it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void noteRemarks() {
    try (BufferedReader remarks =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = remarks.readLine(); line != null; line = remarks.readLine()) {
        LOG.atDebug().addKeyValue("worker", name).addKeyValue("line", line).log("worker remarks");
        if (line.startsWith("#") && !CRASH.matcher(line).find()) {
          continue; // What Java says around the two lines that tell something.
        }
        synchronized (lastWords) {
          lastWords.add(line);
          if (lastWords.size() > LAST_LINES) {
            lastWords.remove();
          }
        }
      }
    } catch (IOException _) {
      // The process is gone.
    }
  }

  /// The last lines that the process wrote about itself, for the log.
  String lastWords() {
    synchronized (lastWords) {
      return String.join(" | ", lastWords);
    }
  }

  /// Waits until the process is gone with all that it left, and who watches was told; returns
  /// whether that is so.
  boolean awaitGone(Duration limit) {
    try {
      return gone.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void awaitRemarks(Thread remarks) {
    try {
      var _ = remarks.join(KILLING);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void removeScratch() {
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException failure) {
      LOG.atWarn()
          .addKeyValue("directory", scratch)
          .addKeyValue("why", failure.getMessage())
          .log("a worker's files stay behind");
    }
  }

  private Thread thread(String does, Runnable work) {
    return Thread.ofPlatform().daemon().name(name + "-" + does).start(work);
  }

  @Override
  public String toString() {
    return name + "[" + process.pid() + "]";
  }
}
