package kz.qonyrau.telephony.asterisk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of Asterisk, from its start to its end; a new run is a new object.
///
/// Asterisk never runs as root: where this program is root, the instance belongs to an ordinary
/// user and so does the process. It is told to end when this program dies, however it dies.
final class AsteriskProcess {

  /// What the owner is told, on the process's own thread.
  interface Listener {
    /// Asterisk has loaded everything and takes calls.
    void booted();

    /// It is gone. Said once for each start.
    void ended(String how);
  }

  private static final Logger log = LoggerFactory.getLogger(AsteriskProcess.class);
  private static final long LONGEST_STOP_SECONDS = 3;
  // What Asterisk says may hold subscribers' numbers, which no log may.
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{7,}");

  private final TelephonySettings settings;
  private final InstanceFiles files;
  private final Listener listener;
  private volatile @Nullable Process process;
  private volatile boolean unwanted;

  AsteriskProcess(TelephonySettings settings, InstanceFiles files, Listener listener) {
    this.settings = settings;
    this.files = files;
    this.listener = listener;
  }

  /// Starts Asterisk on a thread of its own and returns. That thread lives as long as Asterisk: the
  /// kernel ends Asterisk when the thread that started it is gone.
  void start() {
    var _ = Thread.ofPlatform().name("asterisk").daemon().start(this::watch);
  }

  /// The process id, once there is one.
  Optional<Long> pid() {
    return Optional.ofNullable(process).map(Process::pid);
  }

  /// The processor time that it has used since its start.
  Duration processorTime() {
    return Optional.ofNullable(process)
        .flatMap(running -> running.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /// Ends Asterisk without asking it; for one that does not answer.
  void kill() {
    unwanted = true;
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  /// Ends all calls and stops Asterisk. Blocks for 3 s at most.
  void stop() {
    unwanted = true;
    Process running = process;
    if (running != null) {
      end(running.toHandle());
    }
  }

  /// Ends an Asterisk that an earlier program left behind in the same directory. Blocks for 3 s at
  /// most.
  static void endStale(InstanceFiles files) throws IOException {
    Optional<ProcessHandle> stale = files.notedPid().flatMap(ProcessHandle::of);
    // Process ids are used again, so the command line must name this very instance.
    if (stale.isPresent() && commandLine(stale.get()).contains(files.main().toString())) {
      log.atWarn()
          .addKeyValue("pid", stale.get().pid())
          .log("ending an Asterisk that an earlier run left behind");
      end(stale.get());
    }
  }

  private void watch() {
    String how = "it could not be started";
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command())
              .directory(settings.directory().toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder
          .environment()
          .putAll(Map.of("HOME", settings.directory().toString(), "PATH", "/usr/bin:/bin"));
      Process started = builder.start();
      process = started;
      if (unwanted) {
        started.destroyForcibly();
      }
      try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          heard(line);
        }
      }
      how = "it ended with status " + started.waitFor();
    } catch (IOException failure) {
      how = how + ": " + failure.getMessage();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      process = null;
      listener.ended(how);
    }
  }

  private void heard(String line) {
    String harmless = NUMBER.matcher(line).replaceAll("…");
    if (line.startsWith("Asterisk Ready")) {
      listener.booted();
    } else if (line.contains("] ERROR[") || line.contains("] WARNING[")) {
      log.atWarn().addKeyValue("line", harmless).log("asterisk warns");
    } else {
      log.atDebug().addKeyValue("line", harmless).log("asterisk says");
    }
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
    if (System.getProperty("user.name", "").equals("root")) {
      UserPrincipal user = user();
      give(settings.directory(), user);
      settings.recordings().ifPresent(path -> letWrite(path, user));
      refuseUnlessReachable(settings.directory());
      refuseUnlessReachable(settings.bundle().resolve("bin"));
      command.addAll(
          List.of(
              "--reuid",
              user.getName(),
              "--regid",
              group(user),
              "--clear-groups",
              "--inh-caps=-all"));
    }
    Path bundle = settings.bundle();
    command.addAll(
        List.of(
            "--no-new-privs",
            bundle.resolve("lib/ld-linux-x86-64.so.2").toString(),
            "--inhibit-cache",
            "--library-path",
            bundle.resolve("lib").toString(),
            bundle.resolve("bin/asterisk").toString(),
            "-C",
            files.main().toString(),
            "-f"));
    return command;
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

  private static void letWrite(Path directory, UserPrincipal user) {
    try {
      Files.createDirectories(directory);
      Files.setOwner(directory, user);
    } catch (IOException failure) {
      log.atError()
          .addKeyValue("directory", directory)
          .setCause(failure)
          .log("asterisk cannot be given its directory for recordings");
    }
  }

  private static void give(Path directory, UserPrincipal user) throws IOException {
    var _ =
        Files.walkFileTree(
            directory,
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

  private static void refuseUnlessReachable(Path path) throws IOException {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        throw new IOException(
            "an ordinary user cannot reach "
                + path
                + ", because "
                + above
                + " is closed to others; choose a directory elsewhere");
      }
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
      var _ = handle.onExit().get(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException _) {
      handle.destroyForcibly();
      handle.onExit().join();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("cannot wait for a process", failure);
    } catch (InterruptedException _) {
      handle.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
