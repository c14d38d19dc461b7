package kz.qonyrau.fleet;

import kz.qonyrau.wire.LeaseDocument;

/// What became of an order to let a box spend more. Only [Granted] has changed anything.
public sealed interface CreditResult {

  record Granted(LeaseDocument lease) implements CreditResult {}

  /// The same order was carried out before; nothing has moved again.
  record AlreadyGranted(LeaseDocument lease) implements CreditResult {}

  /// The key was used for another box or amount.
  record KeyTaken() implements CreditResult {}

  record NoSuchBox() implements CreditResult {}
}
