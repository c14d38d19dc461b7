package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.campaigns.RecipientNumbers.Choice;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// The statements that open attempts, each before anything rings, and find those of before.
final class AttemptTable {

  private AttemptTable() {}

  /// An attempt to be opened.
  record Opening(CallId call, long campaignNo, Candidate candidate) {}

  /// What became of an opening.
  sealed interface Opened {

    /// The row is written; dial.
    record Ready(Map<String, String> variables) implements Opened {}

    /// The number must be left alone, which is the recipient's result.
    record Excluded() implements Opened {}

    /// The number has been called often enough; the recipient waits until it may be again.
    record Capped() implements Opened {}

    /// The number must be left alone, and the recipient waits to be called at another one: now, or
    /// once it has rested from a call of this campaign.
    ///
    /// @param candidate with that number, if it may be called now
    record Redirected(Optional<Candidate> candidate) implements Opened {}

    /// The campaign does not run any more, or the recipient does not wait; nothing was written.
    record Refused() implements Opened {}
  }

  /// An attempt that has not ended yet.
  record OpenAttempt(CallId call, long campaignNo, CampaignId campaign, Candidate candidate) {}

  /// A call that is over.
  record PastCall(CampaignId campaign, Msisdn number, Instant start, Instant end) {}

  /// Opens attempts, each unless its number is to be left alone or its campaign stands.
  static List<Opened> open(Handle handle, HouseRules rules, List<Opening> openings, Instant at) {
    Map<Long, CampaignTable.Stored> campaigns = new HashMap<>();
    List<Opened> opened = new ArrayList<>();
    for (Opening opening : openings) {
      CampaignTable.Stored campaign =
          campaigns.computeIfAbsent(
              opening.campaignNo(), no -> CampaignTable.find(handle, no).orElseThrow());
      opened.add(
          campaign.state() == CampaignState.RUNNING
              ? open(handle, rules, campaign, opening, at)
              : new Opened.Refused());
    }
    return List.copyOf(opened);
  }

  private static Opened open(
      Handle handle, HouseRules rules, CampaignTable.Stored campaign, Opening opening, Instant at) {
    long no = opening.campaignNo();
    Candidate candidate = opening.candidate();
    Stage stage = Stage.of(handle, no, candidate.seq());
    if (!stage.awaitsCall()) {
      return new Opened.Refused();
    }
    RecipientNumbers numbers = RecipientNumbers.of(handle, no, candidate.seq());
    List<PastAttempt> calls =
        numbers.own().size() == 1 ? List.of() : PastAttempt.of(handle, no, candidate.seq());
    switch (numbers.choose(handle, number -> NextCall.exists(number, calls))) {
      case Choice.LeaveAlone(Consent why) -> {
        var _ = Stage.move(handle, no, candidate.seq(), stage, Stage.excluded(why));
        return new Opened.Excluded();
      }
      case Choice.Dial(Msisdn number) -> {
        if (!number.equals(candidate.number())) {
          return redirect(handle, campaign, candidate.seq(), stage, number, calls, at);
        }
      }
    }
    Optional<Instant> capped = rules.cappedUntil(handle, candidate.number(), at);
    if (capped.isPresent()) {
      var _ = Stage.move(handle, no, candidate.seq(), stage, stage.capped(capped.get()));
      return new Opened.Capped();
    }
    if (!Stage.move(handle, no, candidate.seq(), stage, stage.called())) {
      return new Opened.Refused();
    }
    handle
        .createUpdate(
            """
            INSERT INTO campaign.attempt (
                call_id, campaign_no, recipient_seq, number, state, started_at_ms, by_machine)
            VALUES (:call, :no, :seq, :number, 'OPEN', :at, FALSE)
            """)
        .bind("call", opening.call().value())
        .bind("no", no)
        .bind("seq", candidate.seq())
        .bind("number", candidate.number().e164())
        .bind("at", at.toEpochMilli())
        .execute();
    return new Opened.Ready(RecipientVariables.of(handle, no, candidate.seq()));
  }

  private static Opened redirect(
      Handle handle,
      CampaignTable.Stored campaign,
      int seq,
      Stage stage,
      Msisdn number,
      List<PastAttempt> calls,
      Instant at) {
    long no = campaign.campaignNo();
    RecipientNumbers.dial(handle, no, seq, number);
    Optional<Instant> rests =
        campaign.order().retries().rests(number, calls).filter(until -> until.isAfter(at));
    if (rests.isPresent()) {
      var _ = Stage.move(handle, no, seq, stage, stage.waits(rests.get()));
      return new Opened.Redirected(Optional.empty());
    }
    return new Opened.Redirected(Optional.of(new Candidate(seq, number)));
  }

  /// Attempts that were under way when the program stopped.
  static List<OpenAttempt> open(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT a.call_id, a.campaign_no, c.id, a.recipient_seq, a.number
            FROM campaign.attempt a
            JOIN campaign.campaign c ON c.campaign_no = a.campaign_no
            WHERE a.state = 'OPEN'
            ORDER BY a.started_at_ms
            """)
        .map((row, _) ->
            new OpenAttempt(
                new CallId(row.getString("call_id")),
                row.getLong("campaign_no"),
                new CampaignId(row.getString("id")),
                new Candidate(row.getInt("recipient_seq"), new Msisdn(row.getString("number")))))
        .list();
  }

  /// Calls that ended after `since`, oldest first.
  static List<PastCall> since(Handle handle, Instant since) {
    return handle
        .createQuery(
            """
            SELECT c.id, a.number, a.started_at_ms, a.ended_at_ms
            FROM campaign.attempt a
            JOIN campaign.campaign c ON c.campaign_no = a.campaign_no
            WHERE a.ended_at_ms > :since AND a.state = 'CLOSED'
            ORDER BY a.ended_at_ms
            """)
        .bind("since", since.toEpochMilli())
        .map((row, _) ->
            new PastCall(
                new CampaignId(row.getString("id")),
                new Msisdn(row.getString("number")),
                Instant.ofEpochMilli(row.getLong("started_at_ms")),
                Instant.ofEpochMilli(row.getLong("ended_at_ms"))))
        .list();
  }

  /// When calls to a number began since then, those of all campaigns; attempts of which nothing was
  /// dialled do not count.
  static List<Instant> starts(Handle handle, Msisdn number, Instant since) {
    return handle
        .createQuery(
            """
            SELECT started_at_ms FROM campaign.attempt
            WHERE number = :number AND started_at_ms >= :since AND state <> 'WITHDRAWN'
            """)
        .bind("number", number.e164())
        .bind("since", since.toEpochMilli())
        .mapTo(Long.class)
        .map(Instant::ofEpochMilli)
        .list();
  }

  /// Whether a number is being called, or a call to it ended behind a moment.
  static boolean rests(Handle handle, Msisdn number, Instant since) {
    return handle
        .createQuery(
            """
            SELECT call_id FROM campaign.attempt
            WHERE number = :number AND started_at_ms > :day
              AND (state = 'OPEN' OR (state = 'CLOSED' AND ended_at_ms > :since))
            FETCH FIRST ROW ONLY
            """)
        .bind("number", number.e164())
        // No call takes a day; the bound lets the index help.
        .bind("day", since.minus(Duration.ofDays(1)).toEpochMilli())
        .bind("since", since.toEpochMilli())
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }
}
