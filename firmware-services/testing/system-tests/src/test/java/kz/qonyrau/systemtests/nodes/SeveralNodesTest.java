package kz.qonyrau.systemtests.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.audit.AuditVerdict;
import kz.qonyrau.boxes.FleetOrder;
import kz.qonyrau.boxes.FleetReport;
import kz.qonyrau.boxes.Misbehaviour;
import kz.qonyrau.boxes.SimulatedFleet;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Two nodes, one broker and one PostgreSQL, each killed while boxes report. How often, say
/// `-Dnode.kills=50 -Dbroker.kills=20`.
@Timeout(7_200)
class SeveralNodesTest {

  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final int BOXES = 10;
  private static final int NODE_KILLS = Integer.getInteger("node.kills", 1);
  private static final int BROKER_KILLS = Integer.getInteger("broker.kills", 1);

  @TempDir private static Path directory;

  @Test
  @Tag("PLT-07")
  @Tag("PLT-08")
  @Tag("PLT-18")
  void whateverIsKilledEachReportIsBookedOnceAndARefusalReachesEveryProgram() throws Exception {
    try (SeveralPrograms central = new SeveralPrograms(directory)) {
      central.startBroker();
      central.startNode("a");
      central.startNode("b");
      FleetReport report = playWhileThingsDie(central);

      assertThat(report.faults()).as(report.toJson()).isEmpty();
      assertThat(report.count("acknowledged")).isEqualTo(report.count("reports")).isPositive();
      assertThat(report.centralMessages()).isEqualTo(report.count("reports"));
      assertThat(report.centralTiyn()).isEqualTo(report.sentTiyn()).isPositive();
      assertThatTheBooksAreSound(central.database());
      assertThatARefusalReachesTheBroker(central);
    }
  }

  private static FleetReport playWhileThingsDie(SeveralPrograms central) throws Exception {
    Map<Misbehaviour, Double> shares =
        Map.of(Misbehaviour.DUPLICATE, 0.1, Misbehaviour.OFFLINE, 0.01);
    CompletableFuture<SimulatedFleet.Ready> connected = new CompletableFuture<>();
    SimulatedFleet fleet =
        new SimulatedFleet(
            order(central, 5.0 * BOXES, Duration.ofHours(2), shares), Clock.systemUTC(), _ -> {});
    CompletableFuture<FleetReport> report =
        CompletableFuture.supplyAsync(() -> fleet.play(connected::complete));
    assertThat(connected.get(LONGEST.toSeconds(), TimeUnit.SECONDS).connected()).isEqualTo(BOXES);

    awaitBooked(central, 100);
    assertThat(List.of(central.taken("a"), central.taken("b")))
        .as("both nodes take their turns")
        .allSatisfy(messages -> assertThat(messages).isPositive());
    for (int kill = 0; kill < NODE_KILLS; kill++) {
      central.kill("b");
      awaitBooked(central, central.booked() + 100);
      central.startNode("b");
      Eventually.await(LONGEST, "the second node takes messages", () -> central.taken("b") > 0);
    }
    for (int kill = 0; kill < BROKER_KILLS; kill++) {
      central.kill("broker");
      central.startBroker();
      awaitBooked(central, central.booked() + 100);
    }
    long before = central.booked();
    central.crashDatabase();
    awaitBooked(central, before + 100);
    fleet.end();
    return report.get(2 * LONGEST.toSeconds(), TimeUnit.SECONDS);
  }

  private static void awaitBooked(SeveralPrograms central, long messages) {
    Eventually.await(
        LONGEST, messages + " messages are booked", () -> central.booked() >= messages);
  }

  private static FleetOrder order(
      SeveralPrograms central, double rate, Duration length, Map<Misbehaviour, Double> shares) {
    FleetOrder usual = FleetOrder.usual(central.firstPasswords("a"), directory.resolve("boxes"));
    return new FleetOrder(
        central.console("a"),
        central.door("a"),
        Optional.empty(),
        usual.loginFile(),
        usual.login(),
        Optional.empty(),
        usual.identities(),
        BOXES,
        rate,
        0,
        length,
        Duration.ofSeconds(2),
        false,
        20_261_130,
        shares,
        Duration.ofSeconds(1),
        16,
        Duration.ofSeconds(2),
        50,
        2,
        LONGEST);
  }

  private static void assertThatTheBooksAreSound(String database) {
    try (Store store =
        Store.open(
            new StoreSettings(database, 2, Duration.ofSeconds(20), Optional.empty()),
            List.of("AUDIT", "LEDGER"))) {
      assertThat(Eventually.answer(new Ledger(store, Clock.systemUTC()).verify()))
          .isInstanceOf(Verdict.Sound.class);
      assertThat(Eventually.answer(new AuditLog(store, Clock.systemUTC()).verify()))
          .isInstanceOf(AuditVerdict.Sound.class);
    }
  }

  /// One node refuses a box, and the broker, which is another program, hangs up on it for good.
  private static void assertThatARefusalReachesTheBroker(SeveralPrograms central) throws Exception {
    CompletableFuture<SimulatedFleet.Ready> connected = new CompletableFuture<>();
    SimulatedFleet fleet =
        new SimulatedFleet(order(central, 0, LONGEST, Map.of()), Clock.systemUTC(), _ -> {});
    CompletableFuture<FleetReport> report =
        CompletableFuture.supplyAsync(() -> fleet.play(connected::complete));
    assertThat(connected.get(LONGEST.toSeconds(), TimeUnit.SECONDS).connected()).isEqualTo(BOXES);
    Api b = new Api(central.console("b").getPort());
    b.signIn("fleet", password(central.firstPasswords("a"), "fleet"));
    String box = b.get("/boxes").path(0).path("id").asString();
    var _ =
        b.post(
            "/boxes/" + box + "/revocation",
            new JsonMapper().createObjectNode().put("reason", "stolen out of a car"));
    Eventually.await(LONGEST, "one box less is connected", () -> fleet.connected() == BOXES - 1);
    fleet.end();
    assertThat(report.get(LONGEST.toSeconds(), TimeUnit.SECONDS).count("hangUps")).isPositive();
  }

  private static String password(Path file, String login) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(words -> words.length > 1 && words[0].equals(login))
        .map(words -> words[words.length - 1])
        .findFirst()
        .orElseThrow();
  }
}
