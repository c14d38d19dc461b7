package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// The statements that find whom to call next: who waits for his first call, and whose pause is
/// over.
final class CandidateTable {

  /// Those who wait for nothing have no time and stand behind all times in Derby's index: a look
  /// for the first time needs an end, or it reads every one of them.
  private static final long NEVER = Long.MAX_VALUE;

  private CandidateTable() {}

  /// Who waits for a call among the recipients after `after` up to `to`, in order.
  static List<Candidate> pending(Handle handle, long campaignNo, int after, int to) {
    return handle
        .createQuery(
            """
            SELECT seq, dials FROM campaign.recipient
            WHERE campaign_no = :no AND seq > :after AND seq <= :to AND state IN ('PENDING', 'DUE')
            ORDER BY seq
            """)
        .bind("no", campaignNo)
        .bind("after", after)
        .bind("to", to)
        .map((row, _) -> new Candidate(row.getInt("seq"), new Msisdn(row.getString("dials"))))
        .list();
  }

  /// Lets recipients wait for their call whose pause is over, or whom no cap keeps any more, those
  /// who are due first first.
  ///
  /// @param to the last who may; whoever comes behind has not been looked at since the start
  static List<Candidate> wake(Handle handle, long campaignNo, int to, Instant now, int most) {
    record Due(Candidate candidate, Stage stage) {}
    List<Due> due =
        handle
            .createQuery(
                """
                SELECT seq, dials, state, result, due_at_ms FROM campaign.recipient
                WHERE campaign_no = :no AND due_at_ms <= :now AND seq <= :to
                    AND state IN ('WAITING', 'CAPPED', 'CAPPED_AGAIN')
                ORDER BY due_at_ms FETCH FIRST :most ROWS ONLY
                """)
            .bind("no", campaignNo)
            .bind("now", now.toEpochMilli())
            .bind("to", to)
            .bind("most", most)
            .map((row, _) ->
                new Due(
                    new Candidate(row.getInt("seq"), new Msisdn(row.getString("dials"))),
                    new Stage(
                        StoredState.valueOf(row.getString("state")),
                        Optional.ofNullable(row.getString("result")).orElse(""),
                        Optional.of(Instant.ofEpochMilli(row.getLong("due_at_ms"))))))
            .list();
    for (Due one : due) {
      var _ = Stage.move(handle, campaignNo, one.candidate.seq(), one.stage, one.stage.ready());
    }
    return due.stream().map(Due::candidate).toList();
  }

  /// When the next recipient up to `to` is due who waits for that, and why he waits; empty if
  /// nobody does.
  static Optional<NextDue> nextDue(Handle handle, long campaignNo, int to) {
    return handle
        .createQuery(
            """
            SELECT due_at_ms, state FROM campaign.recipient
            WHERE campaign_no = :no AND due_at_ms > 0 AND due_at_ms < :never AND seq <= :to
            ORDER BY due_at_ms FETCH FIRST ROW ONLY
            """)
        .bind("no", campaignNo)
        .bind("never", NEVER)
        .bind("to", to)
        .map((row, _) ->
            new NextDue(
                Instant.ofEpochMilli(row.getLong("due_at_ms")),
                StoredState.valueOf(row.getString("state")) != StoredState.WAITING))
        .findOne();
  }

  /// When the first of those is due who wait, for this reason.
  static Optional<Instant> firstDue(Handle handle, long campaignNo, List<StoredState> states) {
    return handle
        .createQuery(
            """
            SELECT due_at_ms FROM campaign.recipient
            WHERE campaign_no = :no AND due_at_ms > 0 AND due_at_ms < :never
              AND state IN (<states>)
            ORDER BY due_at_ms FETCH FIRST ROW ONLY
            """)
        .bind("no", campaignNo)
        .bind("never", NEVER)
        .bindList("states", states.stream().map(StoredState::name).toList())
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  /// Has everybody looked at again whom a cap keeps, because caps were changed.
  static void releaseCapped(Handle handle, Instant now) {
    for (CampaignTable.Stored campaign : CampaignTable.underWay(handle)) {
      handle
          .createUpdate(
              """
              UPDATE campaign.recipient SET due_at_ms = :now
              WHERE campaign_no = :no AND due_at_ms > :now AND state IN ('CAPPED', 'CAPPED_AGAIN')
              """)
          .bind("now", now.toEpochMilli())
          .bind("no", campaign.campaignNo())
          .execute();
    }
  }
}
