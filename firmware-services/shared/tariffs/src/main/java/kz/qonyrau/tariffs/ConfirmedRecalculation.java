package kz.qonyrau.tariffs;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// A recalculation that an admin has confirmed. Only this one is posted, and only this one can make
/// a debt (SH-TAR-14, D-07).
///
/// @param preview what was confirmed
/// @param admin who confirmed it
public record ConfirmedRecalculation(Recalculation preview, String admin, Instant confirmedAt) {

  /// @throws IllegalArgumentException if nobody is named
  public ConfirmedRecalculation {
    if (admin.isBlank()) {
      throw new IllegalArgumentException("admin must be named");
    }
  }

  /// By how much the balance moves, as one entry: zero or negative.
  public Tenge entry() {
    return preview.adjustment().negated();
  }

  /// What the customer owes from now on; empty if the balance covers the adjustment.
  public Optional<Tenge> receivable() {
    return Optional.of(preview.shortfall()).filter(Tenge::isPositive);
  }
}
