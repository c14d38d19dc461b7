package kz.qonyrau.ledger;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// What became of a transfer. Only [Transferred] has changed anything.
public sealed interface TransferResult {

  record Transferred(Instant at) implements TransferResult {}

  /// The same transfer was made before; whoever retries may take this as success.
  record AlreadyTransferred(Instant at) implements TransferResult {}

  /// Another transfer has this id. The caller has a bug, and nothing has moved.
  record IdTaken(Transfer holder) implements TransferResult {}

  record NotEnoughFunds(Tenge available) implements TransferResult {}

  record NoSuchWallet(WalletId wallet) implements TransferResult {}
}
