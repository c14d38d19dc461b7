package kz.qonyrau.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.testsupport.ExpectedError;
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

/// What a request must pass before an endpoint sees it, against a real server on a free port.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class DoorTest {

  private static TestDoor at;
  private static String owner;
  private static String reader;

  @BeforeAll
  static void open() {
    at = new TestDoor();
    owner = at.cookieOf("owner");
    reader = at.cookieOf("reader");
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @Test
  void answersWhatTheContractOffers() {
    assertThat(at.get("/api/things?page=3&state=OLD&all=true", owner).body())
        .contains("\"page\":3", "\"state\":\"OLD\"", "\"all\":true");
    assertThat(at.get("/api/things", owner).body()).contains("\"page\":7", "\"state\":\"ANY\"");
    HttpResponse<String> made =
        at.post(
            "/api/things",
            owner,
            "{\"name\":\"one\",\"tags\":[\"A\"],\"part\":{\"id\":\"%s\"}}"
                .formatted(UUID.randomUUID()));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).contains("\"name\":\"one\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"x\",\"part\":{\"id\":\"ID\"}}|name|TOO_SHORT",
        "{\"name\":\"xxxxxxxxxxx\",\"part\":{\"id\":\"ID\"}}|name|TOO_LONG",
        "{\"part\":{\"id\":\"ID\"}}|name|MISSING",
        "{\"name\":5,\"part\":{\"id\":\"ID\"}}|name|WRONG_TYPE",
        "{\"name\":\"one\",\"part\":{}}|part.id|MISSING",
        "{\"name\":\"one\",\"part\":{\"id\":\"nope\"}}|part.id|WRONG_FORM",
        "{\"name\":\"one\",\"part\":{\"id\":\"ID\",\"more\":1}}|part.more|UNKNOWN",
        "{\"name\":\"one\",\"extra\":1,\"part\":{\"id\":\"ID\"}}|extra|UNKNOWN",
        "{\"name\":\"one\",\"count\":0,\"part\":{\"id\":\"ID\"}}|count|TOO_SMALL",
        "{\"name\":\"one\",\"count\":6,\"part\":{\"id\":\"ID\"}}|count|TOO_LARGE",
        "{\"name\":\"one\",\"count\":1.5,\"part\":{\"id\":\"ID\"}}|count|WRONG_TYPE",
        "{\"name\":\"one\",\"kind\":\"HUGE\",\"part\":{\"id\":\"ID\"}}|kind|NOT_ALLOWED",
        "{\"name\":\"one\",\"at\":\"x\",\"part\":{\"id\":\"ID\"}}|at|WRONG_FORM",
        "{\"name\":\"one\",\"day\":\"2026-02-30\",\"part\":{\"id\":\"ID\"}}|day|WRONG_FORM",
        "{\"name\":\"one\",\"tags\":[],\"part\":{\"id\":\"ID\"}}|tags|TOO_SHORT",
        "{\"name\":\"one\",\"tags\":[\"A\",\"A\"],\"part\":{\"id\":\"ID\"}}|tags|REPEATED",
        "{\"name\":\"one\",\"tags\":[\"A\",\"C\"],\"part\":{\"id\":\"ID\"}}|tags.1|NOT_ALLOWED",
        "{\"name\":null,\"part\":{\"id\":\"ID\"}}|name|WRONG_TYPE",
        "[]||WRONG_TYPE",
        "{\"name\":\"one\"||MALFORMED",
        "{\"name\":\"one\",\"name\":\"two\",\"part\":{\"id\":\"ID\"}}||MALFORMED",
        "{} {}||MALFORMED",
      })
  void namesTheFieldThatIsWrong(String json, String field, String code) {
    HttpResponse<String> answer =
        at.post("/api/things", owner, json.replace("ID", UUID.randomUUID().toString()));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"field\":\"" + Optional.ofNullable(field).orElse("") + "\"")
        .contains("\"code\":\"" + code + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/things?page=x,page,WRONG_TYPE",
    "/api/things?page=-1,page,TOO_SMALL",
    "/api/things?page=99999999999999999999,page,WRONG_TYPE",
    "/api/things?page=1&page=2,page,REPEATED",
    "/api/things?state=BAD,state,NOT_ALLOWED",
    "/api/things?all=yes,all,WRONG_TYPE",
    "/api/things?page=1&sort=up,sort,UNKNOWN",
    "/api/things?page=1%0d%0aX-Evil:%201,page,WRONG_TYPE",
    "/api/things/nope,thingId,WRONG_FORM",
    "/api/things/..%2f..%2fetc,thingId,WRONG_FORM",
  })
  void namesTheParameterThatIsWrong(String path, String field, String code) {
    HttpResponse<String> answer = at.get(path, owner);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"field\":\"" + field + "\"", "\"code\":\"" + code + "\"")
        .doesNotContain("Evil", "etc");
  }

  @Test
  void refusesNestingThatNobodyNeedsAndBytesThatAreNoText() {
    String deep = "{\"name\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    assertThat(at.post("/api/things", owner, deep).body()).contains("MALFORMED");

    byte[] broken = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};
    HttpResponse<String> answer =
        at.send(
            at.change("/api/things", owner).POST(HttpRequest.BodyPublishers.ofByteArray(broken)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("not UTF-8");
  }

  @Test
  void refusesBodiesOfAnotherTypeOrTooLargeOrWhereNoneBelongs() {
    assertThat(
            at.send(
                    at.to("/api/things")
                        .header("X-Requested-With", "qonyrau")
                        .header("Content-Type", "text/plain")
                        .header("Cookie", owner)
                        .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(415);
    assertThat(at.post("/api/things", owner, " ".repeat(1_048_577)).statusCode()).isEqualTo(413);
    assertThat(
            at.send(
                    at.change("/api/session", reader)
                        .method("DELETE", HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void refusesAChunkedBodyAtTheLimitAndNotAtItsEnd() throws IOException {
    byte[] part = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), at.door.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("POST /api/things", owner, "Transfer-Encoding: chunked"));
      for (int each = 0; each < 20; each++) {
        out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(part);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }

      // The body never ends, and the answer is there all the same.
      assertThat(readAll(socket.getInputStream())).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  @Tag("SH-ACC-18")
  void takesChangesOnlyWithTheHeaderThatNoOtherSiteCanSend() {
    HttpResponse<String> forged =
        at.send(
            at.to("/api/things")
                .header("Content-Type", "application/json")
                .header("Cookie", owner)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

    assertThat(forged.statusCode()).isEqualTo(403);
    assertThat(forged.body()).contains("HEADER_MISSING");
  }

  @Test
  void asksWhoItIsBeforeWhatIsAsked() {
    assertThat(at.post("/api/things", "none=1", "{}").statusCode()).isEqualTo(401);
    assertThat(at.get("/api/things?page=x", "qonyrau-counter=forged").statusCode()).isEqualTo(401);
    assertThat(at.post("/api/things", reader, "nonsense").statusCode()).isEqualTo(403);
  }

  @Test
  @ExpectedError("through our own fault")
  void hidesItsOwnFaultsBehindAnIncident() {
    HttpResponse<String> answer =
        at.send(at.change("/api/things/" + UUID.randomUUID(), owner).DELETE());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("FAULT", "Incident").doesNotContain("purpose", "Exception");
  }

  @Test
  void streamsUploadsToDiskAndTakesNoMoreThanItsLimit() throws IOException {
    HttpResponse<String> taken = upload(new byte[900_000]);
    assertThat(taken.statusCode()).isEqualTo(201);
    assertThat(taken.body()).contains("900000");

    assertThat(upload(new byte[1_000_001]).statusCode()).isEqualTo(413);
    try (Stream<?> left = Files.list(at.directory.resolve("uploads"))) {
      assertThat(left).isEmpty();
    }
  }

  private static HttpResponse<String> upload(byte[] bytes) {
    return at.send(
        at.to("/api/sound")
            .header("X-Requested-With", "qonyrau")
            .header("Content-Type", "application/octet-stream")
            .header("Cookie", owner)
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-99|206|0|100",
        "bytes=299990-|206|299990|10",
        "bytes=-5|206|299995|5",
        "bytes=0-999999999|206|0|300000",
        "bytes=5-4|200|0|300000",
        "bytes=0-1,5-6|200|0|300000",
        "items=0-1|200|0|300000",
        "bytes=-|200|0|300000",
        "bytes=99999999999999999999-|200|0|300000",
      })
  void honoursByteRanges(String range, int status, int from, int length) throws Exception {
    HttpResponse<byte[]> answer =
        at.http.send(
            at.to("/api/sound").header("Cookie", owner).header("Range", range).build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo(java.util.Arrays.copyOfRange(at.sound, from, from + length));
  }

  @Test
  void refusesARangeThatDoesNotExist() {
    HttpResponse<String> answer =
        at.send(at.to("/api/sound").header("Cookie", owner).header("Range", "bytes=300000-"));

    assertThat(answer.statusCode()).isEqualTo(416);
  }

  @Test
  void servesPagesAndNothingBesideThem() {
    assertThat(at.send(at.to("/")).body()).contains("<title>Pages");
    assertThat(at.send(at.to("/campaigns/42")).body()).contains("<title>Pages");
    assertThat(at.send(at.to("/assets/app-1.js")).headers().firstValue("cache-control").orElse(""))
        .contains("immutable");
    assertThat(at.send(at.to("/assets/gone.js")).statusCode()).isEqualTo(404);
    assertThat(at.send(at.to("/healthz")).body()).contains("true");
  }

  @ParameterizedTest
  @CsvSource({
    "/ask, Ask",
    "/ask/, Ask",
    "/ask/anything/else, Ask",
    "/asks, Pages",
    "/askance/ask, Pages",
    "/campaigns/ask, Pages"
  })
  void anAddressBelowAnotherApplicationIsThatOnes(String address, String title) {
    assertThat(at.send(at.to(address)).body()).contains("<title>" + title);
  }

  @Test
  void filesOfAnotherApplicationStayInTheBrowserToo() {
    assertThat(at.send(at.to("/ask/assets/ask-1.js")).headers().firstValue("cache-control"))
        .hasValueSatisfying(said -> assertThat(said).contains("immutable"));
    assertThat(at.send(at.to("/ask/assets/gone.js")).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%5c..%5csecret.txt",
        "/assets/../../secret.txt",
        "//secret.txt",
        "/%00/secret.txt",
        "/assets/%zz",
      })
  void noPathLeadsOutOfThePages(String path) throws IOException {
    try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), at.door.port())) {
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = readAll(socket.getInputStream());
      assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("secret\"", "\r\n\r\nsecret");
    }
  }

  @Test
  void saysToBrowsersWhatTheyMayDo() {
    HttpResponse<String> answer = at.send(at.to("/"));

    assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(at.get("/api/things", owner).headers().firstValue("cache-control"))
        .contains("no-store");
  }

  @Test
  void answersProblemsForWhatIsNoOperation() {
    assertThat(at.get("/api/nothing", owner).statusCode()).isEqualTo(404);
    HttpResponse<String> put =
        at.send(at.change("/api/things", owner).PUT(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(put.statusCode()).isIn(404, 405);
    assertThat(put.headers().firstValue("content-type")).contains("application/problem+json");
  }

  @Test
  void opensOnlyForAContractWithEveryOperationCovered() {
    DoorSettings settings =
        new DoorSettings(
            "127.0.0.1", 0, at.directory.resolve("other"), Optional.empty(), false, true);
    AccessTable gap = new AccessTable(Map.of("things", Set.of("OWNER")), Set.of("signIn"));

    assertThatThrownBy(() ->
            TestDoor.await(
                Door.open(
                    at.vertx, settings, at.desk(gap), at.people, at.live, at.audit, at.clock)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("breakThing");

    AuditTable untold =
        new AuditTable()
            .tells("makeThing", AuditAction.LIST_IMPORTED)
            .tells("noSuchThing", AuditAction.LIST_DELETED)
            .changesNothing("uploadSound");
    assertThatThrownBy(() ->
            TestDoor.await(
                Door.open(
                    at.vertx,
                    settings,
                    at.desk(TestDoor.access(), untold),
                    at.people,
                    at.live,
                    at.audit,
                    at.clock)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("untold [breakThing], unknown [noSuchThing]");
  }

  private static byte[] head(String requestLine, String cookie, String more) {
    return (requestLine
            + " HTTP/1.1\r\nHost: x\r\nX-Requested-With: qonyrau\r\n"
            + "Content-Type: application/json\r\nCookie: "
            + cookie
            + "\r\n"
            + more
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String readAll(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (java.net.SocketException reset) {
      // The server cuts whoever goes on sending; what came before is the answer.
    }
    return text.toString();
  }
}
