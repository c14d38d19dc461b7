package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
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

/// Files beside a list, over the API.
@Tag("AC-CON-02")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class EvidenceRoutesTest {

  private static final byte[] PDF = "%PDF-1.7 signed".getBytes(StandardCharsets.US_ASCII);
  private static TestConsole at;
  private String list = "";

  @BeforeAll
  static void open() {
    at = new TestConsole();
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @BeforeEach
  void makeList() {
    list = imported();
  }

  private static String imported() {
    HttpResponse<String> upload =
        at.upload(
            Role.OWNER,
            "/uploads?fileName=list.csv",
            "number\n87010000001\n".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> made =
        at.send(
            Role.OWNER,
            "POST",
            "/lists",
            """
            {"uploadId":"%s","name":"Buyers","encoding":"UTF_8","delimiter":"SEMICOLON",
             "header":true,"columns":[{"index":0,"role":"NUMBER"}]}
            """
                .formatted(json(upload).path("id").asString()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
    String id = json(made).path("id").asString();
    Eventually.await(
        Duration.ofSeconds(20),
        "the list is ready",
        () -> at.read(Role.OWNER, "/lists/" + id).path("state").asString().equals("READY"));
    return id;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return TestConsole.JSON.readTree(answer.body());
  }

  private String path() {
    return "/lists/" + list + "/evidence";
  }

  private HttpResponse<String> add(Role role, String name, byte[] bytes) {
    return at.upload(
        role, path() + "?fileName=" + URLEncoder.encode(name, StandardCharsets.UTF_8), bytes);
  }

  private String added(String name) {
    HttpResponse<String> answer = add(Role.OWNER, name, PDF);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).path("id").asString();
  }

  private static void requireRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).path("code").asString()).isEqualTo(code);
  }

  @Test
  void theOwnerAddsTakesAndRemovesFiles() throws IOException {
    String id = added("Анкеты.pdf");

    JsonNode seen = at.read(Role.OPERATOR, path());
    assertThat(seen).hasSize(1);
    assertThat(seen.path(0).path("name").asString()).isEqualTo("Анкеты.pdf");
    assertThat(seen.path(0).path("type").asString()).isEqualTo("application/pdf");
    assertThat(seen.path(0).path("bytes").asInt()).isEqualTo(PDF.length);
    assertThat(seen.path(0).path("addedBy").asString()).isEqualTo("owner");
    HttpResponse<InputStream> taken = at.stream(Role.OWNER, path() + "/" + id);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.headers().firstValue("content-type")).contains("application/pdf");
    assertThat(taken.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(taken.headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"evidence-" + id.substring(0, 8) + ".pdf\"");
    try (InputStream body = taken.body()) {
      assertThat(body.readAllBytes()).isEqualTo(PDF);
    }
    assertThat(onDisk(id)).isTrue();

    assertThat(at.send(Role.OWNER, "DELETE", path() + "/" + id, "").statusCode()).isEqualTo(204);
    requireRefused(at.send(Role.OWNER, "DELETE", path() + "/" + id, ""), 404, "NOT_FOUND");
    requireRefused(at.get(Role.OWNER, path() + "/" + id), 404, "NOT_FOUND");
    assertThat(at.read(Role.OWNER, path())).isEmpty();
    assertThat(onDisk(id)).isFalse();
    assertThat(at.rows("SELECT action FROM audit.entry WHERE object = 'list/" + list + "'"))
        .contains("EVIDENCE_ADDED", "EVIDENCE_EXPORTED", "EVIDENCE_REMOVED");
  }

  private static boolean onDisk(String id) throws IOException {
    try (Stream<Path> files = Files.list(at.directory.resolve("evidence"))) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(id));
    }
  }

  @Test
  void nobodyButTheOwnerAddsTakesOrRemoves() {
    String id = added("a.pdf");

    for (Role role : new Role[] {Role.OPERATOR, Role.TECHNICIAN}) {
      assertThat(add(role, "b.pdf", PDF).statusCode()).isEqualTo(403);
      assertThat(at.get(role, path() + "/" + id).statusCode()).isEqualTo(403);
      assertThat(at.send(role, "DELETE", path() + "/" + id, "").statusCode()).isEqualTo(403);
    }
    assertThat(at.get(Role.TECHNICIAN, path()).statusCode()).isEqualTo(403);
    assertThat(at.read(Role.OWNER, path())).hasSize(1);
  }

  @Test
  void filesAreFoundByTheirOwnListAlone() {
    String id = added("a.pdf");
    String other = imported();

    requireRefused(at.get(Role.OWNER, "/lists/" + other + "/evidence/" + id), 404, "NOT_FOUND");
    requireRefused(
        at.send(Role.OWNER, "DELETE", "/lists/" + other + "/evidence/" + id, ""), 404, "NOT_FOUND");
    requireRefused(at.get(Role.OWNER, path() + "/" + UUID.randomUUID()), 404, "NOT_FOUND");
    String nowhere = "/lists/" + UUID.randomUUID() + "/evidence";
    requireRefused(at.get(Role.OWNER, nowhere), 404, "NOT_FOUND");
    requireRefused(at.upload(Role.OWNER, nowhere + "?fileName=a.pdf", PDF), 404, "NOT_FOUND");
    assertThat(at.get(Role.OWNER, path() + "/..%2F..%2Fkeys").statusCode()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html><script>", "PK\u0003\u0004", "MZ", " %PDF-1.4", "%PDF", "GIF89a"})
  void whatIsNeitherADocumentNorAPictureIsRefusedWhateverItsName(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);

    HttpResponse<String> answer = add(Role.OWNER, "scan.pdf", bytes);

    requireRefused(answer, 422, "NO_EVIDENCE");
    assertThat(json(answer).path("errors").path(0).path("field").asString()).isEqualTo("file");
    assertThat(at.read(Role.OWNER, path())).isEmpty();
  }

  @Test
  void limitsAreSaid() {
    requireRefused(add(Role.OWNER, "a.pdf", new byte[0]), 422, "EMPTY_FILE");
    requireRefused(add(Role.OWNER, "a.pdf", Arrays.copyOf(PDF, (5 << 20) + 1)), 413, "TOO_LARGE");
    for (int i = 0; i < 5; i++) {
      assertThat(add(Role.OWNER, "a.pdf", Arrays.copyOf(PDF, 5 << 20)).statusCode()).isEqualTo(201);
    }
    requireRefused(add(Role.OWNER, "a.pdf", PDF), 409, "EVIDENCE_FULL");
    list = imported();
    for (int i = 0; i < 10; i++) {
      var unusedId = added("a.pdf");
    }
    requireRefused(add(Role.OWNER, "a.pdf", PDF), 409, "TOO_MUCH_EVIDENCE");
    assertThat(add(Role.OWNER, "", PDF).statusCode()).isEqualTo(400);
    assertThat(add(Role.OWNER, "x".repeat(201), PDF).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/x.pdf",
        "a\r\nSet-Cookie: x.pdf",
        "\u202Efdp.exe",
        "C:\\x\\y.pdf",
        "\u0000"
      })
  void namesMisleadNobody(String name) {
    assertThat(add(Role.OWNER, name, PDF).statusCode()).isEqualTo(201);

    assertThat(at.read(Role.OWNER, path()).path(0).path("name").asString())
        .endsWith(".pdf")
        .doesNotContainPattern("[/\\\\\\p{Cntrl}\u202E]");
  }

  @Test
  @Tag("AC-CON-07")
  void filesGoWithTheirList() throws IOException {
    String id = added("a.pdf");

    assertThat(at.send(Role.OWNER, "DELETE", "/lists/" + list, "").statusCode()).isEqualTo(204);

    assertThat(onDisk(id)).isFalse();
    requireRefused(at.get(Role.OWNER, path() + "/" + id), 404, "NOT_FOUND");
  }
}
