package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The end of a box, with the whole product as processes: ordered at central, confirmed by the
/// owner, erased by the next start although that one is killed.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Tag("PLT-22")
class LastDayTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CAMPAIGN = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(),
          StageDirectory.bundles(),
          directory.path(),
          StageSettings.USUAL.withCredit(10_000_000).withChannels(30));

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  private Path home() {
    return directory.path().resolve("box");
  }

  private static String stageOf(Api box) {
    return box.get("/system").path("retirement").path("stage").asString("");
  }

  @Test
  void aBoxThatCentralRetiresReportsIsErasedAndStartsAsNew() throws Exception {
    stage.start(_ -> {});
    Api owner = stage.box();
    Campaigning business = new Campaigning(owner);
    String list = business.list("last", Subscribers.many(Subscribers.SILENT, 3));
    String campaign =
        business.campaign(
            new Wish(
                "last",
                list,
                "Здравствуйте! Это последний звонок, ничего делать не нужно.",
                3,
                600,
                true,
                false,
                3));
    business.start(campaign);
    var _ = business.awaitEnd(campaign, CAMPAIGN);
    String id = owner.get("/system").path("boxId").asString();
    long spent = owner.get("/campaigns/" + campaign).path("costTiyn").asLong();
    assertThat(spent).isPositive();
    String key = Files.readString(home().resolve("keys/database"));
    Eventually.await(PATIENCE, "the recordings of three calls are packed", this::arePacked);
    List<Path> recordings = filesBelow("recordings");
    assertThat(recordings).hasSize(3);

    Api fleet = stage.central("fleet");
    var _ =
        fleet.post(
            "/boxes/" + id + "/commands",
            JSON.createObjectNode()
                .put("order", "DECOMMISSION")
                .put("reason", "the contract has ended"));
    Wait.until(PATIENCE, "the owner has time", () -> stageOf(owner).equals("OWNERS_TIME"));

    assertThat(owner.get("/ledger/balance").path("availableTiyn").asLong()).isZero();
    assertThat(owner.get("/calls").path("total").asLong()).isEqualTo(3);
    assertThat(owner.get("/lists")).hasSize(1);
    assertThat(fleet.get("/boxes/" + id).path("state").asString()).isEqualTo("ONLINE");

    ProcessHandle program = ProcessHandle.of(stage.pid("box")).orElseThrow();
    var _ = owner.post("/system/retirement/confirmation", JSON.createObjectNode().put("boxId", id));
    var _ = program.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(home().resolve("erase-everything")).exists();
    assertThat(recordings).allSatisfy(file -> assertThat(file).exists());
    JsonNode seen = fleet.get("/boxes/" + id);
    assertThat(seen.path("state").asString()).isEqualTo("REVOKED");
    assertThat(seen.path("money").path("usedTiyn").asLong()).isEqualTo(spent);
    assertThat(fleet.get("/boxes/" + id + "/commands").path(0).path("state").asString())
        .isEqualTo("DONE");

    dieWhileErasing();
    stage.startBox();

    assertThat(home().resolve("erase-everything")).doesNotExist();
    assertThat(Files.readString(home().resolve("keys/database"))).isNotEqualTo(key);
    assertThat(recordings).allSatisfy(file -> assertThat(file).doesNotExist());
    Api anew = stage.box();
    assertThat(anew.get("/lists")).isEmpty();
    assertThat(anew.get("/campaigns")).isEmpty();
    assertThat(anew.get("/calls").path("total").asLong()).isZero();
    JsonNode system = anew.get("/system");
    // The stage may have given it another ticket, with which it is another box.
    assertThat(system.path("boxId").asString("")).isNotEqualTo(id);
    assertThat(system.has("retirement")).isFalse();
  }

  /// Starts the box and kills it as soon as its keys are gone.
  private void dieWhileErasing() throws InterruptedException {
    Thread starting =
        Thread.ofPlatform()
            .start(() ->
                assertThatThrownBy(stage::startBox).isInstanceOf(IllegalStateException.class));
    Eventually.await(
        PATIENCE, "the keys are gone", () -> !Files.exists(home().resolve("keys/database")));
    stage.kill("box");
    starting.join();
  }

  /// Until the last one is, files come and go, also between two looks.
  private boolean arePacked() {
    try {
      List<Path> files = filesBelow("recordings");
      return files.size() == 3
          && files.stream().allMatch(file -> file.toString().endsWith(".flac.sealed"));
    } catch (UncheckedIOException gone) {
      return false;
    }
  }

  private List<Path> filesBelow(String name) {
    try (Stream<Path> files = Files.walk(home().resolve(name))) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
