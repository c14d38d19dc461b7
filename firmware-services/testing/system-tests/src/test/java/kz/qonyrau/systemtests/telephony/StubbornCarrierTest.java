package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.carrier.SubscriberCall;
import kz.qonyrau.systemtests.telephony.StubbornCarrier.Manner;
import kz.qonyrau.telephony.CallPlacer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkStanding.Condition;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a carrier does with a call that it took: the call has an outcome, and no channel is
/// held after it.
@Tag("asterisk")
@Tag("AC-CAL-06")
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StubbornCarrierTest {

  private static final Duration RINGING = Duration.ofSeconds(20);

  private Line line;
  private int trunks;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), 5);
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  private void use(StubbornCarrier carrier) throws TimeoutException {
    String id = "t000000b" + ++trunks;
    var _ =
        line.telephony()
            .use(List.of(Line.trunk(id, carrier.port(), Optional.empty(), 5, 1)))
            .await(20, TimeUnit.SECONDS);
    Eventually.await(
        Duration.ofSeconds(15),
        "the trunk is up",
        () -> line.telephony().state().trunks().getFirst().condition() == Condition.UP);
  }

  private DialOutcome dial() throws TimeoutException {
    return line.telephony()
        .dial(
            new DialRequest(CallId.random(), new Msisdn("+77000000181"), RINGING, Optional.empty()))
        .await(RINGING.plus(CallPlacer.LONGEST_SEARCH).plusSeconds(5).toSeconds(), TimeUnit.SECONDS)
        .outcome();
  }

  private void nothingIsHeld() {
    Eventually.await(
        Duration.ofSeconds(5),
        "no channel",
        () -> line.telephony().state().trunk().activeCalls() == 0);
  }

  private static Ended ended(LiveCall call) throws TimeoutException {
    return call.ended().await(20, TimeUnit.SECONDS);
  }

  @Test
  @Tag("AC-CAL-05")
  void oneThatIsHeardAndNeverAnswersIsGivenUpWhenTheRingingTimeIsOver()
      throws IOException, TimeoutException {
    try (StubbornCarrier carrier = new StubbornCarrier(Manner.IS_HEARD_AND_NEVER_ANSWERS)) {
      use(carrier);

      assertThat(dial().outcome()).isEqualTo(CallOutcome.NO_ANSWER);

      nothingIsHeld();
      assertThat(carrier.told("CANCEL")).isPositive();
    }
  }

  @Test
  void whoPicksUpInTheMomentInWhichTheBoxGivesUpIsHungUpOn() throws IOException, TimeoutException {
    try (StubbornCarrier carrier = new StubbornCarrier(Manner.ANSWERS_INTO_THE_CANCEL)) {
      use(carrier);

      assertThat(dial().outcome()).isEqualTo(CallOutcome.NO_ANSWER);

      nothingIsHeld();
      Eventually.await(
          Duration.ofSeconds(10), "the box says goodbye", () -> carrier.told("BYE") > 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORES_THE_BYE", "SAYS_BYE_AFTER_THE_BYE", "STAMMERS", "ASKS_AGAIN"})
  void anAnsweredCallEndsWhenTheBoxEndsIt(Manner manner) throws IOException, TimeoutException {
    try (StubbornCarrier carrier = new StubbornCarrier(manner)) {
      use(carrier);
      LiveCall call = Line.answered(dial());
      assertThat(call.play(Sound.tone(Duration.ofMillis(500))).await(5, TimeUnit.SECONDS)).isNull();
      if (manner == Manner.ASKS_AGAIN) {
        Eventually.await(
            Duration.ofSeconds(10),
            "the box has answered both questions",
            () ->
                carrier.told("SIP/2.0 2") + carrier.told("SIP/2.0 4") + carrier.told("SIP/2.0 5")
                    >= 2);
        assertThat(call.ended().isComplete()).isFalse();
      }

      call.hangUp();

      assertThat(ended(call).platformFault()).isFalse();
      nothingIsHeld();
      assertThat(carrier.told("BYE")).isPositive();
    }
  }

  /// Both pick the same moment to call each other.
  @Test
  @Tag("AC-WHO-04")
  void whoCallsTheBoxWhileItCallsHimIsInTwoCalls()
      throws IOException, InterruptedException, TimeoutException {
    var _ =
        line.telephony()
            .use(List.of(Line.trunk("t00000001", line.carrierPort(), Optional.empty(), 5, 1)))
            .await(20, TimeUnit.SECONDS);
    Eventually.await(
        Duration.ofSeconds(15),
        "the trunk is up",
        () -> line.telephony().state().trunks().getFirst().condition() == Condition.UP);
    BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    line.telephony().onIncoming(calls::add);
    var _ =
        line.carrier()
            .call(
                new SubscriberCall(
                    Optional.of("77000000030"),
                    "77172000001",
                    line.settings().sipPort(),
                    Optional.empty()));
    LiveCall out = line.reach("30");
    IncomingCall rings = calls.poll(10, TimeUnit.SECONDS);
    assertThat(rings).isNotNull();
    LiveCall in = rings.answer().await(10, TimeUnit.SECONDS);

    assertThat(line.telephony().state().trunk().activeCalls()).isEqualTo(2);
    assertThat(in.play(Sound.tone(Duration.ofMillis(300))).await(5, TimeUnit.SECONDS)).isNull();
    assertThat(out.play(Sound.tone(Duration.ofMillis(300))).await(5, TimeUnit.SECONDS)).isNull();
    in.hangUp();
    out.hangUp();
    assertThat(ended(in).platformFault()).isFalse();
    assertThat(ended(out).platformFault()).isFalse();
    nothingIsHeld();
  }
}
