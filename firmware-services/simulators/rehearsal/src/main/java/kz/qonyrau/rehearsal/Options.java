package kz.qonyrau.rehearsal;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the command line asked for.
///
/// @param root the top of the repository, where the programs were built
/// @param data where everything is kept
/// @param ports empty if any free ones will do
/// @param once whether to run the demonstration and end
record Options(Path root, Bundles bundles, Path data, Optional<StagePorts> ports, boolean once) {

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--root",
          "--bundle",
          "--voices",
          "--data",
          "--box-port",
          "--central-port",
          "--port-base");
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
                StagePorts.chosen(
                    number(given, "--box-port", 8080, 65_535),
                    number(given, "--central-port", 8090, 65_535),
                    number(given, "--port-base", 19_000, HIGHEST_BASE)));
    return new Options(
        path(given, "--root"),
        new Bundles(path(given, "--bundle"), path(given, "--voices")),
        path(given, "--data"),
        ports,
        once);
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
      int base = PortBlock.reserve();
      return new StagePorts(base + 6, base + 7, base);
    }

    /// Ports that somebody chose.
    ///
    /// @throws IllegalArgumentException if they are in each other's way
    static StagePorts chosen(int box, int central, int base) {
      if (box == central) {
        throw new IllegalArgumentException(
            "--box-port and --central-port are both " + box + "; they must differ");
      }
      for (int port : List.of(box, central)) {
        if (port >= base && port < base + SPAN) {
          throw new IllegalArgumentException(
              "port "
                  + port
                  + " lies in the "
                  + SPAN
                  + " ports from "
                  + base
                  + " for everything inside; choose another, or another --port-base");
        }
      }
      return new StagePorts(box, central, base);
    }

    /// Keeps these ports for one stage until [#release].
    ///
    /// @throws IllegalStateException if something listens on one already, or another stage holds
    ///   it; the message names them, and the options by which others can be chosen
    StagePorts claim() {
      Map<Integer, String> wanted = new LinkedHashMap<>();
      wanted.put(box, "--box-port");
      wanted.put(central, "--central-port");
      for (int inside : List.of(broker(), enrolment(), ami(), media())) {
        wanted.put(inside, "--port-base");
      }
      List<String> taken = new ArrayList<>();
      wanted.forEach((port, option) -> {
        if (!PortBlock.isFree(port)) {
          taken.add(port + " (" + option + ")");
        }
      });
      if (taken.isEmpty() && !PortBlock.claim(base)) {
        taken.add(base + " to " + (base + SPAN - 1) + " (--port-base)");
      }
      if (!taken.isEmpty()) {
        throw new IllegalStateException(
            "something listens already on port "
                + String.join(", ", taken)
                + "; stop it, or choose others with these options or --free-ports");
      }
      return this;
    }

    /// Gives back what [#free] or [#claim] took.
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

    /// The 21 ports above it are for trunks over TLS.
    int boxSip() {
      return base + 10;
    }

    int carrierSip() {
      return base + 4;
    }

    int secondCarrierSip() {
      return base + 8;
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

    int secondCarrierRtp() {
      return base + SPAN - 100;
    }
  }
}
