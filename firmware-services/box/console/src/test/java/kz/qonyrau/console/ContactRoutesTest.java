package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A number among all lists, and its card, over the API.
@Tag("AC-CON-06")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class ContactRoutesTest {

  private static TestConsole at;
  private static String list;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    list = imported("номер;имя\n87012345678;=HYPERLINK(1)\n87012345679;Аян\n");
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static String imported(String csv) {
    JsonNode upload =
        TestConsole.JSON.readTree(
            at.upload(
                    Role.OWNER,
                    "/uploads?fileName=people.csv",
                    csv.getBytes(StandardCharsets.UTF_8))
                .body());
    String order =
        """
        {"uploadId":"%s","name":"Покупатели","encoding":"UTF_8","delimiter":"SEMICOLON",
         "header":true,"columns":[{"index":0,"role":"NUMBER"},
          {"index":1,"role":"VARIABLE","variable":"имя"}]}
        """
            .formatted(upload.path("id").asString());
    JsonNode begun = TestConsole.JSON.readTree(at.send(Role.OWNER, "POST", "/lists", order).body());
    String id = begun.path("id").asString();
    Eventually.await(
        Duration.ofSeconds(20),
        "the list is ready",
        () -> at.read(Role.OWNER, "/lists/" + id).path("state").asString().equals("READY"));
    return id;
  }

  @Test
  void aNumberIsFoundAndItsCardTellsWhereItStands() {
    JsonNode found = at.read(Role.OPERATOR, "/contacts?search=8%20701%20234");

    assertThat(found.path("items").valueStream().map(hit -> hit.path("number").asString()))
        .containsExactly("+77012345678", "+77012345679");
    assertThat(found.path("items").path(0).path("lists").path(0).path("name").asString())
        .isEqualTo("Покупатели");
    assertThat(found.path("more").asBoolean()).isFalse();
    assertThat(at.read(Role.OWNER, "/contacts?search=701&size=1").path("more").asBoolean())
        .isTrue();

    JsonNode card = at.read(Role.OPERATOR, "/contacts/77012345678");
    assertThat(card.path("number").asString()).isEqualTo("+77012345678");
    assertThat(card.path("lists").path(0).path("listId").asString()).isEqualTo(list);
    assertThat(card.path("lists").path(0).path("variables").path("имя").asString())
        .isEqualTo("=HYPERLINK(1)");
    assertThat(card.path("callsTotal").asLong(-1)).isZero();
    assertThat(card.has("leftAlone")).isFalse();
  }

  @Test
  @Tag("AC-CON-03")
  void theCardSaysWhyANumberIsLeftAlone() {
    String block = "{\"numbers\":[\"87012345679\"],\"reason\":\"Просил не звонить\"}";
    assertThat(at.send(Role.OPERATOR, "POST", "/blocks", block).statusCode()).isEqualTo(200);

    JsonNode card = at.read(Role.OWNER, "/contacts/77012345679");
    assertThat(card.path("leftAlone").asString()).isEqualTo("BLOCKED");
    assertThat(card.path("blocks").path(0).path("reason").asString())
        .isEqualTo("Просил не звонить");
    assertThat(card.path("lists").path(0).path("consentCalls").asString()).isEqualTo("BLOCKED");
  }

  @Test
  void ofAStrangerItSaysThatItStandsNowhere() {
    assertThat(at.read(Role.OWNER, "/contacts/77770000000").toString())
        .isEqualTo(
            "{\"number\":\"+77770000000\",\"lists\":[],\"blocks\":[],\"campaigns\":[],"
                + "\"callsTotal\":0,\"calls\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/contacts",
        "/contacts?search=",
        "/contacts?search=123456789012345678901",
        "/contacts?search=1&size=0",
        "/contacts?search=1&size=201",
        "/contacts/7701234567",
        "/contacts/770123456789",
        "/contacts/%2B77012345678",
        "/contacts/87012345678",
        "/contacts/77012345678%0A",
        "/contacts/7701234567x",
        "/contacts/%27%20OR%201=1",
      })
  void refusesWhatIsNoQuestion(String path) {
    HttpResponse<String> answer = at.send(Role.OWNER, "GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
  }

  /// They see no telephone numbers.
  @Test
  void techniciansAreRefused() {
    for (String path : List.of("/contacts?search=701", "/contacts/77012345678")) {
      assertThat(at.send(Role.TECHNICIAN, "GET", path, "").statusCode()).isEqualTo(403);
    }
  }
}
