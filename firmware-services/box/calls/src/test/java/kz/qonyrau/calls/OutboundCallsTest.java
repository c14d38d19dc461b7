package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kz.qonyrau.calls.ScriptedCarrier.ScriptedCall;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.UsageReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One call after another over a real store and a real ledger; only the carrier and the ear are
/// scripted.
@Timeout(60)
class OutboundCallsTest {

  private static final HangupCause BUSY = new HangupCause(17, OptionalInt.of(486));

  @RegisterExtension final Desk desk = new Desk();

  @Tag("AC-CAL-08")
  @Tag("SH-BAL-06")
  @Test
  void playsHoldsAndChargesAnAnsweredCall() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = desk.carrier.call();
    desk.carrier.answersWith(call);
    CallOrder order = Desk.order();

    CallResult result = Desk.await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.ANSWERED));
    assertThat(call.bytesPlayed()).isEqualTo(order.prompt().pcm().length);
    PlacedCall logged = Desk.await(desk.calls.find(order.id())).orElseThrow();
    assertThat(logged.lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
    assertThat(logged.amount()).isEqualTo(Tenge.of("6.00"));
    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.of("94.00"), Tenge.ZERO));
    assertThat(Desk.await(desk.ledger.verify())).isInstanceOf(Verdict.Sound.class);
    assertThat(desk.calls.live()).isEmpty();
  }

  @Tag("PLT-07")
  @Tag("PLT-24")
  @Test
  void reportsEachCallOnceAndWithoutItsNumber() throws Exception {
    desk.credit("100.00");
    CallOrder order = Desk.order();

    Desk.done(desk.place(order));

    List<QueuedMessage> queued = desk.queued();
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
    desk.credit("100.00");
    desk.carrier.comesTo(outcome);
    CallOrder order = Desk.order();

    CallResult result = Desk.await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(outcome.outcome()));
    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
    assertThat(desk.queued()).hasSize(1);
  }

  @Tag("SH-BAL-05")
  @Tag("SH-BAL-08")
  @Test
  void thirtyStartsOnCreditForOneCallRingOnePhone() throws Exception {
    desk.credit("24.00");
    desk.carrier.answersWith(desk.carrier.call().promptTakes(Duration.ofMillis(500)));

    List<Future<CallResult>> placed =
        IntStream.range(0, 30).mapToObj(_ -> desk.place(Desk.order())).toList();
    List<CallResult> results = new ArrayList<>();
    for (Future<CallResult> future : placed) {
      results.add(Desk.await(future));
    }

    assertThat(results).filteredOn(CallResult.Finished.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(CallResult.NoFunds.class::isInstance).hasSize(29);
    assertThat(desk.carrier.rung()).hasSize(1);
    assertThat(desk.balance().held()).isEqualTo(Tenge.ZERO);
  }

  @Tag("EX-BAL-7")
  @Tag("SH-BAL-06")
  @Test
  void aCallThatRunsOutOfMoneyClosesInTimeAndLeavesNothing() throws Exception {
    desk.credit("24.00"); // Exactly the four seconds that are held at once.
    desk.carrier.answersWith(desk.carrier.call().promptTakes(Duration.ofMinutes(1)));
    CallOrder order = Desk.order();

    Instant before = desk.clock.instant();
    Desk.done(desk.place(order));

    assertThat(Duration.between(before, desk.clock.instant()))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.ZERO, Tenge.ZERO));
    assertThat(Desk.await(desk.calls.find(order.id())).orElseThrow().amount())
        .isEqualTo(Tenge.of("24.00"));
  }

  @Tag("SH-BAL-06")
  @Test
  void aCallThatCanBePaidIsExtended() throws Exception {
    desk.credit("100.00");
    desk.carrier.answersWith(desk.carrier.call().promptTakes(Duration.ofMillis(4500)));

    Desk.done(desk.place(Desk.order()));

    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.of("70.00"), Tenge.ZERO));
  }

  @Tag("AC-REC-01")
  @Tag("EX-AC-20")
  @Test
  void recordsOnlyWhenAsked() throws Exception {
    desk.credit("1000.00");

    for (int call = 0; call < 20; call++) {
      Desk.done(desk.place(Desk.order()));
    }

    assertThat(desk.recorder.begun).isEmpty();
    assertThat(desk.carrier.rung())
        .allSatisfy(request -> assertThat(request.recording()).isEmpty());
  }

  @Tag("AC-REC-05")
  @Test
  void aRecordingThatFailsIsNotBilledAndDoesNotFailTheCall() throws Exception {
    desk.credit("100.00");
    desk.recorder.works = false;

    CallOrder order = Desk.recorded(Desk.order());
    CallResult result = Desk.await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.ANSWERED));
    assertThat(Desk.await(desk.calls.find(order.id())).orElseThrow().lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactly("CALL_TIME");
  }

  @Tag("AC-REC-05")
  @Test
  void aKeptRecordingIsBilled() throws Exception {
    desk.credit("100.00");

    CallOrder order = Desk.recorded(Desk.order());
    Desk.done(desk.place(order));

    assertThat(Desk.await(desk.calls.find(order.id())).orElseThrow().lines())
        .extracting(PlacedCall.CostLine::service)
        .containsExactlyInAnyOrder("CALL_TIME", "REC_TIME");
  }

  @Test
  void aCallThatIsLostInMidConversationIsAPlatformFaultAndFree() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = desk.carrier.call().promptTakes(Duration.ofMinutes(1));
    desk.carrier.answersWith(call);
    desk.calls.onChange(progress -> {
      if (progress.stage() == CallProgress.Stage.PLAYING) {
        call.breaksOff();
      }
    });

    CallOrder order = Desk.order();
    PlacedCall logged = desk.placed(order);
    assertThat(logged.outcome()).contains(CallOutcome.PLATFORM_FAULT);
    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
  }

  @Test
  void aBrokenAdapterCostsOneAttemptAndNoMoney() throws Exception {
    desk.credit("100.00");
    desk.carrier.breaks(new IllegalStateException("AMI is gone"));

    CallOrder order = Desk.order();
    CallResult result = Desk.await(desk.place(order));

    assertThat(result)
        .isInstanceOfSatisfying(
            CallResult.Finished.class,
            finished -> assertThat(finished.outcome()).isEqualTo(CallOutcome.PLATFORM_FAULT));
    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
  }

  @Tag("SH-BAL-07")
  @Test
  void anOrderIsPlacedOnce() throws Exception {
    desk.credit("100.00");
    CallOrder order = Desk.order();
    Desk.done(desk.place(order));

    assertThatThrownBy(() -> Desk.await(desk.place(order)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("dialled once");
    assertThat(desk.carrier.rung()).hasSize(1);
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
}
