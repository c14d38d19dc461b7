package kz.qonyrau.carrier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Has a subscriber of a running carrier call a box, as a person who rehearses would.
public final class CallTheBox {

  static final String USAGE =
      """
      usage: call-the-box --bundle DIR --dir DIR --to NUMBER --box-port PORT [options]

        --bundle DIR      the Asterisk bundle
        --dir DIR         the directory of the running carrier
        --to NUMBER       which of the box's numbers is called, 11 digits
        --box-port PORT   where the box takes SIP on loopback; 0: by the connection of the box that
                          has registered as secure
        --from NUMBER     whose number is shown, 11 digits (default: it is hidden)
        --keys KEYS       what he presses from 3 s after the answer on, digits and stars (default:
                          nothing)
      """;

  private static final Set<String> NAMES =
      Set.of("--bundle", "--dir", "--to", "--box-port", "--from", "--keys");

  private CallTheBox() {}

  static SubscriberCall parse(Map<String, String> options) {
    return new SubscriberCall(
        Optional.ofNullable(options.get("--from")),
        CommandLine.required(options, "--to"),
        CommandLine.number("--box-port", CommandLine.required(options, "--box-port")),
        Optional.ofNullable(options.get("--keys")));
  }

  /// Places the call and says where it stands what the subscriber hears.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      Map<String, String> options = CommandLine.options(NAMES, arguments);
      Path heard =
          Carrier.call(
              Path.of(CommandLine.required(options, "--bundle")).toAbsolutePath().normalize(),
              Path.of(CommandLine.required(options, "--dir")).toAbsolutePath().normalize(),
              parse(options));
      System.out.println("He calls. What he hears stands in " + heard);
    } catch (IllegalArgumentException mistake) {
      System.err.println("call-the-box: " + mistake.getMessage() + "\n\n" + USAGE);
      System.exit(2);
    }
  }
}
