package kz.qonyrau.billing;

import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Posts what was decided before, so that only a bug can be refused.
final class Postings {

  private static final int LONGEST_REASON = 200;

  private Postings() {}

  /// Moves money, once for each id.
  ///
  /// @param reason is cut to what a posting can bear
  static void post(
      Ledger ledger,
      Handle handle,
      String id,
      WalletId from,
      WalletId to,
      Tenge amount,
      String reason) {
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
}
