package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandDocument;

/// A command that was given to a box, and what came of it (PLT-13).
///
/// @param document what was signed
/// @param result what the box answered; empty while it has not
/// @param answeredAt when its answer came
/// @param facts what it answered with
public record Command(
    CommandDocument document,
    Optional<CommandAnswer.Result> result,
    Optional<Instant> answeredAt,
    Map<String, String> facts) {

  /// Copies the map.
  public Command {
    facts = Map.copyOf(facts);
  }

  /// Whether the box may still begin it.
  public boolean isOpen(Instant now) {
    return result.isEmpty() && now.isBefore(document.expires());
  }
}
