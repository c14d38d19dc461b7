package kz.qonyrau.campaigns;

import java.util.Optional;
import kz.qonyrau.campaigns.AttemptTable.OpenAttempt;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import org.jdbi.v3.core.Handle;

/// Writes down how attempts ended and what that means for their recipients: a final result, another
/// call, or none ever again. An attempt ends once; repeating it changes nothing.
final class AttemptEnds {

  private AttemptEnds() {}

  /// Writes the final result of an attempt. It is the recipient's, unless he is called again. The
  /// first result stays.
  ///
  /// @param campaign of the attempt, as it stands now
  /// @param timetable of that campaign
  static void close(
      Handle handle,
      CampaignTable.Stored campaign,
      Timetable timetable,
      OpenAttempt attempt,
      AttemptResult result) {
    if (!closeAttempt(handle, attempt.call(), "CLOSED", result)) {
      return;
    }
    suppressIfAsked(handle, campaign, attempt, result);
    long no = attempt.campaignNo();
    int seq = attempt.candidate().seq();
    Optional<NextCall> again = again(handle, campaign, timetable, seq, result);
    CallOutcome outcome = result.outcome();
    Stage next =
        again.map(call -> Stage.waiting(outcome, call.at())).orElseGet(() -> Stage.done(outcome));
    if (Stage.move(handle, no, seq, Stage.PENDING.called(), next)) {
      again
          .map(NextCall::number)
          .filter(number -> !number.equals(attempt.candidate().number()))
          .ifPresent(number -> RecipientNumbers.dial(handle, no, seq, number));
    }
  }

  /// Closes an attempt of which nothing was dialled; the recipient waits again.
  static void withdraw(Handle handle, OpenAttempt attempt, AttemptResult result) {
    if (!closeAttempt(handle, attempt.call(), "WITHDRAWN", result)) {
      return;
    }
    long no = attempt.campaignNo();
    int seq = attempt.candidate().seq();
    Stage called = Stage.of(handle, no, seq);
    if (called.state() == StoredState.ACTIVE) {
      var _ = Stage.move(handle, no, seq, called, called.ready());
    }
  }

  /// Whoever asked not to be called is called no more, from the same transaction on.
  private static void suppressIfAsked(
      Handle handle, CampaignTable.Stored campaign, OpenAttempt attempt, AttemptResult result) {
    campaign.order().asking().stream()
        .flatMap(asking -> asking.answers().stream())
        .filter(answer -> answer.withdraws() && result.answer().equals(Optional.of(answer.name())))
        .findFirst()
        .ifPresent(answer -> {
          var _ =
              Suppressions.insert(
                  handle,
                  new Suppressions.Entry(
                      attempt.candidate().number(),
                      BlockList.SUBSCRIBER,
                      "«" + answer.name() + "», " + campaign.order().name(),
                      Campaigns.SYSTEM,
                      result.endedAt()));
        });
  }

  /// When and where the recipient is called again, as the policy says of all his attempts.
  private static Optional<NextCall> again(
      Handle handle,
      CampaignTable.Stored campaign,
      Timetable timetable,
      int seq,
      AttemptResult result) {
    RetryPolicy policy = campaign.order().retries();
    if (campaign.state().isOver() || policy.retries().isEmpty()) {
      return Optional.empty();
    }
    long no = campaign.campaignNo();
    return NextCall.after(
        result,
        PastAttempt.of(handle, no, seq),
        RecipientNumbers.of(handle, no, seq).own(),
        policy,
        timetable);
  }

  private static boolean closeAttempt(
      Handle handle, CallId call, String state, AttemptResult result) {
    String cause = result.cause();
    return handle
            .createUpdate(
                """
                UPDATE campaign.attempt
                SET state = :state, outcome = :outcome, cause = :cause, ended_at_ms = :at,
                  by_machine = :byMachine
                WHERE call_id = :call AND state = 'OPEN'
                """)
            .bind("state", state)
            .bind("outcome", state.equals("CLOSED") ? result.outcome().name() : null)
            .bind("cause", cause.length() > 200 ? cause.substring(0, 200) : cause)
            .bind("at", result.endedAt().toEpochMilli())
            .bind("byMachine", result.byMachine())
            .bind("call", call.value())
            .execute()
        == 1;
  }
}
