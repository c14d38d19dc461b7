package kz.qonyrau.telephony.asterisk;

import java.nio.file.Path;
import java.util.Optional;
import kz.qonyrau.telephony.trunks.Trunks;

/// How to run the box's Asterisk.
///
/// @param bundle the Asterisk bundle
/// @param directory where the instance keeps its files; a short absolute path that the user below
///   can reach
/// @param amiPort the TCP port on loopback for Asterisk's manager interface
/// @param sipPort the UDP port for SIP, and the TCP port where a trunk needs one; the [#TLS_PORTS]
///   TCP ports above it are for trunks with TLS
/// @param rtpFrom first UDP port for audio
/// @param rtpTo last UDP port for audio; each call takes two
/// @param mediaPort the TCP port on loopback to which Asterisk brings the audio of calls; 0 for any
/// @param user whom Asterisk runs as when this program runs as root; `qonyrau`, or else `nobody`,
///   if empty
/// @param recordings the directory that [kz.qonyrau.telephony.DialRequest] recordings go into; it
///   is made, and given to the user that Asterisk runs as
public record TelephonySettings(
    Path bundle,
    Path directory,
    int amiPort,
    int sipPort,
    int rtpFrom,
    int rtpTo,
    int mediaPort,
    Optional<String> user,
    Optional<Path> recordings) {

  /// One for all trunks that trust whom the machine trusts, and one for each that does not.
  static final int TLS_PORTS = 1 + Trunks.MOST;

  // A UNIX socket's path has at most 107 bytes, and Asterisk adds "/run/asterisk.ctl".
  private static final int LONGEST_DIRECTORY = 88;

  /// @throws IllegalArgumentException if a value is out of range
  public TelephonySettings {
    refuseUnlessPlain("bundle", bundle);
    refuseUnlessPlain("directory", directory);
    recordings.ifPresent(path -> refuseUnlessPlain("directory for recordings", path));
    if (directory.toString().length() > LONGEST_DIRECTORY) {
      throw new IllegalArgumentException(
          "the directory's path has "
              + directory.toString().length()
              + " characters, and Asterisk's control socket needs it to have at most "
              + LONGEST_DIRECTORY
              + ": "
              + directory);
    }
    refuseUnlessPort("AMI port", amiPort, 1);
    refuseUnlessPort("SIP port", sipPort, 1);
    if (sipPort + TLS_PORTS > 65535) {
      throw new IllegalArgumentException(
          "not a SIP port: "
              + sipPort
              + ", expected at most "
              + (65535 - TLS_PORTS)
              + ", since trunks with TLS take the ports above it");
    }
    refuseUnlessPort("media port", mediaPort, 0);
    if (rtpFrom < 1024 || rtpTo > 65535 || rtpTo - rtpFrom < 2) {
      throw new IllegalArgumentException(
          "not a range of RTP ports: "
              + rtpFrom
              + " to "
              + rtpTo
              + ", expected within 1024 to 65535 and two for each channel");
    }
    user.ifPresent(name -> {
      if (!name.matches("[a-z_][a-z0-9_-]{0,31}")) {
        throw new IllegalArgumentException("not a user name: '" + name + "'");
      }
    });
  }

  /// How many calls at once there are ports for.
  public int mostChannels() {
    return (rtpTo - rtpFrom) / 2;
  }

  private static void refuseUnlessPlain(String what, Path path) {
    // Asterisk's configuration and dialplan know no quoting.
    if (!path.toString().matches("/[A-Za-z0-9_./-]*") || !path.equals(path.normalize())) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " must be an absolute path of letters, digits and _ . - / only: '"
              + path
              + "'");
    }
  }

  private static void refuseUnlessPort(String what, int port, int lowest) {
    if (port < lowest || port > 65535) {
      throw new IllegalArgumentException(
          "not a port for the " + what + ": " + port + ", expected " + lowest + " to 65535");
    }
  }
}
