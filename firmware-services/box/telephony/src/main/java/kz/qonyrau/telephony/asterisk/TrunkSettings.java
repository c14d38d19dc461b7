package kz.qonyrau.telephony.asterisk;

import java.util.Optional;

/// The carrier's side of a trunk, as the carrier's contract states it.
///
/// @param host name or address of the carrier's SIP server
/// @param port its UDP port
/// @param login how to register there; empty where the carrier knows the box by its address
/// @param channelLimit the most calls that the carrier allows at once, 1 to 1000 (PLT-04)
public record TrunkSettings(String host, int port, Optional<Login> login, int channelLimit) {

  /// What the carrier lets the box register with.
  public record Login(String user, String password) {

    /// @throws IllegalArgumentException if a value holds what Asterisk's configuration cannot; the
    ///   message does not repeat it
    public Login {
      if (!user.matches("[A-Za-z0-9_.+-]{1,64}")) {
        throw new IllegalArgumentException(
            "the trunk's user must have 1 to 64 letters, digits and _ . + -");
      }
      // A semicolon would begin a comment.
      if (!password.matches("[!-:<-~]{1,128}")) {
        throw new IllegalArgumentException(
            "the trunk's password must have 1 to 128 printable ASCII characters, no space and no"
                + " semicolon");
      }
    }

    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /// @throws IllegalArgumentException if a value is out of range
  public TrunkSettings {
    if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
      throw new IllegalArgumentException(
          "not a trunk's host: '" + host.replaceAll("\\W", "?") + "'");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a trunk's port: " + port + ", expected 1 to 65535");
    }
    if (channelLimit < 1 || channelLimit > 1000) {
      throw new IllegalArgumentException(
          "not a channel limit: " + channelLimit + ", expected 1 to 1000");
    }
  }
}
