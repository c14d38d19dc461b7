package kz.qonyrau.calls;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CallReportsTest {

  /// Midnight in Astana.
  private static final Instant MIDNIGHT = Instant.parse("2026-11-23T19:00:00Z");

  private static final List<CallOutcome> OUTCOMES = List.of(CallOutcome.values());
  private static final Msisdn SHOWN = new Msisdn("+77270000000");
  private static final List<CampaignId> CAMPAIGNS =
      List.of(CampaignId.random(), CampaignId.random(), CampaignId.random());

  @RegisterExtension final TemporaryStore store = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS");

  private final SteppedClock clock = SteppedClock.at(MIDNIGHT);
  private final Calls calls =
      new Calls(store.store(), new Ledger(store.store(), clock), new Outbox(clock), clock);

  private CallReport report(Duration length, Optional<CampaignId> campaign) {
    return answer(calls.reports().report(MIDNIGHT, MIDNIGHT.plus(length), campaign));
  }

  private CallId opened(CampaignId campaign) {
    CallId call = CallId.random();
    var _ = answer(calls.open(CallsTest.order(call, campaign), "test-1").map(true));
    return call;
  }

  private static CallEnd end(
      CallId call, Instant at, CallOutcome outcome, String cause, Optional<Way> way, long seconds) {
    Duration talk = outcome == CallOutcome.ANSWERED ? Duration.ofSeconds(seconds) : Duration.ZERO;
    List<CostLine> lines =
        talk.isZero()
            ? List.of()
            : List.of(
                new CostLine(
                    "CALL_TIME",
                    talk,
                    talk,
                    Duration.ofMinutes(1),
                    "6.00",
                    new Tenge(seconds * 10)));
    return new CallEnd(
        call,
        at,
        talk,
        outcome,
        cause,
        "",
        false,
        Optional.empty(),
        Optional.empty(),
        way,
        lines,
        List.of());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Tag("SH-RET-14")
  void everySideAddsUpToWhatTheLogHolds(long seed) {
    Random random = new Random(seed);
    List<Optional<Way>> ways =
        List.of(
            Optional.of(new Way(new TrunkId("t0000000a"), "Beeline", SHOWN)),
            Optional.of(new Way(new TrunkId("t0000000b"), "Kcell", SHOWN)),
            Optional.empty());
    for (int i = 0; i < 300; i++) {
      clock.advance(Duration.ofSeconds(random.nextInt(900)));
      CallId call = opened(CAMPAIGNS.get(random.nextInt(CAMPAIGNS.size())));
      if (random.nextInt(10) > 0) {
        CallOutcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
        assertThat(
                answer(
                    calls.end(
                        end(
                            call,
                            clock.instant().plusSeconds(random.nextInt(5000)),
                            outcome,
                            "Q.850 " + random.nextInt(3),
                            ways.get(random.nextInt(3)),
                            random.nextInt(200)))))
            .isTrue();
      }
    }
    List<PlacedCall> log = new ArrayList<>();
    Optional<Instant> next = Optional.of(MIDNIGHT);
    while (next.isPresent()) {
      CallStretch stretch =
          answer(calls.stretch(next.get(), MIDNIGHT.plus(CallReports.LONGEST), 50));
      log.addAll(stretch.calls());
      next = stretch.next();
    }
    List<PlacedCall> ended = log.stream().filter(call -> call.outcome().isPresent()).toList();
    assertThat(ended).hasSizeGreaterThan(200).hasSizeLessThan(log.size());

    CallReport all = report(CallReports.LONGEST, Optional.empty());

    assertThat(all.whole()).isEqualTo(sums(ended.stream()));
    assertThat(all.days()).isEqualTo(byDay(ended));
    assertThat(added(all.days(), CallReport.Day::sums)).isEqualTo(all.whole());
    assertThat(added(all.hoursOfDay(), Function.identity())).isEqualTo(all.whole());
    assertThat(added(all.campaigns(), CallReport.OfCampaign::sums)).isEqualTo(all.whole());
    assertThat(added(all.trunks(), CallReport.OfTrunk::sums)).isEqualTo(all.whole());
    assertThat(added(all.reasons(), CallReport.OfReason::sums)).isEqualTo(all.whole());
    assertThat(all.campaigns())
        .isSortedAccordingTo((a, b) -> Long.compare(b.sums().calls(), a.sums().calls()));
    for (CallReport.OfCampaign one : all.campaigns()) {
      assertThat(one.sums())
          .isEqualTo(sums(ended.stream().filter(call -> call.campaign().equals(one.campaign()))));
      assertThat(report(CallReports.LONGEST, Optional.of(one.campaign())).whole())
          .isEqualTo(one.sums());
    }
    assertThat(all.trunks().getLast().trunk()).isEmpty();
    assertThat(all.trunks().stream().flatMap(one -> one.name().stream()))
        .containsExactlyInAnyOrder("Beeline", "Kcell");
    Duration two = Duration.ofDays(1);
    CallReport second =
        answer(
            calls
                .reports()
                .report(MIDNIGHT.plus(two), MIDNIGHT.plus(two).plus(two), Optional.empty()));
    assertThat(second.before()).isEqualTo(report(two, Optional.empty()).whole());
  }

  private static List<CallReport.Day> byDay(List<PlacedCall> calls) {
    List<LocalDate> days =
        calls.stream()
            .map(call -> AstanaTime.dateOf(call.startedAt()))
            .distinct()
            .sorted()
            .toList();
    return days.stream()
        .map(day ->
            new CallReport.Day(
                day,
                sums(
                    calls.stream()
                        .filter(call -> AstanaTime.dateOf(call.startedAt()).equals(day)))))
        .toList();
  }

  private static CallSums sums(Stream<PlacedCall> calls) {
    CallSums.Adder sums = new CallSums.Adder();
    calls.forEach(
        call -> sums.add(call.outcome().orElseThrow(), 1, call.answered(), call.amount()));
    return sums.sums();
  }

  private static <T> CallSums added(List<T> parts, Function<T, CallSums> of) {
    Map<CallOutcome, Long> outcomes = new EnumMap<>(CallOutcome.class);
    Duration talk = Duration.ZERO;
    Tenge amount = Tenge.ZERO;
    for (T part : parts) {
      of.apply(part)
          .outcomes()
          .forEach((outcome, calls) -> outcomes.merge(outcome, calls, Long::sum));
      talk = talk.plus(of.apply(part).talk());
      amount = amount.plus(of.apply(part).amount());
    }
    return new CallSums(outcomes, talk, amount);
  }

  @Test
  void aCallIsCountedOnceWhicheverStatementIsTheLastBeforeADeath() {
    int statement = 1;
    int ended = 0;
    while (true) {
      CallId call = opened(CAMPAIGNS.getFirst());
      Plug plug = Plug.in(store.store(), statement++);
      try {
        var _ =
            answer(
                calls.end(end(call, clock.instant(), CallOutcome.BUSY, "x", Optional.empty(), 0)));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      Plug.remove(store.store());
      // As after the restart; it changes nothing where the end was written.
      var _ =
          answer(calls.end(end(call, clock.instant(), CallOutcome.BUSY, "x", Optional.empty(), 0)));
      ended++;
      assertThat(report(Duration.ofHours(1), Optional.empty()).whole().calls()).isEqualTo(ended);
      if (!plug.isPulled()) {
        break;
      }
    }
    assertThat(statement).isGreaterThan(3);
  }

  @Test
  void aBoxThatComesFromAnOlderVersionCountsWhatIsInItsLog() throws IOException {
    for (int i = 0; i < 20; i++) {
      CallId call = opened(CAMPAIGNS.get(i % 2));
      Optional<Way> way =
          i % 3 == 0
              ? Optional.empty()
              : Optional.of(new Way(new TrunkId("t0000000a"), "Beeline", SHOWN));
      var _ = answer(calls.end(end(call, clock.instant(), CallOutcome.ANSWERED, "x", way, i)));
      clock.advance(Duration.ofMinutes(20));
    }
    var _ = opened(CAMPAIGNS.getFirst());
    CallReport before = report(Duration.ofDays(2), Optional.empty());
    String script;
    try (InputStream file = getClass().getResourceAsStream("/db/calls/V3__reports.sql")) {
      script = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    String fill = script.substring(script.indexOf("INSERT"), script.lastIndexOf(';'));

    int rows =
        answer(
            store
                .store()
                .write(handle -> {
                  handle.execute("DELETE FROM calls.hour_of_calls");
                  return handle.execute(fill);
                }));

    assertThat(rows).isGreaterThan(5);
    assertThat(report(Duration.ofDays(2), Optional.empty())).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "8785"})
  void refusesPeriodsThatAreNone(long hours) {
    assertThatThrownBy(() -> report(Duration.ofHours(hours), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutCallsThereIsNothing() {
    CallReport none = report(Duration.ofDays(7), Optional.empty());

    assertThat(none.whole()).isEqualTo(CallSums.NONE);
    assertThat(none.days()).isEmpty();
    assertThat(none.hoursOfDay()).hasSize(24).containsOnly(CallSums.NONE);
  }
}
