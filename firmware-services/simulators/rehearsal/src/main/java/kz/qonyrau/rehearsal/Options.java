package kz.qonyrau.rehearsal;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the command line asked for.
///
/// @param root the top of the repository, where the programs were built
/// @param bundle the Asterisk bundle
/// @param data where everything is kept
/// @param ports empty if any free ones will do
/// @param once whether to run the demonstration and end
record Options(Path root, Path bundle, Path data, Optional<StagePorts> ports, boolean once) {

  private static final Set<String> WITH_VALUE =
      Set.of("--root", "--bundle", "--data", "--box-port", "--central-port", "--port-base");
  private static final int HIGHEST_BASE = 65_535 - StagePorts.SPAN;

  /// @throws IllegalArgumentException if an option is unknown, lacks its value or is out of range
  static Options parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    boolean once = false;
    boolean free = false;
    Deque<String> rest = new ArrayDeque<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      if (option.equals("--once")) {
        once = true;
      } else if (option.equals("--free-ports")) {
        free = true;
      } else if (!WITH_VALUE.contains(option)) {
        throw new IllegalArgumentException("unknown option " + option);
      } else if (rest.isEmpty()) {
        throw new IllegalArgumentException(option + " needs a value");
      } else {
        given.put(option, rest.removeFirst());
      }
    }
    Optional<StagePorts> ports =
        free
            ? Optional.empty()
            : Optional.of(
                new StagePorts(
                    number(given, "--box-port", 8080, 65_535),
                    number(given, "--central-port", 8090, 65_535),
                    number(given, "--port-base", 18_000, HIGHEST_BASE)));
    return new Options(
        path(given, "--root"), path(given, "--bundle"), path(given, "--data"), ports, once);
  }

  private static Path path(Map<String, String> given, String option) {
    String value = given.get(option);
    if (value == null) {
      throw new IllegalArgumentException(option + " is missing");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }

  private static int number(Map<String, String> given, String option, int otherwise, int most) {
    String value = given.get(option);
    if (value == null) {
      return otherwise;
    }
    int number;
    try {
      number = Integer.parseInt(value);
    } catch (NumberFormatException _) {
      number = -1;
    }
    if (number < 1024 || number > most) {
      throw new IllegalArgumentException(
          option + " must be a port from 1024 to " + most + ", not '" + value + "'");
    }
    return number;
  }

  /// The ports of one stage, all on loopback.
  ///
  /// @param box the box's pages
  /// @param central central's pages
  /// @param base the first of [#SPAN] ports for everything inside
  record StagePorts(int box, int central, int base) {

    static final int SPAN = PortBlock.SPAN;

    /// A block of ports that no other stage takes until [#release].
    static StagePorts free() {
      return from(PortBlock.reserve());
    }

    /// The block that these data were made with, or any free one if they are new.
    ///
    /// @throws IllegalStateException if it is taken
    static StagePorts freeFor(Path data) {
      return from(PortBlock.reserveFor(data));
    }

    private static StagePorts from(int base) {
      return new StagePorts(base + 6, base + 7, base);
    }

    /// Gives the block of [#free] back.
    void release() {
      PortBlock.release(base);
    }

    int broker() {
      return base;
    }

    int enrolment() {
      return base + 1;
    }

    int ami() {
      return base + 2;
    }

    int boxSip() {
      return base + 3;
    }

    int carrierSip() {
      return base + 4;
    }

    int media() {
      return base + 5;
    }

    int boxRtp() {
      return base + 100;
    }

    int carrierRtp() {
      return base + 1500;
    }
  }
}
