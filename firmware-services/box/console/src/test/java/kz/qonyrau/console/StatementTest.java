package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.web.Problem;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The statement of a small book: a top-up on the 22nd, two charged calls and one that cost nothing
/// on the 23rd, a call that goes on and a correction on the 24th.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
class StatementTest {

  private static final String EVIL = "=HYPERLINK(\"http://x\";\"☎️ скидки\")";

  private static TestConsole at;
  private static CampaignId campaign;
  private static CallId first;
  private static CallId second;
  private static CallId running;

  @BeforeAll
  static void writesABook() {
    at = new TestConsole();
    String order =
        BoxConsoleTest.order(UUID.randomUUID().toString(), "20:00")
            .replace("\"November\"", TestConsole.JSON.writeValueAsString(EVIL));
    HttpResponse<String> made = at.send(Role.OWNER, "POST", "/campaigns", order);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    campaign = new CampaignId(TestConsole.JSON.readTree(made.body()).path("id").asString());
    // Written in the past, because whoever signed in today is not signed in tomorrow.
    at.clock.advance(Duration.ofDays(-2));
    at.credit("1000.00");
    at.clock.advance(Duration.ofDays(1));
    first = at.charged(campaign, 10);
    at.clock.advance(Duration.ofMinutes(1));
    second = at.charged(CampaignId.random(), 20);
    var _ = at.call(campaign, "+77019998877");
    at.clock.advance(Duration.ofDays(1));
    running = CallId.random();
    at.hold(running, 5_000);
    at.correct("correction/1", "100.00");
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static JsonNode statement(String query) {
    return at.read(Role.OWNER, "/ledger/statement" + query);
  }

  private static List<String> kinds(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("kind").asString()).toList();
  }

  @Test
  @Tag("SH-BAL-01")
  @Tag("SH-BAL-03")
  void showsWhatCameAndWhatWentAndWhatIsLeft() {
    JsonNode page = statement("");

    assertThat(kinds(page)).containsExactly("TRANSFER", "CAPTURE", "CAPTURE", "TOP_UP");
    assertThat(sums(page)).containsExactly(0L, 100_000L, 31_000L, 69_000L);
    assertThat(page.path("total").asLong()).isEqualTo(4);
    JsonNode charge = page.path("items").path(2);
    assertThat(charge.path("callId").asString()).isEqualTo(first.value());
    assertThat(charge.path("campaignName").asString()).isEqualTo(EVIL);
    assertThat(charge.path("tariffVersion").asString()).isEqualTo("test-1");
    assertThat(charge.path("amountTiyn").asLong()).isEqualTo(-7_000);
    assertThat(charge.path("balanceTiyn").asLong()).isEqualTo(93_000);
    JsonNode talk = charge.path("charges").path(0);
    assertThat(talk.path("service").asString()).isEqualTo("CALL_TIME");
    assertThat(talk.path("billedSeconds").asDouble()).isEqualTo(10);
    assertThat(talk.path("price").asString()).isEqualTo("6.00");
    assertThat(talk.path("amountTiyn").asLong()).isEqualTo(6_000);
    JsonNode correction = page.path("items").path(0);
    assertThat(correction.path("reason").asString()).isEqualTo("credited by mistake");
    assertThat(correction.path("availableTiyn").asLong()).isEqualTo(64_000);
    JsonNode balance = at.read(Role.OWNER, "/ledger/balance");
    assertThat(page.path("closingTiyn").asLong())
        .isEqualTo(balance.path("availableTiyn").asLong() + balance.path("heldTiyn").asLong());
  }

  @Test
  @Tag("SH-BAL-03")
  void aPeriodIsDaysInAstana() {
    JsonNode day = statement("?from=2026-11-23&to=2026-11-23");

    assertThat(sums(day)).containsExactly(100_000L, 0L, 21_000L, 79_000L);
    assertThat(kinds(day)).containsExactly("CAPTURE", "CAPTURE");
    assertThat(sums(statement("?from=2026-11-24"))).containsExactly(79_000L, 0L, 10_000L, 69_000L);
    assertThat(sums(statement("?to=2026-11-22"))).containsExactly(0L, 100_000L, 0L, 100_000L);
    assertThat(sums(statement("?from=2031-01-01&to=9999-12-31")))
        .containsExactly(69_000L, 0L, 0L, 69_000L);
    assertThat(sums(statement("?from=0000-01-01&to=0001-01-01"))).containsExactly(0L, 0L, 0L, 0L);
  }

  @Test
  @Tag("SH-BAL-03")
  void aFilterFindsAndThePeriodStaysWhole() {
    JsonNode topUps = statement("?kind=TOP_UP");
    assertThat(kinds(topUps)).containsExactly("TOP_UP");
    assertThat(topUps.path("foundIncomeTiyn").asLong()).isEqualTo(100_000);
    assertThat(sums(topUps)).containsExactly(0L, 100_000L, 31_000L, 69_000L);

    JsonNode ofCampaign = statement("?campaignId=" + campaign);
    assertThat(ofCampaign.path("items")).hasSize(1);
    assertThat(ofCampaign.path("foundExpensesTiyn").asLong()).isEqualTo(7_000);
    assertThat(statement("?kind=TOP_UP&campaignId=" + campaign).path("items")).isEmpty();
    assertThat(statement("?campaignId=" + UUID.randomUUID()).path("total").asLong()).isZero();

    String beginning = second.value().substring(0, 10).toUpperCase(Locale.ROOT);
    assertThat(statement("?text=" + beginning).path("items").path(0).path("callId").asString())
        .isEqualTo(second.value());
    assertThat(kinds(statement("?text=correction/"))).containsExactly("TRANSFER");
    assertThat(statement("?campaignId=" + campaign + "&text=" + second).path("items")).isEmpty();
    assertThat(statement("?campaignId=" + campaign + "&text=" + first).path("items")).hasSize(1);
  }

  @Test
  @Tag("SH-BAL-03")
  @Tag("SH-BAL-06")
  void reservationsAreShownOnlyToWhoAsks() {
    JsonNode page = statement("?reservations=true");

    // Hold, extension, charge and release of the first; of the second there is a release, too.
    assertThat(kinds(page))
        .containsExactly(
            "TRANSFER",
            "HOLD",
            "RELEASE",
            "HOLD",
            "RELEASE",
            "CAPTURE",
            "EXTENSION",
            "HOLD",
            "RELEASE",
            "CAPTURE",
            "EXTENSION",
            "HOLD",
            "TOP_UP");
    assertThat(page.path("total").asLong()).isEqualTo(13);
    assertThat(sums(page)).containsExactly(0L, 100_000L, 31_000L, 69_000L);
    JsonNode held = page.path("items").path(1);
    assertThat(held.path("callId").asString()).isEqualTo(running.value());
    assertThat(held.path("balanceTiyn").asLong()).isEqualTo(79_000);
    assertThat(held.path("availableTiyn").asLong()).isEqualTo(74_000);
  }

  @ParameterizedTest
  @Tag("SH-BAL-03")
  @ValueSource(strings = {"", "reservations=true&", "kind=CAPTURE&", "from=2026-11-23&"})
  void pagesJoinWithoutAGapWhateverTheirSize(String filter) {
    JsonNode whole = statement("?" + filter + "size=200");
    List<Long> rows = rows(whole);
    assertThat(rows).hasSize(whole.path("total").asInt());
    for (int size = 1; size <= 4; size++) {
      List<Long> joined = new ArrayList<>();
      String before = "";
      List<Long> page;
      do {
        page = rows(statement("?" + filter + "size=" + size + before));
        joined.addAll(page);
        before = page.isEmpty() ? "" : "&before=" + page.getLast();
      } while (page.size() == size);
      assertThat(joined).as("pages of %d", size).isEqualTo(rows);
    }
  }

  @ParameterizedTest
  @Tag("SH-BAL-03")
  @ValueSource(
      strings = {
        "☎️🙂",
        "'; DROP TABLE ledger.transfer; --",
        "%",
        "_",
        "call/%",
        "\u0000",
        "x' OR '1'='1",
        "￿",
        "../../etc/passwd"
      })
  void aStrangeTextFindsNothingAndHarmsNothing(String text) {
    JsonNode page = statement("?text=" + URLEncoder.encode(text, StandardCharsets.UTF_8));

    assertThat(page.path("items")).isEmpty();
    assertThat(page.path("total").asLong()).isZero();
    assertThat(sums(page)).containsExactly(0L, 100_000L, 31_000L, 69_000L);
    assertThat(at.read(Role.OWNER, "/ledger/verification").path("sound").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @Tag("SH-BAL-03")
  @ValueSource(
      strings = {
        "from=2026-11-30&to=2026-11-01 422 PERIOD_BACKWARDS \"to\"",
        "from=2026-02-30 400 NO_SUCH_DAY \"from\"",
        "to=2026-13-01 400 NO_SUCH_DAY \"to\"",
        "from=yesterday 400 WRONG_FORM \"from\"",
        "size=0 400 TOO_SMALL \"size\"",
        "size=1000000000 400 TOO_LARGE \"size\"",
        "size=99999999999999999999 400 WRONG_TYPE \"size\"",
        "before=0 400 TOO_SMALL \"before\"",
        "before=999999 400 NO_SUCH_ROW \"before\"",
        "kind=ALL 400 NOT_ALLOWED \"kind\"",
        "campaignId=%27 400 WRONG_FORM \"campaignId\"",
        "reservations=maybe 400 WRONG_TYPE \"reservations\"",
        "colour=red 400 UNKNOWN \"colour\"",
      })
  void aBadFilterIsNamed(String each) {
    String[] asked = each.split(" ", 4);

    HttpResponse<String> refused = at.get(Role.OWNER, "/ledger/statement?" + asked[0]);

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(Integer.parseInt(asked[1]));
    assertThat(refused.body()).contains(asked[2], asked[3]);
  }

  @Test
  @Tag("SH-BAL-03")
  void textsThatAreTooLongAreRefused() {
    assertThat(at.get(Role.OWNER, "/ledger/statement?text=" + "x".repeat(81)).body())
        .contains("TOO_LONG");
  }

  @Test
  @Tag("SH-BAL-03")
  void exportsCsvThatAddsUp() {
    String csv = file("?format=CSV&language=en", "text/csv; charset=utf-8");

    List<String> lines = csv.lines().toList();
    assertThat(csv).startsWith("\uFEFF\"Statement of money\"\r\n");
    assertThat(lines)
        .contains(
            "\"Box\";\"Test box\"",
            "\"Opening balance, ₸\";0.00".replace('.', ','),
            "\"Income, ₸\";1000,00",
            "\"Expenses, ₸\";310,00",
            "\"Closing balance, ₸\";690,00");
    String charge =
        lines.stream().filter(line -> line.contains(first.value())).findFirst().orElseThrow();
    assertThat(charge)
        .contains(
            ";23.11.2026 09:00:00;\"Charge for a call\";",
            ";\"'=HYPERLINK(\"\"http://x\"\";\"\"☎️ скидки\"\")\";",
            ";\"call/" + first + "\";\"Call time\";10;6,00;1;\"test-1\";-60,00;940,00");
    assertThat(lines.getLast()).startsWith("\"Total\";").endsWith(";690,00");
    assertThat(csv).doesNotContain("77010000001", "+7701");
    assertThat(at.directory.resolve("statements")).isEmptyDirectory();
  }

  @Test
  @Tag("SH-BAL-03")
  void aPeriodsFileBeginsAndEndsWithItsBalances() {
    List<String> lines =
        file(
                "?from=2026-11-23&to=2026-11-23&language=ru&reservations=true",
                "text/csv; charset=utf-8")
            .lines()
            .toList();

    assertThat(lines)
        .contains(
            "\"Период с\";23.11.2026",
            "\"Период по\";23.11.2026",
            "\"Входящий остаток, ₸\";1000,00",
            "\"Исходящий остаток, ₸\";790,00");
    // Reservations stand beside the sums, not in them.
    assertThat(lines.getLast()).startsWith("\"Итого\";").endsWith(";-210,00");
    assertThat(lines.stream().filter(line -> line.contains("\"Снятие резерва\""))).hasSize(3);
    assertThat(file("?language=kk&kind=TOP_UP", "text/csv; charset=utf-8"))
        .contains("\"Тек мына операция\";\"Толықтыру\"");
  }

  @Test
  @Tag("SH-BAL-03")
  void exportsAWorkbookOfNumbersAndDates() throws IOException {
    HttpResponse<byte[]> answer =
        at.bytes(
            Role.OWNER,
            "/ledger/statement/file?format=XLSX&from=2026-11-22&language=en",
            "bytes=0-");
    assertThat(answer.headers().firstValue("content-disposition").orElseThrow())
        .contains("statement-2026-11-22.xlsx");

    try (ReadableWorkbook book = new ReadableWorkbook(new ByteArrayInputStream(answer.body()))) {
      List<Row> rows = book.getFirstSheet().read();
      Row opening = row(rows, "Opening balance, ₸");
      assertThat(opening.getCell(1).getType()).isEqualTo(CellType.NUMBER);
      assertThat(opening.getCellAsNumber(1).orElseThrow()).isEqualByComparingTo("0");
      assertThat(row(rows, "Period from").getCellAsDate(1).orElseThrow().toLocalDate())
          .isEqualTo(LocalDate.parse("2026-11-22"));
      List<Row> charges =
          rows.stream()
              .filter(row -> row.getCellCount() > 10)
              .filter(row -> row.getCellText(4).equals("call/" + first))
              .toList();
      assertThat(charges).hasSize(2);
      Row talk = charges.getFirst();
      assertThat(talk.getCellAsDate(1).orElseThrow()).isEqualTo("2026-11-23T09:00:00");
      assertThat(talk.getCell(3).getType()).isEqualTo(CellType.STRING);
      assertThat(talk.getCellText(3)).isEqualTo(EVIL);
      assertThat(talk.getCellAsNumber(6).orElseThrow()).isEqualByComparingTo("10");
      assertThat(talk.getCellAsNumber(10).orElseThrow()).isEqualByComparingTo("-60.00");
      assertThat(charges.getLast().getCellAsNumber(11).orElseThrow())
          .isEqualByComparingTo("930.00");
      BigDecimal sum = row(rows, "Total").getCellAsNumber(10).orElseThrow();
      assertThat(sum).isEqualByComparingTo("690.00");
    }
  }

  @Test
  @Tag("SH-BAL-03")
  void aFileOfACampaignOrATextHasOnlyThat() {
    String ofCampaign = file("?campaignId=" + campaign + "&language=en", "text/csv; charset=utf-8");
    assertThat(ofCampaign).contains("\"Only campaign\";\"'=HYPERLINK").contains(first.value());
    assertThat(ofCampaign).doesNotContain(second.value()).doesNotContain("correction/1");
    String ofText = file("?text=correction&language=en", "text/csv; charset=utf-8");
    assertThat(ofText).contains("correction/1").doesNotContain(first.value());
    assertThat(ofText.lines().toList().getLast()).endsWith(";-100,00");
  }

  @Test
  @Tag("SH-BAL-03")
  void aFileThatWouldBeTooLongIsRefusedWithWhatToDo() {
    assertThatCode(() -> StatementFiles.requireFew(StatementFiles.MOST)).doesNotThrowAnyException();
    assertThatThrownBy(() -> StatementFiles.requireFew(StatementFiles.MOST + 1))
        .isInstanceOfSatisfying(
            Problem.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(422);
              assertThat(refused.code()).isEqualTo("STATEMENT_TOO_LONG");
              assertThat(refused.fields().getFirst().field()).isEqualTo("from");
              assertThat(refused).hasMessageContaining("Narrow the period");
            });
  }

  @Test
  @Tag("PLT-19")
  @Tag("SH-BAL-03")
  void onlyTheOwnerTakesTheBookAway() {
    assertThat(at.get(Role.OPERATOR, "/ledger/statement").statusCode()).isEqualTo(200);
    assertThat(at.get(Role.OPERATOR, "/ledger/statement/file").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.TECHNICIAN, "/ledger/statement/file").statusCode()).isEqualTo(403);
    assertThat(at.get(Role.OWNER, "/ledger/statement/file?language=de").statusCode())
        .isEqualTo(400);
  }

  private static Row row(List<Row> rows, String label) {
    return rows.stream()
        .filter(row -> row.getCellCount() > 0 && label.equals(row.getCellText(0)))
        .findFirst()
        .orElseThrow();
  }

  private static String file(String query, String mediaType) {
    HttpResponse<String> answer = at.get(Role.OWNER, "/ledger/statement/file" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains(mediaType);
    return answer.body();
  }

  private static List<Long> sums(JsonNode page) {
    return List.of(
        page.path("openingTiyn").asLong(),
        page.path("incomeTiyn").asLong(),
        page.path("expensesTiyn").asLong(),
        page.path("closingTiyn").asLong());
  }

  private static List<Long> rows(JsonNode page) {
    return page.path("items").valueStream().map(item -> item.path("row").asLong()).toList();
  }
}
