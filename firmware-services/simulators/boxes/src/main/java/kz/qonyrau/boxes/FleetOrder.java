package kz.qonyrau.boxes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a fleet is to do.
///
/// @param central where central's API is, for example `http://127.0.0.1:8090`
/// @param door where central's enrolment door is, `https://host:port`
/// @param broker `host:port` to be used instead of what central said on enrolment
/// @param loginFile a line with a login, and at its end the password; central's `first-passwords`
///   is such a file
/// @param login who makes claims and looks at boxes
/// @param tickets a file with claim tickets, one a line, instead of claims made by the API
/// @param identities where the boxes' keys and certificates are kept for the next run
/// @param boxes 1 to 100 000
/// @param reportsPerSecond of the whole fleet, 0 for none
/// @param reports after how many of them all boxes stop, 0 for no such end
/// @param length how long boxes report at most
/// @param heartbeat time between signs of life; zero for none
/// @param bare whether boxes only connect and ping
/// @param seed of every decision
/// @param shares how likely each misbehaviour is at each report, 0 to 1
/// @param offline how long a box stays away, on average
/// @param window how many reports of a box may be without receipt at once
/// @param resendAfter how long to wait for a receipt before a report is sent again
/// @param connectsPerSecond how fast the fleet comes up
/// @param threads that serve the connections
/// @param patience how long to wait for the last connection, and in the end for the last receipt
public record FleetOrder(
    URI central,
    URI door,
    Optional<String> broker,
    Path loginFile,
    String login,
    Optional<Path> tickets,
    Path identities,
    int boxes,
    double reportsPerSecond,
    long reports,
    Duration length,
    Duration heartbeat,
    boolean bare,
    long seed,
    Map<Misbehaviour, Double> shares,
    Duration offline,
    int window,
    Duration resendAfter,
    int connectsPerSecond,
    int threads,
    Duration patience) {

  /// The most boxes that one program plays.
  static final int MOST_BOXES = 100_000;

  public FleetOrder {
    shares = shares.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(shares));
  }

  /// The usual, against central on this machine with its usual ports.
  ///
  /// @param loginFile for example central's `first-passwords`
  public static FleetOrder usual(Path loginFile, Path identities) {
    return new FleetOrder(
        URI.create("http://127.0.0.1:8090"),
        URI.create("https://localhost:8443"),
        Optional.empty(),
        loginFile,
        "fleet",
        Optional.empty(),
        identities,
        100,
        10,
        0,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        false,
        1,
        Map.of(),
        Duration.ofSeconds(10),
        64,
        Duration.ofSeconds(30),
        100,
        2,
        Duration.ofSeconds(120));
  }
}
