package kz.qonyrau.ledger;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// What became of a wish to set money aside. Only [Held] has changed anything.
public sealed interface HoldResult {

  /// The money is set aside.
  ///
  /// @param amount all that this hold now holds
  record Held(Tenge amount, Instant at) implements HoldResult {}

  /// The same was asked before and the money is still set aside; whoever retries may take this as
  /// success.
  ///
  /// @param amount all that this hold now holds
  /// @param at when the earlier one was made
  record AlreadyHeld(Tenge amount, Instant at) implements HoldResult {}

  /// The wallet does not cover the amount (SH-BAL-05).
  record NotEnoughFunds(Tenge available) implements HoldResult {}

  record NoSuchWallet(WalletId wallet) implements HoldResult {}

  /// The hold was captured, released or too old before: no money stands behind the item any more.
  record HoldIsOver(HoldState state) implements HoldResult {}

  /// Another hold or extension has this id. The caller has a bug, and nothing has moved.
  record IdTaken(String id) implements HoldResult {}
}
