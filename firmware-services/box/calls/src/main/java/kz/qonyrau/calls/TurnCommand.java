package kz.qonyrau.calls;

import java.time.Duration;

/// What a [Turn] wants done.
sealed interface TurnCommand {

  /// Play this, behind nothing: whatever plays is over or was hushed. Answered by
  /// [TurnEvent.Played].
  record Say(Sound sound) implements TurnCommand {}

  /// Stop playing. No [TurnEvent.Played] is wanted for what was cut off.
  record Hush() implements TurnCommand {}

  /// Have the recognisers make up their minds. Answered by [TurnEvent.Settled].
  record Settle() implements TurnCommand {}

  /// Say [TurnEvent.Passed] at that time, in place of any time that was asked for before.
  record Wake(Duration at) implements TurnCommand {}

  /// The question is over.
  record Done(TurnResult result) implements TurnCommand {}
}
