package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;

/// What became of an attempt.
///
/// @param cause the network's reason, for example `Q.850 17 / SIP 486`, or ours
/// @param notDialled why nothing was dialled; the outcome then means nothing, the campaign stops
///   until that has changed, and the contact is called later
public record AttemptResult(
    CallOutcome outcome, String cause, Instant endedAt, Optional<NotDialled> notDialled) {

  /// Why nothing was dialled.
  public enum NotDialled {
    /// The money does not cover the call (SH-BAL-05).
    NO_FUNDS,
    /// What the campaign says cannot be said: the voice is not there, or broken (AC-TTS-05).
    NO_PROMPT
  }
}
