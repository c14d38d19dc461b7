package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
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

/// The box's audit log over the API.
@Tag("PLT-18")
@Tag("SH-ACC-09")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class AuditRoutesTest {

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @Test
  void theOwnerSeesWhatEverybodyDidAndOthersTheirOwn() {
    assertThat(block(Role.OPERATOR, "they =asked(1)")).isEqualTo(200);

    JsonNode blocked = at.read(Role.OWNER, "/audit?area=BLOCKS").path(0);
    assertThat(blocked.path("login").asString()).isEqualTo("operator");
    assertThat(blocked.path("role").asString()).isEqualTo("OPERATOR");
    assertThat(blocked.path("address").asString()).isEqualTo("127.0.0.1");
    assertThat(blocked.path("action").asString()).isEqualTo("NUMBERS_BLOCKED");
    assertThat(blocked.path("reason").asString()).isEqualTo("they =asked(1)");
    assertThat(blocked.path("detail").asString()).isEqualTo("numbers=2");
    assertThat(blocked.toString()).doesNotContain("7701");

    assertThat(logins(Role.OPERATOR)).containsOnly("operator");
    assertThat(logins(Role.TECHNICIAN)).containsOnly("technician");
    assertThat(logins(Role.OWNER)).contains("owner", "operator", "technician");
    assertThat(at.read(Role.OPERATOR, "/audit?login=owner")).isEmpty();
  }

  @Test
  void saysWhatWasRefused() {
    assertThat(
            at.send(Role.OWNER, "POST", "/campaigns/0b1f8e8a-4a2e-4b8f-9a53-000000000000/start", "")
                .statusCode())
        .isEqualTo(404);

    JsonNode entry = at.read(Role.OWNER, "/audit?area=CAMPAIGNS").path(0);
    assertThat(entry.path("action").asString()).isEqualTo("CAMPAIGN_STARTED");
    assertThat(entry.path("object").asString())
        .isEqualTo("campaign/0b1f8e8a-4a2e-4b8f-9a53-000000000000");
    assertThat(entry.path("ending").asString()).isEqualTo("NOT_FOUND");
  }

  @Test
  void onlyTheOwnerTakesItAwayAndThatStandsInIt() {
    assertThat(block(Role.OWNER, "=HYPERLINK(1)")).isEqualTo(200);
    assertThat(at.get(Role.OPERATOR, "/audit.csv").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.TECHNICIAN, "/audit/verification").statusCode()).isEqualTo(403);

    HttpResponse<String> file = at.get(Role.OWNER, "/audit.csv?area=BLOCKS");

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("content-disposition").orElseThrow())
        .contains("audit.csv");
    assertThat(file.body())
        .startsWith("\uFEFFline;time;login;")
        .contains("\"'=HYPERLINK(1)\"")
        .contains("\"NUMBERS_BLOCKED\"");
    assertThat(at.read(Role.OWNER, "/audit?size=1").path(0).path("action").asString())
        .isEqualTo("AUDIT_EXPORTED");
  }

  @Test
  void saysWhetherItIsSound() {
    JsonNode verdict = at.read(Role.OWNER, "/audit/verification");

    assertThat(verdict.path("sound").asBoolean()).isTrue();
    assertThat(verdict.path("lines").asLong()).isPositive();
    assertThat(verdict.path("headHash").asString()).matches("[0-9a-f]{64}");
  }

  @Test
  void isReadPageByPageAndByPeriod() {
    JsonNode first = at.read(Role.OWNER, "/audit?size=2");
    long last = first.path(1).path("line").asLong();

    assertThat(at.read(Role.OWNER, "/audit?size=1&before=" + last).path(0).path("line").asLong())
        .isLessThan(last);
    assertThat(at.read(Role.OWNER, "/audit?until=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(at.read(Role.OWNER, "/audit?from=2020-01-01T00:00:00Z&size=1")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/audit?size=0|400|TOO_SMALL",
        "/audit?size=201|400|TOO_LARGE",
        "/audit?before=0|400|TOO_SMALL",
        "/audit?area=EVERYTHING|400|NOT_ALLOWED",
        "/audit?from=yesterday|400|WRONG_FORM",
        "/audit?from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z|422|PERIOD_ENDS_BEFORE",
        "/audit?login=%27%20OR%201%3D1%20--|200|[]",
      })
  void namesWhatIsWrongWithAQuestion(String path, int status, String text) {
    HttpResponse<String> answer = at.get(Role.OWNER, path);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(text);
  }

  private static int block(Role role, String reason) {
    return at.send(
            role,
            "POST",
            "/blocks",
            "{\"numbers\":[\"+77011112244\",\"+77011112255\"],\"reason\":\"%s\"}".formatted(reason))
        .statusCode();
  }

  private static List<String> logins(Role role) {
    return at.read(role, "/audit?size=200").values().stream()
        .map(entry -> entry.path("login").asString())
        .distinct()
        .toList();
  }
}
