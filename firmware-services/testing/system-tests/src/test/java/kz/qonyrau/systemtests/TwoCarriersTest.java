package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A campaign over two carriers, of which the cheaper one dies and comes back while it runs.
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class TwoCarriersTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CAMPAIGN = Duration.ofMinutes(5);
  private static final int PEOPLE = 150;

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(),
          StageDirectory.bundles(),
          directory.path(),
          StageSettings.USUAL.withCredit(10_000_000).withChannels(30));
  private final Aftermath aftermath = new Aftermath(stage);

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  @Tag("AC-CAL-02")
  @Tag("AC-CAL-03")
  @Tag("AC-CAL-06")
  @Test
  void theCheaperCarrierDiesInMidCampaignAndComesBack() {
    stage.start(_ -> {});
    stage.startSecondCarrier();
    Api technician = stage.box("technician");
    addSecondTrunk(technician);
    await("both trunks answer", () -> conditions(technician).equals(List.of("UP", "UP")));
    Campaigning business = new Campaigning(stage.box());
    String list = business.list("two carriers", Subscribers.many(Subscribers.SILENT, PEOPLE));
    String campaign =
        business.campaign(
            new Wish(
                "two carriers",
                list,
                "Здравствуйте! Это проверка связи, ничего делать не нужно.",
                8,
                600,
                false,
                false,
                3));
    business.start(campaign);
    await("calls are running", () -> aftermath.rangOn("carrier").size() >= 12);
    assertThat(aftermath.rangOn("carrier-2")).as("the dearer one is not needed").isEmpty();

    loseTheCarrier();

    await("the other one takes over", () -> aftermath.rangOn("carrier-2").size() >= 5);
    await(
        "the box says that one is away", () -> !conditions(technician).equals(List.of("UP", "UP")));
    assertThat(stage.box().get("/dashboard").path("telephony").path("trunkReachable").asBoolean())
        .as("a box with a carrier left is reachable")
        .isTrue();
    int before = aftermath.rangOn("carrier").size();

    stage.startCarrier();

    await("the cheaper one is back", () -> conditions(technician).equals(List.of("UP", "UP")));
    await("it is asked again", () -> aftermath.rangOn("carrier").size() > before + 5);
    JsonNode end = business.awaitEnd(campaign, CAMPAIGN);
    aftermath.assertEverybodyOnceAndEveryTengeAccountedFor(end, PEOPLE);

    Map<String, Long> outcomes = Aftermath.outcomes(end);
    assertThat(outcomes.keySet())
        .as("whose call was under way hears nothing more, and nobody else loses his")
        .isSubsetOf(Set.of("ANSWERED", "OPERATOR_FAILURE", "NO_ANSWER"));
    assertThat(outcomes.get("ANSWERED")).isGreaterThanOrEqualTo(PEOPLE - 8);
    String today = LocalDate.now(ZoneId.of("Asia/Almaty")).toString();
    JsonNode report = stage.box().get("/reports/calls?from=" + today + "&to=" + today);
    assertThat(report.path("trunks").findValuesAsString("name")).contains("Carrier 2");
  }

  /// As if its line were cut: nothing is said any more, not even that calls are over.
  private void loseTheCarrier() {
    assertThat(ProcessHandle.of(stage.carrierAsteriskPid()).orElseThrow().destroyForcibly())
        .isTrue();
    stage.kill("carrier");
  }

  private void addSecondTrunk(Api technician) {
    JsonNode trunks = technician.get("/trunks");
    JsonNode first = trunks.path("trunks").get(0);
    ObjectNode form = JSON.createObjectNode();
    form.put("name", "Carrier 2");
    form.put("host", "127.0.0.1");
    form.put("port", stage.secondCarrierSipPort());
    form.put("transport", "UDP");
    form.putArray("codecs").add("ALAW");
    form.put("channelLimit", 20);
    form.put("price", "99.0000");
    form.put("place", 1);
    form.put("callerNumber", first.path("callerNumber").asString());
    form.put("enabled", true);
    var _ = technician.post("/trunks", form);
  }

  private static List<String> conditions(Api technician) {
    return technician.get("/trunks").path("trunks").findValuesAsString("condition");
  }

  private static void await(String what, BooleanSupplier condition) {
    Wait.until(PATIENCE, what, condition);
  }
}
