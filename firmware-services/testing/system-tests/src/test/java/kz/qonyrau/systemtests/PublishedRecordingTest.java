package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A published recording from end to end, with box and central as processes: the owner withdraws
/// while central is away, the box is killed, and what was published is removed all the same.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
class PublishedRecordingTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SOON = Duration.ofSeconds(60);

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);
  private final String call = UUID.randomUUID().toString();

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  private static String now() {
    return Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private JsonNode known(Api box) {
    return box.get("/promotions?callId=" + call).path(0);
  }

  private void awaitState(Api box, String state) {
    Wait.until(
        SOON,
        "the box knows that it is " + state,
        () -> known(box).path("state").asString().equals(state));
  }

  @Test
  void theOwnerWithdrawsWhileCentralIsAwayAndItIsRemoved() {
    stage.start(_ -> {});
    Api officer = stage.central("complaints");
    String customer = officer.get("/customers").path(0).path("id").asString();
    String boxId =
        officer.get("/promotions/boxes?organisationId=" + customer).path(0).path("id").asString();
    ObjectNode consent =
        JSON.createObjectNode()
            .put("boxId", boxId)
            .put("callId", call)
            .put("chat", "-100123")
            .put("message", 42)
            .put("givenAt", now())
            .put("givenBy", "Айгүл");
    consent.putArray("allowed").add("SITE");
    String id = officer.post("/promotions", consent).path("id").asString();
    JsonNode published =
        officer.post(
            "/promotions/" + id + "/publications",
            JSON.createObjectNode()
                .put("outlet", "SITE")
                .put("place", "qonyrau.kz/examples")
                .put("at", now()));
    awaitState(stage.box(), "STANDING");

    stage.kill("central");
    JsonNode asked = stage.box().post("/promotions/" + id + "/withdrawal");
    assertThat(asked.path("state").asString()).isEqualTo("ASKED");
    stage.kill("box");
    stage.startCentral();
    stage.startBox();
    Api owner = stage.box();
    awaitState(owner, "TO_REMOVE");

    JsonNode withdrawn = stage.central("complaints").get("/promotions/" + id);
    assertThat(withdrawn.path("state").asString()).isEqualTo("TO_REMOVE");
    assertThat(withdrawn.path("withdrawal").path("by").asString()).isEqualTo("owner");
    assertThat(
            Duration.between(
                Instant.parse(withdrawn.path("withdrawal").path("from").asString()),
                Instant.parse(withdrawn.path("withdrawal").path("due").asString())))
        .isEqualTo(Duration.ofDays(3));
    var _ =
        stage
            .central("complaints")
            .post(
                "/promotions/"
                    + id
                    + "/publications/"
                    + published.path("publications").path(0).path("id").asString()
                    + "/removal",
                JSON.createObjectNode().put("at", now()));
    awaitState(owner, "ENDED");
    assertThat(known(owner).path("publications").path(0).has("removedAt")).isTrue();
  }
}
