package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.WalletKind;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The fleet's side of central's book. Every posting has an id of its own and may be repeated.
///
/// What a customer may spend on his boxes lies in the boxes' wallets; the rest is free in his own
/// (SH-BAL-15). A box that spent more than was set aside takes its wallet below zero, because
/// central repeats what happened and does not judge it.
final class Wallets {

  private static final WalletId USAGE = new WalletId("provider/usage");

  private final Ledger ledger;
  private final Billing billing;
  private final Set<BoxId> open = ConcurrentHashMap.newKeySet();

  Wallets(Ledger ledger, Billing billing) {
    this.ledger = ledger;
    this.billing = billing;
  }

  /// Opens the wallets that a box needs, once in a run of the program.
  Future<Void> ready(BoxId box, OrganisationId organisation) {
    if (open.contains(box)) {
      return Future.succeededFuture();
    }
    return billing
        .ready(organisation)
        .compose(_ -> ledger.openWallet(USAGE, true))
        .compose(_ -> ledger.openWallet(of(box), true))
        .map(_ -> {
          open.add(box);
          return null;
        });
  }

  /// What could be set aside for a box; zero if the customer owes.
  Tenge free(Handle handle, OrganisationId organisation) {
    Tenge balance = balance(handle, organisation);
    return balance.isNegative() ? Tenge.ZERO : balance;
  }

  /// What of a customer's money is set aside for no box; below zero if he owes.
  Tenge balance(Handle handle, OrganisationId organisation) {
    return ledger.balance(handle, WalletKind.AUTOCALL.of(organisation)).available();
  }

  /// Sets money aside for a box, as its lease of this version says.
  void setAside(Handle handle, OrganisationId organisation, BoxId box, long version, Tenge amount) {
    post(
        handle,
        "lease/" + box + "/" + version,
        WalletKind.AUTOCALL.of(organisation),
        of(box),
        amount,
        "lease " + version);
  }

  /// Takes back what was set aside, as the lease of this version says.
  void takeBack(Handle handle, OrganisationId organisation, BoxId box, long version, Tenge amount) {
    post(
        handle,
        "lease-back/" + box + "/" + version,
        of(box),
        WalletKind.AUTOCALL.of(organisation),
        amount,
        "lease " + version + " takes back");
  }

  /// Takes back what the box gave back of its own accord.
  ///
  /// @param returned everything that it ever gave back, which names the posting
  void giveBack(
      Handle handle, OrganisationId organisation, BoxId box, Tenge returned, Tenge amount) {
    post(
        handle,
        "returned/" + box + "/" + returned.tiyn(),
        of(box),
        WalletKind.AUTOCALL.of(organisation),
        amount,
        "given back by the box");
  }

  /// Repeats what a box has spent.
  void spend(Handle handle, BoxId box, String item, Tenge amount) {
    // Bound to the box, so that no box can use up another's item.
    UUID id = UUID.nameUUIDFromBytes((box + "/" + item).getBytes(StandardCharsets.UTF_8));
    post(handle, "usage/" + id, of(box), USAGE, amount, item);
  }

  private void post(
      Handle handle, String id, WalletId from, WalletId to, Tenge amount, String reason) {
    TransferResult result = ledger.transfer(handle, new Transfer(id, from, to, amount, reason));
    switch (result) {
      case TransferResult.Transferred _, TransferResult.AlreadyTransferred _ -> {}
      case TransferResult.IdTaken _,
          TransferResult.NotEnoughFunds _,
          TransferResult.NoSuchWallet _ ->
          throw new IllegalStateException("the book refuses " + id + ": " + result);
    }
  }

  /// The wallet of what is set aside for a box.
  static WalletId of(BoxId box) {
    return new WalletId("box/" + box);
  }
}
