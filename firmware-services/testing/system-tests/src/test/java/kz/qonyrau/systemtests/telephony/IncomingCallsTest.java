package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.carrier.SubscriberCall;
import kz.qonyrau.telephony.CallEndedException;
import kz.qonyrau.telephony.Ended;
import kz.qonyrau.telephony.IncomingCall;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Subscribers who call the box, between two real Asterisks.
@Tag("asterisk")
@Tag("AC-WHO-04")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncomingCallsTest {

  private static final String BOX = "77172000001";

  private final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
  private Line line;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), 3);
  }

  @BeforeEach
  void listen() {
    calls.clear();
    line.telephony().onIncoming(calls::add);
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  private Path calledBy(Optional<String> number, Optional<String> key)
      throws IOException, InterruptedException {
    return line.carrier().call(new SubscriberCall(number, BOX, line.settings().sipPort(), key));
  }

  private IncomingCall next() throws InterruptedException {
    IncomingCall call = calls.poll(10, TimeUnit.SECONDS);
    assertThat(call).as("a call that comes in").isNotNull();
    return call;
  }

  private static LiveCall answered(IncomingCall call) throws TimeoutException {
    return call.answer().await(10, TimeUnit.SECONDS);
  }

  private static Ended ended(IncomingCall call) throws TimeoutException {
    return call.ended().await(20, TimeUnit.SECONDS);
  }

  private int active() {
    return line.telephony().state().trunk().activeCalls();
  }

  @Test
  void saysWhoCallsAndWhomAndByWhichTrunk()
      throws IOException, InterruptedException, TimeoutException {
    var _ = calledBy(Optional.of("77010000005"), Optional.empty());

    IncomingCall call = next();

    assertThat(call.caller()).contains("77010000005");
    assertThat(call.called()).contains(BOX);
    assertThat(call.trunk()).isEqualTo(new TrunkId("t00000001"));
    assertThat(active()).isEqualTo(1);
    call.refuse();
    assertThat(ended(call).platformFault()).isFalse();
    assertThat(active()).isZero();
  }

  @Test
  void aCallerWhoHidesHisNumberHasNone()
      throws IOException, InterruptedException, TimeoutException {
    var _ = calledBy(Optional.empty(), Optional.empty());

    IncomingCall call = next();

    assertThat(call.caller()).isEmpty();
    call.refuse();
    var _ = ended(call);
  }

  @Test
  void theCallerHearsWhatIsPlayedFromItsFirstFrameToItsLast()
      throws IOException, InterruptedException, TimeoutException {
    Path heard = calledBy(Optional.of("77010000006"), Optional.empty());
    IncomingCall call = next();

    LiveCall live = answered(call);
    var _ = live.play(Sound.tone(Duration.ofSeconds(2))).await(10, TimeUnit.SECONDS);
    var _ = live.play(new byte[16_000]).await(5, TimeUnit.SECONDS);
    live.hangUp();

    assertThat(ended(call).platformFault()).isFalse();
    assertThat(active()).isZero();
    Eventually.await(
        Duration.ofSeconds(10), "all that he heard is on the disk", () -> loud(heard) >= 97);
    assertThat(loud(heard)).isBetween(97, 103);
  }

  @Test
  void hearsTheKeyThatTheCallerPresses()
      throws IOException, InterruptedException, TimeoutException {
    var _ = calledBy(Optional.of("77010000007"), Optional.of("2"));
    LiveCall live = answered(next());
    List<Character> keys = new CopyOnWriteArrayList<>();
    live.onDigit(keys::add);

    Eventually.await(Duration.ofSeconds(10), "a key", () -> !keys.isEmpty());
    live.hangUp();
    var _ = live.ended().await(10, TimeUnit.SECONDS);

    assertThat(keys).containsExactly('2');
  }

  @Test
  void nobodyWhoMakesUpHisMindIsRefusedAndNoChannelIsHeld()
      throws IOException, InterruptedException, TimeoutException {
    line.telephony().onIncoming(_ -> {});
    var _ = calledBy(Optional.of("77010000008"), Optional.empty());
    Eventually.await(Duration.ofSeconds(10), "a call that rings", () -> active() == 1);

    Eventually.await(
        Duration.ofSeconds(IncomingCall.LONGEST_RINGING_SECONDS + 6L),
        "nothing that rings any more",
        () -> active() == 0);
  }

  @Test
  void aCallThatIsOverIsNotAnswered() throws IOException, InterruptedException, TimeoutException {
    var _ = calledBy(Optional.of("77010000009"), Optional.empty());
    IncomingCall call = next();
    call.refuse();
    var _ = ended(call);

    call.refuse();
    assertThatThrownBy(() -> call.answer().await(10, TimeUnit.SECONDS))
        .isInstanceOf(CallEndedException.class);
  }

  @Test
  void theBoxCallsWhileItIsCalled() throws IOException, InterruptedException, TimeoutException {
    var _ = calledBy(Optional.of("77010000010"), Optional.empty());
    IncomingCall call = next();
    LiveCall in = answered(call);
    LiveCall out = line.reach("30");

    assertThat(active()).isEqualTo(2);
    in.hangUp();
    out.hangUp();
    var _ = ended(call);
    var _ = out.ended().await(10, TimeUnit.SECONDS);
    assertThat(active()).isZero();
  }

  /// How many frames of 20 ms were loud.
  private static int loud(Path raw) {
    byte[] pcm;
    try {
      pcm = Files.exists(raw) ? Files.readAllBytes(raw) : new byte[0];
    } catch (IOException _) {
      return 0; // It is being written.
    }
    // As a file of two channels in which both are the same.
    byte[] stereo = new byte[pcm.length * 2];
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      for (int side = 0; side < 2; side++) {
        stereo[i * 2 + side * 2] = pcm[i];
        stereo[i * 2 + side * 2 + 1] = pcm[i + 1];
      }
    }
    return Collections.frequency(Sound.loudFrames(stereo, 0), true);
  }
}
