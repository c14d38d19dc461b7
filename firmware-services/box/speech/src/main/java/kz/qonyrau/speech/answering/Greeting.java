package kz.qonyrau.speech.answering;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When something was said since the answer, and when not.
final class Greeting {

  /// What is shorter is no pause: a breath, a stop before a consonant.
  private static final Duration BREATH = Duration.ofMillis(400);

  private @Nullable Duration first;
  private Duration runFrom = Duration.ZERO;
  private Duration from = Duration.ZERO;
  private Duration lastEnd = Duration.ZERO;
  private Duration ended = Duration.ZERO;
  private boolean speaking;

  void began(Duration at) {
    if (first == null) {
      first = at;
      runFrom = at;
    } else if (at.minus(lastEnd).compareTo(BREATH) >= 0) {
      runFrom = at;
    }
    from = at;
    speaking = true;
  }

  void ended(Duration to) {
    if (speaking) {
      speaking = false;
      lastEnd = to.compareTo(from) > 0 ? to : from;
      ended = ended.plus(lastEnd.minus(from));
    }
  }

  /// Whether anything was said.
  boolean isThere() {
    return first != null;
  }

  boolean isSpeaking() {
    return speaking;
  }

  Duration sinceFirst(Duration now) {
    return first == null ? Duration.ZERO : now.minus(first);
  }

  /// How long all that was said took, without the pauses.
  Duration talk(Duration now) {
    return speaking ? ended.plus(now.minus(from)) : ended;
  }

  /// How long it has talked, or had talked when it stopped, without a pause longer than a breath.
  Duration run(Duration now) {
    return first == null ? Duration.ZERO : (speaking ? now : lastEnd).minus(runFrom);
  }

  /// When that began.
  Duration runFrom() {
    return runFrom;
  }

  /// How long nothing has been said since something was.
  Duration pause(Duration now) {
    return speaking || first == null ? Duration.ZERO : now.minus(lastEnd);
  }
}
