package kz.qonyrau.billing;

import java.time.Instant;
import java.util.Optional;

/// A measure that was proposed, and what became of it.
///
/// @param reason why, in the words of who proposed it
/// @param decidedBy who approved or rejected it, never who proposed it; who withdrew it, always the
///   one who proposed it
/// @param note what whoever decided had to say
public record Proposal(
    String id,
    Measure measure,
    String reason,
    String proposedBy,
    Instant proposedAt,
    State state,
    Optional<String> decidedBy,
    Optional<Instant> decidedAt,
    Optional<String> note) {

  /// What became of a proposal.
  public enum State {
    OPEN,
    APPROVED,
    REJECTED,
    WITHDRAWN
  }
}
