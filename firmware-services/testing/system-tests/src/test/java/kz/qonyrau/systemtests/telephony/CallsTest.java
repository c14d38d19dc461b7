package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.HangupCause;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.trunks.TrunkTerms.Login;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What calls come to and what they sound like, between two real Asterisks.
@Tag("asterisk")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsTest {

  private static final Logger log = LoggerFactory.getLogger(CallsTest.class);
  private static final int LIMIT = 3;

  private Line line;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), LIMIT);
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  @ParameterizedTest
  @CsvSource({
    "40, BUSY, 'Q.850 17, SIP 486'",
    "50, REJECTED, 'Q.850 21, SIP 603'",
    "55, OPERATOR_FAILURE, 'Q.850 34, SIP 503'",
    "60, INVALID_NUMBER, 'Q.850 1, SIP 404'",
    "65, UNREACHABLE, 'Q.850 19, SIP 480'",
    "95, UNREACHABLE, 'Q.850 19, SIP 480'",
    "96, REJECTED, 'Q.850 21, SIP 403'",
    "97, OPERATOR_FAILURE, 'Q.850 38, SIP 500'",
  })
  @Tag("AC-CAL-06")
  void saysWhatTheNetworkSaid(String lastDigits, CallOutcome outcome, String cause)
      throws TimeoutException {
    DialOutcome came = line.dial(lastDigits);

    assertThat(came.outcome()).isEqualTo(outcome);
    assertThat(cause(came).code()).isEqualTo(cause);
  }

  @Test
  @Tag("AC-CAL-05")
  @Tag("AC-CAL-06")
  void givesUpAPhoneThatNobodyPicksUpAfterTwentySeconds() throws TimeoutException {
    long start = System.nanoTime();

    DialOutcome came = line.dial("45");

    assertThat(came).isInstanceOf(DialOutcome.NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(19_900), Duration.ofSeconds(25));
  }

  @Test
  @Tag("AC-CAL-08")
  void playsAPromptFromItsFirstFrameToItsLast() throws TimeoutException {
    LiveCall call = line.reach("85");
    List<byte[]> echo = new CopyOnWriteArrayList<>();
    call.onAudio(echo::add);

    var _ = call.play(Sound.tone(Duration.ofSeconds(11))).await(20, TimeUnit.SECONDS);
    Eventually.await(Duration.ofSeconds(5), "the whole echo", () -> loud(echo) >= 11 * 50);
    call.hangUp();

    assertThat(ended(call).platformFault()).isFalse();
    // One frame more where the tone did not begin on a frame of the way back.
    assertThat(loud(echo)).isBetween(11 * 50L, 11 * 50L + 1);
  }

  @Test
  void stopsPlayingAtOnceWhenTheCalleeBargesIn() throws TimeoutException {
    LiveCall call = line.reach("86");
    List<byte[]> echo = new CopyOnWriteArrayList<>();
    call.onAudio(echo::add);
    Future<Void> playing = call.play(Sound.tone(Duration.ofSeconds(30)));
    Eventually.await(Duration.ofSeconds(5), "some echo", () -> loud(echo) >= 10);

    long stopped = System.nanoTime();
    call.stopPlaying();
    var _ = playing.await(1, TimeUnit.SECONDS);
    log.atInfo().log("prompt cut off after {} us", (System.nanoTime() - stopped) / 1000);
    var _ = call.play(Sound.tone(Duration.ofMillis(200))).await(5, TimeUnit.SECONDS);
    call.hangUp();
    var _ = ended(call);

    assertThat(loud(echo)).isLessThan(100);
  }

  @Test
  void hearsTheKeysThatTheCalleePresses() throws TimeoutException {
    LiveCall call = line.reach("75");
    List<Character> keys = new CopyOnWriteArrayList<>();
    call.onDigit(keys::add);

    Eventually.await(Duration.ofSeconds(10), "three keys", () -> keys.size() == 3);
    call.hangUp();

    assertThat(keys).containsExactly('1', '2', '#');
    assertThat(ended(call).platformFault()).isFalse();
  }

  @Test
  void hearsWhatTheCalleeSaysThoughItListensLate() throws TimeoutException {
    LiveCall call = line.reach("07");
    Ended how = ended(call);
    List<byte[]> heard = new CopyOnWriteArrayList<>();

    call.onAudio(heard::add);

    Eventually.await(Duration.ofSeconds(2), "speech", () -> loud(heard) >= 10);
    assertThat(how.cause().q850()).isEqualTo(16);
    assertThat(how.platformFault()).isFalse();
  }

  @Test
  @Tag("AC-REC-01")
  void recordsBothSidesInStepAndHasClosedTheFileWhenTheCallHasEnded()
      throws TimeoutException, IOException {
    CallId id = CallId.random();
    Path file = line.recording(id);
    LiveCall call = Line.answered(line.dial(id, "87", Optional.of(file)));
    List<byte[]> echo = new CopyOnWriteArrayList<>();
    call.onAudio(echo::add);

    var _ = call.play(Sound.tone(Duration.ofSeconds(1))).await(5, TimeUnit.SECONDS);
    var _ = call.play(new byte[16_000]).await(5, TimeUnit.SECONDS);
    call.hangUp();
    var _ = ended(call);

    byte[] stereo = Files.readAllBytes(file);
    assertThat(stereo.length % 4).isZero();
    List<Boolean> callee = Sound.loudFrames(stereo, 0);
    List<Boolean> ours = Sound.loudFrames(stereo, 1);
    // Fifty frames; a busy machine may lose or repeat one.
    assertThat(Collections.frequency(ours, true)).isBetween(47, 53);
    assertThat(Collections.frequency(callee, true)).isBetween(47, 53);
    // The echo comes back a few frames later.
    assertThat(callee.indexOf(true) - ours.indexOf(true)).isBetween(0, 15);
  }

  @Test
  void endsTheCallWhenTheCalleeHangsUp() throws TimeoutException {
    LiveCall call = line.reach("80");
    Future<Void> playing = call.play(Sound.tone(Duration.ofSeconds(30)));

    Ended how = ended(call);

    assertThat(how.cause().q850()).isEqualTo(16);
    assertThat(how.platformFault()).isFalse();
    assertThatThrownBy(() -> playing.await(1, TimeUnit.SECONDS))
        .isInstanceOf(CallEndedException.class);
    assertThatThrownBy(() -> call.play(new byte[320]).await(1, TimeUnit.SECONDS))
        .isInstanceOf(CallEndedException.class);
  }

  @Test
  @Tag("AC-CAL-07")
  void aBoxThatIsTooBusyToHearOfTheEndDoesNotMakeTheCallLonger() throws TimeoutException {
    Future<DialOutcome> dialled =
        line.telephony()
            .dial(Line.request(CallId.random(), "82", Optional.empty()))
            .map(Dialled::outcome);
    // Runs where the box hears of everything that happens to its calls, and keeps it from that.
    Future<Instant> answered =
        dialled.map(outcome -> {
          Instant at = ((DialOutcome.Answered) outcome).at();
          Eventually.await(
              Duration.ofSeconds(20),
              "six seconds since the answer",
              () -> Instant.now().isAfter(at.plusSeconds(6)));
          return at;
        });

    Ended how = ended(Line.answered(dialled.await(30, TimeUnit.SECONDS)));

    // The callee hung up after three.
    assertThat(Duration.between(answered.await(), how.at()))
        .isBetween(Duration.ofMillis(2500), Duration.ofMillis(5000));
  }

  @Test
  void countsACalleeWhoHangsUpAtOnceAsAnswered() throws TimeoutException {
    assertThat(ended(line.reach("99")).platformFault()).isFalse();
  }

  @Test
  @Tag("PLT-04")
  void dialsNoMoreThanTheTrunkAllows() throws TimeoutException {
    List<LiveCall> calls = new ArrayList<>();
    for (int i = 0; i < LIMIT; i++) {
      calls.add(line.reach("30"));
    }

    assertThat(line.telephony().state().trunk().activeCalls()).isEqualTo(LIMIT);
    assertThat(line.telephony().state().trunk().channelLimit()).isEqualTo(LIMIT);
    assertThat(line.dial("30")).isEqualTo(new DialOutcome.PlatformFault("channel limit"));

    for (LiveCall call : calls) {
      call.hangUp();
      var _ = ended(call);
    }
    assertThat(line.telephony().state().trunk().activeCalls()).isZero();
  }

  @Test
  void countsCallsAndKnowsThatTheCarrierIsThere() throws TimeoutException {
    CallCounters before = line.telephony().state().counters();

    var _ = line.dial("40");
    LiveCall call = line.reach("30");
    call.hangUp();
    var _ = ended(call);

    assertThat(line.telephony().state().counters())
        .isEqualTo(
            new CallCounters(before.originated() + 2, before.answered() + 1, before.failed() + 1));
    assertThat(line.telephony().state().asterisk()).isEqualTo(AsteriskPhase.READY);
    Eventually.await(
        Duration.ofSeconds(15),
        "a reachable trunk",
        () -> line.telephony().state().trunk().reachable());
  }

  @Test
  void dialsOverATrunkThatItRegistersAt()
      throws IOException, InterruptedException, TimeoutException {
    try (Line registering = new Line(Optional.of(new Login("box", "rehearsal")), 2)) {
      assertThat(registering.dial("40").outcome()).isEqualTo(CallOutcome.BUSY);
    }
  }

  private static HangupCause cause(DialOutcome outcome) {
    return outcome instanceof DialOutcome.Unanswered unanswered
        ? unanswered.cause()
        : HangupCause.UNKNOWN;
  }

  private static Ended ended(LiveCall call) throws TimeoutException {
    return call.ended().await(20, TimeUnit.SECONDS);
  }

  private static long loud(List<byte[]> frames) {
    return frames.stream().filter(Sound::isLoud).count();
  }
}
