package kz.qonyrau.rehearsal;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Runs the whole product on loopback, to click on, or for one demonstration campaign.
///
/// `appliance-image/run-here` starts it with everything that it needs.
public final class Rehearsal {

  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final Duration SIGNAL = Duration.ofMillis(500);
  private static final int INTERRUPTED = 130;

  private Rehearsal() {}

  /// The program.
  ///
  /// @param arguments see `appliance-image/run-here --help`, and `--root`, `--bundle`, `--voices`
  public static void main(String... arguments) throws IOException {
    System.exit(run(arguments));
  }

  private static int run(String... arguments) throws IOException {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException refused) {
      System.err.println("run-here: " + refused.getMessage() + "; see run-here --help");
      return 2;
    }
    Files.createDirectories(options.data());
    try (FileChannel channel =
            FileChannel.open(
                options.data().resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        System.err.println(
            "run-here: another one runs with the data in "
                + options.data()
                + "; stop it, or give this one its own with --data");
        return 1;
      }
      return perform(options);
    }
  }

  private static int perform(Options options) {
    Stage stage;
    try {
      stage = Stage.of(options, StageSettings.USUAL);
    } catch (IllegalStateException refused) {
      System.err.println("run-here: " + refused.getMessage());
      return 1;
    }
    CountDownLatch falling = new CountDownLatch(1);
    Thread curtain =
        new Thread(
            () -> {
              falling.countDown();
              stage.close();
            },
            "curtain");
    Runtime.getRuntime().addShutdownHook(curtain);
    PrintStream people = System.err;
    try {
      try {
        stage.start(part -> people.println("        " + part + " …"));
      } catch (Api.ApiException refused) {
        if (refused.status() != 401 || options.once()) {
          throw refused;
        }
        people.println("        somebody changed a first password; everything runs all the same");
      }
      if (options.once()) {
        DemonstrationReport report = new Demonstration(stage, people).run();
        System.out.println(report.toJson());
        report
            .answers()
            .missed()
            .forEach(what -> people.println("        was not understood: " + what));
        report.disagreements().forEach(what -> people.println("        does not agree: " + what));
        if (report.disagreements().isEmpty()) {
          return 0;
        }
        people.println(whereTheLogsAre(stage));
        return 1;
      }
      announce(stage, people);
      return watch(stage, people);
    } catch (IllegalStateException | UncheckedIOException | Api.ApiException failure) {
      if (falls(falling)) {
        // A start that was broken off is no fault, and the signal decides the exit status.
        return INTERRUPTED;
      }
      people.println("run-here: " + failure.getMessage());
      people.println(whereTheLogsAre(stage));
      return 1;
    }
  }

  private static String whereTheLogsAre(Stage stage) {
    return "        see "
        + stage.data().resolve("logs/box.log")
        + ", and beside it central.log and carrier.log";
  }

  /// Whether the program is being ended. The signal may be felt by a start under way, which then
  /// fails, before this program hears of it.
  private static boolean falls(CountDownLatch falling) {
    try {
      return falling.await(SIGNAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void announce(Stage stage, PrintStream people) {
    people.println(
        """

          The box      http://127.0.0.1:%d    owner / %s
          Central      http://127.0.0.1:%d    fleet / %s
                                              billing / %s
          Logs         %s

          Now sign in to the box as owner and make a list of firmware-services/docs/sample-list.csv.
          The rehearsal carrier answers by the last digits of a number:
          firmware-services/simulators/carrier/README.md. Ctrl-C stops everything.
        """
            .formatted(
                stage.boxPort(),
                stage.firstPassword("box", "owner"),
                stage.centralPort(),
                stage.firstPassword("central", "fleet"),
                stage.firstPassword("central", "billing"),
                stage.data().resolve("logs")));
  }

  /// Stays until somebody presses Ctrl-C, or a part ends by itself.
  private static int watch(Stage stage, PrintStream people) {
    while (stage.isWhole()) {
      LockSupport.parkNanos(WATCH.toNanos());
    }
    people.println("run-here: a part ended by itself");
    people.println(whereTheLogsAre(stage));
    return 1;
  }
}
