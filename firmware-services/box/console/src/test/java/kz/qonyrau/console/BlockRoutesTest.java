package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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

/// Numbers that no campaign may reach, over the API.
@Tag("AC-CON-03")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class BlockRoutesTest {

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
  void addsWhatItCanReadAndSaysOfTheRestWhyNot() {
    HttpResponse<String> answer =
        at.send(
            Role.OPERATOR,
            "POST",
            "/blocks",
            """
            {"numbers":["8 701 111 22 33","+77011112233","","+44 20 7946 0018","=cmd()"],
             "reason":" asked us to "}
            """);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode added = TestConsole.JSON.readTree(answer.body());
    assertThat(added.path("added").asInt()).isEqualTo(1);
    assertThat(added.path("refused").values())
        .extracting(one -> one.path("place").asInt() + " " + one.path("code").asString())
        .containsExactly("2 EMPTY_NUMBER", "3 FOREIGN", "4 NOT_A_NUMBER");
    JsonNode shown = at.read(Role.OWNER, "/blocks?search=1112233").path("items").path(0);
    assertThat(shown.path("number").asString()).isEqualTo("+77011112233");
    assertThat(shown.path("list").asString()).isEqualTo("OWN");
    assertThat(shown.path("reason").asString()).isEqualTo("asked us to");
    assertThat(shown.path("by").asString()).isEqualTo("operator");
    assertThat(shown.path("liftable").asBoolean()).isTrue();
  }

  @Test
  void theOwnerLiftsWhatIsHis() {
    var _ =
        at.send(Role.OWNER, "POST", "/blocks", "{\"numbers\":[\"+77012223344\"],\"reason\":\"x\"}");
    String lift = "{\"number\":\"+77012223344\",\"list\":\"%s\",\"reason\":\"a mistake\"}";

    assertThat(lift(Role.OPERATOR, lift.formatted("OWN"))).isEqualTo(403);
    assertThat(lift(Role.OWNER, lift.formatted("LEGAL"))).isEqualTo(409);
    assertThat(lift(Role.OWNER, lift.formatted("SUBSCRIBER"))).isEqualTo(404);
    assertThat(lift(Role.OWNER, lift.formatted("OWN"))).isEqualTo(204);
    assertThat(lift(Role.OWNER, lift.formatted("OWN"))).isEqualTo(404);
    assertThat(at.read(Role.OWNER, "/blocks?search=2223344").path("total").asInt()).isZero();
  }

  private static int lift(Role role, String body) {
    return at.send(role, "POST", "/blocks/lift", body).statusCode();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "/blocks; {}; 400",
        "/blocks; {\"numbers\":[],\"reason\":\"x\"}; 400",
        "/blocks; {\"numbers\":[\"+77010000001\"]}; 400",
        "/blocks; {\"numbers\":[7],\"reason\":\"x\"}; 400",
        "/blocks; {\"numbers\":[\"+77010000001\"],\"reason\":\"   \"}; 422",
        "/blocks; {\"numbers\":[\"+77010000001\"],\"reason\":\"x\",\"list\":\"LEGAL\"}; 400",
        "/blocks/lift; {\"number\":\"' OR 1=1\",\"list\":\"OWN\",\"reason\":\"x\"}; 404",
        "/blocks/lift; {\"number\":\"+77010000001\",\"list\":\"MINE\",\"reason\":\"x\"}; 400",
        "/blocks/lift; {\"number\":\"+77010000001\",\"list\":\"OWN\",\"reason\":\" \"}; 422"
      })
  void refusesWhatIsNoOrder(String path, String body, int status) {
    HttpResponse<String> answer = at.send(Role.OWNER, "POST", path, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  @Test
  void refusesMoreThanAThousandAtOnce() {
    String numbers = "\"+77010000001\",".repeat(1000) + "\"+77010000001\"";

    assertThat(
            at.send(
                    Role.OWNER,
                    "POST",
                    "/blocks",
                    "{\"numbers\":[" + numbers + "],\"reason\":\"x\"}")
                .statusCode())
        .isEqualTo(400);
  }

  /// They see no telephone numbers.
  @Test
  void techniciansAreRefused() {
    assertThat(at.send(Role.TECHNICIAN, "GET", "/blocks", "").statusCode()).isEqualTo(403);
  }
}
