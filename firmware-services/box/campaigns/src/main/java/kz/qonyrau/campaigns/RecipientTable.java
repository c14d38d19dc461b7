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
    List<Row> rows =
        handle
            .createQuery(
                "SELECT seq, number, state, result, due_at_ms FROM campaign.recipient"
                    + " WHERE campaign_no = :no AND "
                    + fitting(digits)
                    // Everybody is read in order; of several states the rows would be sorted first.
                    + (states.size() == State.values().length ? "" : " AND state IN (<states>)")
                    + " ORDER BY seq OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY")
            .bind("no", campaignNo)
            .bindList("states", stored(states, over))
            .bind("part", part(digits))
            .bind("skip", skip)
            .bind("size", size)
            .map((row, _) -> new Row(row.getInt("seq"), recipient(row, over)))
            .list();
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<Integer, List<Try>> calls = calls(handle, campaignNo, rows);
    Map<Msisdn, Instant> rests = rests(handle, campaignNo, rows, gap, now);
    return rows.stream()
        .map(row ->
            with(
                row.recipient,
                Optional.ofNullable(rests.get(row.recipient.number())),
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
            .map(one -> one.number().e164())
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

  /// Without calls.
  ///
  /// @param row number, state, result and due_at_ms of a recipient
  /// @param over whether the campaign is
  static Recipient recipient(ResultSet row, boolean over) throws SQLException {
    StoredState state = StoredState.valueOf(row.getString("state"));
    String result = Optional.ofNullable(row.getString("result")).orElse("");
    boolean excluded = state == StoredState.EXCLUDED;
    long due = row.getLong("due_at_ms");
    return new Recipient(
        new Msisdn(row.getString("number")),
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
    return handle
        .createQuery(
            """
            SELECT seq, number, state, result, due_at_ms FROM campaign.recipient
            WHERE campaign_no = :no AND seq > :after
            ORDER BY seq FETCH FIRST :size ROWS ONLY
            """)
        .bind("no", campaignNo)
        .bind("after", after)
        .bind("size", size)
        .map((row, _) -> new ReachedRecipient(row.getInt("seq"), recipient(row, over)))
        .list();
  }

  private static Recipient with(Recipient one, Optional<Instant> rests, List<Try> calls) {
    return new Recipient(
        one.number(), one.state(), one.outcome(), one.exclusion(), one.due(), rests, calls);
  }

  private static Map<Integer, List<Try>> calls(Handle handle, long campaignNo, List<Row> rows) {
    return handle
        .createQuery(
            """
            SELECT recipient_seq, call_id, started_at_ms, outcome, by_machine
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
                    Instant.ofEpochMilli(row.getLong("started_at_ms")),
                    Optional.ofNullable(row.getString("outcome")).map(CallOutcome::valueOf),
                    row.getBoolean("by_machine"))))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }

  static long count(
      Handle handle, long campaignNo, List<State> states, String digits, boolean over) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM campaign.recipient"
                + " WHERE campaign_no = :no AND state IN (<states>) AND "
                + fitting(digits))
        .bind("no", campaignNo)
        .bindList("states", stored(states, over))
        .bind("part", part(digits))
        .mapTo(Long.class)
        .one();
  }

  /// A whole number is found by its index; a part of one takes a look at every recipient.
  private static String fitting(String digits) {
    return isWhole(digits) ? "number = :part" : "number LIKE :part";
  }

  private static String part(String digits) {
    return isWhole(digits) ? "+" + digits : "%" + digits + "%";
  }

  private static boolean isWhole(String digits) {
    return digits.length() == 11;
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
