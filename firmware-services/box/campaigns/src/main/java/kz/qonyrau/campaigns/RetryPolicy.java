package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;

/// For which reasons contacts of a campaign are called again, how often and when (AC-CMP-07). Pure.
///
/// Each reason counts for itself; besides, no contact is attempted more often than `mostAttempts`.
///
/// @param mostAttempts to one contact, the first included, 1 to 20
/// @param retries reasons that are not here end a contact's part in the campaign
public record RetryPolicy(int mostAttempts, Map<RetryReason, Retry> retries) {

  /// To one contact, over all reasons.
  public static final int MOST_ATTEMPTS = 20;

  /// Everybody is called once.
  public static final RetryPolicy NONE = new RetryPolicy(1, Map.of());

  /// @throws InvalidFieldException naming the field whose value is out of its range
  public RetryPolicy {
    retries = Map.copyOf(retries);
    if (mostAttempts < 1 || mostAttempts > MOST_ATTEMPTS) {
      throw new InvalidFieldException(
          "mostAttempts", "Attempts must be 1 to " + MOST_ATTEMPTS + ", not " + mostAttempts + ".");
    }
    retries.forEach((reason, retry) -> {
      if (retry.pause().compareTo(reason.leastPause()) < 0) {
        throw new InvalidFieldException(
            reason.name(),
            "After "
                + reason
                + " the pause must be at least "
                + reason.leastPause().toMinutes()
                + " min.");
      }
      if (reason == RetryReason.INVALID_NUMBER && retry.next() != NextNumber.OTHER) {
        throw new InvalidFieldException(
            reason.name(), "A number that does not exist is not called again; set next to OTHER.");
      }
    });
  }

  /// Checks that calls which treat machines so can end for the reasons that this policy names.
  ///
  /// @throws InvalidFieldException if they cannot
  public void requireFitting(MachineRule machines) {
    if (retries.containsKey(RetryReason.MACHINE) && machines != MachineRule.HANG_UP) {
      throw new InvalidFieldException(
          RetryReason.MACHINE.name(),
          "Only where machines are hung up on, contacts are called again; set machines to HANG_UP.");
    }
  }

  /// When a contact is called again, if his number has not to wait for longer.
  ///
  /// @param before how his attempts in this campaign ended, the last one included; those for no
  ///   reason of this type are left out
  /// @param attempts all of them
  /// @return the first instant at which the timetable lets him be called once the pause is over;
  ///   empty if he has his final result, also because no window is left
  Optional<Instant> next(
      AttemptResult last, Map<RetryReason, Integer> before, int attempts, Timetable timetable) {
    if (attempts >= mostAttempts) {
      return Optional.empty();
    }
    RetryReason reason = RetryReason.of(last).orElse(null);
    Retry retry = reason == null ? null : retries.get(reason);
    if (reason == null || retry == null) {
      return Optional.empty();
    }
    int failures = before.getOrDefault(reason, 1);
    return failures > retry.times()
        ? Optional.empty()
        : timetable.opens(last.endedAt().plus(retry.pauseAfter(failures)));
  }

  /// Whether the call after one that ended so goes to another number.
  boolean changesNumber(AttemptResult last) {
    return RetryReason.of(last)
        .map(retries::get)
        .map(retry -> retry.next() == NextNumber.OTHER)
        .orElse(false);
  }

  /// Until when a number is left alone because of the calls to it: the pause after the last of them
  /// holds for it also while another number of the contact is called.
  ///
  /// @param calls all of the contact's in this campaign, oldest first
  Optional<Instant> rests(Msisdn number, List<PastAttempt> calls) {
    return calls.reversed().stream()
        .filter(call -> call.number().equals(number))
        .findFirst()
        .flatMap(last -> last.reason().flatMap(reason -> rests(last, reason, calls)));
  }

  private Optional<Instant> rests(PastAttempt last, RetryReason reason, List<PastAttempt> calls) {
    return Optional.ofNullable(retries.get(reason))
        .map(retry -> last.endedAt().plus(retry.pauseAfter(PastAttempt.amount(calls, reason))));
  }
}
