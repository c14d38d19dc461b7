package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The fleet's side of central's book. Every posting has an id of its own and may be repeated.
///
/// What an organisation may spend on its boxes lies in the boxes' wallets; the rest is free in its
/// own (SH-BAL-15). A box that spent more than was set aside takes its wallet below zero, because
/// central repeats what happened and does not judge it.
final class Wallets {

  private static final WalletId BANK = new WalletId("provider/bank");
  private static final WalletId USAGE = new WalletId("provider/usage");
  private static final int LONGEST_REASON = 200;

  private final Ledger ledger;
  private final Set<BoxId> open = ConcurrentHashMap.newKeySet();

  Wallets(Ledger ledger) {
    this.ledger = ledger;
  }

  /// Opens the wallets that a box needs, once in a run of the program.
  Future<Void> ready(BoxId box, String organisationId) {
    if (open.contains(box)) {
      return Future.succeededFuture();
    }
    return Future.all(
            ledger.openWallet(BANK, true),
            ledger.openWallet(USAGE, false),
            ledger.openWallet(free(organisationId), false),
            ledger.openWallet(of(box), true))
        .map(_ -> {
          open.add(box);
          return null;
        });
  }

  /// Sets money of an organisation aside for a box. Its own wallet is filled from the provider's
  /// first: until payments are taken, an admin's order is the payment.
  void setAside(
      Handle handle, String key, String organisationId, BoxId box, Tenge amount, String reason) {
    WalletId free = free(organisationId);
    post(handle, "top-up/" + key, BANK, free, amount, reason);
    post(handle, "lease/" + key, free, of(box), amount, reason);
  }

  /// Repeats what a box has spent.
  void spend(Handle handle, BoxId box, String item, Tenge amount) {
    // Bound to the box, so that no box can use up another's item.
    UUID id = UUID.nameUUIDFromBytes((box + "/" + item).getBytes(StandardCharsets.UTF_8));
    post(handle, "usage/" + id, of(box), USAGE, amount, item);
  }

  private void post(
      Handle handle, String id, WalletId from, WalletId to, Tenge amount, String reason) {
    String brief = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
    TransferResult result = ledger.transfer(handle, new Transfer(id, from, to, amount, brief));
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

  private static WalletId free(String organisationId) {
    return new WalletId("organisation/" + organisationId);
  }
}
