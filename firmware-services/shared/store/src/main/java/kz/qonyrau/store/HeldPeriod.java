package kz.qonyrau.store;

import java.time.Instant;
import java.util.Optional;

/// A legal hold as far as deleting goes: what began within it stays until the hold is lifted
/// (SH-RET-02).
///
/// @param id the hold's id
/// @param from the first instant of it
/// @param until the first instant behind it
/// @param liftedAt when this side learned that it is lifted; empty while it stands
public record HeldPeriod(String id, Instant from, Instant until, Optional<Instant> liftedAt) {

  /// Whether nothing of it may be deleted now.
  public boolean stands() {
    return liftedAt.isEmpty();
  }

  /// Whether something that began then is of this period.
  public boolean covers(Instant began) {
    return !began.isBefore(from) && began.isBefore(until);
  }

  /// Whether something that went on from one instant to another touches this period.
  public boolean touches(Instant began, Instant ended) {
    return began.isBefore(until) && !ended.isBefore(from);
  }
}
