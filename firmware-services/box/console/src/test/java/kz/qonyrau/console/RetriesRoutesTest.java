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

/// Who is called again, over the API.
@Tag("AC-CMP-07")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class RetriesRoutesTest {

  private static final String RETRIES =
      """
      {"mostAttempts":4,"reasons":[\
      {"reason":"NO_ANSWER","times":2,"pauseMinutes":60,"growing":false,"next":"OTHER"},\
      {"reason":"MACHINE","times":1,"pauseMinutes":120,"growing":true,"next":"SAME"}]}\
      """;

  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static HttpResponse<String> send(String machines, String retries) {
    String order = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");
    return at.send(
        Role.OWNER,
        "POST",
        "/campaigns",
        order
            .strip()
            .replaceFirst("}$", ",\"machines\":\"" + machines + "\",\"retries\":" + retries + "}"));
  }

  @Test
  void givesThePolicyBackAsItWasSent() {
    HttpResponse<String> made = send("HANG_UP", RETRIES);

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).path("order").path("retries")).hasToString(RETRIES);
    assertThat(json(made).path("progress").path("waiting").asInt(-1)).isZero();
  }

  @Test
  void callsEverybodyOnceWhereNothingIsSaid() {
    String order = BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00");

    assertThat(json(at.send(Role.OWNER, "POST", "/campaigns", order)).path("order").path("retries"))
        .hasToString("{\"mostAttempts\":1,\"reasons\":[]}");
  }

  @Test
  @Tag("AC-CON-01")
  void goesToTheSameNumberWhereNothingElseIsSaid() {
    HttpResponse<String> made = send("HANG_UP", RETRIES.replace(",\"next\":\"OTHER\"", ""));

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).path("order").path("retries"))
        .hasToString(RETRIES.replace("OTHER", "SAME"));
  }

  /// A number that does not exist is called no more, so another one has to follow.
  @Test
  void anotherNumberFollowsAtOnceOneThatDoesNotExist() {
    String other =
        """
        {"mostAttempts":3,"reasons":[\
        {"reason":"INVALID_NUMBER","times":2,"pauseMinutes":0,"growing":false,"next":"OTHER"}]}\
        """;

    HttpResponse<String> made = send("CARRY_ON", other);

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(json(made).path("order").path("retries")).hasToString(other);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "HANG_UP, \"times\":2, \"times\":0, 400, retries",
        "HANG_UP, \"times\":2, \"times\":11, 400, retries",
        "HANG_UP, \"times\":2, \"times\":1.5, 400, retries",
        "HANG_UP, \"times\":2, \"times\":99999999999999999999, 400, retries",
        "HANG_UP, \"pauseMinutes\":60, \"pauseMinutes\":0, 422, retries.NO_ANSWER",
        "HANG_UP, \"pauseMinutes\":60, \"pauseMinutes\":-1, 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"next\":\"ANY\", 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"next\":\"other\", 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"next\":\"\", 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"next\":null, 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"next\":1, 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"next\":{}, 400, retries",
        "HANG_UP, \"next\":\"OTHER\", \"number\":\"+77010000001\", 400, retries",
        "HANG_UP, NO_ANSWER, INVALID_NUMBER, 201, ",
        "HANG_UP, \"reason\":\"MACHINE\", \"reason\":\"INVALID_NUMBER\", 422, retries",
        "HANG_UP, \"pauseMinutes\":60, \"pauseMinutes\":10081, 400, retries",
        "HANG_UP, \"mostAttempts\":4, \"mostAttempts\":21, 400, retries",
        "HANG_UP, NO_ANSWER, ANSWERED, 400, retries",
        "HANG_UP, \"times\":2, \"often\":2, 400, retries",
        "HANG_UP, \"pauseMinutes\":60, \"pauseMinutes\":4, 422, retries.NO_ANSWER",
        "HANG_UP, NO_ANSWER, REJECTED, 201, ",
        "HANG_UP, NO_ANSWER, MACHINE, 422, retries.reasons[1]",
        "CARRY_ON, NO_ANSWER, BUSY, 422, retries.MACHINE",
        "LEAVE_MESSAGE, NO_ANSWER, BUSY, 422, retries.MACHINE"
      })
  void refusesWhatTheBoxWouldNotDoAndNamesTheField(
      String machines, String from, String to, int status, String field) {
    HttpResponse<String> answer = send(machines, RETRIES.replace(from, to));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    if (field != null) {
      assertThat(json(answer).path("errors").values())
          .as(answer.body())
          .extracting(error -> error.path("field").asString())
          .anyMatch(named -> named.startsWith(field));
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestConsole.JSON.readTree(answer.body());
  }
}
