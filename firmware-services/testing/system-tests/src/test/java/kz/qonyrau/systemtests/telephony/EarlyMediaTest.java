package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.RingingCall;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What is heard before anybody picks up, between two real Asterisks.
@Tag("asterisk")
@Tag("AC-CAL-06")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyMediaTest {

  private final List<byte[]> early = new CopyOnWriteArrayList<>();

  private Line line;

  @BeforeAll
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), 3);
  }

  @AfterAll
  void disconnect() throws TimeoutException {
    line.close();
  }

  @Test
  void hearsAnAnnouncementToItsEndAndThenTheCode() throws TimeoutException {
    early.clear();

    DialOutcome came = dial("68", ringing -> ringing.onAudio(early::add));

    assertThat(came).isInstanceOf(DialOutcome.Unreachable.class);
    assertThat(((DialOutcome.Unreachable) came).cause().code()).isEqualTo("Q.850 19, SIP 480");
    // Three seconds, twice.
    assertThat(loud(early)).isGreaterThan(150);
  }

  @Test
  void doesNotHearOutWhatItHasUnderstood() throws TimeoutException {
    early.clear();

    DialOutcome came =
        dial(
            "68",
            ringing ->
                ringing.onAudio(frame -> {
                  early.add(frame);
                  if (loud(early) == 50) {
                    ringing.giveUp();
                  }
                }));

    assertThat(came).isInstanceOf(DialOutcome.NoAnswer.class);
    assertThat(loud(early)).isLessThan(100);
    Eventually.await(
        Duration.ofSeconds(10),
        "the line is free",
        () -> line.telephony().state().trunk().activeCalls() == 0);
  }

  @Test
  @Tag("AC-REC-01")
  void nothingOfItBelongsToTheAnsweredCall() throws TimeoutException, IOException {
    early.clear();
    CallId id = CallId.random();
    Path file = line.recording(id);

    LiveCall call =
        Line.answered(
            line.telephony()
                .dial(
                    Line.request(id, "94", Optional.of(file)),
                    Optional.of(ringing -> ringing.onAudio(early::add)))
                .await(30, TimeUnit.SECONDS)
                .outcome());
    List<byte[]> heard = new CopyOnWriteArrayList<>();
    call.onAudio(heard::add);
    assertThat(loud(early)).isGreaterThan(50);
    var _ = call.play(Sound.tone(Duration.ofSeconds(1))).await(5, TimeUnit.SECONDS);
    call.hangUp();
    var _ = call.ended().await(20, TimeUnit.SECONDS);

    byte[] stereo = Files.readAllBytes(file);
    assertThat(loud(heard)).isZero();
    assertThat(Sound.loudFrames(stereo, 0)).doesNotContain(true);
    assertThat(Collections.frequency(Sound.loudFrames(stereo, 1), true)).isBetween(47, 53);
  }

  @Test
  @Tag("AC-CAL-05")
  void aRingToneOfTheNetworksIsRungOutAsAnyOther() throws TimeoutException {
    early.clear();
    long start = System.nanoTime();

    DialOutcome came = dial("49", ringing -> ringing.onAudio(early::add));

    assertThat(came).isInstanceOf(DialOutcome.NoAnswer.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(19_900), Duration.ofSeconds(25));
    assertThat(loud(early)).isGreaterThan(100);
  }

  @Test
  void whoLosesTheSoundBeforeTheAnswerStillGetsTheAnswer() throws TimeoutException {
    Future<DialOutcome> coming =
        line.telephony()
            .dial(
                Line.request(CallId.random(), "94", Optional.empty()),
                Optional.of(_ -> {
                  throw new IllegalStateException("nobody listens after all");
                }))
            .map(Dialled::outcome);

    LiveCall call = Line.answered(coming.await(30, TimeUnit.SECONDS));

    List<byte[]> heard = new CopyOnWriteArrayList<>();
    call.onAudio(heard::add);
    Eventually.await(Duration.ofSeconds(5), "audio", () -> !heard.isEmpty());
    call.hangUp();
    assertThat(call.ended().await(20, TimeUnit.SECONDS).platformFault()).isFalse();
  }

  private DialOutcome dial(String lastDigits, Consumer<RingingCall> early) throws TimeoutException {
    return line.telephony()
        .dial(Line.request(CallId.random(), lastDigits, Optional.empty()), Optional.of(early))
        .await(30, TimeUnit.SECONDS)
        .outcome();
  }

  private static long loud(List<byte[]> frames) {
    return frames.stream().filter(Sound::isLoud).count();
  }
}
