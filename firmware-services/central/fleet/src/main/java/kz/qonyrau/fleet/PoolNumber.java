package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;

/// A number of the provider's pool (AC-CAL-03).
///
/// @param added when it came into the pool
/// @param assignment the box that may show it; no other may
public record PoolNumber(Msisdn number, Instant added, Optional<Assignment> assignment) {

  /// Whose a number is.
  ///
  /// @param organisation the customer's name
  /// @param note why, in the admin's words
  /// @param by the admin
  public record Assignment(
      BoxId box, String organisation, String site, String note, Instant since, String by) {}
}
