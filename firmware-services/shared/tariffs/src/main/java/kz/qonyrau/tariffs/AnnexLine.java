package kz.qonyrau.tariffs;

import kz.qonyrau.vocabulary.Tenge;

/// One item of a recalculation: what it cost, and what it costs at the base price.
///
/// @param base with the version that was in force when the item was rendered
public record AnnexLine(BenefitItem item, RatedItem base) {

  /// Base cost less benefit cost.
  public Tenge difference() {
    return base.amount().minus(item.charged());
  }
}
