package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.console.ProgramClient.Reply;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Door;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Keys, what they open and what they never open, and what programs are told.
@Tag("SH-API-01")
@Tag("SH-API-02")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class ProgramRoutesTest {

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @BeforeEach
  void forget() {
    at.clock.advance(Duration.ofSeconds(1));
    at.forgetCampaigns();
  }

  private ProgramClient program(String... scopes) {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/programs/keys",
            "{\"name\":\"CRM\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String secret = TestConsole.JSON.readTree(made.body()).path("secret").asString();
    return new ProgramClient("http://127.0.0.1:" + at.port() + "/api", Optional.of(secret));
  }

  private static String order() {
    return BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
  }

  @Test
  void aKeyIsShownOnceAndNeverAgain() {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/programs/keys",
            "{\"name\":\"Учёт «1С»\",\"scopes\":[\"balance.read\"]}");
    String secret = TestConsole.JSON.readTree(made.body()).path("secret").asString();

    HttpResponse<String> listed = at.get(Role.OWNER, "/programs/keys");

    assertThat(secret).matches("qk_[0-9a-f]{8}_[A-Za-z0-9_-]{43}");
    assertThat(listed.body()).contains("Учёт «1С»").doesNotContain(secret.substring(12));
    JsonNode key = TestConsole.JSON.readTree(listed.body()).get(0);
    assertThat(secret).contains(key.path("id").asString());
    assertThat(key.path("requestsPerMinute").asInt()).isEqualTo(300);
    assertThat(at.get(Role.OWNER, "/audit").body()).contains("API_KEY_MADE").doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"\",\"scopes\":[\"calls.read\"]}",
        "{\"name\":\"x\",\"scopes\":[]}",
        "{\"name\":\"x\",\"scopes\":[\"everything\"]}",
        "{\"name\":\"x\",\"scopes\":[\"calls.read\",\"calls.read\"]}",
        "{\"name\":\"   \",\"scopes\":[\"calls.read\"]}",
        "{\"name\":\"x\",\"scopes\":[\"calls.read\"],\"requestsPerMinute\":0}",
        "{\"name\":\"x\",\"scopes\":[\"calls.read\"],\"secret\":\"mine\"}",
        "{\"name\":\"x\",\"scopes\":[\"calls.read\"],\"statement\":{}}"
      })
  void aKeyThatMakesNoSenseIsRefused(String body) {
    int before = at.read(Role.OWNER, "/programs/keys").size();

    HttpResponse<String> refused = at.send(Role.OWNER, "POST", "/programs/keys", body);

    assertThat(refused.statusCode()).isIn(400, 422);
    assertThat(TestConsole.JSON.readTree(refused.body()).path("errors")).isNotEmpty();
    assertThat(at.read(Role.OWNER, "/programs/keys")).hasSize(before);
  }

  /// EX-API-1, as far as it is about scopes.
  @Test
  void aKeyDoesWhatItsScopesSayAndNothingElse() {
    try (ProgramClient program = program("campaigns.write", "campaigns.read")) {
      Reply made = program.post("/campaigns", order());
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      assertThat(made.json().path("createdBy").asString()).isEqualTo("owner");
      assertThat(program.get("/campaigns").json()).hasSize(1);

      Reply refused = program.get("/lists/" + UUID.randomUUID() + "/contacts");

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("code").asString()).isEqualTo("SCOPE_MISSING");
      assertThat(refused.json().path("detail").asString()).contains("contacts.read");
    }
  }

  @Test
  void noKeyOpensWhatIsForPeople() {
    try (ProgramClient all =
        program(
            "contacts.read",
            "contacts.write",
            "campaigns.read",
            "campaigns.write",
            "calls.read",
            "recordings.read",
            "reports.read",
            "balance.read",
            "webhooks")) {
      Map<String, String> closed =
          Map.of(
              "/programs/keys", "GET",
              "/session", "GET",
              "/audit", "GET",
              "/data.zip", "GET",
              "/live", "GET",
              "/system", "GET",
              "/notices", "GET",
              "/dashboard", "GET");
      Set<String> known = new HashSet<>();
      Vertx vertx = Vertx.vertx();
      try {
        Door.operations(vertx, "openapi/box.yaml").forEach(one -> known.add(one.path()));
      } finally {
        TestConsole.await(vertx.close());
      }
      closed.forEach((path, method) -> {
        if (known.contains(path)) {
          Reply refused = all.send(method, path, "");
          assertThat(refused.status()).as(path).isEqualTo(403);
          assertThat(refused.json().path("code").asString()).isEqualTo("NOT_FOR_KEYS");
        }
      });
      assertThat(known).contains("/programs/keys", "/session", "/live", "/system");
      int before = at.read(Role.OWNER, "/programs/keys").size();
      Reply made = all.post("/programs/keys", "{\"name\":\"more\",\"scopes\":[\"balance.read\"]}");
      assertThat(made.status()).isEqualTo(403);
      assertThat(at.read(Role.OWNER, "/programs/keys")).hasSize(before);
    }
  }

  @Test
  @Tag("EX-API-2")
  @Tag("SH-API-03")
  void aProgramThatDoesNotSlowDownIsFrozenUntilItsOwnerThawsItsKey() {
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/programs/keys",
            "{\"name\":\"Scraper\",\"scopes\":[\"calls.read\"],\"requestsPerMinute\":60}");
    JsonNode key = TestConsole.JSON.readTree(made.body());
    String id = key.path("key").path("id").asString();
    try (ProgramClient scraper =
            new ProgramClient(
                "http://127.0.0.1:" + at.port() + "/api",
                Optional.of(key.path("secret").asString()));
        ProgramClient polite = program("calls.read")) {
      for (int minute = 1; minute <= 10; minute++) {
        for (int page = 0; page < 60; page++) {
          assertThat(scraper.get("/calls?page=" + page).status()).isEqualTo(200);
        }
        Reply told = scraper.get("/calls?page=60");
        assertThat(told.status()).isEqualTo(429);
        assertThat(told.whole().headers().firstValue("Retry-After")).contains("1");
        at.clock.advance(Duration.ofMinutes(1));
      }

      Reply refused = scraper.get("/calls");
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("code").asString()).isEqualTo("KEY_FROZEN");
      assertThat(polite.get("/calls").status()).isEqualTo(200);
      assertThat(frozenAt(id)).isNotEmpty();
      assertThat(polite.post("/programs/keys/" + id + "/thaw", "{}").status()).isEqualTo(403);
      assertThat(thaw(Role.OPERATOR, id)).isEqualTo(403);
      assertThat(thaw(Role.OWNER, "00000000")).isEqualTo(404);
      assertThat(thaw(Role.OWNER, id)).isEqualTo(204);
      assertThat(frozenAt(id)).isEmpty();
      assertThat(scraper.get("/calls").status()).isEqualTo(200);
      assertThat(at.get(Role.OWNER, "/audit").body()).contains("API_KEY_THAWED");
    }
  }

  private static int thaw(Role role, String id) {
    return at.send(role, "POST", "/programs/keys/" + id + "/thaw", "").statusCode();
  }

  private static String frozenAt(String id) {
    return at.read(Role.OWNER, "/programs/keys")
        .valueStream()
        .filter(key -> key.path("id").asString().equals(id))
        .map(key -> key.path("frozenAt").asString(""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aBadKeyIsNotHelpedByACookie() {
    try (ProgramClient stranger =
        new ProgramClient("http://127.0.0.1:" + at.port() + "/api", Optional.of("qk_1_2"))) {
      Reply refused =
          stranger.send(stranger.to("/campaigns").header("Cookie", at.cookie(Role.OWNER)).GET());

      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.json().path("code").asString()).isEqualTo("KEY_UNKNOWN");
    }
  }

  @Test
  void onlyTheOwnerHasToDoWithKeysAndWebhooks() {
    for (Role role : List.of(Role.OPERATOR, Role.TECHNICIAN)) {
      assertThat(at.get(role, "/programs/keys").statusCode()).isEqualTo(403);
      assertThat(at.get(role, "/webhooks").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aChangeThatIsSentAgainIsDoneOnce() {
    try (ProgramClient program = program("campaigns.write", "campaigns.read")) {
      String order = order();

      Reply first = program.post("/campaigns", order, "draft-1");
      Reply again = program.post("/campaigns", order, "draft-1");
      Reply other = program.post("/campaigns", order(), "draft-1");

      assertThat(first.status()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(other.status()).isEqualTo(422);
      assertThat(program.get("/campaigns").json()).hasSize(1);
      at.execute("UPDATE integration.kept_answer SET begun_at_ms = begun_at_ms - 86400000");
      assertThat(program.post("/campaigns", order, "draft-1").status()).isEqualTo(201);
      assertThat(program.get("/campaigns").json()).as("a day later it is another one").hasSize(2);
    }
  }

  @Test
  void twoKeysMayUseTheSameNames() {
    try (ProgramClient one = program("campaigns.write");
        ProgramClient other = program("campaigns.write")) {
      assertThat(one.post("/campaigns", order(), "1").status()).isEqualTo(201);
      assertThat(other.post("/campaigns", order(), "1").status()).isEqualTo(201);
    }
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    try (ProgramClient program = program("campaigns.write", "campaigns.read")) {
      for (String name : List.of("a b", "x".repeat(256))) {
        Reply refused = program.post("/campaigns", order(), name);

        assertThat(refused.status()).as(name).isEqualTo(400);
        assertThat(refused.body()).contains("Idempotency-Key");
      }
      assertThat(program.get("/campaigns").json()).isEmpty();
    }
  }

  /// EX-AC-19.
  @Test
  void speechIsNotMadeForProgramsWithoutACampaign() {
    try (ProgramClient program = program("campaigns.write")) {
      Reply refused =
          program.post(
              "/voices/preview", "{\"text\":\"" + "а".repeat(5000) + "\",\"language\":\"ru\"}");

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.json().path("code").asString()).isEqualTo("TTS_CALLS_ONLY");
      Reply forCampaign =
          program.post(
              "/voices/preview",
              "{\"text\":\"Привет\",\"language\":\"ru\",\"context\":\"CAMPAIGN\"}");
      assertThat(forCampaign.status()).isEqualTo(403);
      assertThat(forCampaign.json().path("code").asString()).isEqualTo("TTS_CALLS_ONLY");
    }
    assertThat(at.get(Role.OWNER, "/audit").body()).contains("MISUSE_REFUSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OWN", "COMPATIBLE"})
  void theDescriptionIsWhatKeysOpen(String contract) {
    JsonNode document = at.read(Role.OWNER, "/programs/description?contract=" + contract);

    assertThat(document.path("openapi").asString()).isEqualTo("3.1.0");
    assertThat(document.path("paths").size()).isPositive();
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.path("summary").asString()).isNotEmpty();
        if (!operation.has("security")) {
          assertThat(operation.path("x-scope").asString()).isNotEmpty();
        }
      }
    }
    assertThat(document.path("paths").has("/programs/keys")).isFalse();
  }

  @Test
  void aProgramIsToldOfCallsCampaignsAndLists() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    try (ProgramClient program = program("webhooks", "campaigns.write")) {
      Reply made =
          program.post(
              "/webhooks",
              "{\"url\":\"http://127.0.0.1:%d/\",\"events\":[\"call.finished\",\"campaign.state\"]}"
                  .formatted(receiver.getAddress().getPort()));
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      assertThat(made.json().path("secret").asString()).startsWith("whsec_");
      at.nowHas("1000.00");
      Reply campaign = program.post("/campaigns", order());
      String id = campaign.json().path("id").asString();

      CallId call = at.call(new CampaignId(id), "+77010000001");

      Eventually.await(Duration.ofSeconds(20), "two events", () -> told.size() == 2);
      assertThat(told)
          .anySatisfy(body -> {
            JsonNode event = TestConsole.JSON.readTree(body);
            assertThat(event.path("event").asString()).isEqualTo("call.finished");
            assertThat(event.path("data").path("call_id").asString()).isEqualTo(call.value());
            assertThat(event.path("data").path("outcome").asString()).isEqualTo("BUSY");
          });
      assertThat(told)
          .anySatisfy(body -> {
            JsonNode event = TestConsole.JSON.readTree(body);
            assertThat(event.path("event").asString()).isEqualTo("campaign.state");
            assertThat(event.path("data").path("state").asString()).isEqualTo("DRAFT");
            assertThat(event.path("data").path("campaign_id").asString()).isEqualTo(id);
          });
      String webhook = made.json().path("webhook").path("id").asString();
      JsonNode deliveries = program.get("/webhooks/" + webhook + "/deliveries").json();
      assertThat(deliveries.path("total").asInt()).isEqualTo(2);
      assertThat(program.get("/webhooks").body())
          .doesNotContain(made.json().path("secret").asString());
      assertThat(program.send("POST", "/webhooks/" + webhook + "/test", "").status())
          .isEqualTo(204);
      Eventually.await(Duration.ofSeconds(20), "the test", () -> told.size() == 3);
      assertThat(program.send("DELETE", "/webhooks/" + webhook, "").status()).isEqualTo(204);
      assertThat(program.get("/webhooks").json()).isEmpty();
    } finally {
      receiver.stop(0);
    }
  }

  @Test
  void anAddressThatIsNoneIsRefusedWithItsField() {
    HttpResponse<String> refused =
        at.send(
            Role.OWNER,
            "POST",
            "/webhooks",
            "{\"url\":\"http://me:secret@crm.example/\",\"events\":[\"list.ready\"]}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(
            TestConsole.JSON
                .readTree(refused.body())
                .path("errors")
                .get(0)
                .path("field")
                .asString())
        .isEqualTo("url");
    assertThat(refused.body()).doesNotContain("secret@");
  }
}
