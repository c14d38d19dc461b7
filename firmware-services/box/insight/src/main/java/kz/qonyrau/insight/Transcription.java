package kz.qonyrau.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;

/// How far a conversation's transcript is.
///
/// @param language what both sides are expected to speak
/// @param reason why it failed, or what it waits for; empty if there is nothing to say
/// @param length of the recording; zero until it was opened
/// @param done how much of it has its lines, on both sides
/// @param lost how much audio of both sides could not be recognised
/// @param busy how long it took so far
public record Transcription(
    CallId call,
    Locale language,
    State state,
    String reason,
    Duration length,
    Duration done,
    Duration lost,
    Duration busy,
    Instant orderedAt,
    Optional<Instant> endedAt) {

  /// Where a transcription stands.
  public enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED
  }

  /// How much of it is done, 0 to 1.
  public double share() {
    return length.isZero() ? 0 : (double) done.toMillis() / length.toMillis();
  }

  /// Processing time over the duration of the audio of both sides, on one core at most; 0 until
  /// something is done.
  public double realTimeFactor() {
    return done.isZero() ? 0 : (double) busy.toMillis() / (2 * done.toMillis());
  }
}
