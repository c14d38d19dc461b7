package kz.qonyrau.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.SuspensionScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Documents that a technician brings in a file, and what the system page says of those in force.
@Timeout(120)
class DocumentRoutesTest {

  private static final String PATH = "/system/documents";
  private static TestConsole at;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    at.boxId = Optional.of(BoxId.random());
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static byte[] file() {
    DocumentSigner stranger = new DocumentSigner(DocumentSigner.newKeyPair().getPrivate());
    return new DocumentFile(
            List.of(
                SignedDocument.sign("licence/1", "{}", stranger),
                SignedDocument.sign("lease/1", "{}", stranger)))
        .write();
  }

  @Test
  @Tag("PLT-10")
  @Tag("PLT-18")
  void tellsWhatBecameOfEachDocumentAndStandsInTheAuditLog() {
    HttpResponse<String> answer = at.upload(Role.TECHNICIAN, PATH, file());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode verdicts = TestConsole.JSON.readTree(answer.body());
    assertThat(verdicts).hasSize(2);
    assertThat(verdicts.path(0).path("schema").asString()).isEqualTo("licence/1");
    assertThat(verdicts.path(0).path("outcome").asString()).isEqualTo("FORGED");
    assertThat(at.read(Role.OWNER, "/audit").toString()).contains("DOCUMENTS_UPLOADED");
  }

  @Test
  @Tag("SH-ACC-09")
  void anOperatorBringsNone() {
    assertThat(at.upload(Role.OPERATOR, PATH, file()).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @Tag("PLT-10")
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"documents\":[]}",
        "{\"documents\":[{\"schema\":\"licence/1\"}]}",
        "{\"documents\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
        "PK\u0003\u0004 an archive",
        "<html></html>"
      })
  void aHostileFileIsRefusedAndSaysWhere(String content) {
    HttpResponse<String> answer = at.upload(Role.TECHNICIAN, PATH, content.getBytes(UTF_8));

    assertThat(answer.statusCode()).isBetween(400, 422);
    assertThat(answer.body()).contains("code");
  }

  @Test
  @Tag("PLT-10")
  void aFileThatIsTooLargeIsNotTaken() {
    assertThat(
            at.upload(Role.TECHNICIAN, PATH, new byte[DocumentFile.LIMIT_BYTES + 1]).statusCode())
        .isEqualTo(413);
  }

  @Test
  @Tag("PLT-10")
  void aBoxThatIsNotEnrolledBelievesNobody() {
    Optional<BoxId> known = at.boxId;
    at.boxId = Optional.empty();
    HttpResponse<String> answer = at.upload(Role.TECHNICIAN, PATH, file());
    at.boxId = known;

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("NOT_ENROLLED");
  }

  @Test
  @Tag("SH-SUS-01")
  void theSystemPageNamesTheGroundOfASuspension() {
    Instant now = Instant.parse("2026-11-24T04:00:00Z");
    at.license =
        new LicenseStanding.Valid(
            new LicenseDocument(
                BoxId.random(),
                1,
                "Rehearsal LLP",
                Set.of("calls"),
                new LicenseLimits(30, 600),
                now,
                now.plus(Duration.ofDays(1)),
                72,
                List.of(
                    new Suspension(
                        new SuspensionScope.Everything(), "UNLAWFUL_PURPOSE", now, "Call us.")),
                List.of(),
                Optional.empty()));

    JsonNode suspension = at.read(Role.TECHNICIAN, "/system").path("license").path("suspension");

    assertThat(suspension.path("ground").asString()).isEqualTo("UNLAWFUL_PURPOSE");
    assertThat(suspension.path("note").asString()).isEqualTo("Call us.");
    assertThat(at.read(Role.TECHNICIAN, "/system").path("clock").asString()).isEqualTo("TRUSTED");
  }
}
