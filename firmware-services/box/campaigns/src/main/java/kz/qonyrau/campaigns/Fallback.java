package kz.qonyrau.campaigns;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a call does when nobody says anything, or nothing that it understands: it says the hint, if
/// there is one, and the message again, and when it has done so often enough it gives up.
///
/// @param repeats how often the message is said again, 0 to 5
/// @param hint said before each repetition, in the language of the message; 1 to 2000 characters
/// @param goodbye said before the call gives up, in the language of the message; 1 to 2000
///   characters
public record Fallback(int repeats, Optional<String> hint, Optional<String> goodbye) {

  /// The message is said again no more often than this.
  public static final int MOST_REPEATS = 5;

  /// Gives up at once and without a word.
  public static final Fallback NONE = new Fallback(0, Optional.empty(), Optional.empty());

  /// @throws InvalidFieldException naming the field that is wrong
  public Fallback {
    if (repeats < 0 || repeats > MOST_REPEATS) {
      throw new InvalidFieldException(
          "repeats", "the message is said again 0 to " + MOST_REPEATS + " times, not " + repeats);
    }
    // Values may be longer than what they stand for.
    hint.ifPresent(text -> InvalidFieldException.requireText("hint", text, 8000));
    goodbye.ifPresent(text -> InvalidFieldException.requireText("goodbye", text, 8000));
    if (repeats == 0 && hint.isPresent()) {
      throw new InvalidFieldException(
          "hint", "it is only said before a repetition; repeat at least once or leave it out");
    }
  }

  Stream<String> texts() {
    return Stream.concat(hint.stream(), goodbye.stream());
  }

  Fallback filled(Map<String, String> variables) {
    return new Fallback(
        repeats,
        hint.map(text -> PromptText.fill(text, variables)),
        goodbye.map(text -> PromptText.fill(text, variables)));
  }

  void requireWritable() {
    hint.ifPresent(text -> InvalidFieldException.requireText("hint", text, 2000));
    goodbye.ifPresent(text -> InvalidFieldException.requireText("goodbye", text, 2000));
  }
}
