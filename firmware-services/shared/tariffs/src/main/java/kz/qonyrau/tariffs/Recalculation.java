package kz.qonyrau.tariffs;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// What an early exit from a benefit tariff would change: shown before anything is posted
/// (SH-TAR-15). Nothing is due before it is confirmed.
///
/// @param items how many were rendered under the benefit
/// @param benefitCost what they cost
/// @param baseCost what they cost at the base prices
/// @param balance what is on the wallet now
public record Recalculation(long items, Tenge benefitCost, Tenge baseCost, Tenge balance) {

  /// What is still to be charged: base cost less benefit cost (SH-TAR-12). Zero if the base prices
  /// have fallen below the benefit's, because a difference is never paid back (SH-TAR-13).
  public Tenge adjustment() {
    Tenge difference = baseCost.minus(benefitCost);
    return difference.isNegative() ? Tenge.ZERO : difference;
  }

  /// What the balance becomes; negative if it does not suffice.
  public Tenge resultingBalance() {
    return balance.minus(adjustment());
  }

  /// How much of the money left may be paid out: nothing. It stays usable for services at the
  /// pinned base tariff (SH-TAR-13).
  public Tenge refundable() {
    return Tenge.ZERO;
  }

  /// The part of the adjustment that the balance does not cover. A balance that is negative already
  /// covers nothing, and what it lacks is a debt of its own.
  public Tenge shortfall() {
    Tenge available = balance.isNegative() ? Tenge.ZERO : balance;
    Tenge uncovered = adjustment().minus(available);
    return uncovered.isNegative() ? Tenge.ZERO : uncovered;
  }

  /// The recalculation as a person has decided it (SH-TAR-14, D-37).
  ///
  /// @param admin who confirms
  /// @throws IllegalArgumentException if nobody is named
  public ConfirmedRecalculation confirmed(String admin, Instant confirmedAt) {
    return new ConfirmedRecalculation(this, admin, confirmedAt);
  }
}
