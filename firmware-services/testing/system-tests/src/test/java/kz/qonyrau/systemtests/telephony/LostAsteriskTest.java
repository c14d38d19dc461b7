package kz.qonyrau.systemtests.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.carrier.CarrierCall;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.DialOutcome;
import kz.qonyrau.telephony.DialRequest;
import kz.qonyrau.telephony.Dialled;
import kz.qonyrau.telephony.LiveCall;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asterisk is killed or stopped in the middle of calls.
@Tag("asterisk")
@Timeout(90)
class LostAsteriskTest {

  private static final Logger log = LoggerFactory.getLogger(LostAsteriskTest.class);

  private Line line;

  @BeforeEach
  void connect() throws IOException, InterruptedException, TimeoutException {
    line = new Line(Optional.empty(), 4);
  }

  @AfterEach
  void disconnect() throws TimeoutException {
    line.close();
  }

  @Test
  void isBackWithinFiveSecondsOfAKillAndEndsTheLostCallsAtOnce() throws Exception {
    LiveCall talking = line.reach("85");
    Future<DialOutcome> ringing =
        line.telephony()
            .dial(
                new DialRequest(
                    CallId.random(),
                    new Msisdn("+77000000045"),
                    Duration.ofSeconds(60),
                    Optional.empty()))
            .map(Dialled::outcome);
    Eventually.await(
        Duration.ofSeconds(5), "two phones ringing", () -> line.carrier().calls().size() == 2);
    long dead = pid();

    long killed = System.nanoTime();
    signal("KILL", dead);

    assertThat(talking.ended().await(5, TimeUnit.SECONDS).platformFault()).isTrue();
    assertThat(ringing.await(5, TimeUnit.SECONDS).outcome()).isEqualTo(CallOutcome.PLATFORM_FAULT);
    long lost = System.nanoTime();
    Eventually.await(Duration.ofSeconds(20), "asterisk is back", () -> isBack(dead));
    long back = System.nanoTime();
    log.atInfo()
        .addKeyValue("callsEndedAfterMs", (lost - killed) / 1_000_000)
        .addKeyValue("backAfterMs", (back - killed) / 1_000_000)
        .log("asterisk was killed");
    assertThat(Duration.ofNanos(back - killed)).isLessThan(Duration.ofSeconds(5));
    assertThat(line.telephony().state().restarts()).isEqualTo(1);

    assertThat(line.dial("40").outcome()).isEqualTo(CallOutcome.BUSY);
    Eventually.await(
        Duration.ofSeconds(30),
        "the carrier has let go of the answered call",
        () -> line.carrier().calls().stream().anyMatch(LostAsteriskTest::isEndOfTheTalk));
  }

  @Test
  void noticesWithinFiveSecondsThatAsteriskHangs() throws Exception {
    LiveCall talking = line.reach("85");
    long hung = pid();

    long stopped = System.nanoTime();
    signal("STOP", hung);

    assertThat(talking.ended().await(20, TimeUnit.SECONDS).platformFault()).isTrue();
    long noticed = System.nanoTime();
    Eventually.await(Duration.ofSeconds(20), "asterisk is back", () -> isBack(hung));
    log.atInfo()
        .addKeyValue("noticedAfterMs", (noticed - stopped) / 1_000_000)
        .addKeyValue("backAfterMs", (System.nanoTime() - stopped) / 1_000_000)
        .log("asterisk was stopped");
    assertThat(Duration.ofNanos(noticed - stopped)).isLessThan(Duration.ofSeconds(5));
    assertThat(line.dial("40").outcome()).isEqualTo(CallOutcome.BUSY);
  }

  @Test
  void neverRunsAsteriskAsRoot() throws IOException {
    Path status = Path.of("/proc", Long.toString(pid()), "status");

    assertThat(Files.readAllLines(status))
        .anyMatch(entry -> entry.matches("Uid:\\s+[1-9][0-9]*\\s.*"))
        .anyMatch(entry -> entry.matches("NoNewPrivs:\\s+1"))
        .anyMatch(entry -> entry.matches("CapEff:\\s+0+"));
  }

  private static boolean isEndOfTheTalk(CarrierCall call) {
    return call.over() && call.number().endsWith("85");
  }

  private boolean isBack(long formerPid) {
    TelephonyState state = line.telephony().state();
    return state.asterisk() == AsteriskPhase.READY
        && state.asteriskPid().isPresent()
        && state.asteriskPid().getAsLong() != formerPid;
  }

  private long pid() {
    return line.telephony().state().asteriskPid().orElseThrow();
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }
}
