package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.Optional;

/// Why a campaign dials nothing right now.
///
/// @param until when that ends by itself, if it is known
public record Idle(IdleReason reason, Optional<Instant> until) {

  static Idle because(IdleReason reason) {
    return new Idle(reason, Optional.empty());
  }

  static Idle until(IdleReason reason, Instant until) {
    return new Idle(reason, Optional.of(until));
  }
}
