package kz.qonyrau.calls;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// The rows of CALLS.hour_of_calls: ended calls, counted.
final class HourTable {

  private static final String NO_TRUNK = "-";

  private HourTable() {}

  /// Calls of one hour that ended alike.
  record Row(
      Instant hour,
      CampaignId campaign,
      Optional<TrunkId> trunk,
      Optional<String> trunkName,
      CallOutcome outcome,
      String cause,
      long calls,
      Duration talk,
      Tenge amount) {

    void addTo(CallSums.Adder sums) {
      sums.add(outcome, calls, talk, amount);
    }
  }

  /// Counts a call that has just ended, in the transaction that writes its end.
  ///
  /// @param call as it was before
  static void count(Handle handle, PlacedCall call, CallEnd end, String cause) {
    long hour = call.startedAt().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    String trunk = end.way().map(way -> way.trunk().value()).orElse(NO_TRUNK);
    int known =
        handle
            .createUpdate(
                """
                UPDATE calls.hour_of_calls
                SET calls = calls + 1, answered_ms = answered_ms + :answered,
                  amount_tiyn = amount_tiyn + :amount, trunk_name = :trunkName
                WHERE hour_ms = :hour AND campaign = :campaign AND trunk = :trunk
                  AND outcome = :outcome AND cause = :cause
                """)
            .bind("answered", end.answered().toMillis())
            .bind("amount", end.amount().tiyn())
            .bind("trunkName", end.way().map(Way::name).orElse(null))
            .bind("hour", hour)
            .bind("campaign", call.campaign().value())
            .bind("trunk", trunk)
            .bind("outcome", end.outcome().name())
            .bind("cause", cause)
            .execute();
    if (known > 0) {
      return;
    }
    handle
        .createUpdate(
            """
            INSERT INTO calls.hour_of_calls
              (hour_ms, campaign, trunk, outcome, cause, trunk_name, calls, answered_ms,
              amount_tiyn)
            VALUES (:hour, :campaign, :trunk, :outcome, :cause, :trunkName, 1, :answered, :amount)
            """)
        .bind("answered", end.answered().toMillis())
        .bind("amount", end.amount().tiyn())
        .bind("trunkName", end.way().map(Way::name).orElse(null))
        .bind("hour", hour)
        .bind("campaign", call.campaign().value())
        .bind("trunk", trunk)
        .bind("outcome", end.outcome().name())
        .bind("cause", cause)
        .execute();
  }

  /// Hours with calls, oldest first.
  static List<HourOfCalls> since(Handle handle, Instant since) {
    Map<Instant, CallSums.Adder> hours = new TreeMap<>();
    each(
        handle,
        since,
        Instant.ofEpochMilli(Long.MAX_VALUE),
        Optional.empty(),
        row -> row.addTo(hours.computeIfAbsent(row.hour(), _ -> new CallSums.Adder())));
    return hours.entrySet().stream()
        .map(entry -> {
          CallSums sums = entry.getValue().sums();
          return new HourOfCalls(entry.getKey(), sums.outcomes(), sums.talk(), sums.amount());
        })
        .toList();
  }

  /// Hands over the rows of a period one by one, oldest hour first.
  static void each(
      Handle handle,
      Instant from,
      Instant until,
      Optional<CampaignId> campaign,
      Consumer<Row> taker) {
    handle
        .createQuery(
            """
            SELECT hour_ms, campaign, trunk, trunk_name, outcome, cause, calls, answered_ms,
              amount_tiyn
            FROM calls.hour_of_calls
            WHERE hour_ms >= :from AND hour_ms < :until
              AND (:campaign = '' OR campaign = :campaign)
            ORDER BY hour_ms
            """)
        .bind("from", from.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("campaign", campaign.map(CampaignId::value).orElse(""))
        .map((row, _) -> row(row))
        .forEach(taker);
  }

  private static Row row(ResultSet row) throws SQLException {
    String trunk = row.getString("trunk").strip();
    return new Row(
        Instant.ofEpochMilli(row.getLong("hour_ms")),
        new CampaignId(row.getString("campaign")),
        trunk.equals(NO_TRUNK) ? Optional.empty() : Optional.of(new TrunkId(trunk)),
        Optional.ofNullable(row.getString("trunk_name")),
        CallOutcome.valueOf(row.getString("outcome")),
        row.getString("cause"),
        row.getLong("calls"),
        Duration.ofMillis(row.getLong("answered_ms")),
        new Tenge(row.getLong("amount_tiyn")));
  }
}
