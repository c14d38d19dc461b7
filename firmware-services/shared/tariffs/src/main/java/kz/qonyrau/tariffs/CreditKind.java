package kz.qonyrau.tariffs;

/// Why money came to an account.
public enum CreditKind {
  /// The customer paid, also if part of the payment settles a debt.
  CUSTOMER_PAYMENT,
  /// Promotional money.
  BONUS,
  /// Money back for what was not rendered.
  COMPENSATION,
  /// Money back that stays on the balance.
  REFUND_TO_BALANCE,
  /// A correction that undoes a movement.
  REVERSAL;

  /// Whether it is a top-up, which moves the account to the tariff in force (SH-TAR-05).
  public boolean movesPin() {
    return switch (this) {
      case CUSTOMER_PAYMENT -> true;
      case BONUS, COMPENSATION, REFUND_TO_BALANCE, REVERSAL -> false;
    };
  }
}
