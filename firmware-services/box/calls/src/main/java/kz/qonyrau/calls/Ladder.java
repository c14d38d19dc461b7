package kz.qonyrau.calls;

import java.util.List;
import java.util.Optional;

/// What a call does when the same thing goes wrong again and again: a rung each time, and after the
/// last rung it gives up. No conversation goes on for ever.
///
/// @param rungs what is said the first time, the second and so on, before it listens again; 0 to 5
/// @param goodbye what is said when all rungs are used up, before the call ends
public record Ladder(List<Sound> rungs, Optional<Sound> goodbye) {

  public static final int MOST_RUNGS = 5;

  /// Gives up at once and without a word.
  public static final Ladder NONE = new Ladder(List.of(), Optional.empty());

  /// @throws IllegalArgumentException if there are more than 5 rungs
  public Ladder {
    rungs = List.copyOf(rungs);
    if (rungs.size() > MOST_RUNGS) {
      throw new IllegalArgumentException(
          "rungs: nobody is asked again more than " + MOST_RUNGS + " times, not " + rungs.size());
    }
  }
}
