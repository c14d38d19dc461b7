package kz.qonyrau.carrier;

import java.util.Optional;
import java.util.regex.Pattern;

/// A call that a subscriber makes to a box.
///
/// @param from his number, 11 digits; empty if he hides it
/// @param to the number of the box that he dials, 11 digits
/// @param boxPort where the box takes SIP on loopback, or [#BY_CONNECTION]
/// @param keys what he presses from 3 s after the answer on, 1 to 20 digits and stars; empty for
///   nothing
public record SubscriberCall(Optional<String> from, String to, int boxPort, Optional<String> keys) {

  /// In place of a port: by the connection of the box that has registered as `secure`.
  public static final int BY_CONNECTION = 0;

  /// In place of a number that is hidden.
  static final String HIDDEN = "00000000000";

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{10}");
  private static final Pattern KEYS = Pattern.compile("[0-9*]{1,20}");

  /// @throws IllegalArgumentException if a value is out of range
  public SubscriberCall {
    from.ifPresent(number -> require("caller's", number));
    require("box's", to);
    if (boxPort < BY_CONNECTION || boxPort > 65535) {
      throw new IllegalArgumentException("not a SIP port: " + boxPort + ", expected 0 to 65535");
    }
    if (keys.filter(some -> !KEYS.matcher(some).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "the keys are '" + keys.get() + "', expected 1 to 20 digits and stars");
    }
  }

  private static void require(String whose, String number) {
    if (!NUMBER.matcher(number).matches()) {
      throw new IllegalArgumentException(
          "the " + whose + " number needs 11 digits and no plus sign, not '" + number + "'");
    }
  }

  private String shown() {
    return from.orElse(HIDDEN);
  }

  /// What Asterisk is told on its command line.
  String command() {
    return "channel originate Local/%s%s%d@to-box/n extension %s%s@subscriber"
        .formatted(shown(), to, boxPort, keys.orElse("n"), shown());
  }

  /// The file in which stands what he heard last, signed 16-bit little-endian samples at 8 kHz.
  String recording() {
    return shown() + ".raw";
  }
}
