package kz.qonyrau.uplink;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.wire.ClaimTicket;

/// How the box talks to central.
///
/// @param central where central's enrolment door is, `https://host:port`
/// @param ticket enrols the box without a person if it is not enrolled yet
/// @param broker `host:port` to be used instead of what central said on enrolment
/// @param heartbeat time between signs of life (P-02: 60 s), 1 s to 10 min
/// @param resendAfter how long to wait for a receipt before a message is sent again, 1 s to 10 min
/// @param window how many messages may be without receipt at once, 1 to 256
/// @param shortestPause before the first repeated attempt to connect
/// @param longestPause between attempts at most; pauses double and vary by half
/// @param ownersTime how long the owner of a box that retires has to take his data away, 0 to 365
///   days
public record UplinkSettings(
    URI central,
    Optional<ClaimTicket> ticket,
    Optional<String> broker,
    Duration heartbeat,
    Duration resendAfter,
    int window,
    Duration shortestPause,
    Duration longestPause,
    Duration ownersTime) {

  /// The most that the owner of a box that retires can be given.
  public static final Duration LONGEST_OWNERS_TIME = Duration.ofDays(365);

  private static final Duration LONGEST = Duration.ofMinutes(10);

  /// Ten thousand boxes that come back then knock 30 to 60 times a second, which a small central
  /// can let in; at a minute they would knock it down again and again.
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if a value is out of its range
  public UplinkSettings {
    if (!"https".equals(central.getScheme()) || central.getHost() == null) {
      throw new IllegalArgumentException(
          "central: an address such as https://central.example:8443");
    }
    if (broker.isPresent() && !isAddress(broker.get())) {
      throw new IllegalArgumentException("broker: host:port");
    }
    requireWithin("heartbeat", heartbeat, Duration.ofSeconds(1));
    requireWithin("resend-after", resendAfter, Duration.ofSeconds(1));
    requireWithin("shortest-pause", shortestPause, Duration.ofMillis(1));
    requireWithin("longest-pause", longestPause, shortestPause);
    if (ownersTime.isNegative() || ownersTime.compareTo(LONGEST_OWNERS_TIME) > 0) {
      throw new IllegalArgumentException(
          "owners-time: 0 to " + LONGEST_OWNERS_TIME + ", not " + ownersTime);
    }
    if (window < 1 || window > 256) {
      throw new IllegalArgumentException("window: 1 to 256, not " + window);
    }
  }

  /// The defaults of the product: heartbeat 60 s, resend after 30 s, window 64, pauses 1 s to 60 s,
  /// 14 days for the owner of a box that retires.
  public static UplinkSettings of(URI central) {
    return new UplinkSettings(
        central,
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        64,
        Duration.ofSeconds(1),
        LONGEST_PAUSE,
        Duration.ofDays(14));
  }

  /// Whether a text is `host:port` with a name or an IPv4 address, and a port from 1 to 65535.
  public static boolean isAddress(String text) {
    int colon = text.indexOf(':');
    if (!text.matches("[0-9A-Za-z.-]+:[0-9]{1,5}")) {
      return false;
    }
    int port = Integer.parseInt(text.substring(colon + 1));
    return port >= 1 && port <= 65_535;
  }

  private static void requireWithin(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": " + least + " to " + LONGEST + ", not " + value);
    }
  }
}
