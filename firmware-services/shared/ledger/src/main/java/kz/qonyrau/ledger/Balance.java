package kz.qonyrau.ledger;

import kz.qonyrau.vocabulary.Tenge;

/// What a wallet can spend, and what is set aside for items under way.
///
/// @param available not held; below zero only in a wallet that may be overdrawn
/// @param held set aside, never below zero
public record Balance(Tenge available, Tenge held) {

  /// Both together: what the customer owns until items are settled.
  public Tenge total() {
    return available.plus(held);
  }
}
