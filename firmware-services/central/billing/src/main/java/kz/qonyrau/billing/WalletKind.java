package kz.qonyrau.billing;

import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.vocabulary.OrganisationId;

/// The wallets of a customer (SH-BAL-02). No money goes from one to another, because each has its
/// own rules of refund.
public enum WalletKind {
  /// Prepaid money for calls, messages and what belongs to them.
  AUTOCALL,
  /// Prepaid money for the analysis of conversations.
  ANALYTICS,
  /// Promotional units for the analysis of conversations.
  ANALYTICS_BONUS,
  /// Prepaid periods of seller analytics.
  XTRACK;

  /// The part of the wallet that no box has: what can be set aside for one.
  public WalletId of(OrganisationId organisation) {
    return new WalletId("account/" + organisation + "/" + name());
  }
}
