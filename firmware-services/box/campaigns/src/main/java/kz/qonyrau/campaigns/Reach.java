package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// How many different numbers a campaign may call. A number that stands in two of its lists with
/// different consents counts under both.
///
/// @param contacts on the lists, those in two of them counted twice
/// @param recipients may be called
/// @param capped of them have been called as often as the rules for all campaigns allow right now;
///   0 if that was not asked
/// @param resting of them another campaign calls or called a short while ago; 0 if that was not
///   asked
/// @param excluded may not be called, by reason; reasons that concern nobody are left out
record Reach(
    long contacts, long recipients, long capped, long resting, Map<Exclusion, Long> excluded) {

  private static final Reach NOBODY = new Reach(0, 0, 0, 0, Map.of());

  private static final String CAPPED = "CAPPED";
  private static final String RESTING = "RESTING";

  Reach {
    excluded = Map.copyOf(excluded);
  }

  /// Counts it, over those lists of the order that are ready.
  static Reach of(Handle handle, CampaignOrder order) {
    return of(handle, order, new Aside(Map.of(), "", "", _ -> StoredState.PENDING.name()));
  }

  /// Counts it, and who of them would have to wait if the campaign began at this instant.
  static Reach at(Instant now, Handle handle, CampaignOrder order, ContactRules rules) {
    Map<String, Object> values = new HashMap<>();
    List<String> capped = new ArrayList<>();
    for (CallCaps.Cap cap : CallCaps.at(now, rules).limits()) {
      int i = capped.size();
      values.put("from" + i, cap.from().toEpochMilli());
      values.put("calls" + i, cap.calls());
      capped.add(
          """
          SELECT number FROM campaign.attempt
          WHERE started_at_ms >= :from%1$d AND state <> 'WITHDRAWN'
          GROUP BY number HAVING COUNT(*) >= :calls%1$d
          """
              .formatted(i));
    }
    values.put("since", now.minus(rules.gap()).toEpochMilli());
    String resting =
        """
        SELECT number FROM campaign.attempt
        WHERE state = 'OPEN' OR (state = 'CLOSED' AND ended_at_ms > :since)
        """;
    return of(
        handle,
        order,
        new Aside(
            values,
            String.join(" UNION ", capped),
            resting,
            number -> kind(handle, number, CallCaps.at(now, rules), now.minus(rules.gap()))));
  }

  /// The same of one number.
  private static String kind(Handle handle, Msisdn number, CallCaps caps, Instant since) {
    boolean isCapped =
        caps.since()
            .flatMap(from -> caps.until(AttemptTable.starts(handle, number, from)))
            .isPresent();
    if (isCapped) {
      return CAPPED;
    }
    return AttemptTable.rests(handle, number, since) ? RESTING : StoredState.PENDING.name();
  }

  /// Whom to set aside of those who may be called.
  ///
  /// @param values of the names in the queries
  /// @param capped a query for numbers; blank for none
  /// @param resting the same
  /// @param kindOf the kind of one number
  private record Aside(
      Map<String, Object> values, String capped, String resting, Function<Msisdn, String> kindOf) {

    String kinds() {
      return (capped.isEmpty() ? "" : " WHEN c.number IS NOT NULL THEN 'CAPPED'")
          + (resting.isEmpty() ? "" : " WHEN g.number IS NOT NULL THEN 'RESTING'");
    }

    String joins() {
      return (capped.isEmpty() ? "" : " LEFT JOIN (" + capped + ") AS c ON c.number = k.number")
          + (resting.isEmpty() ? "" : " LEFT JOIN (" + resting + ") AS g ON g.number = k.number");
    }
  }

  private static Reach of(Handle handle, CampaignOrder order, Aside aside) {
    List<Long> lists = new ArrayList<>();
    long contacts = 0;
    for (ContactListId id : order.lists()) {
      ListTable.Stored list =
          ListTable.find(handle, id).filter(one -> one.state().equals("READY")).orElse(null);
      if (list != null) {
        lists.add(list.listNo());
        contacts += list.list().contacts();
      }
    }
    if (lists.isEmpty()) {
      return NOBODY;
    }
    Map<String, Long> kinds = new HashMap<>(kinds(handle, lists, order.category(), aside));
    boolean advertises = order.category() == Category.ADVERTISING;
    new SeveralNumbers(handle, lists, advertises, aside.kindOf)
        .moved()
        .forEach((kind, amount) -> kinds.merge(kind, amount, Long::sum));
    Map<Exclusion, Long> excluded = new EnumMap<>(Exclusion.class);
    for (Exclusion exclusion : Exclusion.values()) {
      long amount = kinds.getOrDefault(exclusion.name(), 0L);
      if (amount > 0) {
        excluded.put(exclusion, amount);
      }
    }
    long capped = kinds.getOrDefault(CAPPED, 0L);
    long resting = kinds.getOrDefault(RESTING, 0L);
    long free = kinds.getOrDefault(StoredState.PENDING.name(), 0L);
    return new Reach(contacts, free + capped + resting, capped, resting, excluded);
  }

  private static Map<String, Long> kinds(
      Handle handle, List<Long> listNos, Category category, Aside aside) {
    Query query =
        handle
            .createQuery(
                """
                SELECT kind, COUNT(*) AS amount FROM (
                    SELECT DISTINCT k.number, CASE
                        WHEN s.status IS NOT NULL THEN s.status
                        WHEN %s AND k.consent_calls <> 'GRANTED' THEN 'NO_CONSENT'
                        %s ELSE 'PENDING' END AS kind
                    FROM campaign.contact k
                    LEFT JOIN campaign.suppression s ON s.number = k.number
                    %s
                    WHERE k.list_no IN (<lists>)) AS reached
                GROUP BY kind
                """
                    .formatted(
                        category == Category.ADVERTISING ? "1 = 1" : "1 = 0",
                        aside.kinds(),
                        aside.joins()))
            .bindList("lists", listNos);
    aside.values.forEach(query::bind);
    return query
        .map((row, _) -> Map.entry(row.getString("kind").strip(), row.getLong("amount")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
