package kz.qonyrau.calls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kz.qonyrau.calls.ScriptedCarrier.ScriptedCall;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Recognizer;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.UsageReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One call after another over a real store and a real ledger; only the carrier and the ear are
/// scripted.
@Timeout(60)
class OutboundCallsTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final HangupCause BUSY = new HangupCause(17, OptionalInt.of(486));

  /// 6.00 KZT a second, so that sums are easy to read; recording and recognition cost as much.
  private static final Tariff TARIFF =
      Tariff.parse(
          """
          {"version": "test-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
            {"service": "CALL_TIME", "price": "6.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"},
            {"service": "REC_TIME", "price": "1.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"},
            {"service": "STT_TIME", "price": "2.00", "unit": "PT1S", "step": "PT1S", "minimum": "0.00"}
          ]}
          """
              .getBytes(StandardCharsets.UTF_8));

  private final InstantSource clock = Clock.systemUTC();
  private final Vertx vertx = Vertx.vertx();
  private final TemporaryStore store = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS");
  private final Ledger ledger = new Ledger(store.store(), clock);
  private final Outbox outbox = new Outbox(clock);
  private final Calls calls = new Calls(store.store(), ledger, outbox, clock);
  private final ScriptedCarrier carrier = new ScriptedCarrier(vertx, clock);
  private final ScriptedEar ear = new ScriptedEar();
  private final ScriptedRecorder recorder = new ScriptedRecorder();
  private final OutboundCalls desk = desk(Duration.ofSeconds(4), Duration.ofSeconds(1));

  @BeforeEach
  void openTheBook() throws Exception {
    done(ledger.openWallet(BANK, true));
    done(ledger.openWallet(Calls.PAYER, false));
    done(ledger.openWallet(Calls.PROVIDER, true));
    done(
        vertx.deployVerticle(
            desk, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
  }

  @AfterEach
  void close() throws Exception {
    done(vertx.close());
    store.close();
  }

  @Tag("AC-CAL-08")
  @Tag("SH-BAL-06")
  @Test
  void playsHoldsAndChargesAnAnsweredCall() throws Exception {
    credit("100.00");
    ScriptedCall call = carrier.call();
    carrier.answersWith(call);
    CallOrder order = order();

    CallResult result = await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.ANSWERED));
    assertThat(call.bytesPlayed()).isEqualTo(order.prompt().pcm().length);
    PlacedCall logged = await(calls.find(order.id())).orElseThrow();
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
    assertThat(logged.amount()).isEqualTo(Tenge.of("6.00"));
    assertThat(balance()).isEqualTo(new Balance(Tenge.of("94.00"), Tenge.ZERO));
    assertThat(await(ledger.verify())).isInstanceOf(Verdict.Sound.class);
    assertThat(calls.live()).isEmpty();
  }

  @Tag("PLT-07")
  @Tag("PLT-24")
  @Test
  void reportsEachCallOnceAndWithoutItsNumber() throws Exception {
    credit("100.00");
    CallOrder order = order();

    done(desk.place(order));

    List<QueuedMessage> queued = queued();
    assertThat(queued).hasSize(1);
    String body = new String(queued.getFirst().body(), StandardCharsets.UTF_8);
    UsageReport report = UsageReport.parse(body);
    assertThat(report.call()).isEqualTo(order.id());
    assertThat(report.amount()).isEqualTo(Tenge.of("6.00"));
    assertThat(body).doesNotContain(order.callee().digits().substring(1));
  }

  static Stream<DialOutcome> outcomesWithoutAnAnswer() {
    return Stream.of(
        new DialOutcome.Busy(BUSY),
        new DialOutcome.NoAnswer(BUSY),
        new DialOutcome.Rejected(BUSY),
        new DialOutcome.Unreachable(BUSY),
        new DialOutcome.InvalidNumber(BUSY),
        new DialOutcome.OperatorFailure(BUSY),
        new DialOutcome.PlatformFault("no channel"));
  }

  @Tag("AC-CAL-06")
  @Tag("AC-CAL-07")
  @ParameterizedTest
  @MethodSource("outcomesWithoutAnAnswer")
  void anAttemptWithoutAnAnswerCostsNothing(DialOutcome outcome) throws Exception {
    credit("100.00");
    carrier.comesTo(outcome);
    CallOrder order = order();

    CallResult result = await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(outcome.outcome()));
    assertThat(balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
    assertThat(queued()).hasSize(1);
  }

  @Tag("SH-BAL-05")
  @Tag("SH-BAL-08")
  @Test
  void thirtyStartsOnCreditForOneCallRingOnePhone() throws Exception {
    credit("24.00");
    carrier.answersWith(carrier.call().promptTakes(Duration.ofMillis(500)));

    List<Future<CallResult>> placed =
        IntStream.range(0, 30).mapToObj(_ -> desk.place(order())).toList();
    List<CallResult> results = new ArrayList<>();
    for (Future<CallResult> future : placed) {
      results.add(await(future));
    }

    assertThat(results).filteredOn(CallResult.Finished.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(CallResult.NoFunds.class::isInstance).hasSize(29);
    assertThat(carrier.rung()).hasSize(1);
    assertThat(balance().held()).isEqualTo(Tenge.ZERO);
  }

  @Tag("EX-BAL-7")
  @Tag("SH-BAL-06")
  @Test
  void aCallThatRunsOutOfMoneyClosesInTimeAndLeavesNothing() throws Exception {
    credit("24.00"); // Exactly the four seconds that are held at once.
    carrier.answersWith(carrier.call().promptTakes(Duration.ofMinutes(1)));
    CallOrder order = order();

    Instant before = clock.instant();
    done(desk.place(order));

    assertThat(Duration.between(before, clock.instant()))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    assertThat(balance()).isEqualTo(new Balance(Tenge.ZERO, Tenge.ZERO));
    assertThat(await(calls.find(order.id())).orElseThrow().amount()).isEqualTo(Tenge.of("24.00"));
  }

  @Tag("SH-BAL-06")
  @Test
  void aCallThatCanBePaidIsExtended() throws Exception {
    credit("100.00");
    carrier.answersWith(carrier.call().promptTakes(Duration.ofMillis(4500)));

    done(desk.place(order()));

    assertThat(balance()).isEqualTo(new Balance(Tenge.of("70.00"), Tenge.ZERO));
  }

  @Tag("AC-STT-01")
  @Tag("AC-STT-04")
  @Test
  void listensForAnAnswerAndWritesItDown() throws Exception {
    credit("100.00");
    ScriptedCall call = carrier.call();
    carrier.answersWith(call);
    CallOrder order = listening(order());
    List<String> shown = new ArrayList<>();
    calls.onChange(progress -> {
      shown.add(progress.heard());
      if (progress.stage() == CallProgress.Stage.LISTENING && progress.heard().isEmpty()) {
        ear.hears(new Hearing.Partial("да", Duration.ofMillis(400)));
        ear.hears(
            new Hearing.Utterance(
                "да конечно", Duration.ofMillis(2300), Duration.ofMillis(2900), 0.9, List.of()));
      }
    });

    done(desk.place(order));

    PlacedCall logged = await(calls.find(order.id())).orElseThrow();
    assertThat(logged.transcript())
        .extracting(PlacedCall.SpokenLine::text)
        .containsExactly("да конечно");
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactlyInAnyOrder("CALL_TIME", "STT_TIME");
    assertThat(shown).contains("да", "да конечно");
  }

  @Tag("AC-STT-04")
  @Test
  void aBoxThatCannotKeepUpSaysSoTakesKeysAndChargesNothingForIt() throws Exception {
    credit("100.00");
    ScriptedCall call = carrier.call();
    carrier.answersWith(call);
    CallOrder order =
        asking(
            order(),
            new Question(
                List.of(RUSSIAN),
                List.of(
                    new Choice(
                        "seven", Optional.of('7'), Map.of(RUSSIAN, List.of("семь")), Map.of())),
                Duration.ofSeconds(5),
                true,
                Ladder.NONE,
                Ladder.NONE));
    List<Boolean> deaf = Collections.synchronizedList(new ArrayList<>());
    calls.onChange(progress -> {
      deaf.add(progress.deaf());
      if (progress.stage() == CallProgress.Stage.LISTENING && !progress.deaf()) {
        ear.hears(new Hearing.Deaf(Duration.ofMillis(400)));
        call.presses('7');
      }
    });

    done(desk.place(order));

    PlacedCall logged = await(calls.find(order.id())).orElseThrow();
    assertThat(deaf).contains(true);
    assertThat(logged.digits()).isEqualTo("7");
    assertThat(logged.keysOnly()).isTrue();
    assertThat(logged.question())
        .contains(
            new TurnResult.Answered(Optional.of("seven"), Optional.of(RUSSIAN), TurnResult.By.KEY));
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
  }

  @Tag("AC-STT-04")
  @Test
  void aBoxThatRefusesToListenDeliversItsMessageAllTheSame() throws Exception {
    credit("100.00");
    ear.refuses();
    CallOrder order = listening(order());
    List<Boolean> deaf = Collections.synchronizedList(new ArrayList<>());
    calls.onChange(progress -> deaf.add(progress.deaf()));

    CallResult result = await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.ANSWERED));
    assertThat(deaf).contains(true);
    assertThat(await(calls.find(order.id())).orElseThrow().lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
  }

  @Tag("AC-REC-01")
  @Tag("EX-AC-20")
  @Test
  void recordsOnlyWhenAsked() throws Exception {
    credit("1000.00");

    for (int call = 0; call < 20; call++) {
      done(desk.place(order()));
    }

    assertThat(recorder.begun).isEmpty();
    assertThat(carrier.rung()).allSatisfy(request -> assertThat(request.recording()).isEmpty());
  }

  @Tag("AC-REC-05")
  @Test
  void aRecordingThatFailsIsNotBilledAndDoesNotFailTheCall() throws Exception {
    credit("100.00");
    recorder.works = false;

    CallOrder order = recorded(order());
    CallResult result = await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.ANSWERED));
    assertThat(await(calls.find(order.id())).orElseThrow().lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
  }

  @Tag("AC-REC-05")
  @Test
  void aKeptRecordingIsBilled() throws Exception {
    credit("100.00");

    CallOrder order = recorded(order());
    done(desk.place(order));

    assertThat(await(calls.find(order.id())).orElseThrow().lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactlyInAnyOrder("CALL_TIME", "REC_TIME");
  }

  @Test
  void aCallThatIsLostInMidConversationIsAPlatformFaultAndFree() throws Exception {
    credit("100.00");
    ScriptedCall call = carrier.call().promptTakes(Duration.ofMinutes(1));
    carrier.answersWith(call);
    calls.onChange(progress -> {
      if (progress.stage() == CallProgress.Stage.PLAYING) {
        call.breaksOff();
      }
    });

    CallOrder order = order();
    done(desk.place(order));

    PlacedCall logged = await(calls.find(order.id())).orElseThrow();
    assertThat(logged.outcome()).contains(CallOutcome.PLATFORM_FAULT);
    assertThat(balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
  }

  @Test
  void aBrokenAdapterCostsOneAttemptAndNoMoney() throws Exception {
    credit("100.00");
    carrier.breaks(new IllegalStateException("AMI is gone"));

    CallOrder order = order();
    CallResult result = await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.PLATFORM_FAULT));
    assertThat(balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
  }

  @Tag("SH-BAL-07")
  @Test
  void anOrderIsPlacedOnce() throws Exception {
    credit("100.00");
    CallOrder order = order();
    done(desk.place(order));

    assertThatThrownBy(() -> await(desk.place(order)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dialled once");
    assertThat(carrier.rung()).hasSize(1);
  }

  @Test
  void keysAreKept() throws Exception {
    credit("100.00");
    ScriptedCall call = carrier.call().promptTakes(Duration.ofMillis(300));
    carrier.answersWith(call);
    calls.onChange(progress -> {
      if (progress.stage() == CallProgress.Stage.PLAYING) {
        call.presses('1');
        call.presses('#');
      }
    });

    CallOrder order = order();
    done(desk.place(order));

    assertThat(await(calls.find(order.id())).orElseThrow().digits()).isEqualTo("1#");
  }

  @Tag("AC-STT-01")
  @Test
  void anAnswerInKazakhIsAnsweredInKazakh() throws Exception {
    credit("100.00");
    ScriptedCall call = carrier.call();
    carrier.answersWith(call);
    Sound rakhmet = new Sound(new byte[640]);
    CallOrder order =
        asking(
            order(),
            new Question(
                List.of(RUSSIAN, KAZAKH),
                List.of(
                    new Choice(
                        "yes",
                        Optional.of('1'),
                        Map.of(RUSSIAN, List.of("да"), KAZAKH, List.of("иә")),
                        Map.of(RUSSIAN, new Sound(new byte[320]), KAZAKH, rakhmet))),
                Duration.ofSeconds(5),
                true,
                Ladder.NONE,
                Ladder.NONE));
    whenListening(() ->
        ear.hears(
            KAZAKH,
            new Hearing.Utterance(
                "иә", Duration.ofMillis(2300), Duration.ofMillis(2900), 0.9, List.of())));

    done(desk.place(order));

    PlacedCall logged = await(calls.find(order.id())).orElseThrow();
    assertThat(logged.question())
        .contains(
            new TurnResult.Answered(Optional.of("yes"), Optional.of(KAZAKH), TurnResult.By.SPEECH));
    assertThat(logged.transcript())
        .extracting(PlacedCall.SpokenLine::language)
        .containsExactly("kk");
    assertThat(call.bytesPlayed()).isEqualTo(order.prompt().pcm().length + rakhmet.pcm().length);
    assertThat(await(calls.answers(order.campaign())))
        .containsExactly(new GivenAnswers(logged.question().orElseThrow(), 1));
  }

  @Test
  void theNetworksAnnouncementIsHungUpOn() throws Exception {
    credit("100.00");
    ScriptedCall call = speaking(carrier.call().promptTakes(Duration.ofMinutes(1)));
    carrier.answersWith(call);
    whenHeard(() -> {
      ear.hears(new Hearing.Partial("абонент временно недоступен", Duration.ofSeconds(1)));
      call.says(Tones.voice(Duration.ofSeconds(1)));
    });

    CallOrder order = withMachines(order(), MachineRule.HANG_UP);
    done(desk.place(order));

    WhoAnswered who = await(calls.find(order.id())).orElseThrow().who().orElseThrow();
    assertThat(who.by()).isEqualTo(AnsweredBy.ANNOUNCEMENT);
    assertThat(who.reason()).contains("UNAVAILABLE");
  }

  @Test
  void aMessageIsLeftFromItsStartOnceTheMachineRecords() throws Exception {
    credit("100.00");
    ScriptedCall call = speaking(carrier.call().promptTakes(Duration.ofMillis(1500)));
    carrier.answersWith(call);
    whenHeard(() -> {
      ear.hears(new Hearing.Partial("оставьте сообщение после сигнала", Duration.ofMillis(500)));
      // A beep of 1000 Hz, and nothing behind it.
      call.says(Tones.beep(Duration.ofMillis(400)));
      call.says(new byte[16_000]);
    });

    CallOrder order = withMachines(order(), MachineRule.LEAVE_MESSAGE);
    done(desk.place(order));

    assertThat(await(calls.find(order.id())).orElseThrow().who().orElseThrow().by())
        .isEqualTo(AnsweredBy.MACHINE);
    assertThat(call.bytesPlayed()).isEqualTo(2 * order.prompt().pcm().length);
    assertThat(call.timesStopped()).isEqualTo(1);
  }

  @Test
  void whoReallyAnsweredCanBePutRight() throws Exception {
    credit("100.00");
    ScriptedCall call = speaking(carrier.call().promptTakes(Duration.ofMinutes(1)));
    carrier.answersWith(call);
    whenHeard(() -> {
      ear.hears(new Hearing.Partial("номер не существует", Duration.ofMillis(900)));
      call.says(Tones.voice(Duration.ofSeconds(1)));
    });
    CallOrder order = withMachines(order(), MachineRule.HANG_UP);
    done(desk.place(order));

    assertThat(await(calls.correct(order.id(), AnsweredBy.HUMAN))).isTrue();

    assertThat(await(calls.judged()))
        .containsExactly(new JudgedCalls(AnsweredBy.ANNOUNCEMENT, AnsweredBy.HUMAN, 1));
    CallOrder unasked = order();
    done(desk.place(unasked));
    assertThat(await(calls.correct(unasked.id(), AnsweredBy.HUMAN))).isFalse();
  }

  private static ScriptedCall speaking(ScriptedCall call) {
    call.says(Tones.voice(Duration.ofSeconds(1)));
    call.says(Tones.voice(Duration.ofMillis(20)));
    return call;
  }

  private void whenListening(Runnable then) {
    AtomicBoolean done = new AtomicBoolean();
    calls.onChange(progress -> {
      if (progress.stage() == CallProgress.Stage.LISTENING && !done.getAndSet(true)) {
        then.run();
      }
    });
  }

  /// Once somebody has heard the first of what the callee says.
  private void whenHeard(Runnable then) {
    ear.onAudio(then);
  }

  @Test
  void refusesAPromptThatIsNoSound() {
    assertThatThrownBy(() ->
            new CallOrder(
                CallId.random(),
                CampaignId.random(),
                new Msisdn("+77010000001"),
                new Sound(new byte[3]),
                Optional.empty(),
                MachineRule.CARRY_ON,
                false,
                Duration.ofSeconds(20)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private OutboundCalls desk(Duration paidAhead, Duration closing) {
    return new OutboundCalls(
        carrier,
        ear,
        recorder,
        ledger,
        calls,
        () -> TARIFF,
        new CallSettings(paidAhead, closing),
        clock);
  }

  private static CallOrder order() {
    return new CallOrder(
        CallId.random(),
        CampaignId.random(),
        new Msisdn("+77010000001"),
        new Sound(new byte[3200]),
        Optional.empty(),
        MachineRule.CARRY_ON,
        false,
        Duration.ofSeconds(20));
  }

  private static CallOrder recorded(CallOrder order) {
    return new CallOrder(
        order.id(),
        order.campaign(),
        order.callee(),
        order.prompt(),
        order.question(),
        order.machines(),
        true,
        order.ringing());
  }

  private static CallOrder listening(CallOrder order) {
    return asking(
        order,
        new Question(
            List.of(RUSSIAN), List.of(), Duration.ofSeconds(5), true, Ladder.NONE, Ladder.NONE));
  }

  private static CallOrder asking(CallOrder order, Question question) {
    return new CallOrder(
        order.id(),
        order.campaign(),
        order.callee(),
        order.prompt(),
        Optional.of(question),
        order.machines(),
        order.record(),
        order.ringing());
  }

  private static CallOrder withMachines(CallOrder order, MachineRule rule) {
    return new CallOrder(
        order.id(),
        order.campaign(),
        order.callee(),
        order.prompt(),
        order.question(),
        rule,
        order.record(),
        order.ringing());
  }

  private void credit(String tenge) throws Exception {
    TransferResult result =
        await(
            ledger.transfer(new Transfer("lease/1", BANK, Calls.PAYER, Tenge.of(tenge), "credit")));
    assertThat(result).isInstanceOf(TransferResult.Transferred.class);
  }

  private Balance balance() throws Exception {
    return await(ledger.balance(Calls.PAYER));
  }

  private List<QueuedMessage> queued() throws Exception {
    return await(store.store().read(handle -> outbox.next(handle, 0, 100)));
  }

  private static void done(Future<?> future) throws Exception {
    future.await(30, SECONDS);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(30, SECONDS);
  }

  /// Hears what the test says, in all languages and for all who listen.
  private final class ScriptedEar implements Recognizer {

    private final AtomicReference<Optional<Runnable>> onAudio =
        new AtomicReference<>(Optional.empty());

    private final Map<Locale, List<Consumer<Hearing>>> sinks = new ConcurrentHashMap<>();
    private final List<Hearing.Utterance> heard = new CopyOnWriteArrayList<>();
    private volatile Ending ending = Ending.FINISHED;
    private volatile boolean full;

    /// The box cannot keep up with what it listens to already.
    void refuses() {
      full = true;
    }

    /// Once somebody who listens has been fed twice.
    void onAudio(Runnable then) {
      onAudio.set(Optional.of(then));
    }

    void hears(Hearing hearing) {
      sinks.keySet().forEach(language -> hears(language, hearing));
    }

    void hears(Locale language, Hearing hearing) {
      if (hearing instanceof Hearing.Deaf) {
        ending = Ending.OVERLOAD;
      }
      if (hearing instanceof Hearing.Utterance utterance) {
        heard.add(utterance);
      }
      sinks.getOrDefault(language, List.of()).forEach(sink -> sink.accept(hearing));
    }

    @Override
    public Listening listen(ListeningRequest request, Consumer<Hearing> sink) {
      if (full) {
        throw new RecognitionUnavailableException("cannot keep up");
      }
      sinks.computeIfAbsent(request.language(), _ -> new CopyOnWriteArrayList<>()).add(sink);
      return new Listening() {
        private int pieces;

        @Override
        public void feed(byte[] pcm) {
          if (++pieces == 2) {
            onAudio
                .getAndSet(Optional.empty())
                .ifPresent(then -> vertx.runOnContext(_ -> then.run()));
          }
        }

        @Override
        public Future<Void> settle() {
          return Future.succeededFuture();
        }

        @Override
        public Future<Transcript> finish() {
          return Future.succeededFuture(
              new Transcript(
                  request.call(),
                  request.language(),
                  heard,
                  Duration.ofSeconds(1),
                  Duration.ZERO,
                  ending));
        }
      };
    }
  }

  /// Remembers what it was asked to record.
  private static final class ScriptedRecorder implements Recorder {

    private final Set<CallId> begun = ConcurrentHashMap.newKeySet();
    private volatile boolean works = true;

    @Override
    public Path begin(CallId call) {
      begun.add(call);
      return Path.of("/tmp/" + call + ".raw");
    }

    @Override
    public Future<Boolean> finish(
        CallId call, CampaignId campaign, Instant answeredAt, Duration answered) {
      return works
          ? Future.succeededFuture(true)
          : Future.failedFuture(new IllegalStateException("No space left on device"));
    }

    @Override
    public void abandon(CallId call) {
      begun.remove(call);
    }
  }
}
