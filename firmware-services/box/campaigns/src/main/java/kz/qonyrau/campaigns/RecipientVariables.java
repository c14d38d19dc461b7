package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.ContactListId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// The values that the lists of a campaign hold for its recipients.
final class RecipientVariables {

  private static final String SELECT =
      """
      SELECT l.variables AS keys_of_list, k.variables AS held
      FROM campaign.recipient r
      JOIN campaign.contact_list l ON l.list_no = r.list_no
      JOIN campaign.contact k ON k.list_no = r.list_no AND k.seq = r.contact_seq
      """;

  private static final RowMapper<Map<String, String>> BY_KEY =
      (row, _) ->
          Variables.byKey(Variables.read(row.getString("keys_of_list")), row.getString("held"));

  private RecipientVariables() {}

  /// Those of one recipient.
  static Map<String, String> of(Handle handle, long campaignNo, int seq) {
    return handle
        .createQuery(SELECT + "WHERE r.campaign_no = :no AND r.seq = :seq")
        .bind("no", campaignNo)
        .bind("seq", seq)
        .map(BY_KEY)
        .findOne()
        .orElse(Map.of());
  }

  /// Those of the first contact of these lists, as an example; empty if none of them has one.
  static Map<String, String> ofFirst(Handle handle, List<ContactListId> lists) {
    return lists.stream()
        .flatMap(list -> ofFirst(handle, list).stream())
        .findFirst()
        .orElse(Map.of());
  }

  private static Optional<Map<String, String>> ofFirst(Handle handle, ContactListId list) {
    return handle
        .createQuery(
            """
            SELECT l.variables AS keys_of_list, k.variables AS held
            FROM campaign.contact_list l
            JOIN campaign.contact k ON k.list_no = l.list_no
            WHERE l.id = :id AND l.state = 'READY'
            ORDER BY k.seq FETCH FIRST ROW ONLY
            """)
        .bind("id", list.value())
        .map(BY_KEY)
        .findOne();
  }

  /// Those of everybody who waits among the recipients after `after` up to `to`.
  static List<Map<String, String>> ofPending(Handle handle, long campaignNo, int after, int to) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE r.campaign_no = :no AND r.seq > :after AND r.seq <= :to
                    AND r.state = 'PENDING'
                """)
        .bind("no", campaignNo)
        .bind("after", after)
        .bind("to", to)
        .map(BY_KEY)
        .list();
  }
}
