package kz.qonyrau.telephony;

import java.time.Instant;
import kz.qonyrau.vocabulary.CallOutcome;

/// What became of one attempt to reach a callee (AC-CAL-06).
///
/// Everything that the network can report is one of these values. A `switch` over an outcome has no
/// `default`, so the compiler finds every place that a new outcome must be thought about.
public sealed interface DialOutcome {

  /// The final result under which the attempt is counted.
  CallOutcome outcome();

  /// The network said that nobody would, or nobody did.
  sealed interface Unanswered extends DialOutcome {

    /// In the network's words.
    HangupCause cause();
  }

  /// Someone, or an answering machine, picked up at `at`, and the call's audio is connected.
  record Answered(LiveCall call, Instant at) implements DialOutcome {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.ANSWERED;
    }
  }

  /// The callee's line is in use.
  record Busy(HangupCause cause) implements Unanswered {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.BUSY;
    }
  }

  /// It rang and nobody picked up.
  record NoAnswer(HangupCause cause) implements Unanswered {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.NO_ANSWER;
    }
  }

  /// The callee, or the network on his behalf, declined.
  record Rejected(HangupCause cause) implements Unanswered {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.REJECTED;
    }
  }

  /// The callee's phone is switched off or out of coverage.
  record Unreachable(HangupCause cause) implements Unanswered {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.UNREACHABLE;
    }
  }

  /// No such number.
  record InvalidNumber(HangupCause cause) implements Unanswered {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.INVALID_NUMBER;
    }
  }

  /// The carrier could not complete the call.
  record OperatorFailure(HangupCause cause) implements Unanswered {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.OPERATOR_FAILURE;
    }
  }

  /// This product failed; `why` says it in a few words for the technician and names no subscriber.
  record PlatformFault(String why) implements DialOutcome {
    @Override
    public CallOutcome outcome() {
      return CallOutcome.PLATFORM_FAULT;
    }
  }
}
