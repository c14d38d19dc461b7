package kz.qonyrau.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("AC-SPM-03")
class ComplaintRoutesTest {

  @TempDir private static Path directory;
  private static StagedOffice office;
  private static String customer = "";

  @BeforeAll
  static void open() throws Exception {
    office = new StagedOffice(directory);
    customer = office.customer("Nomad");
  }

  @AfterAll
  static void close() throws Exception {
    office.close();
  }

  private static StagedOffice.Reply ask(String method, String path, String json) {
    return office.ask("COMPLAINTS", method, path, json);
  }

  private static String form(String against) {
    return """
    {"number": "+77000000001", "channel": "CALL", "source": "OPERATOR",
     "contactAt": "2026-11-24T03:00:00Z", "text": "Не звоните", %s}
    """
        .formatted(against);
  }

  private static String entered() {
    StagedOffice.Reply reply =
        ask("POST", "/complaints", form("\"organisationId\":\"" + customer + "\""));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    return reply.body().replaceFirst("\\{\"complaint\":\\{\"id\":\"([0-9a-f-]{36})\".*", "$1");
  }

  private static StagedOffice.Reply move(String id, String step) {
    return ask(
        "POST",
        "/complaints/" + id + "/steps",
        "{\"step\":\"%s\",\"note\":\"looked into it\"}".formatted(step));
  }

  @Test
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-04")
  void anOfficerEntersExaminesAndDecides() {
    String id = entered();

    assertThat(ask("GET", "/complaints?show=open&size=200", "").body())
        .contains(id, "\"number\":\"+77000000001\"", "\"standing\":\"PROVISIONAL\"", "Nomad");
    assertThat(move(id, "CONFIRM").body()).contains("NOT_NOW", "RECEIVED");
    assertThat(move(id, "REVIEW").body()).contains("\"state\":\"UNDER_REVIEW\"");
    assertThat(move(id, "REQUEST_EVIDENCE").body())
        .contains("\"evidenceDue\":\"2026-11-27T19:00:00Z\"", "\"unanswered\":false");
    assertThat(move(id, "CONFIRM").body()).contains("TOO_EARLY", "2026-11-27T19:00:00Z");
    assertThat(move(id, "REJECT").body())
        .contains("\"standing\":\"REJECTED\"", "\"verdict\":\"REJECTED\"");
    assertThat(move(id, "CLOSE").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/complaints?show=open&size=200", "").body()).doesNotContain(id);
    assertThat(ask("GET", "/complaints/" + id, "").body())
        .contains("REVIEW_BEGUN", "looked into it", "\"by\":\"complaints\"");
    assertThat(office.ask("AUDITOR", "GET", "/audit?area=BLOCKS&size=200", "").body())
        .contains("COMPLAINT_ENTERED", "COMPLAINT_EXAMINED", "step=REJECT", "looked into it")
        .doesNotContain("7000000001");
  }

  @Test
  @Tag("AC-SPM-06")
  void whatRepeatsIsShownAsAViolation() {
    String other = office.customer("Spammer");
    for (int i = 0; i < 3; i++) {
      StagedOffice.Reply reply =
          ask("POST", "/complaints", form("\"organisationId\":\"" + other + "\""));
      String id =
          reply.body().replaceFirst("\\{\"complaint\":\\{\"id\":\"([0-9a-f-]{36})\".*", "$1");
      assertThat(move(id, "REVIEW").statusCode()).isEqualTo(200);
      assertThat(move(id, "CONFIRM").body()).contains("\"standing\":\"CONFIRMED\"");
    }

    assertThat(ask("GET", "/violations", "").body())
        .contains("\"why\":\"REPEATED\"", "Spammer")
        .doesNotContain("Nomad");
    assertThat(ask("GET", "/customers", "").body()).contains("Spammer", "Nomad");
  }

  /// Numbers and texts are for those who examine complaints; the auditor reads who did what.
  @ParameterizedTest
  @ValueSource(strings = {"FLEET", "BILLING", "AUDITOR"})
  @Tag("PLT-18")
  void nobodyElseSeesThem(String role) {
    String id = entered();
    for (String path : List.of("/complaints", "/complaints/" + id, "/violations", "/customers")) {
      assertThat(office.ask(role, "GET", path, "").statusCode()).as(path).isEqualTo(403);
    }
    assertThat(
            office
                .ask(
                    role,
                    "POST",
                    "/complaints/" + id + "/steps",
                    "{\"step\":\"REVIEW\",\"note\":\"x\"}")
                .statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"organisationId\":\"%s\",\"shownNumber\":\"+77172694000\"|422|AGAINST_WHOM",
        "\"numberProof\":\"sms\"|422|AGAINST_WHOM",
        "\"shownNumber\":\"+77172694000\"|422|NUMBER_NOT_SHOWN",
        "\"shownNumber\":\"8 7172\"|400|shownNumber",
        "\"organisationId\":\"00000000-0000-4000-8000-000000000000\"|422|CUSTOMER_UNKNOWN",
        "\"organisationId\":\"Nomad\"|400|organisationId",
        "\"organisationId\":\"%s\",\"numberProof\":\"\"|400|numberProof",
        "\"organisationId\":\"%s\",\"recording\":\"x\"|400|recording",
      })
  @Tag("AC-SPM-01")
  void saysWhatIsWrong(String against, int status, String named) {
    StagedOffice.Reply reply = ask("POST", "/complaints", form(against.replace("%s", customer)));

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(reply.body()).contains(named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number|\"87000000001\"",
        "number|\"+17000000001\"",
        "channel|\"FAX\"",
        "source|\"CUSTOMER\"",
        "contactAt|\"yesterday\"",
        "text|\"\"",
        "text|null",
      })
  @Tag("AC-SPM-01")
  void namesTheFieldThatIsWrong(String field, String value) {
    String wrong =
        form("\"organisationId\":\"" + customer + "\"")
            .replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": " + value);

    StagedOffice.Reply reply = ask("POST", "/complaints", wrong);

    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat(reply.body()).contains(field);
  }

  @Test
  @Tag("AC-SPM-01")
  void aContactInTheFutureAndATextWithBellsAreRefused() {
    String good = form("\"organisationId\":\"" + customer + "\"");
    assertThat(ask("POST", "/complaints", good.replace("11-24T03", "11-24T05")).body())
        .contains("IN_THE_FUTURE", "contactAt");
    StagedOffice.Reply bells =
        ask("POST", "/complaints", good.replace("Не звоните", "\\u0007\\u0000"));
    assertThat(bells.statusCode()).as(bells.body()).isEqualTo(400);
    assertThat(bells.body()).contains("text");
    assertThat(
            ask("POST", "/complaints", good.replace("Не звоните", "Не звоните\\nмне больше"))
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void whatIsNotThereIsSaid() {
    String nobody = UUID.randomUUID().toString();
    assertThat(ask("GET", "/complaints/" + nobody, "").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/complaints/x", "").statusCode()).isIn(400, 404);
    assertThat(move(nobody, "REVIEW").statusCode()).isEqualTo(404);
    HttpResponse<byte[]> file =
        office.fetch(
            "COMPLAINTS", "GET", "/complaints/" + nobody + "/answers/" + nobody + "/file", "");
    assertThat(file.statusCode()).isEqualTo(404);
    assertThat(new String(file.body(), StandardCharsets.UTF_8)).contains("NOT_FOUND");
    assertThat(ask("GET", "/complaints?size=201", "").statusCode()).isEqualTo(400);
    assertThat(ask("GET", "/complaints?page=-1", "").statusCode()).isEqualTo(400);
  }
}
