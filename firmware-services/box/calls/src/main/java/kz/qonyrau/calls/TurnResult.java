package kz.qonyrau.calls;

import java.util.Locale;
import java.util.Optional;

/// How a question went.
public sealed interface TurnResult {

  /// An answer was given.
  ///
  /// @param choice the name of the choice; empty if anything was an answer
  /// @param language the one it was said in; of a key, the last one that was spoken, or else that
  ///   of the prompt, or nothing if there is none
  /// @param by how it was given
  record Answered(Optional<String> choice, Optional<Locale> language, By by)
      implements TurnResult {}

  /// Nobody said anything, as often as the ladder has rungs.
  record Silent() implements TurnResult {}

  /// Nothing that was said was an answer, as often as the ladder has rungs.
  record NotUnderstood() implements TurnResult {}

  /// The box could not listen, and there was no key to press.
  record Unheard() implements TurnResult {}

  /// The call ended before.
  record CutOff() implements TurnResult {}

  /// How an answer is given.
  enum By {
    SPEECH,
    KEY
  }
}
