package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kz.qonyrau.console.ProgramClient.Reply;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Campaigns ordered by a program that was written for AutoCall.
@Tag("SH-API-01")
@Tag("SH-API-02")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class AutocallRoutesTest {

  private static final String STATEMENT =
      """
      {"origin":"Заявки на сайте","collectedFrom":"2026-01-01","agreed":true,\
      "senderName":"Магазин","senderContact":"+77172000000","category":"SERVICE","language":"ru",\
      "weekdays":["MONDAY","TUESDAY","WEDNESDAY","THURSDAY","FRIDAY"],"start":"08:00",\
      "end":"20:00","days":3,"channels":5,"callsPerMinute":60}\
      """;
  private static final String TEXT = "Здравствуйте, ваш заказ готов к выдаче.";

  private static TestConsole at;
  private ProgramClient client;

  @BeforeAll
  static void openTheBox() {
    at = new TestConsole();
  }

  @AfterAll
  static void closeTheBox() {
    at.close();
  }

  @BeforeEach
  void open() {
    at.clock.advance(Duration.ofSeconds(1));
    at.forgetCampaigns();
    client = client(key("[\"campaigns.read\",\"campaigns.write\",\"contacts.write\"]", STATEMENT));
  }

  @AfterEach
  void close() {
    client.close();
  }

  private ProgramClient client(String secret) {
    return new ProgramClient("http://127.0.0.1:" + at.port() + "/api/v1", Optional.of(secret));
  }

  private String key(String scopes, String statement) {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/programs/keys",
            "{\"name\":\"CRM\",\"scopes\":"
                + scopes
                + (statement.isEmpty() ? "" : ",\"statement\":" + statement)
                + "}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return TestConsole.JSON.readTree(made.body()).path("secret").asString();
  }

  private static String order(String contacts) {
    return order(contacts, TEXT);
  }

  private static String order(String contacts, String text) {
    return "{\"list_id\":" + contacts + ",\"audio_id\":[{\"data\":{\"text\":\"" + text + "\"}}]}";
  }

  private JsonNode campaigns() {
    return at.read(Role.OWNER, "/campaigns");
  }

  @Test
  void aProgramOrdersACampaignAndItIsStarted() {
    at.nowHas("10000.00");

    Reply made =
        client.post(
            "/autocalls", order("[{\"number\":\"+77010000001\"},{\"number\":\"87010000002\"}]"));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    JsonNode autocall = made.json();
    assertThat(autocall.path("id").isIntegralNumber()).isTrue();
    assertThat(autocall.path("created_at").asString())
        .isEqualTo(AutocallRoutes.moment(at.clock.instant()))
        .startsWith("2026-11-24 09:");
    assertThat(made.body())
        .as("two contacts, 3.9 s of speech each, at 6.00 a second")
        .contains("\"max_cost\":48.00,\"final_cost\":0.00");
    JsonNode campaign = campaigns().get(0);
    assertThat(campaign.path("state").asString()).isEqualTo("SCHEDULED");
    assertThat(campaign.path("createdBy").asString()).isEqualTo("owner");
    assertThat(campaign.path("order").path("senderName").asString()).isEqualTo("Магазин");
    assertThat(campaign.path("order").path("windows")).hasSize(2);
    JsonNode list = at.read(Role.OWNER, "/lists").get(0);
    assertThat(list.path("contacts").asLong()).isEqualTo(2);
    assertThat(list.path("attestation").path("statedBy").asString()).isEqualTo("owner");
    assertThat(list.path("attestation").path("origin").asString()).isEqualTo("Заявки на сайте");
    Reply one = client.get("/autocalls/" + autocall.path("id").asLong());
    assertThat(one.json()).isEqualTo(autocall);
  }

  @Test
  void theAuditLogNamesTheKeyAndNoNumber() {
    at.nowHas("10000.00");
    var _ = client.post("/autocalls", order("[{\"number\":\"+77010000001\"}]"));

    String key = at.read(Role.OWNER, "/programs/keys").get(0).path("id").asString();
    JsonNode newest = at.read(Role.OWNER, "/audit?area=CAMPAIGNS").path(0);
    assertThat(newest.path("action").asString()).isEqualTo("CAMPAIGN_ORDERED");
    assertThat(newest.path("address").asString()).endsWith(" key " + key);
    assertThat(newest.path("detail").asString()).contains("contacts=1");
    assertThat(newest.toString()).doesNotContain("0000001");
  }

  @Test
  void variablesAreFilledInWhereTheirPlacesAre() {
    at.nowHas("10000.00");

    Reply made =
        client.post(
            "/autocalls",
            order(
                """
                [{"number":77010000001,"variables":{"name":"Айгүл «\\"Ә\\"», №1","sum":1500}},
                 {"number":"+77010000002","variables":[]}]\
                """,
                "Здравствуйте, {{ name }}, сумма {{sum}} тенге."));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    JsonNode list = at.read(Role.OWNER, "/lists").get(0);
    assertThat(list.path("variables")).hasToString("[\"name\",\"sum\"]");
    JsonNode contacts =
        at.read(Role.OWNER, "/lists/" + list.path("id").asString() + "/contacts").path("items");
    assertThat(contacts.get(0).path("variables").path("name").asString())
        .isEqualTo("Айгүл «\"Ә\"», №1");
    assertThat(campaigns().get(0).path("order").path("prompt").path("text").asString())
        .isEqualTo("Здравствуйте, {name}, сумма {sum} тенге.");
  }

  @Test
  void withoutAKeyOrWithARevokedOneItIs401() {
    try (ProgramClient nobody =
            new ProgramClient("http://127.0.0.1:" + at.port() + "/api/v1", Optional.empty());
        ProgramClient stranger = client("qk_00000000_nothing")) {
      for (ProgramClient one : List.of(nobody, stranger)) {
        Reply refused = one.get("/autocalls");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("message").asString()).isNotEmpty();
      }
      assertThat(nobody.get("/public/tariffs").json().path("data")).hasSize(1);
      assertThat(stranger.get("/public/tariffs").status()).isEqualTo(200);
    }
    assertThat(client.get("/autocalls").status()).isEqualTo(200);
    String id = at.read(Role.OWNER, "/programs/keys").get(0).path("id").asString();

    assertThat(at.send(Role.OWNER, "DELETE", "/programs/keys/" + id, "").statusCode())
        .isEqualTo(204);

    assertThat(client.get("/autocalls").status()).isEqualTo(401);
  }

  @Test
  void aCookieIsNoWayInHere() {
    HttpResponse<String> answer = at.get(Role.OWNER, "/v1/autocalls");

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void withoutMoneyItIs402AndNothingIsLeft() {
    at.nowHas("20.00");

    Reply refused = client.post("/autocalls", order("[{\"number\":\"+77010000001\"}]"));

    assertThat(refused.status()).as(refused.body()).isEqualTo(402);
    assertThat(refused.json().path("message").asString()).contains("24.00", "20.00");
    assertThat(campaigns()).isEmpty();
    assertThat(at.read(Role.OWNER, "/lists")).isEmpty();
  }

  @Test
  void aKeyWithoutAStatementSaysWhatToDo() {
    try (ProgramClient bare = client(key("[\"campaigns.write\",\"contacts.write\"]", ""))) {
      Reply refused = bare.post("/autocalls", order("[{\"number\":\"+77010000001\"}]"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.json().path("code").asString()).isEqualTo("STATEMENT_MISSING");
    }
  }

  @ParameterizedTest
  @CsvSource({"'[\"campaigns.read\"]', campaigns.write", "'[\"campaigns.write\"]', contacts.write"})
  void withoutAScopeItIs403AndNamesIt(String scopes, String missing) {
    try (ProgramClient narrow = client(key(scopes, STATEMENT))) {
      Reply refused = narrow.post("/autocalls", order("[{\"number\":\"+77010000001\"}]"));

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("message").asString()).contains(missing);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|list_id",
        "{\"list_id\":[],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|list_id",
        "{\"list_id\":7,\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|list_id",
        "{\"list_id\":\"7\",\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|list_id",
        "{\"list_id\":[{}],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|list_id.0.number",
        "{\"list_id\":[{\"number\":{}}],\"audio_id\":[{\"data\":{\"text\":\"Т\"}}]}|list_id.0.number",
        "{\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":7}}]}|audio_id.0.data.text",
        "{\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":\"x\"}|audio_id",
        "{\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":\"Текст {{x}}\"}}]}|audio_id.0.data.text",
        "{\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":\"Да\"}}]}|audio_id",
        "{\"list_id\":[{\"number\":\"+77010000001\",\"variables\":{\"1 x\":\"\"}}],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|list_id.0.variables",
        "{\"date_from\":\"2026-02-30\",\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|date_from",
        "{\"date_from\":\"2020-01-01\",\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|date_from",
        "{\"time_from\":\"03:00:00\",\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|time_from",
        "{\"cps\":5,\"list_id\":[{\"number\":\"+77010000001\"}],\"audio_id\":[{\"data\":{\"text\":\"Текст\"}}]}|cps",
        "[]|body",
        "{\"list_id\":|body"
      })
  void whatIsWrongIs422AndNamesTheField(String body, String field) {
    at.nowHas("10000.00");

    Reply refused = client.post("/autocalls", body);

    assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    assertThat(refused.json().path("message").asString()).isNotEmpty();
    assertThat(refused.json().path("errors").path(field).path(0).asString())
        .as(refused.body())
        .isNotEmpty();
    assertThat(campaigns()).isEmpty();
    assertThat(at.read(Role.OWNER, "/lists")).isEmpty();
  }

  @Test
  void numbersOfOtherCountriesAreNamedOneByOne() {
    Reply refused =
        client.post(
            "/autocalls",
            order(
                "[{\"number\":\"+77010000001\"},{\"number\":\"+998901234567\"},{\"number\":\"+12125550100\"}]"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().path("errors").propertyNames())
        .containsExactly("list_id.1.number", "list_id.2.number");
    assertThat(refused.body()).doesNotContain("998901234567");
  }

  @Test
  void tenThousandNumbersAreOneCampaignAndABodyWithoutEndIsRefused() {
    at.nowHas("1000000.00");
    String many =
        IntStream.range(0, 10_000)
            .mapToObj("{\"number\":\"+7701%07d\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));

    Reply made = client.post("/autocalls", order(many));
    Reply tooLarge = client.post("/autocalls", order(many + " ".repeat(1 << 20)));

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(at.read(Role.OWNER, "/lists").get(0).path("contacts").asInt()).isEqualTo(10_000);
    assertThat(tooLarge.status()).isEqualTo(413);
    assertThat(tooLarge.json().path("message").asString()).isNotEmpty();
  }

  @Test
  void pagesAreThoseOfLaravelNewestFirst() {
    at.nowHas("100000.00");
    for (int each = 1; each <= 17; each++) {
      Reply made =
          client.post(
              "/autocalls",
              "{\"name\":\"Обзвон № %d\",%s"
                  .formatted(each, order("[{\"number\":\"+77010000001\"}]").substring(1)));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    JsonNode first = client.get("/autocalls").json();
    JsonNode second = client.get("/autocalls?page=2").json();

    String path = "http://127.0.0.1:" + at.port() + "/api/v1/autocalls";
    assertThat(first.path("total").asInt()).isEqualTo(17);
    assertThat(first.path("last_page").asInt()).isEqualTo(2);
    assertThat(first.path("per_page").asInt()).isEqualTo(15);
    assertThat(first.path("data")).hasSize(15);
    assertThat(first.path("data").get(0).path("name").asString()).isEqualTo("Обзвон № 17");
    assertThat(first.path("next_page_url").asString()).isEqualTo(path + "?page=2");
    assertThat(first.has("prev_page_url")).isTrue();
    assertThat(first.path("prev_page_url").isNull()).isTrue();
    assertThat(second.path("data")).hasSize(2);
    assertThat(second.path("next_page_url").isNull()).isTrue();
    assertThat(second.path("from").asInt()).isEqualTo(16);
    assertThat(client.get("/autocalls?page=3").json().path("data")).isEmpty();
    assertThat(client.get("/autocalls?page=0").status()).isEqualTo(422);
    assertThat(client.get("/autocalls/999").status()).isEqualTo(404);
    assertThat(client.get("/nothing").json().path("message").asString()).isNotEmpty();
  }

  @Test
  void theSameOrderSentAgainIsAnsweredTheSameAndOrderedOnce() {
    at.nowHas("10000.00");
    String order = order("[{\"number\":\"+77010000001\"}]");

    Reply first = client.post("/autocalls", order, "order-1");
    Reply again = client.post("/autocalls", order, "order-1");
    Reply other = client.post("/autocalls", order("[{\"number\":\"+77010000002\"}]"), "order-1");

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.whole().headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_USED");
    assertThat(campaigns()).hasSize(1);
  }

  @Test
  void aRefusedOrderMayBeSentAgainUnderItsName() {
    String order = order("[{\"number\":\"+77010000001\"}]");
    at.nowHas("0.00");
    assertThat(client.post("/autocalls", order, "order-1").status()).isEqualTo(402);
    at.nowHas("10000.00");

    assertThat(client.post("/autocalls", order, "order-1").status()).isEqualTo(201);

    assertThat(campaigns()).hasSize(1);
  }

  @Test
  void sentManyTimesAtOnceItIsOneCampaign() throws ExecutionException, InterruptedException {
    at.nowHas("10000.00");
    String order = order("[{\"number\":\"+77010000001\"}]");
    List<Future<Reply>> sent = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int each = 0; each < 12; each++) {
        sent.add(threads.submit(() -> client.post("/autocalls", order, "order-1")));
      }
    }

    List<String> answered = new ArrayList<>();
    for (Future<Reply> one : sent) {
      Reply reply = one.get();
      assertThat(reply.status()).as(reply.body()).isIn(201, 409);
      if (reply.status() == 201) {
        answered.add(reply.body());
      }
    }
    assertThat(answered).isNotEmpty();
    assertThat(answered.stream().distinct()).hasSize(1);
    assertThat(campaigns()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"everything", "no answer", "no start", "no campaign", "no statement"})
  void anOrderThatDiedOnItsWayEndsAsOneCampaign(String done) {
    at.nowHas("10000.00");
    String order = order("[{\"number\":\"+77010000001\"}]");
    Reply first = client.post("/autocalls", order, "order-1");
    assertThat(first.status()).isEqualTo(201);
    died(done);

    Reply again = client.post("/autocalls", order, "order-1");

    assertThat(again.status()).as(again.body()).isEqualTo(201);
    assertThat(campaigns()).hasSize(1);
    assertThat(campaigns().get(0).path("id").asString())
        .isEqualTo(first.json().path("campaign_id").asString());
    assertThat(campaigns().get(0).path("state").asString()).isEqualTo("SCHEDULED");
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(at.read(Role.OWNER, "/lists")).hasSize(1);
    assertThat(at.read(Role.OWNER, "/lists").get(0).has("attestation")).isTrue();
  }

  /// Puts the tables into the state in which a death at this point leaves them, whose next start is
  /// another run of the program.
  private void died(String done) {
    if (done.equals("everything")) {
      return;
    }
    at.execute(
        "UPDATE integration.kept_answer SET status = NULL, answer = NULL, run ="
            + " '00000000-0000-4000-8000-000000000000'");
    if (done.equals("no answer")) {
      return;
    }
    at.execute("UPDATE campaign.campaign SET state = 'DRAFT', started_at_ms = NULL");
    if (done.equals("no start")) {
      return;
    }
    for (String table : List.of("campaign_event", "campaign_list", "tally", "campaign")) {
      at.execute("DELETE FROM campaign." + table);
    }
    if (done.equals("no statement")) {
      at.execute("UPDATE campaign.contact_list SET origin = NULL, stated_by = NULL");
    }
  }

  @Test
  void aKeyHasItsOwnLimit() {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/programs/keys",
            "{\"name\":\"slow\",\"scopes\":[\"campaigns.read\"],\"requestsPerMinute\":3}");
    try (ProgramClient slow =
        client(TestConsole.JSON.readTree(made.body()).path("secret").asString())) {
      for (int each = 0; each < 3; each++) {
        assertThat(slow.get("/autocalls").status()).isEqualTo(200);
      }

      Reply refused = slow.get("/autocalls");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.whole().headers().firstValue("Retry-After")).contains("20");
      assertThat(refused.json().path("message").asString()).isNotEmpty();
      assertThat(client.get("/autocalls").status()).as("another key").isEqualTo(200);
    }
  }
}
