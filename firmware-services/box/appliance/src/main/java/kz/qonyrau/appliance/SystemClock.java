package kz.qonyrau.appliance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import kz.qonyrau.appliance.ClockTrust.Synchronisation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the machine whether a time server ever set its clock (PLT-15).
///
/// A box works without the Internet for weeks, and then the kernel calls its clock unsynchronised
/// though it runs well; so it is enough that it was synchronised once, which a file below the data
/// directory keeps. Whether the clock was set back since is for [ClockTrust].
final class SystemClock implements Supplier<Synchronisation> {

  private static final Logger log = LoggerFactory.getLogger(SystemClock.class);
  private static final Path TIMESYNCD = Path.of("/run/systemd/timesync/synchronized");
  private static final List<String> QUESTION =
      List.of("/usr/bin/timedatectl", "show", "-p", "NTPSynchronized", "--value");
  private static final int PATIENCE_SECONDS = 5;

  private final Path once;
  private volatile Synchronisation known;

  /// @param data the data directory
  SystemClock(Path data) {
    this.once = data.resolve("clock-was-synchronised");
    this.known = Files.exists(once) ? Synchronisation.ONCE : Synchronisation.UNKNOWN;
  }

  /// What was found out last.
  @Override
  public Synchronisation get() {
    return known;
  }

  /// Asks anew. Blocks for up to 5 s.
  void ask() {
    if (known == Synchronisation.ONCE) {
      return;
    }
    Synchronisation answer = Files.exists(TIMESYNCD) ? Synchronisation.ONCE : timedatectl();
    known = answer;
    if (answer == Synchronisation.ONCE) {
      try {
        Files.writeString(once, "");
      } catch (IOException failure) {
        log.atWarn().setCause(failure).log("cannot remember that the clock was synchronised");
      }
    }
  }

  private static Synchronisation timedatectl() {
    if (!Files.isExecutable(Path.of(QUESTION.getFirst()))) {
      return Synchronisation.UNKNOWN;
    }
    try {
      Process process =
          new ProcessBuilder(QUESTION).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Synchronisation.UNKNOWN;
        }
        String answer =
            new String(process.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
        return switch (answer) {
          case "yes" -> Synchronisation.ONCE;
          case "no" -> Synchronisation.NEVER;
          default -> Synchronisation.UNKNOWN;
        };
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException failure) {
      return Synchronisation.UNKNOWN;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Synchronisation.UNKNOWN;
    }
  }
}
