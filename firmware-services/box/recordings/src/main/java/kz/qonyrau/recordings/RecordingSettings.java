package kz.qonyrau.recordings;

import java.nio.file.Path;
import java.time.Duration;

/// Where recordings are written and kept.
///
/// @param spool where Asterisk writes what is being recorded, in the clear; it must be able to
///   write there. Best on the same disk as nothing else
/// @param kept where finished recordings are kept, encrypted
/// @param scratch private to this program: decoded sound while it is played. Emptied at start
/// @param settle how long a raw file must not grow before it is taken as complete
/// @param patience how long to wait for that at most
public record RecordingSettings(
    Path spool, Path kept, Path scratch, Duration settle, Duration patience) {

  public RecordingSettings {
    spool = spool.toAbsolutePath().normalize();
    kept = kept.toAbsolutePath().normalize();
    scratch = scratch.toAbsolutePath().normalize();
    if (!settle.isPositive() || patience.compareTo(settle) < 0) {
      throw new IllegalArgumentException(
          "settle must be positive and patience at least as long, not " + settle + ", " + patience);
    }
  }

  /// The usual directories below `base`: a raw file counts as complete after 0.3 s, or 5 s at most.
  public static RecordingSettings below(Path base) {
    return new RecordingSettings(
        base.resolve("spool"),
        base.resolve("kept"),
        base.resolve("scratch"),
        Duration.ofMillis(300),
        Duration.ofSeconds(5));
  }
}
