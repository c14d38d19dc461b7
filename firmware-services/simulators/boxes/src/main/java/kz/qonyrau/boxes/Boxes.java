package kz.qonyrau.boxes;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;

/// The program: plays a fleet of boxes against a licensing server and says whether central shows
/// what the boxes did. `--help` says how.
public final class Boxes {

  private static final int USAGE = 2;

  private Boxes() {}

  /// Runs until the fleet is done.
  public static void main(String... arguments) {
    // The lines of JSON are for programs and have standard output for themselves.
    System.setProperty("logback.configurationFile", "boxes-logback.xml");
    System.setProperty(
        "vertx.logger-delegate-factory-class-name",
        "io.vertx.core.logging.SLF4JLogDelegateFactory");
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.print(CommandLine.USAGE);
      return;
    }
    FleetOrder order;
    try {
      order = CommandLine.parse(arguments);
    } catch (IllegalArgumentException mistake) {
      System.err.println("boxes: " + mistake.getMessage() + "\n\n" + CommandLine.USAGE);
      System.exit(USAGE);
      return;
    }
    System.exit(run(order));
  }

  private static int run(FleetOrder order) {
    SimulatedFleet fleet =
        new SimulatedFleet(
            order, Clock.systemUTC(), what -> System.err.println("        " + what + " …"));
    try {
      FleetReport report =
          fleet.play(ready -> {
            System.out.println(
                "{\"ready\":true,\"boxes\":%d,\"connected\":%d,\"enrolled\":%d,\"enrolSeconds\":%.1f,\"connectSeconds\":%.1f}"
                    .formatted(
                        order.boxes(),
                        ready.connected(),
                        ready.enrolled(),
                        ready.enrolling().toMillis() / 1000.0,
                        ready.connecting().toMillis() / 1000.0));
            System.out.flush();
          });
      System.out.println(report.toJson());
      report.lines().forEach(line -> System.err.println("        " + line));
      return report.faults().isEmpty() ? 0 : 1;
    } catch (IllegalStateException | UncheckedIOException failure) {
      System.err.println("boxes: " + failure.getMessage());
      return 1;
    }
  }
}
