package kz.qonyrau.calls;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.ledger.Span;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// Which rows of the ledger charged which calls, and what for: the objects of a statement
/// (SH-BAL-03).
public final class Charges {

  private static final int MOST_AT_ONCE = 1000;

  /// How many charges there are, and their sum.
  public record Sum(long rows, Tenge amount) {}

  private record Head(String campaign, String tariff, long tiyn) {}

  private final Store store;

  Charges(Store store) {
    this.store = store;
  }

  /// Notes the row that charged a call.
  ///
  /// @return the number of rows, 1
  static int note(Handle handle, CallId call, long line, Instant at, Tenge amount) {
    return handle
        .createUpdate(
            """
            INSERT INTO calls.charge (line, call_id, campaign, charged_at_ms, amount_tiyn)
            SELECT CAST(:line AS BIGINT), id, campaign, CAST(:at AS BIGINT),
              CAST(:amount AS BIGINT)
            FROM calls.phone_call WHERE id = :call
            """)
        .bind("line", line)
        .bind("at", at.toEpochMilli())
        .bind("amount", amount.tiyn())
        .bind("call", call.value())
        .execute();
  }

  /// The rows that charged a campaign's calls in a period, newest first. What it costs does not
  /// depend on how far back the page lies.
  ///
  /// @param before the last row of the page before; empty for the first page
  /// @param limit 1 to 1000
  public Future<List<Long>> rows(
      CampaignId campaign, Span span, long upTo, OptionalLong before, int limit) {
    if (limit < 1 || limit > MOST_AT_ONCE) {
      throw new IllegalArgumentException("1 to " + MOST_AT_ONCE + " rows at once, not " + limit);
    }
    return store.read(handle -> {
      long end = span.until().toEpochMilli() - 1;
      long last = before.isEmpty() ? end : Math.min(end, timeOf(handle, before.getAsLong(), end));
      return handle
          .createQuery(
              """
              SELECT line FROM calls.charge
              WHERE campaign = :campaign AND charged_at_ms >= :from AND charged_at_ms <= :last
                AND (charged_at_ms < :last OR line < :before) AND line <= :upTo
              ORDER BY charged_at_ms DESC, line DESC FETCH FIRST :limit ROWS ONLY
              """)
          .bind("campaign", campaign.value())
          .bind("from", span.from().toEpochMilli())
          .bind("last", last)
          .bind("before", before.orElse(Long.MAX_VALUE))
          .bind("upTo", upTo)
          .bind("limit", limit)
          .mapTo(Long.class)
          .list();
    });
  }

  private static long timeOf(Handle handle, long line, long otherwise) {
    return handle
        .createQuery("SELECT charged_at_ms FROM calls.charge WHERE line = :line")
        .bind("line", line)
        .mapTo(Long.class)
        .findOne()
        .orElse(otherwise);
  }

  /// What a campaign's calls were charged in a period.
  public Future<Sum> sum(CampaignId campaign, Span span, long upTo) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) AS found_rows, COALESCE(SUM(amount_tiyn), 0) AS tiyn
                FROM calls.charge
                WHERE campaign = :campaign AND charged_at_ms >= :from AND charged_at_ms < :until
                  AND line <= :upTo
                """)
            .bind("campaign", campaign.value())
            .bind("from", span.from().toEpochMilli())
            .bind("until", span.until().toEpochMilli())
            .bind("upTo", upTo)
            .map((row, _) -> new Sum(row.getLong("found_rows"), new Tenge(row.getLong("tiyn"))))
            .one());
  }

  /// The bills of calls, whether charged already or not; unknown calls are left out.
  ///
  /// @param calls at most 1000
  public Future<Map<CallId, Bill>> bills(List<CallId> calls) {
    if (calls.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    if (calls.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException("at most " + MOST_AT_ONCE + " bills at once");
    }
    List<String> ids = calls.stream().map(CallId::value).toList();
    return store.read(handle -> {
      Map<String, List<CostLine>> lines = lines(handle, ids);
      Map<CallId, Bill> bills = new HashMap<>();
      heads(handle, ids)
          .forEach((id, head) -> {
            CallId call = new CallId(id);
            bills.put(
                call,
                new Bill(
                    call,
                    new CampaignId(head.campaign),
                    head.tariff,
                    new Tenge(head.tiyn),
                    lines.getOrDefault(id, List.of())));
          });
      return bills;
    });
  }

  private static Map<String, Head> heads(Handle handle, List<String> ids) {
    Map<String, Head> heads = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT id, campaign, tariff_version, amount_tiyn FROM calls.phone_call
            WHERE id IN (<ids>)
            """)
        .bindList("ids", ids)
        .map((row, _) ->
            Map.entry(
                row.getString("id"),
                new Head(
                    row.getString("campaign"),
                    row.getString("tariff_version"),
                    row.getLong("amount_tiyn"))))
        .forEach(entry -> heads.put(entry.getKey(), entry.getValue()));
    return heads;
  }

  private static Map<String, List<CostLine>> lines(Handle handle, List<String> ids) {
    return handle
        .createQuery(
            "SELECT call_id, "
                + CallBook.LINE_COLUMNS
                + " FROM calls.cost_line WHERE call_id IN (<ids>) ORDER BY call_id, service")
        .bindList("ids", ids)
        .map((row, _) -> Map.entry(row.getString("call_id"), CallBook.line(row)))
        .stream()
        .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
  }
}
