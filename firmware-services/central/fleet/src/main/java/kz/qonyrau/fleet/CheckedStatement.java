package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;

/// How a box says that its book stands, beside ours (SH-BAL-16).
///
/// @param seq the number of the message, behind all usage that it includes
/// @param at when the box made it, by its clock
/// @param state what came of the comparison
/// @param finding what does not agree, for people, in English
/// @param spentHere what the box's messages before it cost, by our book; empty while some of them
///   are missing
public record CheckedStatement(
    long seq,
    Instant at,
    BookStatement statement,
    State state,
    Optional<String> finding,
    Optional<Tenge> spentHere,
    Instant receivedAt) {

  /// What came of comparing it.
  public enum State {
    /// Messages before it have not come yet.
    WAITING,
    /// Both books agree to the tiyn.
    AGREES,
    /// They do not: LEDGER_MISMATCH.
    MISMATCH,
    /// They did not, and a person has looked into it: later statements are compared from here.
    ACCEPTED
  }
}
