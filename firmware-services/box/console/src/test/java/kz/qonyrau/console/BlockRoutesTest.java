package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  private static String uploaded(byte[] bytes) {
    HttpResponse<String> answer = at.upload(Role.OWNER, "/uploads?fileName=block.csv", bytes);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return TestConsole.JSON.readTree(answer.body()).path("id").asString();
  }

  private static String uploaded(String csv) {
    return uploaded(csv.getBytes(StandardCharsets.UTF_8));
  }

  private static String order(String upload, String list, String form) {
    return "{\"uploadId\":\"%s\",\"list\":\"%s\",\"reason\":\"their wish\",\"header\":true,\"column\":1,%s}"
        .formatted(upload, list, form);
  }

  private static final String TEXT = "\"encoding\":\"UTF_8\",\"delimiter\":\"SEMICOLON\"";

  private static JsonNode over(String upload) {
    Eventually.await(
        Duration.ofSeconds(60),
        "the import is over",
        () ->
            !at.read(Role.OWNER, "/blocks/imports/" + upload)
                .path("state")
                .asString()
                .equals("RUNNING"));
    return at.read(Role.OWNER, "/blocks/imports/" + upload);
  }

  @Test
  @Tag("AC-SPM-08")
  void aFileOfNumbersIsBlockedAndTheRestCanBeTaken() {
    String upload =
        uploaded("who;number\na;87017770001\nb;=1+1\nc;+7 701 777 00 02\nd;87017770001\n");

    HttpResponse<String> begun =
        at.send(Role.OWNER, "POST", "/blocks/imports", order(upload, "SUBSCRIBER", TEXT));

    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    JsonNode done = over(upload);
    assertThat(done.path("state").asString()).isEqualTo("DONE");
    assertThat(done.path("added").asInt()).isEqualTo(2);
    assertThat(done.path("repeated").asInt()).isEqualTo(1);
    assertThat(done.path("refused").asInt()).isEqualTo(1);
    assertThat(done.path("first").path(0).path("line").asInt()).isEqualTo(3);
    String file = at.get(Role.OWNER, "/blocks/imports/" + upload + "/rejects.csv").body();
    assertThat(file).contains("3;NOT_A_NUMBER;").contains("b;=1+1");
    JsonNode shown = at.read(Role.OWNER, "/blocks?search=7770002").path("items").path(0);
    assertThat(shown.path("list").asString()).isEqualTo("SUBSCRIBER");
    assertThat(shown.path("reason").asString()).isEqualTo("their wish");
    assertThat(shown.path("by").asString()).isEqualTo("owner");
    HttpResponse<String> again =
        at.send(Role.OWNER, "POST", "/blocks/imports", order(upload, "SUBSCRIBER", TEXT));
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(TestConsole.JSON.readTree(again.body())).isEqualTo(done);
  }

  @Test
  void whatFailedCanBeReadAnotherWay() {
    String upload = uploaded("who;number\na;87017770003\n");

    var _ = at.send(Role.OWNER, "POST", "/blocks/imports", order(upload, "OWN", "\"sheet\":0"));
    assertThat(over(upload).path("failure").asString()).isEqualTo("WORKBOOK_BROKEN");
    assertThat(
            at.send(Role.OWNER, "POST", "/blocks/imports", order(upload, "OWN", TEXT)).statusCode())
        .isEqualTo(202);
    assertThat(over(upload).path("added").asInt()).isEqualTo(1);
  }

  @Test
  void hostileFilesAreRefusedBeforeAnythingIsBlocked() {
    assertThat(
            at.upload(Role.OWNER, "/uploads?fileName=x.xlsx", new byte[] {0, 1, 2, 3}).statusCode())
        .isEqualTo(422);
    assertThat(
            at.upload(Role.OWNER, "/uploads?fileName=x.xlsx", new byte[] {'P', 'K', 3, 4})
                .statusCode())
        .isEqualTo(422);
  }

  /// Before the first byte of it is taken.
  @Test
  void aFileOfAGigabyteIsRefused() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.port())) {
      socket.setSoTimeout(20_000);
      String head =
          String.join(
              "\r\n",
              "POST /api/uploads?fileName=x.csv HTTP/1.1",
              "Host: 127.0.0.1",
              "Cookie: " + at.cookie(Role.OWNER),
              "X-Requested-With: qonyrau",
              "Content-Type: application/octet-stream",
              "Content-Length: " + (1 << 30),
              "",
              "");
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(answer.readLine()).startsWith("HTTP/1.1 413");
    }
  }

  @ParameterizedTest
  @CsvSource({"LEGAL, 400", "COMPLAINT, 400", "CENTER, 400", "OWN, 404"})
  void noListButTheCustomersIsAddedTo(String list, int status) {
    String order = order("c0000000-0000-4000-8000-000000000009", list, TEXT);

    assertThat(at.send(Role.OWNER, "POST", "/blocks/imports", order).statusCode())
        .isEqualTo(status);
  }

  @Test
  void whatIsMissingIsNamed() {
    String upload = uploaded("who;number\na;87017770004\n");

    HttpResponse<String> bare =
        at.send(
            Role.OWNER, "POST", "/blocks/imports", order(upload, "OWN", "\"encoding\":\"UTF_8\""));
    assertThat(bare.statusCode()).isEqualTo(422);
    assertThat(bare.body()).contains("\"delimiter\"");
    assertThat(
            at.send(
                    Role.OWNER,
                    "POST",
                    "/blocks/imports",
                    order(upload, "OWN", TEXT).replace("their wish", "  "))
                .statusCode())
        .isEqualTo(422);
    assertThat(at.get(Role.OWNER, "/blocks/imports/" + upload).statusCode()).isEqualTo(404);
    for (Role role : new Role[] {Role.OPERATOR, Role.TECHNICIAN}) {
      assertThat(at.send(role, "POST", "/blocks/imports", order(upload, "OWN", TEXT)).statusCode())
          .isEqualTo(403);
      assertThat(at.get(role, "/blocks/imports/" + upload + "/rejects.csv").statusCode())
          .isEqualTo(403);
    }
  }

  /// They see no telephone numbers.
  @Test
  void techniciansAreRefused() {
    assertThat(at.send(Role.TECHNICIAN, "GET", "/blocks", "").statusCode()).isEqualTo(403);
  }
}
