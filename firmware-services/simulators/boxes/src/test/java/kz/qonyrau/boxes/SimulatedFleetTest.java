package kz.qonyrau.boxes;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.licensing.Assembly;
import kz.qonyrau.licensing.Settings;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A few simulated boxes against the real licensing server.
@Timeout(180)
@ExtendWith(NoErrorsLogged.class)
class SimulatedFleetTest {

  @TempDir private static Path shared;
  private static Assembly central;

  @BeforeAll
  static void startCentral() throws InterruptedException, TimeoutException {
    central =
        Assembly.open(
            shared.resolve("central"),
            Settings.read(
                ConfigFactory.parseMap(
                    Map.of(
                        "licensing.broker.port", 0,
                        "licensing.enrolment.port", 0,
                        "licensing.enrolment.requests-per-minute-and-address", 1000,
                        "licensing.console.port", 0,
                        "licensing.console.first-password-may-stay", true,
                        "licensing.broker.disk-used-percent-max", 100))),
            Clock.systemUTC());
  }

  @AfterAll
  static void stopCentral() {
    central.close();
  }

  private static FleetOrder order(
      Path identities, int boxes, long reports, long seed, String misbehaviours) {
    FleetOrder usual = FleetOrder.usual(shared.resolve("central/first-passwords"), identities);
    return new FleetOrder(
        URI.create("http://127.0.0.1:" + central.consolePort()),
        URI.create("https://localhost:" + central.enrolmentPort()),
        Optional.empty(),
        usual.loginFile(),
        usual.login(),
        Optional.empty(),
        identities,
        boxes,
        10.0 * boxes,
        reports,
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        false,
        seed,
        CommandLine.shares(misbehaviours),
        Duration.ofSeconds(1),
        16,
        Duration.ofSeconds(2),
        50,
        2,
        Duration.ofSeconds(60));
  }

  private static FleetReport play(FleetOrder order) {
    return new SimulatedFleet(order, Clock.systemUTC(), _ -> {}).play(_ -> {});
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {20_261_129})
  @Tag("PLT-07")
  @Tag("PLT-08")
  @Tag("PLT-21")
  @Tag("PLT-25")
  @Tag("EX-PLT-2")
  void whateverBoxesDoWrongEachReportIsBookedOnce(long seed, @TempDir Path identities) {
    FleetReport report =
        play(order(identities, 6, 300, seed, "all=0.1,topic=0.03,oversized=0.02,offline=0.03"));

    assertThat(report.faults()).as(report.toJson()).isEmpty();
    assertThat(report.count("reports")).isGreaterThanOrEqualTo(300);
    assertThat(report.count("acknowledged")).isEqualTo(report.count("reports"));
    assertThat(report.centralMessages()).isEqualTo(report.count("reports"));
    assertThat(report.centralTiyn()).isEqualTo(report.sentTiyn()).isPositive();
    assertThat(report.misbehaviours())
        .as("each was done")
        .hasSize(Misbehaviour.values().length)
        .allSatisfy((_, times) -> assertThat(times).isPositive());
    assertThat(report.count("hangUps"))
        .as("whoever sends on another's topic, or 10 MB, is hung up on")
        .isPositive();
    assertThat(report.alarms())
        .as("of %d boxes, for what is forged, foreign, garbled and forked", report.boxes())
        .isBetween(report.boxes(), 4 * report.boxes());
    assertThat(report.count("documents")).isGreaterThanOrEqualTo(report.boxes());
  }

  @Test
  @Tag("PLT-07")
  @Tag("PLT-08")
  void identitiesAndNumbersGoOnInTheNextRun(@TempDir Path identities) throws Exception {
    FleetReport first = play(order(identities, 3, 60, 7, "duplicate=0.2"));
    FleetReport second = play(order(identities, 4, 60, 7, ""));

    assertThat(first.enrolled()).isEqualTo(3);
    assertThat(second.enrolled()).isEqualTo(1);
    assertThat(first.faults()).isEmpty();
    assertThat(second.faults()).isEmpty();
    assertThat(second.centralMessages()).isEqualTo(second.count("reports")).isPositive();
    assertThat(new IdentityFiles(identities).sequences().values().stream().mapToLong(n -> n).sum())
        .isEqualTo(first.count("reports") + second.count("reports"));
    assertThat(Files.getPosixFilePermissions(identities.resolve("box-000000.json")))
        .as("keys are for their owner's eyes")
        .hasSize(2);
  }
}
