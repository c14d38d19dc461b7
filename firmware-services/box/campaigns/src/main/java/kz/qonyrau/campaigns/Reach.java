package kz.qonyrau.campaigns;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.ContactListId;
import org.jdbi.v3.core.Handle;

/// How many different numbers a campaign may call. A number that stands in two of its lists with
/// different consents counts under both.
///
/// @param recipients may be called
/// @param excluded may not, by reason; reasons that concern nobody are left out
record Reach(long recipients, Map<Exclusion, Long> excluded) {

  private static final Reach NOBODY = new Reach(0, Map.of());

  Reach {
    excluded = Map.copyOf(excluded);
  }

  /// Counts it, over those lists of the order that are ready.
  static Reach of(Handle handle, CampaignOrder order) {
    List<Long> lists = new ArrayList<>();
    for (ContactListId list : order.lists()) {
      ListTable.find(handle, list)
          .filter(stored -> stored.state().equals("READY"))
          .ifPresent(stored -> lists.add(stored.listNo()));
    }
    if (lists.isEmpty()) {
      return NOBODY;
    }
    Map<String, Long> kinds = kinds(handle, lists, order.category());
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    for (Exclusion exclusion : Exclusion.values()) {
      long amount = kinds.getOrDefault(exclusion.name(), 0L);
      if (amount > 0) {
        excluded.put(exclusion, amount);
      }
    }
    return new Reach(kinds.getOrDefault(StoredState.PENDING.name(), 0L), excluded);
  }

  private static Map<String, Long> kinds(Handle handle, List<Long> listNos, Category category) {
    return handle
        .createQuery(
            """
            SELECT kind, COUNT(*) AS amount FROM (
                SELECT DISTINCT k.number, CASE
                    WHEN s.status IS NOT NULL THEN s.status
                    WHEN %s AND k.consent_calls <> 'GRANTED' THEN 'NO_CONSENT'
                    ELSE 'PENDING' END AS kind
                FROM campaign.contact k
                LEFT JOIN campaign.suppression s ON s.number = k.number
                WHERE k.list_no IN (<lists>)) AS reached
            GROUP BY kind
            """
                .formatted(category == Category.ADVERTISING ? "1 = 1" : "1 = 0"))
        .bindList("lists", listNos)
        .map((row, _) -> Map.entry(row.getString("kind").strip(), row.getLong("amount")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
