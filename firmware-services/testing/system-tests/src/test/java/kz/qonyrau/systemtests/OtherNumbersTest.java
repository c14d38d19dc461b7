package kz.qonyrau.systemtests;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import kz.qonyrau.vocabulary.AstanaTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Contacts with two numbers, from the file to the carrier: box, central and carrier as processes.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("AC-CMP-07")
class OtherNumbersTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CAMPAIGN = Duration.ofMinutes(3);

  /// The shortest that there is after a busy line.
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private static final String BUSY = "40";
  private static final String UNKNOWN = "60";

  private final StageDirectory directory = StageDirectory.create();
  private final Stage stage =
      Stage.on(
          StageDirectory.root(), StageDirectory.bundles(), directory.path(), StageSettings.USUAL);

  private final List<String> busy = Subscribers.many(BUSY, 3);
  private final List<String> unknown = Subscribers.many(UNKNOWN, 4);
  private final List<String> answer = Subscribers.many(Subscribers.SILENT, 4);

  @AfterEach
  void close() {
    stage.close();
    directory.close();
  }

  /// Who answers at his first number is not called at the other; who has a number that somebody
  /// else is known by is not called there.
  private String file() {
    return String.join(
        "\r\n",
        List.of(
            "телефон;имя;телефон 2",
            busy.get(0) + ";Айгуль;" + answer.get(0),
            unknown.get(0) + ";Болат;" + answer.get(1),
            unknown.get(1) + ";Вера;" + answer.get(2),
            answer.get(2) + ";Даулет;" + answer.get(3),
            unknown.get(2) + ";Ерлан;" + unknown.get(3),
            busy.get(1) + ";Жанна;" + busy.get(2)));
  }

  private static ObjectNode otherAfterBusyAndUnknown() {
    ObjectNode retries = JSON.createObjectNode().put("mostAttempts", 2);
    ArrayNode reasons = retries.putArray("reasons");
    reasons.add(retry("BUSY", PAUSE));
    reasons.add(retry("INVALID_NUMBER", Duration.ZERO));
    return retries;
  }

  private static ObjectNode retry(String reason, Duration pause) {
    return JSON.createObjectNode()
        .put("reason", reason)
        .put("times", 1)
        .put("pauseMinutes", pause.toMinutes())
        .put("growing", false)
        .put("next", "OTHER");
  }

  @Test
  @Tag("AC-CON-01")
  @Tag("AC-CMP-09")
  void whoIsNotReachedAtOneNumberIsCalledAtTheOtherAndNoTelephoneRingsTwice() {
    stage.start(_ -> {});
    Campaigning business = new Campaigning(stage.box());
    String list = business.list("several", file().getBytes(StandardCharsets.UTF_8));
    JsonNode imported = stage.box().get("/lists/" + list);
    assertThat(imported.path("contacts").asInt()).isEqualTo(6);
    assertThat(imported.path("otherNumbers").asInt()).isEqualTo(6);
    String campaign =
        business.campaignThatCallsAgain(Wish.greeting("several", list), otherAfterBusyAndUnknown());

    business.start(campaign);
    Wait.until(
        Duration.ofSeconds(45),
        "only those whose lines were busy are left",
        () -> {
          JsonNode progress = business.look(campaign).path("progress");
          return progress.path("waiting").asInt() == 2 && progress.path("done").asInt() == 4;
        });
    stage.kill("box");
    stage.startBox();
    Api owner = stage.box();
    JsonNode end = new Campaigning(owner).awaitEnd(campaign, CAMPAIGN);

    List<JsonNode> recipients = items(owner, "/campaigns/" + campaign + "/recipients?size=100");
    assertThat(recipients.stream().map(OtherNumbersTest::story))
        .containsExactly(
            story("ANSWERED", busy.get(0), answer.get(0)),
            story("ANSWERED", unknown.get(0), answer.get(1)),
            story("INVALID_NUMBER", unknown.get(1)),
            story("ANSWERED", answer.get(2)),
            story("INVALID_NUMBER", unknown.get(2), unknown.get(3)),
            story("BUSY", busy.get(1), busy.get(2)));
    assertThat(Aftermath.outcomes(end))
        .isEqualTo(Map.of("ANSWERED", 3L, "INVALID_NUMBER", 2L, "BUSY", 1L));
    for (int waited : List.of(0, 5)) {
      JsonNode calls = recipients.get(waited).path("calls");
      assertThat(Duration.between(startOf(calls.get(0)), startOf(calls.get(1))))
          .isGreaterThanOrEqualTo(PAUSE);
    }

    List<JsonNode> dials =
        recipients.stream().flatMap(one -> one.path("calls").valueStream()).toList();
    assertThatTheCarrierKnowsTheSame(dials);
    assertThatTheCallLogAndTheReportKnowTheSame(owner, campaign, dials);
  }

  private static List<JsonNode> items(Api owner, String path) {
    return owner.get(path).path("items").valueStream().toList();
  }

  private static String story(JsonNode recipient) {
    return story(
        recipient.path("outcome").asString(),
        recipient
            .path("calls")
            .valueStream()
            .map(call -> call.path("number").asString())
            .toArray(String[]::new));
  }

  /// What a contact's calls came to, and where they went.
  private static String story(String outcome, String... numbers) {
    return outcome + " " + List.of(numbers);
  }

  private static Instant startOf(JsonNode call) {
    return Instant.parse(call.path("startedAt").asString());
  }

  /// Asterisk's ids say in which second a call came.
  private void assertThatTheCarrierKnowsTheSame(List<JsonNode> dials) {
    Map<String, Instant> rang =
        stage.carrierRecord().stream()
            .map(JSON::readTree)
            .filter(line -> line.path("event").asString().equals("rings"))
            .collect(
                toMap(
                    line -> "+" + line.path("number").asString(),
                    line ->
                        Instant.ofEpochSecond(
                            Long.parseLong(
                                line.path("call").asString().replaceAll("^.*-|[.].*$", "")))));
    assertThat(rang).hasSameSizeAs(dials);
    assertThat(dials)
        .allSatisfy(dial ->
            assertThat(rang.get(dial.path("number").asString()))
                .isBetween(startOf(dial).minusSeconds(1), startOf(dial).plusSeconds(10)));
  }

  private static void assertThatTheCallLogAndTheReportKnowTheSame(
      Api owner, String campaign, List<JsonNode> dials) {
    assertThat(
            items(owner, "/calls?size=100&campaignId=" + campaign).stream()
                .map(call -> call.path("id").asString() + call.path("number").asString()))
        .containsExactlyInAnyOrderElementsOf(
            dials.stream()
                .map(dial -> dial.path("callId").asString() + dial.path("number").asString())
                .toList());
    LocalDate today = AstanaTime.dateOf(Clock.systemUTC().instant());
    JsonNode sums =
        owner
            .get("/reports/calls?from=%s&to=%s".formatted(today.minusDays(1), today))
            .path("campaigns")
            .path(0)
            .path("sums");
    assertThat(sums.path("attempts").asInt()).isEqualTo(dials.size());
    assertThat(
            sums.path("outcomes")
                .propertyStream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().asLong())))
        .isEqualTo(
            dials.stream()
                .collect(groupingBy(dial -> dial.path("outcome").asString(), counting())));
  }
}
