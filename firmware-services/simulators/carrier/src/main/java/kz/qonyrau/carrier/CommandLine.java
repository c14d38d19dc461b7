package kz.qonyrau.carrier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of the program.
final class CommandLine {

  static final String USAGE =
      """
      usage: carrier --bundle DIR --dir DIR --sip-port PORT [options]

        --bundle DIR      the Asterisk bundle (appliance-image/asterisk-bundle/make --print-path)
        --dir DIR         where the instance keeps its files; a short path
        --sip-port PORT   the UDP port on loopback on which calls come in
        --tls-port PORT   the TCP port on loopback for SIP over TLS (default: none)
        --rtp-from PORT   first UDP port for audio (default 30000)
        --rtp-to PORT     last UDP port for audio (default 33999)
        --user NAME       whom Asterisk runs as when started by root (default qonyrau, else nobody)
        --ringing-ms N    how long phones ring, 0 to 10000 (default 300)
      """;

  private static final Set<String> NAMES =
      Set.of(
          "--bundle",
          "--dir",
          "--sip-port",
          "--tls-port",
          "--rtp-from",
          "--rtp-to",
          "--user",
          "--ringing-ms");

  private CommandLine() {}

  /// Options and their values.
  ///
  /// @throws IllegalArgumentException if one is not among the names, or has no value
  static Map<String, String> options(Set<String> names, String[] arguments) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!names.contains(arguments[i])) {
        throw new IllegalArgumentException("unknown option '" + arguments[i] + "'");
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " needs a value");
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  static CarrierSettings parse(String[] arguments) {
    Map<String, String> options = options(NAMES, arguments);
    return new CarrierSettings(
        Path.of(required(options, "--bundle")).toAbsolutePath().normalize(),
        Path.of(required(options, "--dir")).toAbsolutePath().normalize(),
        number("--sip-port", required(options, "--sip-port")),
        Optional.ofNullable(options.get("--tls-port")).map(port -> number("--tls-port", port)),
        number("--rtp-from", options.getOrDefault("--rtp-from", "30000")),
        number("--rtp-to", options.getOrDefault("--rtp-to", "33999")),
        Optional.ofNullable(options.get("--user")),
        Duration.ofMillis(
            number(
                "--ringing-ms",
                options.getOrDefault(
                    "--ringing-ms", Long.toString(CarrierSettings.SHORT_RINGING.toMillis())))));
  }

  static String required(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  static int number(String name, String value) {
    if (!value.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException(name + " needs a number, not '" + value + "'");
    }
    return Integer.parseInt(value);
  }
}
