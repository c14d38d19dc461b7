package kz.qonyrau.console;

import java.util.List;
import java.util.Optional;
import kz.qonyrau.calls.Bill;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.ledger.Movement;
import kz.qonyrau.ledger.MovementKind;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;

/// A movement and what it was for.
///
/// @param campaignName empty text if it is of no campaign
/// @param bill what its call came to; empty if it is of no call
record StatementEntry(
    Movement movement,
    Optional<CallId> call,
    Optional<CampaignId> campaign,
    String campaignName,
    Optional<Bill> bill) {

  /// What the charge is made of. Empty unless it adds up to the movement to the tiyn: a statement
  /// says nothing that is not so.
  List<CostLine> lines() {
    if (movement.kind() != MovementKind.CAPTURE) {
      return List.of();
    }
    List<CostLine> lines = bill.map(Bill::lines).orElse(List.of());
    Tenge sum = lines.stream().map(CostLine::amount).reduce(Tenge.ZERO, Tenge::plus);
    return sum.equals(movement.amount().negated()) ? lines : List.of();
  }
}
