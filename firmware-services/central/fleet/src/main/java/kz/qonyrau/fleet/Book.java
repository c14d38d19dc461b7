package kz.qonyrau.fleet;

import io.vertx.core.Future;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;

/// Central's book of money, as far as the fleet posts into it. Every posting may be repeated with
/// its key and then changes nothing.
public interface Book {

  /// Sets money of an organisation aside for one of its boxes (SH-BAL-15). The organisation's
  /// wallet is filled from the provider's first: until payments are taken, an admin's order is the
  /// payment.
  Future<Void> setAside(String key, String organisationId, BoxId box, Tenge amount, String reason);

  /// Repeats at central what a box has spent of it. A box that spent more than was set aside leaves
  /// its wallet below zero.
  Future<Void> spend(String key, BoxId box, Tenge amount, String reason);
}
