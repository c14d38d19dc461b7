package kz.qonyrau.ledger;

import kz.qonyrau.vocabulary.Tenge;

/// Money to be set aside before an item is rendered (SH-BAL-06).
///
/// @param id derived from the item, for example `call/` and the call's id; 1 to 80 visible ASCII
///   characters
/// @param wallet whose money
/// @param amount above zero
public record Hold(String id, WalletId wallet, Tenge amount) {

  /// Checks the parts.
  ///
  /// @throws IllegalArgumentException if the amount is not above zero, the id is not of its form,
  ///   or the wallet itself keeps held money
  public Hold {
    LedgerText.requireId("hold id", id);
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("an amount is above zero, not " + amount);
    }
    if (wallet.isHeld()) {
      throw new IllegalArgumentException("held money cannot be held again");
    }
  }
}
