package kz.qonyrau.calls;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;

/// What became of an order.
public sealed interface CallResult {

  /// The attempt has its one final result.
  ///
  /// @param cause the network's or our reason, for technicians, for example `Q.850 17, SIP 486`
  /// @param who who answered; empty if nobody did or nobody asked
  /// @param question how the question went; empty if none was asked
  record Finished(
      CallOutcome outcome,
      String cause,
      Instant endedAt,
      Optional<WhoAnswered> who,
      Optional<TurnResult> question)
      implements CallResult {}

  /// There was no money for the first step (SH-BAL-05). Nothing rang and nothing was written; the
  /// subscriber may be tried again under another id.
  record NoFunds() implements CallResult {}
}
