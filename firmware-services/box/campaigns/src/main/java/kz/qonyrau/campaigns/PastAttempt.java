package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// A call of a campaign to a recipient that is over.
///
/// @param number that was dialled
record PastAttempt(Msisdn number, CallOutcome outcome, boolean byMachine, Instant endedAt) {

  /// Those of one recipient, oldest first; at most [RetryPolicy#MOST_ATTEMPTS].
  static List<PastAttempt> of(Handle handle, long campaignNo, int seq) {
    return handle
        .createQuery(
            """
            SELECT number, outcome, by_machine, ended_at_ms FROM campaign.attempt
            WHERE campaign_no = :no AND recipient_seq = :seq AND state = 'CLOSED'
            ORDER BY started_at_ms
            """)
        .bind("no", campaignNo)
        .bind("seq", seq)
        .map((row, _) ->
            new PastAttempt(
                new Msisdn(row.getString("number")),
                CallOutcome.valueOf(row.getString("outcome")),
                row.getBoolean("by_machine"),
                Instant.ofEpochMilli(row.getLong("ended_at_ms"))))
        .list();
  }

  /// For which reason it may be repeated, if for any.
  Optional<RetryReason> reason() {
    return RetryReason.of(outcome, byMachine);
  }

  /// How many of these ended for a reason.
  static int amount(List<PastAttempt> calls, RetryReason reason) {
    return (int) calls.stream().filter(call -> call.reason().equals(Optional.of(reason))).count();
  }
}
