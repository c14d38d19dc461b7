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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The rules for all campaigns, over the API.
@Tag("AC-CMP-02")
@Tag("AC-CAL-09")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class RuleRoutesTest {

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static HttpResponse<String> put(String path, String json) {
    return at.send(Role.OWNER, "PUT", path, json);
  }

  private static JsonNode rules() {
    return at.read(Role.OPERATOR, "/rules");
  }

  private static boolean isOff(String date) {
    return rules()
        .path("daysOff")
        .valueStream()
        .anyMatch(day -> day.path("date").asString().equals(date));
  }

  @Test
  void limitsAreSetAndTakenBack() {
    String all = "{\"gapMinutes\":45,\"perDay\":1,\"perWeek\":3,\"perMonth\":9}";
    assertThat(put("/rules/contacts", all).statusCode()).isEqualTo(200);
    assertThat(rules().path("contacts").toString()).isEqualTo(all);

    assertThat(put("/rules/contacts", "{\"gapMinutes\":0}").statusCode()).isEqualTo(200);
    assertThat(rules().path("contacts").toString()).isEqualTo("{\"gapMinutes\":0}");
  }

  @Test
  void daysAreAddedRenamedAndRemoved() {
    assertThat(put("/rules/days-off/2026-12-30", "{\"name\":\" Инвентаризация \"}").statusCode())
        .isEqualTo(200);
    HttpResponse<String> renamed = put("/rules/days-off/2026-12-30", "{\"name\":\"Учёт\"}");
    assertThat(renamed.body()).contains("{\"date\":\"2026-12-30\",\"name\":\"Учёт\"}");
    assertThat(isOff("2026-12-30")).isTrue();

    assertThat(at.send(Role.OWNER, "DELETE", "/rules/days-off/2026-12-30", "").statusCode())
        .isEqualTo(204);
    assertThat(isOff("2026-12-30")).isFalse();
    assertThat(at.send(Role.OWNER, "DELETE", "/rules/days-off/2026-12-30", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void publicHolidaysOfAYearAreAdded() {
    assertThat(isOff("2029-12-16")).isFalse();
    assertThat(
            at.send(Role.OWNER, "POST", "/rules/public-holidays", "{\"year\":2029}").statusCode())
        .isEqualTo(200);
    assertThat(isOff("2029-12-16")).isTrue();
    // A Sunday; the day moves.
    assertThat(isOff("2029-12-17")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"gapMinutes\":-1}",
        "{\"gapMinutes\":1441}",
        "{\"gapMinutes\":30,\"perDay\":0}",
        "{\"gapMinutes\":30,\"perDay\":1001}",
        "{\"gapMinutes\":30,\"perDay\":1.5}",
        "{\"gapMinutes\":30,\"perDay\":\"2\"}",
        "{\"gapMinutes\":30,\"perYear\":1}",
        "{\"gapMinutes\":99999999999999999999}",
      })
  void refusesLimitsThatAreNone(String json) {
    String before = rules().toString();

    assertThat(put("/rules/contacts", json).statusCode()).isEqualTo(400);
    assertThat(rules().toString()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "perDay, perDay, 5, perWeek, 4",
    "perDay, perDay, 5, perMonth, 4",
    "perWeek, perWeek, 5, perMonth, 4"
  })
  void saysWhichLimitCannotBe(String field, String first, int more, String second, int less) {
    HttpResponse<String> answer =
        put(
            "/rules/contacts",
            "{\"gapMinutes\":30,\"%s\":%d,\"%s\":%d}".formatted(first, more, second, less));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(
            TestConsole.JSON
                .readTree(answer.body())
                .path("errors")
                .path(0)
                .path("field")
                .asString())
        .isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "2026-13-01 | {\"name\":\"x\"} | 400",
        "2026-02-30 | {\"name\":\"x\"} | 400",
        "yesterday | {\"name\":\"x\"} | 400",
        "1999-12-31 | {\"name\":\"x\"} | 422",
        "2200-01-01 | {\"name\":\"x\"} | 422",
        "2026-12-01 | {\"name\":\"\"} | 400",
        "2026-12-01 | {\"name\":\"  \"} | 422",
        "2026-12-01 | {} | 400",
      },
      delimiter = '|')
  void refusesDaysThatAreNone(String date, String json, int status) {
    assertThat(put("/rules/days-off/" + date, json).statusCode()).isEqualTo(status);
  }

  @Test
  void onlyTheOwnerChangesThemAndATechnicianSeesNothing() {
    assertThat(at.send(Role.OPERATOR, "PUT", "/rules/contacts", "{\"gapMinutes\":1}").statusCode())
        .isEqualTo(403);
    assertThat(
            at.send(Role.OPERATOR, "PUT", "/rules/days-off/2026-12-01", "{\"name\":\"x\"}")
                .statusCode())
        .isEqualTo(403);
    assertThat(at.get(Role.TECHNICIAN, "/rules").statusCode()).isEqualTo(403);
  }

  @Test
  void aDraftHasADryRunAndNoBreakdown() {
    String order = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
    String draft =
        TestConsole.JSON
            .readTree(at.send(Role.OWNER, "POST", "/campaigns", order).body())
            .path("id")
            .asString();

    assertThat(at.get(Role.OPERATOR, "/campaigns/" + draft + "/breakdown").statusCode())
        .isEqualTo(404);
    assertThat(at.get(Role.TECHNICIAN, "/campaigns/" + draft + "/breakdown").statusCode())
        .isEqualTo(403);
    JsonNode dryRun = at.read(Role.OPERATOR, "/campaigns/" + draft + "/estimate").path("dryRun");
    assertThat(dryRun.toString()).isEqualTo("{\"contacts\":0,\"parts\":[]}");
  }
}
