package kz.qonyrau.telephony;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;

/// One attempt to reach a subscriber.
///
/// @param call the name under which the attempt appears in events, in the ledger and as Asterisk's
///   channel id; used once
/// @param callee who is called
/// @param ringing how long to let it ring, 20 s (AC-CAL-05) to 2 min
/// @param recording where Asterisk writes both sides of the conversation: an absolute path of
///   letters, digits and `_ . - /` that ends in `.raw`, in a directory that Asterisk's user may
///   write to. The file holds signed 16-bit little-endian samples at 8 kHz, two channels
///   interleaved: left is the callee, right is what the callee hears
public record DialRequest(CallId call, Msisdn callee, Duration ringing, Optional<Path> recording) {

  /// Nobody is rung for less, so that no campaign lures people into calling back (P-31).
  public static final Duration SHORTEST_RINGING = Duration.ofSeconds(20);

  public static final Duration LONGEST_RINGING = Duration.ofMinutes(2);

  // The path goes into Asterisk's dialplan, where commas, brackets, dollars and quotes have a
  // meaning.
  private static final Pattern HARMLESS_PATH =
      Pattern.compile("/[A-Za-z0-9_./-]{1,240}[A-Za-z0-9_-]\\.raw");

  /// @throws IllegalArgumentException if the ringing time or the path is out of range
  public DialRequest {
    if (ringing.compareTo(SHORTEST_RINGING) < 0 || ringing.compareTo(LONGEST_RINGING) > 0) {
      throw new IllegalArgumentException(
          "ringing is " + ringing + ", expected " + SHORTEST_RINGING + " to " + LONGEST_RINGING);
    }
    recording.ifPresent(path -> {
      if (!HARMLESS_PATH.matcher(path.toString()).matches() || !path.equals(path.normalize())) {
        throw new IllegalArgumentException(
            "not a path for a recording: '"
                + path
                + "', expected an absolute path of letters, digits and _ . - / that ends in"
                + " .raw");
      }
    });
  }
}
