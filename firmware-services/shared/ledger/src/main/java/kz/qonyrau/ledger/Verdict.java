package kz.qonyrau.ledger;

import kz.qonyrau.vocabulary.Tenge;

/// What an examination of the whole book found (SH-BAL-16).
public sealed interface Verdict {

  /// Every row follows from the one before it, and every wallet and hold from the rows.
  ///
  /// @param headHash SHA-256 of the last row, 64 hexadecimal digits; it stands for the whole book
  record Sound(long rows, String headHash) implements Verdict {}

  /// The book was changed from outside, or the disk has failed.
  ///
  /// @param firstRow the first row that is wrong or missing; 0 if the rows are sound and a wallet
  ///   or a hold disagrees with them
  record Broken(long firstRow, String why) implements Verdict {}

  /// The balances of all wallets do not sum to zero.
  record Unbalanced(Tenge sum) implements Verdict {}
}
