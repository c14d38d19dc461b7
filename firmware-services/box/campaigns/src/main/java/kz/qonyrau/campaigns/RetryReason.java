package kz.qonyrau.campaigns;

import java.time.Duration;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;

/// Why a contact may be called again.
///
/// What this product failed at may have reached somebody, and whom the customer did not want called
/// any more is not called: these are no reasons. A number that does not exist stays so, and its
/// contact is called at another one or not at all.
public enum RetryReason {
  NO_ANSWER(Duration.ofMinutes(5)),
  BUSY(Duration.ofMinutes(1)),
  UNREACHABLE(Duration.ofMinutes(5)),
  /// Who declined a call is left alone for a while.
  REJECTED(Duration.ofHours(1)),
  OPERATOR_FAILURE(Duration.ofMinutes(1)),
  /// A machine, or the network, answered in place of the subscriber and was hung up on.
  MACHINE(Duration.ofMinutes(5)),
  /// Nobody was disturbed, so the other number may be called at once.
  INVALID_NUMBER(Duration.ZERO);

  private final Duration leastPause;

  RetryReason(Duration leastPause) {
    this.leastPause = leastPause;
  }

  /// The shortest time between such an attempt and the next.
  public Duration leastPause() {
    return leastPause;
  }

  /// The reason that a result gives; empty if it is final whatever the policy says.
  static Optional<RetryReason> of(AttemptResult result) {
    return of(result.outcome(), result.byMachine());
  }

  static Optional<RetryReason> of(CallOutcome outcome, boolean byMachine) {
    return switch (outcome) {
      case ANSWERED -> byMachine ? Optional.of(MACHINE) : Optional.empty();
      case BUSY -> Optional.of(BUSY);
      case NO_ANSWER -> Optional.of(NO_ANSWER);
      case UNREACHABLE -> Optional.of(UNREACHABLE);
      case REJECTED -> Optional.of(REJECTED);
      case OPERATOR_FAILURE -> Optional.of(OPERATOR_FAILURE);
      case INVALID_NUMBER -> Optional.of(INVALID_NUMBER);
      case PLATFORM_FAULT, CUSTOMER_ABORT -> Optional.empty();
    };
  }
}
