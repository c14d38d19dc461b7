package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// What of its customer's money is set aside for a box (SH-BAL-15).
///
/// @param target how much it should have at once; zero for no more leases
/// @param granted everything that it was ever allowed to spend, less what was taken back
/// @param returned everything that it gave back of its own accord
/// @param used everything that it reported as spent
/// @param leaseVersion the newest lease, 0 for none
/// @param leaseExpires until when the box may spend without a newer one
public record BoxMoney(
    Tenge target,
    Tenge granted,
    Tenge returned,
    Tenge used,
    long leaseVersion,
    Optional<Instant> leaseExpires) {

  /// What the box can still spend, as far as it has reported; below zero if it spent more than was
  /// set aside, because that was taken back while it was away.
  public Tenge left() {
    return granted.minus(returned).minus(used);
  }
}
