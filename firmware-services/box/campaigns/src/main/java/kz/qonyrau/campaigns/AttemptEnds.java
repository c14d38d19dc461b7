package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
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
    Optional<Instant> again = again(handle, campaign, timetable, seq, result);
    CallOutcome outcome = result.outcome();
    Stage next = again.map(due -> Stage.waiting(outcome, due)).orElseGet(() -> Stage.done(outcome));
    var _ = Stage.move(handle, no, seq, Stage.PENDING.called(), next);
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

  /// When the recipient is called again, as the policy says of all his attempts.
  private static Optional<Instant> again(
      Handle handle,
      CampaignTable.Stored campaign,
      Timetable timetable,
      int seq,
      AttemptResult result) {
    RetryPolicy policy = campaign.order().retries();
    if (campaign.state().isOver() || policy.retries().isEmpty()) {
      return Optional.empty();
    }
    Map<RetryReason, Integer> before = new EnumMap<>(RetryReason.class);
    int[] attempts = {0};
    handle
        .createQuery(
            """
            SELECT outcome, by_machine, COUNT(*) AS amount FROM campaign.attempt
            WHERE campaign_no = :no AND recipient_seq = :seq AND state = 'CLOSED'
            GROUP BY outcome, by_machine
            """)
        .bind("no", campaign.campaignNo())
        .bind("seq", seq)
        .map((row, _) ->
            Map.entry(
                RetryReason.of(
                    CallOutcome.valueOf(row.getString("outcome")), row.getBoolean("by_machine")),
                row.getInt("amount")))
        .forEach(entry -> {
          attempts[0] += entry.getValue();
          entry.getKey().ifPresent(reason -> before.merge(reason, entry.getValue(), Integer::sum));
        });
    return policy.next(result, before, attempts[0], timetable);
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
