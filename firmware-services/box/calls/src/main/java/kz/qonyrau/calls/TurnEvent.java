package kz.qonyrau.calls;

import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.speech.Spoken;

/// What happens while a question is asked. Times count from the answer of the call and never go
/// back.
sealed interface TurnEvent {

  Duration at();

  /// Everything that was to be played has been.
  record Played(Duration at) implements TurnEvent {}

  record Key(char key, Duration at) implements TurnEvent {}

  /// Somebody speaks, as far as a sound with a pitch that is not our own echo tells.
  ///
  /// @param from when it began
  record SpeechBegan(Duration from, Duration at) implements TurnEvent {}

  record SpeechEnded(Duration at) implements TurnEvent {}

  /// What is being said sounds like words that are expected.
  record Glimpse(Duration at) implements TurnEvent {}

  /// A segment was recognised.
  ///
  /// @param best empty if it was not understood
  /// @param from when it began
  record Heard(Optional<Spoken> best, Duration from, Duration at) implements TurnEvent {}

  /// The recognisers have made up their minds about all that was said until now.
  record Settled(Duration at) implements TurnEvent {}

  /// Nobody listens any more.
  record Deaf(Duration at) implements TurnEvent {}

  /// Time went by.
  record Passed(Duration at) implements TurnEvent {}
}
