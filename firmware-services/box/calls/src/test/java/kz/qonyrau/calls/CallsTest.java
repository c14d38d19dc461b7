package kz.qonyrau.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.calls.PlacedCall.CostLine;
import kz.qonyrau.calls.PlacedCall.SpokenLine;
import kz.qonyrau.calls.PlacedCall.SpokenWord;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purged;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallsTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final CampaignId CAMPAIGN = CampaignId.random();

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private List<HeldPeriod> holds = List.of();
  private final TemporaryStore store = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS");
  private final Ledger ledger = new Ledger(store.store(), clock);
  private final Outbox outbox = new Outbox(clock);
  private final Calls calls = new Calls(store.store(), ledger, outbox, clock);

  @BeforeEach
  void openTheBook() throws Exception {
    done(ledger.openWallet(BANK, true));
    done(ledger.openWallet(Calls.PAYER, false));
    done(ledger.openWallet(Calls.PROVIDER, true));
    done(
        ledger.transfer(
            new Transfer("lease/1", BANK, Calls.PAYER, Tenge.of("100.00"), "first credit")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Tag("SH-BAL-07")
  @Test
  void aCallThatWasLostWithTheBoxIsClosedOnceAndFree() throws Exception {
    CallId call = openCall();
    done(ledger.hold(new Hold(Calls.holdOf(call), Calls.PAYER, Tenge.of("18.00"))));

    assertThat(await(calls.recover())).isPositive();
    assertThat(await(calls.recover())).isZero();

    assertThat(await(calls.find(call)).orElseThrow().outcome())
        .contains(CallOutcome.PLATFORM_FAULT);
    assertThat(await(calls.outcomeAfterRestart(call)))
        .hasValueSatisfying(
            result -> assertThat(result.outcome()).isEqualTo(CallOutcome.PLATFORM_FAULT));
    assertThat(balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
    assertThat(reports()).isEqualTo(1);
  }

  @Tag("SH-BAL-07")
  @Test
  void aCallThatEndedBeforeItsCaptureIsCapturedAfterTheRestart() throws Exception {
    CallId call = openCall();
    done(ledger.hold(new Hold(Calls.holdOf(call), Calls.PAYER, Tenge.of("18.00"))));
    assertThat(await(calls.end(end(call)))).isTrue();

    done(calls.recover());
    done(calls.recover());

    assertThat(balance()).isEqualTo(new Balance(Tenge.of("94.00"), Tenge.ZERO));
    assertThat(reports()).isEqualTo(1);
  }

  @Test
  void aHoldWhoseCallNeverCameToDiallingIsReleased() throws Exception {
    CallId call = CallId.random();
    done(ledger.hold(new Hold(Calls.holdOf(call), Calls.PAYER, Tenge.of("18.00"))));

    done(calls.recover());

    assertThat(balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
    assertThat(await(calls.outcomeAfterRestart(call))).isEmpty();
  }

  @Test
  void theFirstFinalResultStays() throws Exception {
    CallId call = openCall();

    assertThat(await(calls.end(end(call)))).isTrue();
    assertThat(await(calls.end(end(call)))).isFalse();

    assertThat(reports()).isEqualTo(1);
  }

  @Test
  void givesBackWhatWasWritten() throws Exception {
    CallId call = openCall();
    done(calls.answered(call, clock.instant(), Optional.empty()));
    done(calls.end(end(call)));

    PlacedCall found = await(calls.find(call)).orElseThrow();

    assertThat(found.amount()).isEqualTo(Tenge.of("6.00"));
    assertThat(found.transcript()).isEqualTo(end(call).transcript());
    assertThat(found.lines()).isEqualTo(end(call).lines());
    assertThat(found.answeredAt()).contains(clock.instant());
    assertThat(await(calls.costOf(CAMPAIGN))).isEqualTo(Tenge.of("6.00"));
  }

  @Test
  @Tag("AC-WHO-03")
  void callsToANumberInAStretchOfTimeComeNewestFirst() throws Exception {
    Instant from = clock.instant();
    CallId first = openCall();
    clock.advance(Duration.ofSeconds(1));
    CallId second = openCall();
    clock.advance(Duration.ofSeconds(1));
    Instant until = clock.instant();
    CallId after = openCall();
    Msisdn callee = new Msisdn("+77010000001");

    assertThat(ids(await(calls.callsTo(callee, from, until, 10)))).containsExactly(second, first);
    assertThat(ids(await(calls.callsTo(callee, from.plusMillis(1), until.plusMillis(1), 10))))
        .containsExactly(after, second);
    assertThat(ids(await(calls.callsTo(callee, from, until, 1)))).containsExactly(second);
    assertThat(await(calls.callsTo(new Msisdn("+77010000002"), from, until, 10))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> calls.callsTo(callee, from, until, 201));
  }

  private static List<CallId> ids(List<PlacedCall> found) {
    return found.stream().map(PlacedCall::id).toList();
  }

  @Test
  @Tag("SH-RET-01")
  void whatWasUnderstoodIsDeletedAndTheCallStays() throws Exception {
    CallId call = openCall();
    CallId silent = openCall();
    done(calls.end(end(call)));

    assertThat(await(calls.deleteTranscripts(List.of(call, silent, CallId.random()))))
        .containsExactly(call);

    PlacedCall found = await(calls.find(call)).orElseThrow();
    assertThat(found.transcript()).isEmpty();
    assertThat(found.lines()).isEqualTo(end(call).lines());
    assertThat(await(calls.deleteTranscripts(List.of(call)))).isEmpty();
  }

  private Overdue before(Instant moment) {
    return new Overdue(clock, _ -> moment, _ -> holds);
  }

  @Test
  @Tag("SH-RET-01")
  @Tag("SH-RET-03")
  void whoWasCalledIsForgottenWhenItsTimeIsOverAndWhatItCameToStays() throws Exception {
    Msisdn callee = new Msisdn("+77010000001");
    CallId first = openCall();
    done(calls.end(end(first)));
    clock.advance(Duration.ofSeconds(1));
    CallId second = openCall();
    done(calls.end(end(second)));
    clock.advance(Duration.ofSeconds(1));
    CallId running = openCall();
    Instant between = clock.instant().minusSeconds(1);
    Tenge cost = await(calls.costOf(CAMPAIGN));
    List<Purged> proofs = new ArrayList<>();
    assertThat(await(calls.find(first)).orElseThrow().callee()).isPresent();

    assertThat(await(calls.forgetNumbers(before(between), (_, proof) -> proofs.add(proof))))
        .isEqualTo(1);
    assertThat(await(calls.forgetNumbers(before(between), (_, proof) -> proofs.add(proof))))
        .isZero();

    PlacedCall forgotten = await(calls.find(first)).orElseThrow();
    assertThat(forgotten.callee()).isEmpty();
    assertThat(forgotten.digits()).isEmpty();
    assertThat(forgotten.transcript()).isEmpty();
    assertThat(forgotten.lines()).isEqualTo(end(first).lines());
    assertThat(await(calls.costOf(CAMPAIGN))).isEqualTo(cost);
    assertThat(await(calls.find(second)).orElseThrow().callee()).isPresent();
    assertThat(proofs)
        .containsExactly(
            Purged.of(
                "CALL_LOG",
                List.of(first.value()),
                forgotten.startedAt(),
                forgotten.startedAt(),
                List.of()));

    // The rest, but for a call that has not ended.
    assertThat(
            await(
                calls.forgetNumbers(
                    before(between.plusSeconds(9)), (_, proof) -> proofs.add(proof))))
        .isEqualTo(1);
    assertThat(await(calls.lastTo(callee)).map(PlacedCall::id)).contains(running);
    assertThat(await(calls.find(running)).orElseThrow().callee()).isPresent();
  }

  @Test
  @Tag("SH-RET-02")
  void whoIsOnLegalHoldStaysAndGoesInTheRunAfterItIsLifted() throws Exception {
    CallId first = openCall();
    done(calls.end(end(first)));
    clock.advance(Duration.ofSeconds(10));
    Instant from = clock.instant();
    CallId held = openCall();
    done(calls.end(end(held)));
    clock.advance(Duration.ofSeconds(10));
    CallId last = openCall();
    done(calls.end(end(last)));
    Instant later = clock.instant().plusSeconds(1);
    HeldPeriod hold = new HeldPeriod("h", from, from.plusSeconds(5), Optional.empty());
    holds = List.of(hold);
    List<Purged> proofs = new ArrayList<>();

    // What began before and after it goes, whatever way the mark has moved.
    assertThat(await(calls.forgetNumbers(before(later), (_, proof) -> proofs.add(proof))))
        .isEqualTo(2);
    assertThat(await(calls.forgetNumbers(before(later), (_, proof) -> proofs.add(proof)))).isZero();
    PlacedCall kept = await(calls.find(held)).orElseThrow();
    assertThat(kept.callee()).isPresent();
    assertThat(kept.transcript()).isNotEmpty();
    assertThat(await(calls.find(last)).orElseThrow().callee()).isEmpty();

    holds = List.of(new HeldPeriod("h", hold.from(), hold.until(), Optional.of(later)));
    assertThat(await(calls.forgetNumbers(before(later), (_, proof) -> proofs.add(proof)))).isOne();

    assertThat(await(calls.find(held)).orElseThrow().callee()).isEmpty();
    assertThat(await(calls.find(held)).orElseThrow().transcript()).isEmpty();
    assertThat(proofs)
        .extracting(Purged::keptBy)
        .containsExactly(List.of(), List.of(), List.of("h"));
    assertThat(await(calls.forgetNumbers(before(later), (_, proof) -> proofs.add(proof)))).isZero();
  }

  @Test
  @Tag("SH-RET-01")
  void manyAreForgottenInPortionsAndNoneWithoutItsProof() throws Exception {
    for (int i = 0; i < 1201; i++) {
      done(calls.end(end(openCall())));
    }
    List<Purged> proofs = new ArrayList<>();
    Instant later = clock.instant().plusSeconds(1);
    assertThatThrownBy(() ->
            await(
                calls.forgetNumbers(
                    before(later),
                    (_, proof) -> {
                      if (!proofs.isEmpty()) {
                        throw new IllegalStateException("the log is full");
                      }
                      proofs.add(proof);
                    })))
        .hasMessageContaining("the log is full");
    assertThat(proofs).extracting(Purged::count).containsExactly(500);

    assertThat(await(calls.forgetNumbers(before(later), (_, proof) -> proofs.add(proof))))
        .isEqualTo(701);

    assertThat(proofs).extracting(Purged::count).containsExactly(500, 500, 201);
    assertThat(await(calls.page(CallFilter.ALL, 0, 200)).items())
        .allSatisfy(call -> assertThat(call.callee()).isEmpty());
  }

  @Test
  void hoursAreCountedByOutcome() throws Exception {
    CallId first = openCall();
    done(calls.end(end(first)));
    clock.advance(Duration.ofHours(1));
    CallId second = openCall();
    done(calls.recover());

    List<HourOfCalls> hours = await(calls.hours(Instant.parse("2026-11-24T00:00:00Z")));

    assertThat(hours).hasSize(2);
    assertThat(hours.getFirst().outcomes()).containsEntry(CallOutcome.ANSWERED, 1L);
    assertThat(hours.getFirst().amount()).isEqualTo(Tenge.of("6.00"));
    assertThat(hours.getLast().outcomes()).containsEntry(CallOutcome.PLATFORM_FAULT, 1L);
    assertThat(await(calls.find(second)).orElseThrow().amount()).isEqualTo(Tenge.ZERO);
  }

  @Test
  void pagesAreFilteredAndNewestFirst() throws Exception {
    CallId first = openCall();
    clock.advance(Duration.ofSeconds(1));
    CallId second = openCall();
    done(calls.end(end(first)));

    assertThat(await(calls.page(CallFilter.ALL, 0, 10)).items())
        .extracting(PlacedCall::id)
        .containsExactly(second, first);
    CallFilter answered = new CallFilter(Optional.of(CAMPAIGN), Optional.of(CallOutcome.ANSWERED));
    assertThat(await(calls.page(answered, 0, 10)).total()).isEqualTo(1);
    assertThatThrownBy(() -> calls.page(CallFilter.ALL, -1, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> calls.page(CallFilter.ALL, 0, 201))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// A day's worth of reports, and not one that gives a subscriber away.
  @Tag("EX-PLT-4")
  @Tag("PLT-24")
  @Test
  void fiveThousandReportsNameNobody() {
    Random random = new Random(5_000);
    PrivacyScan scan = new PrivacyScan();
    StringBuilder everythingSent = new StringBuilder();
    for (int call = 0; call < 5_000; call++) {
      Msisdn callee = new Msisdn("+770" + (10_000_000 + random.nextInt(90_000_000)));
      scan.watchFor(callee);
      PlacedCall placed =
          new PlacedCall(
              CallId.random(),
              CAMPAIGN,
              Optional.of(callee),
              clock.instant().plusSeconds(call * 17L),
              Optional.of(clock.instant()),
              Optional.empty(),
              Duration.ZERO,
              Optional.empty(),
              "",
              "test-1",
              Tenge.ZERO,
              "",
              false,
              Optional.empty(),
              Optional.empty(),
              Optional.of(ScriptedCarrier.WAY),
              List.of(),
              List.of());
      everythingSent
          .append(new String(UsageReports.of(placed, end(placed.id())).body(), UTF_8))
          .append('\n');
    }

    assertThat(scan.findIn(everythingSent.toString())).isEmpty();
  }

  @Tag("PLT-22")
  @Test
  void allCallsAreReadOnceInTheOrderInWhichTheyBeganWhereverAStretchEnds() throws Exception {
    List<CallId> begun = new ArrayList<>();
    for (int together : List.of(1, 3, 1, 1, 2, 5, 1)) {
      for (int i = 0; i < together; i++) {
        begun.add(openCall());
      }
      clock.advance(Duration.ofMillis(1));
    }
    Instant asked = clock.instant();
    clock.advance(Duration.ofMillis(1));
    var _ = openCall();

    for (int size = 2; size <= 15; size++) {
      List<PlacedCall> read = new ArrayList<>();
      Optional<Instant> next = Optional.of(Instant.EPOCH);
      while (next.isPresent()) {
        CallStretch stretch = await(calls.stretch(next.get(), asked, size));
        read.addAll(stretch.calls());
        next = stretch.next();
      }
      assertThat(read).extracting(PlacedCall::startedAt).isSorted();
      assertThat(read).extracting(PlacedCall::id).containsExactlyInAnyOrderElementsOf(begun);
    }
  }

  @Tag("PLT-22")
  @Test
  void allThatWasUnderstoodIsReadWhereverAPageEnds() throws Exception {
    for (int call = 0; call < 3; call++) {
      assertThat(await(calls.end(end(openCall())))).isTrue();
    }
    List<UnderstoodLine> all = await(calls.understood(Optional.empty(), 1000));
    assertThat(all).hasSizeGreaterThan(2);
    assertThat(all).extracting(line -> line.call() + " " + line.number()).isSorted();
    List<UnderstoodLine> read = new ArrayList<>();
    List<UnderstoodLine> page = await(calls.understood(Optional.empty(), 2));
    while (!page.isEmpty()) {
      read.addAll(page);
      page = await(calls.understood(Optional.of(page.getLast()), 2));
    }
    assertThat(read).isEqualTo(all);
  }

  private CallId openCall() throws Exception {
    CallId call = CallId.random();
    done(calls.open(order(call, CAMPAIGN), "test-1"));
    return call;
  }

  static CallOrder order(CallId call, CampaignId campaign) {
    return new CallOrder(
        call,
        campaign,
        new Msisdn("+77010000001"),
        new Sound(new byte[2]),
        Optional.empty(),
        MachineRule.CARRY_ON,
        false,
        Duration.ofSeconds(20));
  }

  private CallEnd end(CallId call) {
    return new CallEnd(
        call,
        clock.instant(),
        Duration.ofSeconds(1),
        CallOutcome.ANSWERED,
        "Q.850 16",
        "12#",
        false,
        Optional.of(
            new TurnResult.Answered(
                Optional.of("yes"), Optional.of(Locale.of("ru")), TurnResult.By.SPEECH)),
        Optional.of(
            new WhoAnswered(
                AnsweredBy.HUMAN, Optional.empty(), "HUMAN_PHRASE", 0.9, Optional.empty())),
        Optional.of(ScriptedCarrier.WAY),
        List.of(
            new CostLine(
                "CALL_TIME",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                "6.00",
                Tenge.of("6.00"))),
        List.of(
            new SpokenLine(
                "ru",
                "да конечно",
                Duration.ofMillis(100),
                Duration.ofMillis(900),
                0.75,
                List.of(
                    new SpokenWord("да", Duration.ofMillis(100), Duration.ofMillis(300), 0.9),
                    new SpokenWord(
                        "конечно", Duration.ofMillis(300), Duration.ofMillis(900), 0.6)))));
  }

  private Balance balance() throws Exception {
    return await(ledger.balance(Calls.PAYER));
  }

  private int reports() throws Exception {
    return await(store.store().read(handle -> outbox.next(handle, 0, 100))).size();
  }

  private static void done(Future<?> future) throws Exception {
    future.await(30, SECONDS);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(30, SECONDS);
  }
}
