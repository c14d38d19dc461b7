package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;

/// The right to enrol one box, without its secret.
///
/// @param id names it for admins
/// @param state as of now
/// @param box which box used it
public record Claim(
    String id,
    String organisation,
    String site,
    Instant createdAt,
    Instant expires,
    State state,
    Optional<BoxId> box) {

  /// What became of a claim.
  public enum State {
    OPEN,
    USED,
    EXPIRED
  }
}
