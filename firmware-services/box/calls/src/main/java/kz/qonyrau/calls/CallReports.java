package kz.qonyrau.calls;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import kz.qonyrau.calls.CallReport.Day;
import kz.qonyrau.calls.CallReport.OfCampaign;
import kz.qonyrau.calls.CallReport.OfReason;
import kz.qonyrau.calls.CallReport.OfTrunk;
import kz.qonyrau.calls.HourTable.Row;
import kz.qonyrau.store.Store;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import org.jdbi.v3.core.Handle;

/// What calls came to, by period. It reads the counts of hours and not the log, so it costs the
/// same however many calls there were.
public final class CallReports {

  /// The longest period.
  public static final Duration LONGEST = Duration.ofDays(366);

  private final Store store;

  CallReports(Store store) {
    this.store = store;
  }

  /// Counts the calls that began in a period and have ended.
  ///
  /// @param from the beginning of an hour
  /// @param until the beginning of a later hour, not included, at most [#LONGEST] later
  /// @param campaign that one only
  public Future<CallReport> report(Instant from, Instant until, Optional<CampaignId> campaign) {
    Duration length = Duration.between(from, until);
    if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("not a period of a report: " + length);
    }
    return store.read(handle -> {
      Sides sides = new Sides();
      HourTable.each(handle, from, until, campaign, sides::add);
      return sides.report(whole(handle, from.minus(length), from, campaign));
    });
  }

  private static CallSums whole(
      Handle handle, Instant from, Instant until, Optional<CampaignId> campaign) {
    CallSums.Adder whole = new CallSums.Adder();
    HourTable.each(handle, from, until, campaign, row -> row.addTo(whole));
    return whole.sums();
  }

  private record Reason(CallOutcome outcome, String cause) {}

  /// The same calls, added up in different ways in one pass.
  private static final class Sides {

    private final CallSums.Adder whole = new CallSums.Adder();
    private final Map<LocalDate, CallSums.Adder> days = new TreeMap<>();
    private final Map<Integer, CallSums.Adder> hoursOfDay = new HashMap<>();
    private final Map<CampaignId, CallSums.Adder> campaigns = new HashMap<>();
    private final Map<Optional<TrunkId>, CallSums.Adder> trunks = new HashMap<>();
    private final Map<Optional<TrunkId>, String> names = new HashMap<>();
    private final Map<Reason, CallSums.Adder> reasons = new HashMap<>();

    private void add(Row row) {
      row.addTo(whole);
      row.addTo(in(days, AstanaTime.dateOf(row.hour())));
      row.addTo(in(hoursOfDay, AstanaTime.at(row.hour()).getHour()));
      row.addTo(in(campaigns, row.campaign()));
      row.addTo(in(trunks, row.trunk()));
      row.trunkName().ifPresent(name -> names.put(row.trunk(), name));
      row.addTo(in(reasons, new Reason(row.outcome(), row.cause())));
    }

    private static <K> CallSums.Adder in(Map<K, CallSums.Adder> side, K key) {
      return side.computeIfAbsent(key, _ -> new CallSums.Adder());
    }

    private CallReport report(CallSums before) {
      return new CallReport(
          whole.sums(),
          before,
          days.entrySet().stream()
              .map(entry -> new Day(entry.getKey(), entry.getValue().sums()))
              .toList(),
          IntStream.range(0, 24)
              .mapToObj(hour ->
                  Optional.ofNullable(hoursOfDay.get(hour))
                      .map(CallSums.Adder::sums)
                      .orElse(CallSums.NONE))
              .toList(),
          campaigns.entrySet().stream()
              .map(entry -> new OfCampaign(entry.getKey(), entry.getValue().sums()))
              .sorted(most(one -> one.sums().calls(), one -> one.campaign().value()))
              .toList(),
          trunks.entrySet().stream()
              .map(entry ->
                  new OfTrunk(
                      entry.getKey(),
                      Optional.ofNullable(names.get(entry.getKey())),
                      entry.getValue().sums()))
              .sorted(
                  Comparator.<OfTrunk, Boolean>comparing(one -> one.trunk().isEmpty())
                      .thenComparing(
                          most(
                              one -> one.sums().calls(),
                              one -> one.trunk().map(TrunkId::value).orElse(""))))
              .toList(),
          reasons.entrySet().stream()
              .map(entry ->
                  new OfReason(
                      entry.getKey().outcome(), entry.getKey().cause(), entry.getValue().sums()))
              .sorted(most(one -> one.sums().calls(), one -> one.outcome() + one.cause()))
              .toList());
    }

    private static <T> Comparator<T> most(ToLongFunction<T> calls, Function<T, String> name) {
      return Comparator.comparingLong(calls).reversed().thenComparing(name);
    }
  }
}
