package kz.qonyrau.carrier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running rehearsal carrier: an Asterisk of its own on loopback, whose subscribers do what the
/// last two digits of their numbers say.
///
/// Asterisk never runs as root: a carrier that is started by root gives its instance to an ordinary
/// user. It is told to end when this program dies, however it dies.
public final class Carrier implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(20);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
  private static final String CALL = "carrier-call ";

  // Not static: the program chooses where log lines go before the first carrier is made.
  private final Logger log = LoggerFactory.getLogger(Carrier.class);
  private final CarrierSettings settings;
  private final InstanceFiles files;
  private final List<CarrierCall> calls = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Process> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile @Nullable Process process;
  private volatile boolean closing;

  private Carrier(CarrierSettings settings) {
    this.settings = settings;
    this.files = new InstanceFiles(settings);
  }

  /// Starts a carrier and returns when it takes calls, usually after half a second. An Asterisk
  /// that an earlier carrier left behind in the same directory is ended first.
  ///
  /// @throws IOException if the bundle is missing, or Asterisk does not come up within 20 s; the
  ///   message says what to do
  public static Carrier start(CarrierSettings settings) throws IOException, InterruptedException {
    if (!Files.isExecutable(settings.bundle().resolve("bin/asterisk"))) {
      throw new IOException(
          "there is no Asterisk bundle at "
              + settings.bundle()
              + "; make it with appliance-image/asterisk-bundle/make");
    }
    Carrier carrier = new Carrier(settings);
    carrier.endStaleAsterisk();
    carrier.files.write();
    List<String> command = carrier.command();
    // A thread of its own that lives as long as Asterisk: the kernel ends Asterisk when the thread
    // that started it is gone.
    var _ =
        Thread.ofPlatform().name("carrier-asterisk").daemon().start(() -> carrier.watch(command));
    try {
      var _ = carrier.ready.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
      return carrier;
    } catch (ExecutionException failure) {
      throw new IOException("the carrier's Asterisk did not start", failure.getCause());
    } catch (TimeoutException late) {
      carrier.close();
      throw new IOException(
          "the carrier's Asterisk was not ready within " + LONGEST_START.toSeconds() + " s", late);
    }
  }

  /// Every call that has rung since the start, oldest first.
  public List<CarrierCall> calls() {
    return List.copyOf(calls);
  }

  /// Has a subscriber call a box. Returns when he has begun to.
  ///
  /// @return the file in which stands what he heard, which is whole when his call is over
  /// @throws IOException if Asterisk does not do so
  public Path call(SubscriberCall call) throws IOException, InterruptedException {
    return call(settings.bundle(), settings.directory(), call);
  }

  /// The same at a carrier that another program runs in that directory.
  public static Path call(Path bundle, Path directory, SubscriberCall call)
      throws IOException, InterruptedException {
    Path heard = InstanceFiles.heard(directory).resolve(call.recording());
    var _ = Files.deleteIfExists(heard);
    List<String> command = asterisk(bundle, InstanceFiles.main(directory));
    command.addAll(List.of("-rx", call.command()));
    Process told = new ProcessBuilder(command).redirectErrorStream(true).start();
    told.getOutputStream().close();
    if (!told.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
      var _ = told.destroyForcibly();
      throw new IOException("the carrier's Asterisk takes no orders");
    }
    String answer =
        new String(told.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    // Asterisk says on its way out what it did not understand, and that is all the same to it.
    if (told.exitValue() != 0 || answer.contains("No such command")) {
      throw new IOException("the carrier's Asterisk takes no orders: " + answer);
    }
    return heard;
  }

  /// The certificate of the authority that a box must know to speak TLS with this carrier, in PEM;
  /// there only where the carrier speaks TLS.
  public Path authority() {
    return CarrierKeys.authority(settings.directory().resolve("keys"));
  }

  /// The process id of Asterisk.
  public long pid() {
    return ready.join().pid();
  }

  /// Completes when Asterisk is gone, for whatever reason.
  CompletableFuture<Void> ended() {
    return ended;
  }

  /// Ends all calls and stops Asterisk. Returns when it is gone, after 5 s at the latest.
  @Override
  public void close() {
    closing = true;
    Process running = process;
    if (running != null) {
      end(running.toHandle());
    }
  }

  private void watch(List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(settings.directory().toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder
          .environment()
          .putAll(Map.of("HOME", settings.directory().toString(), "PATH", "/usr/bin:/bin"));
      Process started = builder.start();
      process = started;
      try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          heard(line, started);
        }
      }
      int status = started.waitFor();
      ready.completeExceptionally(
          new IOException("Asterisk ended with status " + status + " before it was ready"));
    } catch (IOException failure) {
      ready.completeExceptionally(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(null);
    }
  }

  private void heard(String line, Process started) throws IOException {
    int call = line.indexOf(CALL);
    if (call >= 0) {
      // Numbers go into the carrier's own record of calls and into no log.
      record(line.substring(call + CALL.length()).strip());
    } else if (line.contains("Asterisk Ready")) {
      ready.complete(started);
    } else if (line.contains(" ERROR[")) {
      log.atError().addKeyValue("asterisk", line).log("the carrier's Asterisk reports an error");
    } else {
      log.atDebug().addKeyValue("asterisk", line).log("the carrier's Asterisk says");
    }
  }

  private void record(String words) throws IOException {
    CarrierCall call = CarrierCall.parse(words);
    calls.add(call);
    Files.writeString(
        settings.directory().resolve("calls.log"),
        call.json() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
    if (System.getProperty("user.name", "").equals("root")) {
      UserPrincipal user = user();
      give(user);
      command.addAll(
          List.of(
              "--reuid",
              user.getName(),
              "--regid",
              group(user),
              "--clear-groups",
              "--inh-caps=-all"));
    }
    command.add("--no-new-privs");
    command.addAll(asterisk(settings.bundle(), files.main()));
    command.add("-f");
    return command;
  }

  private static List<String> asterisk(Path bundle, Path main) {
    return new ArrayList<>(
        List.of(
            bundle.resolve("lib/ld-linux-x86-64.so.2").toString(),
            "--inhibit-cache",
            "--library-path",
            bundle.resolve("lib").toString(),
            bundle.resolve("bin/asterisk").toString(),
            "-C",
            main.toString()));
  }

  private UserPrincipal user() throws IOException {
    var users = settings.directory().getFileSystem().getUserPrincipalLookupService();
    if (settings.user().isPresent()) {
      return users.lookupPrincipalByName(settings.user().get());
    }
    try {
      return users.lookupPrincipalByName("qonyrau");
    } catch (UserPrincipalNotFoundException _) {
      return users.lookupPrincipalByName("nobody");
    }
  }

  private static String group(UserPrincipal user) throws IOException {
    for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
      String[] fields = line.split(":", -1);
      if (fields[0].equals(user.getName())) {
        return fields[3];
      }
    }
    throw new IOException("the user " + user.getName() + " is not in /etc/passwd");
  }

  private void give(UserPrincipal user) throws IOException {
    var _ =
        Files.walkFileTree(
            settings.directory(),
            new SimpleFileVisitor<Path>() {
              @Override
              public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes)
                  throws IOException {
                Files.setOwner(entry, user);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes)
                  throws IOException {
                // A link could lead to a file that is none of Asterisk's business.
                if (attributes.isRegularFile()) {
                  Files.setOwner(entry, user);
                }
                return FileVisitResult.CONTINUE;
              }
            });
  }

  private void endStaleAsterisk() throws IOException {
    if (!Files.exists(files.pid())) {
      return;
    }
    String noted = Files.readString(files.pid()).strip();
    if (!noted.matches("[0-9]{1,9}")) {
      return;
    }
    Optional<ProcessHandle> stale = ProcessHandle.of(Long.parseLong(noted));
    // Process ids are used again, so the command line must name this very instance.
    if (stale.isPresent() && commandLine(stale.get()).contains(files.main().toString())) {
      log.atInfo().addKeyValue("pid", noted).log("ending an Asterisk left by an earlier carrier");
      end(stale.get());
    }
  }

  private static List<String> commandLine(ProcessHandle handle) {
    try {
      return List.of(
          Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"))
              .split("\0", -1));
    } catch (IOException _) {
      return List.of(); // It has just ended.
    }
  }

  private static void end(ProcessHandle handle) {
    handle.destroy();
    try {
      var _ = handle.onExit().get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      handle.destroyForcibly();
      handle.onExit().join();
    } catch (ExecutionException failure) {
      throw new UncheckedIOException(new IOException("cannot wait for a process", failure));
    } catch (InterruptedException _) {
      handle.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /// Runs a carrier until the process is told to end. `--help` says how.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    // The ready line is for programs and has standard output for itself.
    System.setProperty("logback.configurationFile", "carrier-logback.xml");
    CarrierSettings settings;
    try {
      settings = CommandLine.parse(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println("carrier: " + mistake.getMessage() + "\n\n" + CommandLine.USAGE);
      System.exit(2);
      return;
    }
    Carrier carrier;
    try {
      carrier = start(settings);
    } catch (IOException failure) {
      Throwable cause = failure.getCause();
      System.err.println(
          "carrier: " + failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
      System.exit(1);
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("carrier-end").unstarted(carrier::close));
    System.out.println(
        "{\"ready\":true,\"sipPort\":%d,\"pid\":%d,\"directory\":\"%s\"}"
            .formatted(settings.sipPort(), carrier.pid(), settings.directory()));
    carrier.ended().join();
    if (!carrier.closing) {
      System.err.println("carrier: Asterisk has ended");
      System.exit(1);
    }
  }
}
