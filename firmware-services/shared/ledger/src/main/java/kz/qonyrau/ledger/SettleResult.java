package kz.qonyrau.ledger;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// What became of the settling of a hold. Only [Settled] has changed anything.
public sealed interface SettleResult {

  record Settled(Tenge captured, Tenge released, Instant at) implements SettleResult {}

  /// The hold was settled before, with these amounts. After a retry they are the ones asked for.
  record AlreadySettled(Tenge captured, Tenge released) implements SettleResult {}

  record NoSuchHold(String id) implements SettleResult {}

  /// The cost exceeds what was set aside; the hold stands as it was.
  record MoreThanHeld(Tenge held) implements SettleResult {}
}
