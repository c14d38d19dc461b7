package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;

/// What became of an attempt.
///
/// @param cause the network's reason, for example `Q.850 17 / SIP 486`, or ours
/// @param byMachine whether a machine, or the network, answered in place of the subscriber
/// @param answer the name of the answer that was given to the campaign's question; empty if none
///   was
/// @param notDialled why nothing was dialled; the outcome then means nothing, the campaign stops
///   until that has changed, and the contact is called later
public record AttemptResult(
    CallOutcome outcome,
    String cause,
    Instant endedAt,
    boolean byMachine,
    Optional<String> answer,
    Optional<NotDialled> notDialled) {

  /// The result of a call that was dialled, without an answer to a question.
  public static AttemptResult of(
      CallOutcome outcome, String cause, Instant endedAt, boolean byMachine) {
    return new AttemptResult(
        outcome, cause, endedAt, byMachine, Optional.empty(), Optional.empty());
  }

  /// The result of an attempt that this product failed at.
  static AttemptResult platformFault(String cause, Instant at) {
    return of(CallOutcome.PLATFORM_FAULT, cause, at, false);
  }

  /// The result of an attempt of which nothing was dialled.
  public static AttemptResult notDialled(NotDialled why, String cause, Instant at) {
    return new AttemptResult(
        CallOutcome.PLATFORM_FAULT, cause, at, false, Optional.empty(), Optional.of(why));
  }

  /// The same, with the answer that was given.
  public AttemptResult answered(Optional<String> name) {
    return new AttemptResult(outcome, cause, endedAt, byMachine, name, notDialled);
  }

  /// Whether the carrier or the box failed, and not the subscriber was out of reach.
  boolean isFailure() {
    return outcome == CallOutcome.OPERATOR_FAILURE || outcome == CallOutcome.PLATFORM_FAULT;
  }

  /// Why nothing was dialled.
  public enum NotDialled {
    /// The money does not cover the call (SH-BAL-05).
    NO_FUNDS,
    /// What the campaign says cannot be said: the voice is not there, or broken (AC-TTS-05).
    NO_PROMPT
  }
}
