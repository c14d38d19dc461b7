package kz.qonyrau.boxes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of the program.
final class CommandLine {

  static final String USAGE =
      """
      usage: boxes --login-file FILE --identities DIR [options]

        --central URL       central's pages and API (default http://127.0.0.1:8090)
        --door URL          central's enrolment door (default https://localhost:8443)
        --broker HOST:PORT  instead of the broker that central names on enrolment
        --login-file FILE   a line with the login, and at its end the password; central's
                            first-passwords is such a file
        --login NAME        who makes the claim tickets and looks at the boxes (default fleet)
        --tickets FILE      claim tickets, one a line, instead of having them made
        --identities DIR    keys and certificates of the boxes; what is there is used, what is
                            missing is made and enrolled
        --boxes N           1 to 100000 (default 100)
        --rate N            usage reports a second, all boxes together (default 10)
        --reports N         stop when the boxes have made so many reports (default: no such end)
        --duration S        how many seconds the boxes report at most (default 60)
        --heartbeat S       seconds between heartbeats, 0 for none (default 60)
        --bare              boxes only connect and ping
        --seed N            of every decision (default 1)
        --misbehave LIST    what is done wrong, each with its share of the reports, for example
                            all=0.02,oversized=0.001; the words are offline, duplicate, replay,
                            fork, reorder, clock, forgery, name, garbage, topic, oversized
        --offline S         seconds that a box stays away, on average (default 10)
        --window N          reports of a box that may wait for a receipt at once, 1 to 256
                            (default 64)
        --resend-after S    seconds without a receipt before a report is sent again (default 30)
        --connects N        new connections a second (default 100)
        --threads N         that serve the connections, 1 to 64 (default 2)
        --patience S        seconds to wait for the last connection, and in the end for the last
                            receipt (default 120)

      One line of JSON says that all boxes are connected, another what was sent, acknowledged and
      refused, and whether central shows the same. Exit status 0 if it does, 1 if not.
      """;

  private static final Set<String> NAMES =
      Set.of(
          "--central",
          "--door",
          "--broker",
          "--login-file",
          "--login",
          "--tickets",
          "--identities",
          "--boxes",
          "--rate",
          "--reports",
          "--duration",
          "--heartbeat",
          "--seed",
          "--misbehave",
          "--offline",
          "--window",
          "--resend-after",
          "--connects",
          "--threads",
          "--patience");
  private static final String BARE = "--bare";
  private static final int A_DAY = 86_400;

  private CommandLine() {}

  /// @throws IllegalArgumentException naming the option that is unknown, missing or out of range
  static FleetOrder parse(String... arguments) {
    Map<String, String> given = new HashMap<>();
    int next = 0;
    while (next < arguments.length) {
      String name = arguments[next++];
      if (name.equals(BARE)) {
        given.put(name, "yes");
      } else if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("unknown option '" + name + "'");
      } else if (next == arguments.length) {
        throw new IllegalArgumentException(name + " needs a value");
      } else {
        given.put(name, arguments[next++]);
      }
    }
    return new FleetOrder(
        uri(given, "--central", "http://127.0.0.1:8090"),
        uri(given, "--door", "https://localhost:8443"),
        address(given, "--broker"),
        Path.of(required(given, "--login-file")),
        given.getOrDefault("--login", "fleet"),
        Optional.ofNullable(given.get("--tickets")).map(Path::of),
        Path.of(required(given, "--identities")).toAbsolutePath().normalize(),
        whole(given, "--boxes", 100, 1, FleetOrder.MOST_BOXES),
        fraction("--rate", given.getOrDefault("--rate", "10"), 100_000),
        number(given, "--reports", 0, 0, Long.MAX_VALUE),
        seconds(given, "--duration", 60, 1),
        seconds(given, "--heartbeat", 60, 0),
        given.containsKey(BARE),
        number(given, "--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
        shares(given.getOrDefault("--misbehave", "")),
        seconds(given, "--offline", 10, 1),
        whole(given, "--window", 64, 1, 256),
        seconds(given, "--resend-after", 30, 1),
        whole(given, "--connects", 100, 1, 10_000),
        whole(given, "--threads", 2, 1, 64),
        seconds(given, "--patience", 120, 1));
  }

  /// Reads `word=share,word=share`; `all` stands for every word, and what comes later counts.
  static Map<Misbehaviour, Double> shares(String text) {
    Map<Misbehaviour, Double> shares = new EnumMap<>(Misbehaviour.class);
    if (text.isBlank() || text.equals("none")) {
      return shares;
    }
    for (String part : text.split(",", -1)) {
      String[] sides = part.strip().split("=", -1);
      if (sides.length != 2) {
        throw new IllegalArgumentException("--misbehave needs WORD=SHARE, not '" + part + "'");
      }
      double share = fraction("--misbehave " + sides[0], sides[1], 1);
      if (sides[0].equals("all")) {
        for (Misbehaviour each : Misbehaviour.values()) {
          shares.put(each, share);
        }
      } else {
        Misbehaviour which =
            Misbehaviour.ofWord(sides[0])
                .orElseThrow(() ->
                    new IllegalArgumentException("--misbehave does not know '" + sides[0] + "'"));
        shares.put(which, share);
      }
    }
    return shares;
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static URI uri(Map<String, String> given, String name, String otherwise) {
    String value = given.getOrDefault(name, otherwise);
    if (!value.matches("https?://[0-9A-Za-z.-]+(:[0-9]{1,5})?/?")) {
      throw new IllegalArgumentException(
          name + " needs an address such as " + otherwise + ", not '" + value + "'");
    }
    return URI.create(value);
  }

  private static Optional<String> address(Map<String, String> given, String name) {
    Optional<String> value = Optional.ofNullable(given.get(name));
    if (value.isPresent() && !value.get().matches("[0-9A-Za-z.-]+:[0-9]{1,5}")) {
      throw new IllegalArgumentException(name + " needs HOST:PORT, not '" + value.get() + "'");
    }
    return value;
  }

  private static Duration seconds(
      Map<String, String> given, String name, int otherwise, int least) {
    return Duration.ofSeconds(whole(given, name, otherwise, least, A_DAY));
  }

  private static int whole(
      Map<String, String> given, String name, int otherwise, int least, int most) {
    return Math.toIntExact(number(given, name, otherwise, least, most));
  }

  private static long number(
      Map<String, String> given, String name, long otherwise, long least, long most) {
    String value = given.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        name + " needs a number from " + least + " to " + most + ", not '" + value + "'");
  }

  private static double fraction(String name, String value, double most) {
    try {
      double number = Double.parseDouble(value);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        name + " needs a number from 0 to " + most + ", not '" + value + "'");
  }
}
