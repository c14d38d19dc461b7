package kz.qonyrau.carrier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How to run one rehearsal carrier.
///
/// @param bundle the Asterisk bundle
/// @param directory where the instance keeps its files; a short absolute path that the user below
///   can reach
/// @param sipPort the UDP port on loopback on which calls come in
/// @param tlsPort the TCP port on loopback for SIP over TLS; without it there is none
/// @param rtpFrom first UDP port for audio
/// @param rtpTo last UDP port for audio; each call takes two
/// @param user whom Asterisk runs as when this program runs as root; `qonyrau`, or else `nobody`,
///   if empty
/// @param ringing how long a subscriber's phone rings before he does what he does, up to 10 s
public record CarrierSettings(
    Path bundle,
    Path directory,
    int sipPort,
    Optional<Integer> tlsPort,
    int rtpFrom,
    int rtpTo,
    Optional<String> user,
    Duration ringing) {

  public static final Duration SHORT_RINGING = Duration.ofMillis(300);

  // A UNIX socket's path has at most 107 bytes, and Asterisk adds "/run/asterisk.ctl".
  private static final int LONGEST_DIRECTORY = 88;

  /// @throws IllegalArgumentException if a value is out of range
  public CarrierSettings {
    refuseUnlessPlain("bundle", bundle);
    refuseUnlessPlain("directory", directory);
    if (directory.toString().length() > LONGEST_DIRECTORY) {
      throw new IllegalArgumentException(
          "the directory's path has "
              + directory.toString().length()
              + " characters, and Asterisk's control socket needs it to have at most "
              + LONGEST_DIRECTORY
              + ": "
              + directory);
    }
    refuseUnlessPort(sipPort);
    tlsPort.ifPresent(CarrierSettings::refuseUnlessPort);
    if (rtpFrom < 1024 || rtpTo > 65535 || rtpTo - rtpFrom < 9) {
      throw new IllegalArgumentException(
          "not a range of RTP ports: "
              + rtpFrom
              + " to "
              + rtpTo
              + ", expected at least 10 ports within 1024 to 65535");
    }
    user.ifPresent(name -> {
      if (!name.matches("[a-z_][a-z0-9_-]{0,31}")) {
        throw new IllegalArgumentException("not a user name: '" + name + "'");
      }
    });
    if (ringing.isNegative() || ringing.compareTo(Duration.ofSeconds(10)) > 0) {
      throw new IllegalArgumentException("ringing is " + ringing + ", expected 0 s to 10 s");
    }
  }

  private static void refuseUnlessPort(int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a SIP port: " + port + ", expected 1 to 65535");
    }
  }

  private static void refuseUnlessPlain(String what, Path path) {
    // Asterisk's configuration knows no quoting.
    if (!path.toString().matches("/[A-Za-z0-9_./-]*")) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " must be an absolute path of letters, digits and _ . - / only: '"
              + path
              + "'");
    }
  }
}
