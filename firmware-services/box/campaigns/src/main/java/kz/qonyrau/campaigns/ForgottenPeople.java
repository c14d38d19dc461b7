package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Purged;
import org.jdbi.v3.core.Handle;

/// Takes the people out of campaigns whose time is over. What a campaign came to stays, as it is
/// counted apart (SH-RET-01).
final class ForgottenPeople {

  private static final String CLASS = "CAMPAIGN_PEOPLE";

  private record Old(long campaignNo, String id, Instant startedAt, Instant endedAt) {}

  private ForgottenPeople() {}

  /// Whether a campaign has nobody, of whom its counts may still tell.
  static boolean haveGone(Handle handle, long campaignNo) {
    return handle
        .createQuery(
            """
            SELECT seq FROM campaign.recipient WHERE campaign_no = :no
            ORDER BY seq FETCH FIRST ROW ONLY
            """)
        .bind("no", campaignNo)
        .mapTo(Integer.class)
        .findOne()
        .isEmpty();
  }

  /// Deletes some recipients of one campaign with their attempts, inside the caller's transaction.
  ///
  /// @param before only of campaigns that were over before
  /// @param most how many recipients at most
  /// @return the proof, with when the campaign began and ended; empty if there is nothing left
  static Optional<Purged> forget(Handle handle, Instant before, int most) {
    Optional<Old> found =
        handle
            .createQuery(
                """
                SELECT c.campaign_no, c.id, c.started_at_ms, c.ended_at_ms
                FROM campaign.campaign c
                WHERE c.ended_at_ms < :before AND c.started_at_ms IS NOT NULL
                  AND EXISTS (
                    SELECT 1 FROM campaign.recipient r WHERE r.campaign_no = c.campaign_no)
                ORDER BY c.ended_at_ms, c.campaign_no FETCH FIRST ROW ONLY
                """)
            .bind("before", before.toEpochMilli())
            .map((row, _) ->
                new Old(
                    row.getLong("campaign_no"),
                    row.getString("id"),
                    Instant.ofEpochMilli(row.getLong("started_at_ms")),
                    Instant.ofEpochMilli(row.getLong("ended_at_ms"))))
            .findOne();
    return found.map(campaign -> forget(handle, campaign, most));
  }

  private static Purged forget(Handle handle, Old campaign, int most) {
    List<Integer> rows =
        handle
            .createQuery(
                """
                SELECT seq FROM campaign.recipient WHERE campaign_no = :no
                ORDER BY seq FETCH FIRST :most ROWS ONLY
                """)
            .bind("no", campaign.campaignNo())
            .bind("most", most)
            .mapTo(Integer.class)
            .list();
    int last = rows.getLast();
    handle
        .createUpdate(
            "DELETE FROM campaign.attempt WHERE campaign_no = :no AND recipient_seq <= :last")
        .bind("no", campaign.campaignNo())
        .bind("last", last)
        .execute();
    handle
        .createUpdate(
            "DELETE FROM campaign.recipient_other WHERE campaign_no = :no AND seq <= :last")
        .bind("no", campaign.campaignNo())
        .bind("last", last)
        .execute();
    handle
        .createUpdate("DELETE FROM campaign.recipient WHERE campaign_no = :no AND seq <= :last")
        .bind("no", campaign.campaignNo())
        .bind("last", last)
        .execute();
    return Purged.of(
        CLASS,
        rows.stream().map(row -> campaign.id() + "/" + row).toList(),
        campaign.startedAt(),
        campaign.endedAt());
  }
}
