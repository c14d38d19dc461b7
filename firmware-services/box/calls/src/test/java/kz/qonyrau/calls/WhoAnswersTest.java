package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import kz.qonyrau.calls.ScriptedCarrier.ScriptedCall;
import kz.qonyrau.calls.ScriptedCarrier.ScriptedRinging;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls that nobody answers, or a machine.
@Timeout(60)
class WhoAnswersTest {

  @RegisterExtension final Desk desk = new Desk();

  @Test
  void theNetworksAnnouncementIsHungUpOn() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = speaking(desk.carrier.call().promptTakes(Duration.ofMinutes(1)));
    desk.carrier.answersWith(call);
    desk.ear.onAudio(() -> {
      desk.ear.hears(new Hearing.Partial("абонент временно недоступен", Duration.ofSeconds(1)));
      call.says(Tones.voice(Duration.ofSeconds(1)));
    });

    CallOrder order = Desk.withMachines(Desk.order(), MachineRule.HANG_UP);
    Desk.done(desk.place(order));

    WhoAnswered who = Desk.await(desk.calls.find(order.id())).orElseThrow().who().orElseThrow();
    assertThat(who.by()).isEqualTo(AnsweredBy.ANNOUNCEMENT);
    assertThat(who.reason()).contains("UNAVAILABLE");
  }

  @Test
  void aMessageIsLeftFromItsStartOnceTheMachineRecords() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = speaking(desk.carrier.call().promptTakes(Duration.ofMillis(1500)));
    desk.carrier.answersWith(call);
    desk.ear.onAudio(() -> {
      desk.ear.hears(
          new Hearing.Partial("оставьте сообщение после сигнала", Duration.ofMillis(500)));
      // A beep of 1000 Hz, and nothing behind it.
      call.says(Tones.beep(Duration.ofMillis(400)));
      call.says(new byte[16_000]);
    });

    CallOrder order = Desk.withMachines(Desk.order(), MachineRule.LEAVE_MESSAGE);
    Desk.done(desk.place(order));

    assertThat(Desk.await(desk.calls.find(order.id())).orElseThrow().who().orElseThrow().by())
        .isEqualTo(AnsweredBy.MACHINE);
    assertThat(call.bytesPlayed()).isEqualTo(2 * order.prompt().pcm().length);
    assertThat(call.timesStopped()).isEqualTo(1);
  }

  @Test
  void whoReallyAnsweredCanBePutRight() throws Exception {
    desk.credit("100.00");
    ScriptedCall call = speaking(desk.carrier.call().promptTakes(Duration.ofMinutes(1)));
    desk.carrier.answersWith(call);
    desk.ear.onAudio(() -> {
      desk.ear.hears(new Hearing.Partial("номер не существует", Duration.ofMillis(900)));
      call.says(Tones.voice(Duration.ofSeconds(1)));
    });
    CallOrder order = Desk.withMachines(Desk.order(), MachineRule.HANG_UP);
    Desk.done(desk.place(order));

    assertThat(Desk.await(desk.calls.correct(order.id(), AnsweredBy.HUMAN))).isTrue();

    assertThat(Desk.await(desk.calls.judged()))
        .containsExactly(new JudgedCalls(AnsweredBy.ANNOUNCEMENT, AnsweredBy.HUMAN, 1));
    CallOrder unasked = Desk.order();
    Desk.done(desk.place(unasked));
    assertThat(Desk.await(desk.calls.correct(unasked.id(), AnsweredBy.HUMAN))).isFalse();
  }

  @Tag("AC-CAL-06")
  @ParameterizedTest
  @CsvSource({
    "абонент временно недоступен, UNREACHABLE, UNAVAILABLE",
    "набранный вами номер не существует, INVALID_NUMBER, DOES_NOT_EXIST",
    "абонент занят, BUSY, BUSY",
    "телефоны өшірулі, UNREACHABLE, OFF_OR_OUT_OF_COVERAGE",
  })
  void whatIsAnnouncedBeforeTheAnswerIsTheResultAndIsNotHeardOut(
      String announced, CallOutcome outcome, String reason) throws Exception {
    desk.credit("100.00");
    ScriptedRinging ringing = desk.carrier.ringsAudibly();
    CallOrder order = Desk.withMachines(Desk.order(), MachineRule.HANG_UP);
    desk.ear.onAudio(() -> {
      desk.ear.hears(said(announced));
      ringing.lets(Tones.voice(Duration.ofSeconds(1)));
    });
    ringing.lets(Tones.voice(Duration.ofSeconds(1)));
    ringing.lets(Tones.voice(Duration.ofMillis(20)));

    PlacedCall logged = desk.placed(order);

    assertThat(logged.outcome()).contains(outcome);
    assertThat(logged.who().orElseThrow().by()).isEqualTo(AnsweredBy.ANNOUNCEMENT);
    assertThat(logged.who().orElseThrow().reason()).contains(reason);
    assertThat(logged.amount()).isEqualTo(Tenge.ZERO);
    assertThat(desk.balance()).isEqualTo(new Balance(Tenge.of("100.00"), Tenge.ZERO));
  }

  @Test
  void anAnnouncementThatMayMeanAnythingIsHeardOut() throws Exception {
    desk.credit("100.00");
    ScriptedRinging ringing = desk.carrier.ringsAudibly();
    desk.ear.onAudio(() -> {
      desk.ear.hears(said("набранный вами номер"));
      ringing.lets(Tones.voice(Duration.ofSeconds(1)));
      ringing.ends();
    });
    ringing.lets(Tones.voice(Duration.ofSeconds(1)));
    ringing.lets(Tones.voice(Duration.ofMillis(20)));

    PlacedCall logged = desk.placed(Desk.withMachines(Desk.order(), MachineRule.HANG_UP));

    assertThat(logged.outcome()).contains(CallOutcome.NO_ANSWER);
  }

  @Test
  void nobodyListensToTheRingToneWhereNobodyAsksWhoAnswers() throws Exception {
    desk.credit("100.00");
    var _ = desk.carrier.ringsAudibly();

    PlacedCall logged = desk.placed(Desk.order());

    assertThat(logged.outcome()).contains(CallOutcome.ANSWERED);
    assertThat(logged.who()).isEmpty();
  }

  private static Hearing said(String text) {
    return new Hearing.Utterance(
        text, Duration.ofMillis(100), Duration.ofMillis(900), 0.9, List.of());
  }

  private static ScriptedCall speaking(ScriptedCall call) {
    call.says(Tones.voice(Duration.ofSeconds(1)));
    call.says(Tones.voice(Duration.ofMillis(20)));
    return call;
  }
}
