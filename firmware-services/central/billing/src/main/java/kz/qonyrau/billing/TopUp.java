package kz.qonyrau.billing;

import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;

/// A customer's payment that has arrived and is to be credited.
///
/// @param key names the payment for good, for example the bank's number of it; 1 to 60 visible
///   ASCII characters. The same key is credited once.
/// @param organisation who paid
/// @param wallet for what; not [WalletKind#ANALYTICS_BONUS], which nobody can pay into (SH-BAL-11)
/// @param amount above zero
/// @param reference for the reader of a statement, 1 to 200 characters
/// @param by the login of who credits it, 1 to 100 characters
public record TopUp(
    String key,
    OrganisationId organisation,
    WalletKind wallet,
    Tenge amount,
    String reference,
    String by) {

  /// @throws IllegalArgumentException if a value is out of range; it names the value
  public TopUp {
    Texts.requireKey("key", key);
    Texts.require("reference", reference, 200);
    Texts.require("by", by, 100);
    if (wallet == WalletKind.ANALYTICS_BONUS) {
      throw new IllegalArgumentException("wallet: promotional units are given and not paid for");
    }
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount: above zero");
    }
  }
}
