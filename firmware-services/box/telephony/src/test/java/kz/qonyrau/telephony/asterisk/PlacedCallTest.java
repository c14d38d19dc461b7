package kz.qonyrau.telephony.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a call comes to, by what Asterisk reports of it.
@Tag("AC-CAL-06")
class PlacedCallTest {

  private static final Instant NOON = Instant.parse("2026-03-02T07:00:00Z");

  private final Vertx vertx = Vertx.vertx();
  private final List<DialOutcome> outcomes = new ArrayList<>();
  private final PlacedCall call =
      new PlacedCall(
          vertx,
          vertx.getOrCreateContext(),
          InstantSource.fixed(NOON),
          new Exchange(),
          new DialRequest(
              CallId.random(),
              new Msisdn("+77000000081"),
              Duration.ofSeconds(20),
              Optional.empty()),
          "one",
          Optional.empty());

  @AfterEach
  void end() {
    vertx.close().await();
  }

  @Test
  void aRedirectionThatAsteriskFollowedInVainIsStillTheTrunksRefusal() {
    call.networkEndedDialling();
    call.redirected();
    call.hungUp(HangupCause.UNKNOWN, NOON);

    DialOutcome outcome = outcomes.getFirst();
    assertThat(outcome)
        .isEqualTo(new DialOutcome.OperatorFailure(new HangupCause(23, OptionalInt.of(302))));
    assertThat(FailOver.of(outcome, call.wasHeard(), call.wasEndedByNetwork()))
        .isEqualTo(FailOver.Verdict.REFUSED);
  }

  @Test
  void whatTheNetworkSaidOfARedirectionStands() {
    HangupCause said = new HangupCause(21, OptionalInt.of(603));
    call.networkEndedDialling();
    call.redirected();
    call.hungUp(said, NOON);

    assertThat(outcomes).containsExactly(new DialOutcome.Rejected(said));
  }

  @Test
  void anEndOfWhichNothingIsSaidIsNoRedirection() {
    call.networkEndedDialling();
    call.hungUp(HangupCause.UNKNOWN, NOON);

    assertThat(FailOver.of(outcomes.getFirst(), call.wasHeard(), call.wasEndedByNetwork()))
        .isEqualTo(FailOver.Verdict.FAILED);
  }

  private final class Exchange implements PlacedCall.Exchange {

    @Override
    public void hangUp(PlacedCall placed) {}

    @Override
    public void eavesdrop(PlacedCall placed) {}

    @Override
    public void dialled(PlacedCall placed, DialOutcome outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void over(PlacedCall placed) {}
  }
}
