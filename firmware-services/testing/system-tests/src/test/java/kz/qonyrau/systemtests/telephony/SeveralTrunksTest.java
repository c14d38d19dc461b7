package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.carrier.Carrier;
import kz.qonyrau.systemtests.telephony.HostileCarrier.Manner;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.telephony.TrunkStanding.Condition;
import kz.qonyrau.telephony.Way;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
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

/// Two carriers, the first of which does not do what it should: the second one takes the call, and
/// no phone rings twice. Trunks are changed while the real Asterisk runs.
@Tag("asterisk")
@Tag("PLT-04")
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralTrunksTest {

  private static final Duration A_WHILE = Duration.ofSeconds(15);
  private static final TrunkId FIRST = new TrunkId("t000000a1");

  private Line line;
  private Trunk good;
  private int numbers = 10;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), 5);
    good = Line.trunk("t000000a2", line.carrierPort(), Optional.empty(), 5, 2);
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  private static Trunk first(int port, Optional<Login> login) {
    return Line.trunk(FIRST.value(), port, login, 5, 1);
  }

  private void use(Trunk... trunks) throws TimeoutException {
    var _ = line.telephony().use(List.of(trunks)).await(20, TimeUnit.SECONDS);
  }

  private TrunkStanding standing(TrunkId id) {
    return line.telephony().state().trunks().stream()
        .filter(one -> one.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void await(TrunkId id, Condition condition) {
    Eventually.await(A_WHILE, id + " " + condition, () -> standing(id).condition() == condition);
  }

  /// A number that nobody has called yet and that ends in these digits.
  private Msisdn number(String lastDigits) {
    return new Msisdn("+7700000" + numbers++ + lastDigits);
  }

  private Dialled dial(Msisdn callee) throws TimeoutException {
    return line.telephony()
        .dial(
            new kz.qonyrau.telephony.DialRequest(
                CallId.random(), callee, Duration.ofSeconds(20), Optional.empty()))
        .await(60, TimeUnit.SECONDS);
  }

  private long rang(Carrier carrier, Msisdn callee) {
    return carrier.calls().stream()
        .filter(
            call -> call.number().equals(callee.digits()) && !call.over() && call.said().isEmpty())
        .count();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("AC-CAL-03")
  @Tag("AC-CAL-06")
  void anotherTrunkTakesTheCallThatOneDoesNotPutThrough(Manner manner)
      throws IOException, TimeoutException {
    try (HostileCarrier hostile = new HostileCarrier(manner)) {
      Optional<Login> login = Optional.of(new Login("box", "rehearsal"));
      use(first(hostile.port(), login), good);
      await(FIRST, Condition.UP);
      await(good.id(), Condition.UP);
      Msisdn callee = number("81");
      Instant begun = Instant.now();

      Dialled came = dial(callee);

      LiveCall call = Line.answered(came.outcome());
      assertThat(came.way()).contains(new Way(good.id(), "Trunk 2", new Msisdn("+77172000002")));
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(15));
      call.hangUp();
      assertThat(call.ended().await(20, TimeUnit.SECONDS).platformFault()).isFalse();
      assertThat(hostile.invited()).hasSize(1);
      assertThat(rang(line.carrier(), callee)).isEqualTo(1);
      assertThat(standing(FIRST).score()).isZero();
      assertThat(standing(good.id()).score()).isEqualTo(100);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Tag("AC-CAL-06")
  void alone_ItIsTheOperatorWhoFailsOrRefuses(Manner manner) throws IOException, TimeoutException {
    try (HostileCarrier hostile = new HostileCarrier(manner)) {
      use(first(hostile.port(), Optional.of(new Login("box", "rehearsal"))));
      await(FIRST, Condition.UP);

      Dialled came = dial(number("81"));

      assertThat(came.outcome().outcome())
          .isEqualTo(
              manner == Manner.FORBIDS ? CallOutcome.REJECTED : CallOutcome.OPERATOR_FAILURE);
      assertThat(came.way().map(Way::trunk)).contains(FIRST);
    }
  }

  @Test
  @Tag("AC-CAL-05")
  void whatRangOnOneTrunkIsNotDialledOnAnother() throws TimeoutException {
    use(first(line.carrierPort(), Optional.empty()), good);
    await(FIRST, Condition.UP);
    Msisdn busy = number("40");
    Msisdn late = number("95");

    assertThat(dial(busy).outcome()).isInstanceOf(DialOutcome.Busy.class);
    assertThat(dial(late).outcome()).isInstanceOf(DialOutcome.Unreachable.class);

    assertThat(rang(line.carrier(), busy)).isEqualTo(1);
    assertThat(rang(line.carrier(), late)).isEqualTo(1);
  }

  @Test
  void aTrunkThatFailsEightTimesIsLeftAloneAndTheBoxSaysSo() throws IOException, TimeoutException {
    try (HostileCarrier hostile = new HostileCarrier(Manner.FAILS)) {
      use(first(hostile.port(), Optional.empty()), good);
      await(FIRST, Condition.UP);
      for (int call = 0; call < 9; call++) {
        Line.answered(dial(number("99")).outcome()).hangUp();
      }
      assertThat(standing(FIRST).condition()).isEqualTo(Condition.QUARANTINED);
      assertThat(standing(FIRST).quarantines()).isEqualTo(1);
      assertThat(hostile.invited()).hasSize(8);
      assertThat(line.telephony().state().trunk().reachable()).isTrue();
      assertThat(line.telephony().state().trunk().channelLimit()).isEqualTo(5);
    }
  }

  @Test
  void aCallGoesOnWhileTrunksAreChangedAndThePassedOverOneIsNotAsked()
      throws IOException, TimeoutException {
    use(good);
    await(good.id(), Condition.UP);
    LiveCall talking = Line.answered(dial(number("85")).outcome());
    try (HostileCarrier hostile = new HostileCarrier(Manner.FAILS)) {
      Trunk shut =
          new Trunk(
              FIRST,
              first(hostile.port(), Optional.empty()).terms(),
              Optional.of(new Trunk.Suspension(Instant.EPOCH, "abused from outside")),
              true,
              0);
      use(shut, good);
      assertThat(standing(FIRST).condition()).isEqualTo(Condition.SUSPENDED);
      Line.answered(dial(number("99")).outcome()).hangUp();
      assertThat(hostile.invited()).isEmpty();

      // As shut as that is a trunk whose number the provider has taken away (AC-CAL-03).
      use(new Trunk(FIRST, shut.terms(), Optional.empty(), false, 0), good);
      assertThat(standing(FIRST).condition()).isEqualTo(Condition.NO_NUMBER);
      Line.answered(dial(number("99")).outcome()).hangUp();
      assertThat(hostile.invited()).isEmpty();

      use(first(hostile.port(), Optional.empty()), good);
      await(FIRST, Condition.UP);
      Line.answered(dial(number("99")).outcome()).hangUp();
      assertThat(hostile.invited()).hasSize(1);
    }
    assertThat(talking.ended().isComplete()).isFalse();
    assertThat(talking.play(Sound.tone(Duration.ofMillis(200))).await(5, TimeUnit.SECONDS))
        .isNull();
    talking.hangUp();
    assertThat(talking.ended().await(20, TimeUnit.SECONDS).platformFault()).isFalse();
  }

  @Test
  void aCarrierThatDoesNotAnswerOptionsIsNotAskedAndComesBack()
      throws IOException, TimeoutException {
    try (HostileCarrier hostile = new HostileCarrier(Manner.FAILS)) {
      use(first(hostile.port(), Optional.empty()), good);
      await(FIRST, Condition.UP);
      hostile.answersOptions(false);
      Eventually.await(
          Duration.ofSeconds(40),
          "not answering",
          () -> standing(FIRST).condition() == Condition.UNREACHABLE);
      Line.answered(dial(number("99")).outcome()).hangUp();
      assertThat(hostile.invited()).isEmpty();

      hostile.answersOptions(true);
      await(FIRST, Condition.UP);
    }
  }
}
