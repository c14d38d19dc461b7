package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the calls of the 24th of November came to: two campaigns, one of them with a name that a
/// spreadsheet would take for a formula.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class ReportRoutesTest {

  private static final String EVIL = "=HYPERLINK(\"http://x\")";
  private static final String DAY = "from=2026-11-24&to=2026-11-24";

  private static TestConsole at;
  private static CampaignId campaign;
  private static CampaignId gone;

  @BeforeAll
  static void callsAreCounted() {
    at = new TestConsole();
    String order =
        BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00")
            .replace("\"November\"", TestConsole.JSON.writeValueAsString(EVIL));
    HttpResponse<String> made = at.send(Role.OWNER, "POST", "/campaigns", order);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    campaign = new CampaignId(TestConsole.JSON.readTree(made.body()).path("id").asString());
    gone = CampaignId.random();
    at.counted(campaign, CallOutcome.ANSWERED, "Q.850 16", 3, 90, 1_000);
    at.counted(campaign, CallOutcome.BUSY, "Q.850 17, SIP 486", 1, 0, 0);
    at.counted(gone, CallOutcome.NO_ANSWER, "Q.850 19", 2, 0, 0);
  }

  @AfterAll
  static void close() {
    at.close();
  }

  @Test
  void showsADayFromEachSide() {
    JsonNode report = at.read(Role.OPERATOR, "/reports/calls?" + DAY);

    JsonNode whole = report.path("whole");
    assertThat(whole.path("attempts").asLong()).isEqualTo(6);
    assertThat(whole.path("answered").asLong()).isEqualTo(3);
    assertThat(whole.path("answeredSeconds").asLong()).isEqualTo(90);
    assertThat(whole.path("amountTiyn").asLong()).isEqualTo(1_000);
    assertThat(whole.path("outcomes").path("NO_ANSWER").asLong()).isEqualTo(2);
    assertThat(report.path("before").path("attempts").asLong()).isZero();
    assertThat(names(report, "campaigns", "name")).containsExactly(EVIL, "");
    assertThat(names(report, "trunks", "name")).containsExactly("Beeline");
    assertThat(names(report, "days", "day")).containsExactly("2026-11-24");
    assertThat(names(report, "reasons", "cause"))
        .containsExactly("Q.850 16", "Q.850 19", "Q.850 17, SIP 486");
    assertThat(report.path("hoursOfDay").size()).isEqualTo(24);
  }

  private static List<String> names(JsonNode report, String side, String field) {
    return report.path(side).valueStream().map(one -> one.path(field).asString()).toList();
  }

  @Test
  void showsOneCampaignAlone() {
    JsonNode report = at.read(Role.OWNER, "/reports/calls?" + DAY + "&campaignId=" + gone.value());

    assertThat(report.path("whole").path("attempts").asLong()).isEqualTo(2);
    assertThat(report.path("campaigns").size()).isEqualTo(1);
  }

  @Test
  void comparesWithTheDaysBefore() {
    JsonNode next = at.read(Role.OWNER, "/reports/calls?from=2026-11-25&to=2026-11-25");

    assertThat(next.path("whole").path("attempts").asLong()).isZero();
    assertThat(next.path("before").path("attempts").asLong()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(ReportFiles.Side.class)
  void everySideIsAFileThatAddsUp(ReportFiles.Side side) throws IOException {
    for (String language : List.of("ru", "kk", "en")) {
      String path = "/reports/calls/file?" + DAY + "&by=" + side + "&language=" + language;
      HttpResponse<InputStream> csv = at.stream(Role.OWNER, path);
      assertThat(csv.statusCode()).isEqualTo(200);
      assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
          .contains("report-" + side.name().toLowerCase(Locale.ROOT), ".csv");
      List<String> lines =
          new String(csv.body().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines.getLast()).contains(";6;3;50").contains("10,00").contains("3,33");
      assertThat(String.join("\n", lines)).doesNotContain("\n=HYPERLINK", ";=");

      byte[] xlsx = at.stream(Role.OWNER, path + "&format=XLSX").body().readAllBytes();
      try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
        List<Row> rows = book.getFirstSheet().read();
        Row sum = rows.getLast();
        assertThat(sum.getCellAsNumber(2).orElseThrow()).isEqualByComparingTo("6");
        assertThat(sum.getCellAsNumber(3).orElseThrow()).isEqualByComparingTo("3");
        assertThat(sum.getCellAsNumber(6).orElseThrow()).isEqualByComparingTo("10");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "to=2026-11-24, 400, from",
    "from=2026-11-24, 400, to",
    "from=2026-02-30&to=2026-11-24, 400, from",
    "from=24.11.2026&to=2026-11-24, 400, from",
    "from=2026-11-24&to=2026-11-23, 422, to",
    "from=2025-11-23&to=2026-11-24, 422, from",
    "from=2026-11-24&to=2026-11-24&campaignId=all, 400, campaignId",
  })
  void namesWhatIsWrongWithAPeriod(String query, int status, String field) {
    for (String path : List.of("/reports/calls?", "/reports/calls/file?")) {
      HttpResponse<String> answer = at.get(Role.OWNER, path + query);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.body()).contains("\"" + field + "\"");
    }
  }

  @Test
  void aWholeYearIsNotTooLong() {
    assertThat(at.get(Role.OWNER, "/reports/calls?from=2025-11-24&to=2026-11-24").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/reports/calls?", "/reports/calls/file?"})
  void aTechnicianSeesNothingOfTheBusiness(String path) {
    assertThat(at.get(Role.TECHNICIAN, path + DAY).statusCode()).isEqualTo(403);
  }

  @Test
  void anOperatorTakesNoFilesAway() {
    assertThat(at.get(Role.OPERATOR, "/reports/calls/file?" + DAY).statusCode()).isEqualTo(403);
  }
}
