package kz.qonyrau.ledger;

import kz.qonyrau.vocabulary.Tenge;

/// Money to be moved from one wallet to another.
///
/// @param id chosen by the caller, derived from the cause and kept over retries; 1 to 80 visible
///   ASCII characters
/// @param debit where the money comes from
/// @param credit where it goes
/// @param amount above zero
/// @param reason for the reader of a statement, at most 200 characters; no personal data
public record Transfer(String id, WalletId debit, WalletId credit, Tenge amount, String reason) {

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException if the amount is not above zero, the wallets are the same or
  ///   one keeps held money, or a text is not of its form
  public Transfer {
    LedgerText.requireId("transfer id", id);
    LedgerText.requireReason(reason);
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("an amount is above zero, not " + amount);
    }
    if (debit.equals(credit)) {
      throw new IllegalArgumentException("a transfer needs two wallets, not " + debit + " twice");
    }
    if (debit.isHeld() || credit.isHeld()) {
      throw new IllegalArgumentException("held money is moved by capture and release only");
    }
  }
}
