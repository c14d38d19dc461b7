package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Templates of campaigns, over the API.
@Tag("AC-CMP-01")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class TemplateRoutesTest {

  private static final String PATH = "/campaign-templates";

  private static TestConsole at;
  private static String campaign;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    String order = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
    HttpResponse<String> made = at.send(Role.OWNER, "POST", "/campaigns", order);
    campaign = TestConsole.JSON.readTree(made.body()).path("id").asString();
    assertThat(campaign).as(made.body()).isNotEmpty();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static HttpResponse<String> keep(Role role, String name, String campaignId) {
    return at.send(
        role,
        "POST",
        PATH,
        TestConsole.JSON
            .createObjectNode()
            .put("name", name)
            .put("campaignId", campaignId)
            .toString());
  }

  private static String kept(String name) {
    HttpResponse<String> answer = keep(Role.OWNER, name, campaign);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestConsole.JSON.readTree(answer.body()).path("id").asString();
  }

  @Test
  void isKeptRenamedAndDeleted() {
    String id = kept("Зима");

    JsonNode template = at.read(Role.OPERATOR, PATH + "/" + id);
    assertThat(template.path("order"))
        .isEqualTo(at.read(Role.OWNER, "/campaigns/" + campaign).path("order"));
    assertThat(template.path("keptBy").asString()).isEqualTo("owner");
    HttpResponse<String> renamed =
        at.send(Role.OWNER, "PUT", PATH + "/" + id, "{\"name\":\" Весна \"}");
    assertThat(renamed.statusCode()).isEqualTo(200);
    assertThat(at.read(Role.OPERATOR, PATH).findValuesAsString("name")).contains("Весна");
    assertThat(at.send(Role.OWNER, "DELETE", PATH + "/" + id, "").statusCode()).isEqualTo(204);
    assertThat(at.send(Role.OWNER, "DELETE", PATH + "/" + id, "").statusCode()).isEqualTo(404);
    assertThat(at.get(Role.OWNER, PATH + "/" + id).statusCode()).isEqualTo(404);
    assertThat(at.rows("SELECT action FROM audit.entry WHERE action LIKE 'TEMPLATE%'"))
        .contains("TEMPLATE_KEPT", "TEMPLATE_RENAMED", "TEMPLATE_DELETED");
  }

  @Test
  void anotherOneOfThatNameIsRefusedAndTheFieldIsNamed() {
    var _ = kept("Лето");

    HttpResponse<String> again = keep(Role.OWNER, "лето", campaign);

    assertThat(again.statusCode()).isEqualTo(422);
    assertThat(again.body()).contains("TEMPLATE_NAME_TAKEN").contains("\"field\":\"name\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', 400",
    "'{\"name\":\"A\"}', 400",
    "'{\"name\":\"A\",\"campaignId\":\"x\"}', 400",
    "'{\"name\":\"  \",\"campaignId\":\"0a3bbd42-6a63-4c69-9f6f-3f9d2f5e7f10\"}', 422",
    "'{\"name\":\"A\",\"campaignId\":\"0a3bbd42-6a63-4c69-9f6f-3f9d2f5e7f10\"}', 404",
    "'{\"name\":7,\"campaignId\":\"0a3bbd42-6a63-4c69-9f6f-3f9d2f5e7f10\"}', 400",
    "'[]', 400",
  })
  void whatIsWrongIsRefused(String body, int status) {
    HttpResponse<String> answer = at.send(Role.OWNER, "POST", PATH, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void longNamesAndStrangePathsAreRefused() {
    assertThat(keep(Role.OWNER, "я".repeat(121), campaign).statusCode()).isBetween(400, 422);
    assertThat(at.get(Role.OWNER, PATH + "/..").statusCode()).isBetween(400, 404);
    assertThat(at.get(Role.OWNER, PATH + "/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
  }

  @Test
  @Tag("PLT-19")
  void anOperatorLooksAndATechnicianDoesNotEvenThat() {
    assertThat(keep(Role.OPERATOR, "Осень", campaign).statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OPERATOR, PATH).statusCode()).isEqualTo(200);
    assertThat(at.get(Role.TECHNICIAN, PATH).statusCode()).isEqualTo(403);
  }
}
