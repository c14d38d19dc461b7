package kz.qonyrau.campaigns;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.campaigns.Recipient.State;
import kz.qonyrau.campaigns.Recipient.Try;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;

/// The statements that show recipients to people.
final class RecipientTable {

  private RecipientTable() {}

  private record Row(int seq, Recipient recipient) {}

  /// @param states whom to show; never empty
  /// @param digits what the numbers contain; empty for all
  /// @param over whether the campaign is
  /// @param gap for which calls of other campaigns leave a number alone
  static List<Recipient> page(
      Handle handle,
      long campaignNo,
      List<State> states,
      String digits,
      boolean over,
      Duration gap,
      Instant now,
      long skip,
      int size) {
    Search search = Search.of(handle, campaignNo, digits);
    List<Row> rows =
        handle
            .createQuery(
                "SELECT seq, number, dials, state, result, due_at_ms FROM campaign.recipient r"
                    + " WHERE campaign_no = :no AND "
                    + search.condition()
                    // Everybody is read in order; of several states the rows would be sorted first.
                    + (states.size() == State.values().length ? "" : " AND state IN (<states>)")
                    + " ORDER BY seq OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY")
            .bind("no", campaignNo)
            .bindList("states", stored(states, over))
            .bind("part", search.value())
            .bind("skip", skip)
            .bind("size", size)
            .map((row, _) -> new Row(row.getInt("seq"), recipient(row, over)))
            .list();
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Integer, List<Msisdn>> others =
        others(handle, campaignNo, rows.getFirst().seq, rows.getLast().seq);
    Map<Integer, List<Try>> calls = calls(handle, campaignNo, rows);
    Map<Msisdn, Instant> rests = rests(handle, campaignNo, rows, gap, now);
    return rows.stream()
        .map(row ->
            with(
                row.recipient,
                others.getOrDefault(row.seq, List.of()),
                Optional.ofNullable(rests.get(row.recipient.dials())),
                calls.getOrDefault(row.seq, List.of())))
        .toList();
  }

  /// Until when those who wait for a call are left alone because of other campaigns, at the
  /// earliest.
  private static Map<Msisdn, Instant> rests(
      Handle handle, long campaignNo, List<Row> rows, Duration gap, Instant now) {
    List<String> waiting =
        rows.stream()
            .map(Row::recipient)
            .filter(one -> one.state() == State.PENDING)
            .map(one -> one.dials().e164())
            .toList();
    if (waiting.isEmpty()) {
      return Map.of();
    }
    Map<Msisdn, Instant> rests = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT number, ended_at_ms FROM campaign.attempt
            WHERE number IN (<numbers>) AND campaign_no <> :no AND state <> 'WITHDRAWN'
                AND started_at_ms > :day AND (ended_at_ms IS NULL OR ended_at_ms > :since)
            """)
        .bindList("numbers", waiting)
        .bind("no", campaignNo)
        // No call takes a day; the bound lets the index help.
        .bind("day", now.minus(gap).minus(Duration.ofDays(1)).toEpochMilli())
        .bind("since", now.minus(gap).toEpochMilli())
        .map((row, _) -> {
          long ended = row.getLong("ended_at_ms");
          Instant from = row.wasNull() ? now : Instant.ofEpochMilli(ended);
          return Map.entry(new Msisdn(row.getString("number")), from.plus(gap));
        })
        .forEach(
            call -> rests.merge(call.getKey(), call.getValue(), (a, b) -> a.isAfter(b) ? a : b));
    return rests;
  }

  /// Without calls and without other numbers.
  ///
  /// @param row number, dials, state, result and due_at_ms of a recipient
  /// @param over whether the campaign is
  static Recipient recipient(ResultSet row, boolean over) throws SQLException {
    StoredState state = StoredState.valueOf(row.getString("state"));
    String result = Optional.ofNullable(row.getString("result")).orElse("");
    boolean excluded = state == StoredState.EXCLUDED;
    long due = row.getLong("due_at_ms");
    return new Recipient(
        new Msisdn(row.getString("number")),
        List.of(),
        new Msisdn(row.getString("dials")),
        state.shown(over),
        excluded || result.isEmpty() ? Optional.empty() : Optional.of(CallOutcome.valueOf(result)),
        excluded ? Optional.of(Exclusion.valueOf(result)) : Optional.empty(),
        due == 0 || over ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due)),
        Optional.empty(),
        List.of());
  }

  /// The recipients behind a row, by row, without their calls.
  ///
  /// @param over whether the campaign is
  static List<ReachedRecipient> reached(
      Handle handle, long campaignNo, boolean over, int after, int size) {
    List<ReachedRecipient> reached =
        handle
            .createQuery(
                """
                SELECT seq, number, dials, state, result, due_at_ms FROM campaign.recipient
                WHERE campaign_no = :no AND seq > :after
                ORDER BY seq FETCH FIRST :size ROWS ONLY
                """)
            .bind("no", campaignNo)
            .bind("after", after)
            .bind("size", size)
            .map((row, _) -> new ReachedRecipient(row.getInt("seq"), recipient(row, over)))
            .list();
    if (reached.isEmpty()) {
      return List.of();
    }
    Map<Integer, List<Msisdn>> others =
        others(handle, campaignNo, reached.getFirst().row(), reached.getLast().row());
    return reached.stream()
        .map(one ->
            new ReachedRecipient(
                one.row(),
                with(
                    one.recipient(),
                    others.getOrDefault(one.row(), List.of()),
                    Optional.empty(),
                    List.of())))
        .toList();
  }

  private static Recipient with(
      Recipient one, List<Msisdn> others, Optional<Instant> rests, List<Try> calls) {
    return new Recipient(
        one.number(),
        others,
        one.dials(),
        one.state(),
        one.outcome(),
        one.exclusion(),
        one.due(),
        rests,
        calls);
  }

  /// The other numbers of the recipients from one to another, in their order, by the recipient.
  private static Map<Integer, List<Msisdn>> others(
      Handle handle, long campaignNo, int first, int last) {
    return handle
        .createQuery(
            """
            SELECT seq, number FROM campaign.recipient_other
            WHERE campaign_no = :no AND seq >= :first AND seq <= :last
            ORDER BY seq, place
            """)
        .bind("no", campaignNo)
        .bind("first", first)
        .bind("last", last)
        .map((row, _) -> Map.entry(row.getInt("seq"), new Msisdn(row.getString("number"))))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  private static Map<Integer, List<Try>> calls(Handle handle, long campaignNo, List<Row> rows) {
    return handle
        .createQuery(
            """
            SELECT recipient_seq, call_id, number, started_at_ms, outcome, by_machine
            FROM campaign.attempt
            WHERE campaign_no = :no AND recipient_seq IN (<seqs>) AND state <> 'WITHDRAWN'
            ORDER BY started_at_ms
            """)
        .bind("no", campaignNo)
        .bindList("seqs", rows.stream().map(Row::seq).toList())
        .map((row, _) ->
            Map.entry(
                row.getInt("recipient_seq"),
                new Try(
                    new CallId(row.getString("call_id")),
                    new Msisdn(row.getString("number")),
                    Instant.ofEpochMilli(row.getLong("started_at_ms")),
                    Optional.ofNullable(row.getString("outcome")).map(CallOutcome::valueOf),
                    row.getBoolean("by_machine"))))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  static long count(
      Handle handle, long campaignNo, List<State> states, String digits, boolean over) {
    Search search = Search.of(handle, campaignNo, digits);
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM campaign.recipient r"
                + " WHERE campaign_no = :no AND state IN (<states>) AND "
                + search.condition())
        .bind("no", campaignNo)
        .bindList("states", stored(states, over))
        .bind("part", search.value())
        .mapTo(Long.class)
        .one();
  }

  /// Whom digits find, by one of his numbers. A whole number is found by its index; a part of one
  /// takes a look at every recipient.
  ///
  /// @param condition on a recipient `r`, with a `:part`
  private record Search(String condition, Object value) {

    static Search of(Handle handle, long campaignNo, String digits) {
      if (digits.length() == 11) {
        String number = "+" + digits;
        return handle
            .createQuery(
                """
                SELECT seq FROM campaign.recipient_other
                WHERE campaign_no = :no AND number = :number
                """)
            .bind("no", campaignNo)
            .bind("number", number)
            .mapTo(Integer.class)
            .findOne()
            .map(seq -> new Search("r.seq = :part", seq))
            .orElseGet(() -> new Search("r.number = :part", number));
      }
      if (digits.isEmpty()) {
        return new Search("r.number LIKE :part", "%");
      }
      return new Search(
          """
          (r.number LIKE :part OR EXISTS (
            SELECT 1 FROM campaign.recipient_other o
            WHERE o.campaign_no = r.campaign_no AND o.seq = r.seq AND o.number LIKE :part))
          """,
          "%" + digits + "%");
    }
  }

  /// How the table calls what is shown.
  private static List<String> stored(List<State> states, boolean over) {
    List<String> stored =
        Stream.of(StoredState.values())
            .filter(state -> states.contains(state.shown(over)))
            .map(StoredState::name)
            .toList();
    // No row is in a state that is not shown now.
    return stored.isEmpty() ? List.of("NONE") : stored;
  }
}
