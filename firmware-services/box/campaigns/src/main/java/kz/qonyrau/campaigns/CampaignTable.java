package kz.qonyrau.campaigns;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// The statements about campaigns, their log and their lists.
final class CampaignTable {

  private static final String UNDER_WAY =
      Arrays.stream(CampaignState.values())
          .filter(CampaignState::isUnderWay)
          .map(state -> "'" + state + "'")
          .collect(Collectors.joining(", ", "(", ")"));

  private CampaignTable() {}

  /// A campaign with what only this module sees, without its progress.
  ///
  /// @param prepared whether all recipients are written down
  /// @param lastSeq no recipient that is written down has a higher sequence number
  record Stored(
      long campaignNo,
      CampaignId id,
      CampaignState state,
      CampaignOrder order,
      Instant createdAt,
      String createdBy,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt,
      boolean prepared,
      int lastSeq) {

    /// What others see of it.
    Campaign read(Handle handle) {
      return new Campaign(
          id,
          order,
          state,
          createdAt,
          createdBy,
          startedAt,
          endedAt,
          Tally.progress(handle, campaignNo, state));
    }
  }

  private static final RowMapper<Stored> STORED =
      (row, _) ->
          new Stored(
              row.getLong("campaign_no"),
              new CampaignId(row.getString("id")),
              CampaignState.valueOf(row.getString("state")),
              OrderJson.read(row.getString("campaign_order")),
              Instant.ofEpochMilli(row.getLong("created_at_ms")),
              row.getString("created_by"),
              instant(row, "started_at_ms"),
              instant(row, "ended_at_ms"),
              row.getBoolean("prepared"),
              row.getInt("recipients") + row.getInt("prepared_contact"));

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long ms = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ms));
  }

  static Optional<Stored> find(Handle handle, CampaignId id) {
    return handle
        .createQuery("SELECT * FROM campaign.campaign WHERE id = :id")
        .bind("id", id.value())
        .map(STORED)
        .findOne();
  }

  static Optional<Stored> find(Handle handle, long campaignNo) {
    return handle
        .createQuery("SELECT * FROM campaign.campaign WHERE campaign_no = :no")
        .bind("no", campaignNo)
        .map(STORED)
        .findOne();
  }

  static List<Stored> all(Handle handle) {
    return handle
        .createQuery("SELECT * FROM campaign.campaign ORDER BY campaign_no DESC")
        .map(STORED)
        .list();
  }

  static List<Stored> underWay(Handle handle) {
    return handle
        .createQuery(
            "SELECT * FROM campaign.campaign WHERE state IN " + UNDER_WAY + " ORDER BY campaign_no")
        .map(STORED)
        .list();
  }

  static Optional<CampaignId> underWayWith(Handle handle, ContactListId list) {
    return handle
        .createQuery(
            """
            SELECT c.id FROM campaign.campaign c
            JOIN campaign.campaign_list l ON l.campaign_no = c.campaign_no
            WHERE l.list_id = :list AND c.state IN
            """
                + UNDER_WAY
                + " ORDER BY c.campaign_no FETCH FIRST 1 ROWS ONLY")
        .bind("list", list.value())
        .mapTo(String.class)
        .findOne()
        .map(CampaignId::new);
  }

  static void insert(Handle handle, CampaignId id, CampaignOrder order, Instant at, String by) {
    handle
        .createUpdate(
            """
            INSERT INTO campaign.campaign (
                id, state, category, campaign_order, created_at_ms, created_by,
                prepared_lists, prepared_contact, prepared, recipients)
            VALUES (:id, 'DRAFT', :category, :order, :at, :by, 0, 0, FALSE, 0)
            """)
        .bind("id", id.value())
        .bind("category", order.category().name())
        .bind("order", OrderJson.write(order))
        .bind("at", at.toEpochMilli())
        .bind("by", by)
        .execute();
    long campaignNo = find(handle, id).orElseThrow().campaignNo();
    insertLists(handle, campaignNo, order.lists());
    Tally.begin(handle, campaignNo);
    note(handle, campaignNo, at, CampaignState.DRAFT, by, "created");
  }

  private static void insertLists(Handle handle, long campaignNo, List<ContactListId> lists) {
    for (int place = 0; place < lists.size(); place++) {
      handle
          .createUpdate(
              """
              INSERT INTO campaign.campaign_list (campaign_no, place, list_id)
              VALUES (:no, :place, :list)
              """)
          .bind("no", campaignNo)
          .bind("place", place)
          .bind("list", lists.get(place).value())
          .execute();
    }
  }

  static void change(Handle handle, long campaignNo, CampaignOrder order) {
    handle
        .createUpdate(
            """
            UPDATE campaign.campaign SET campaign_order = :order, category = :category
            WHERE campaign_no = :no
            """)
        .bind("order", OrderJson.write(order))
        .bind("category", order.category().name())
        .bind("no", campaignNo)
        .execute();
    handle
        .createUpdate("DELETE FROM campaign.campaign_list WHERE campaign_no = :no")
        .bind("no", campaignNo)
        .execute();
    insertLists(handle, campaignNo, order.lists());
  }

  static void delete(Handle handle, long campaignNo) {
    for (String table : List.of("campaign_event", "campaign_list", "tally", "campaign")) {
      handle
          .createUpdate("DELETE FROM campaign." + table + " WHERE campaign_no = :no")
          .bind("no", campaignNo)
          .execute();
    }
  }

  /// Moves a campaign to a state and writes that down.
  static void move(
      Handle handle, long campaignNo, CampaignState state, Instant at, String by, String why) {
    handle
        .createUpdate("UPDATE campaign.campaign SET state = :state WHERE campaign_no = :no")
        .bind("state", state.name())
        .bind("no", campaignNo)
        .execute();
    if (state == CampaignState.SCHEDULED) {
      handle
          .createUpdate(
              """
              UPDATE campaign.campaign SET started_at_ms = :at
              WHERE campaign_no = :no AND started_at_ms IS NULL
              """)
          .bind("at", at.toEpochMilli())
          .bind("no", campaignNo)
          .execute();
    }
    if (state.isOver()) {
      handle
          .createUpdate("UPDATE campaign.campaign SET ended_at_ms = :at WHERE campaign_no = :no")
          .bind("at", at.toEpochMilli())
          .bind("no", campaignNo)
          .execute();
    }
    note(handle, campaignNo, at, state, by, why);
  }

  /// Writes into a campaign's log.
  ///
  /// @param state that it is in from then on
  static void note(
      Handle handle, long campaignNo, Instant at, CampaignState state, String by, String why) {
    handle
        .createUpdate(
            """
            INSERT INTO campaign.campaign_event (campaign_no, at_ms, state, who, why)
            VALUES (:no, :at, :state, :by, :why)
            """)
        .bind("no", campaignNo)
        .bind("at", at.toEpochMilli())
        .bind("state", state.name())
        .bind("by", by)
        .bind("why", why)
        .execute();
  }

  static List<CampaignEvent> log(Handle handle, long campaignNo) {
    return handle
        .createQuery(
            """
            SELECT at_ms, state, who, why FROM campaign.campaign_event
            WHERE campaign_no = :no ORDER BY event_no
            """)
        .bind("no", campaignNo)
        .map((row, _) ->
            new CampaignEvent(
                Instant.ofEpochMilli(row.getLong("at_ms")),
                CampaignState.valueOf(row.getString("state")),
                row.getString("who"),
                row.getString("why")))
        .list();
  }

  static List<Campaigns.NumberedEvent> events(Handle handle, long after, int size) {
    return handle
        .createQuery(
            """
            SELECT e.event_no, c.id, e.at_ms, e.state, e.who, e.why
            FROM campaign.campaign_event e
            JOIN campaign.campaign c ON c.campaign_no = e.campaign_no
            WHERE e.event_no > :after ORDER BY e.event_no FETCH FIRST :size ROWS ONLY
            """)
        .bind("after", after)
        .bind("size", size)
        .map((row, _) ->
            new Campaigns.NumberedEvent(
                row.getLong("event_no"),
                new CampaignId(row.getString("id")),
                new CampaignEvent(
                    Instant.ofEpochMilli(row.getLong("at_ms")),
                    CampaignState.valueOf(row.getString("state")),
                    row.getString("who"),
                    row.getString("why"))))
        .list();
  }

  static long lastEvent(Handle handle) {
    return handle
        .createQuery("SELECT COALESCE(MAX(event_no), 0) FROM campaign.campaign_event")
        .mapTo(Long.class)
        .one();
  }
}
