package kz.qonyrau.billing;

import java.util.Arrays;
import java.util.Optional;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The postings of central's book that are no service: payments, and what two people decided. Each
/// has an id that comes from its cause, so it may be repeated.
final class Corrections {

  /// Where customers' payments come from. Its balance, negated, is what they paid.
  static final WalletId BANK = new WalletId("provider/bank");

  /// Who pays compensations and earns penalties.
  static final WalletId GOODWILL = new WalletId("provider/corrections");

  private static final String TOP_UP = "top-up/";
  private static final String CORRECTION = "correction/";
  private static final String REVERSAL = "reversal/";
  private static final String USAGE = "usage/";
  private static final String BOX = "box/";

  private final Ledger ledger;
  private final BoxOwners owners;

  Corrections(Ledger ledger, BoxOwners owners) {
    this.ledger = ledger;
    this.owners = owners;
  }

  void topUp(Handle handle, TopUp topUp) {
    post(
        handle,
        TOP_UP + topUp.key(),
        BANK,
        topUp.wallet().of(topUp.organisation()),
        topUp.amount(),
        topUp.reference());
  }

  void compensate(Handle handle, String proposal, Measure.Compensation measure, String reason) {
    WalletId wallet = measure.wallet().of(measure.organisation());
    post(handle, CORRECTION + proposal, GOODWILL, wallet, measure.amount(), reason);
  }

  void charge(Handle handle, String proposal, Measure.Penalty measure, String reason) {
    WalletId wallet = measure.wallet().of(measure.organisation());
    post(handle, CORRECTION + proposal, wallet, GOODWILL, measure.amount(), reason);
  }

  /// Why a posting cannot be reversed for a customer, if it cannot.
  Optional<DecisionResult.NotPossible> fault(Handle handle, Measure.Reversal measure) {
    String id = measure.posting();
    Optional<Transfer> posted = ledger.posted(handle, id);
    if (posted.isEmpty()) {
      return refused("NO_SUCH_POSTING", "posting: there is none of this id");
    }
    if (!isReversible(id)) {
      return refused(
          "NOT_REVERSIBLE",
          "posting: only payments, corrections and used items are reversed, not " + id);
    }
    if (ledger.posted(handle, REVERSAL + id).isPresent()) {
      return refused("ALREADY_REVERSED", "posting: it was reversed before");
    }
    return isOf(handle, posted.get(), measure.organisation())
        ? Optional.empty()
        : refused("NOT_THIS_CUSTOMER", "posting: it moved another customer's money");
  }

  private static boolean isReversible(String id) {
    return id.startsWith(TOP_UP) || id.startsWith(CORRECTION) || id.startsWith(USAGE);
  }

  /// Posts the same amount the other way. What a box used goes back to the part of the wallet that
  /// no box has.
  void reverse(Handle handle, Measure.Reversal measure, String reason) {
    Transfer posted = ledger.posted(handle, measure.posting()).orElseThrow();
    WalletId back =
        boxOf(posted).isPresent() ? WalletKind.AUTOCALL.of(measure.organisation()) : posted.debit();
    post(handle, REVERSAL + measure.posting(), posted.credit(), back, posted.amount(), reason);
  }

  private boolean isOf(Handle handle, Transfer posted, OrganisationId organisation) {
    Optional<BoxId> box = boxOf(posted);
    if (box.isPresent()) {
      return owners.ownerOf(handle, box.get()).equals(Optional.of(organisation));
    }
    return Arrays.stream(WalletKind.values())
        .map(kind -> kind.of(organisation))
        .anyMatch(wallet -> posted.debit().equals(wallet) || posted.credit().equals(wallet));
  }

  private static Optional<BoxId> boxOf(Transfer posted) {
    String debit = posted.debit().value();
    return debit.startsWith(BOX)
        ? Optional.of(new BoxId(debit.substring(BOX.length())))
        : Optional.empty();
  }

  private static Optional<DecisionResult.NotPossible> refused(String code, String why) {
    return Optional.of(new DecisionResult.NotPossible(code, why));
  }

  private void post(
      Handle handle, String id, WalletId from, WalletId to, Tenge amount, String reason) {
    Postings.post(ledger, handle, id, from, to, amount, reason);
  }
}
