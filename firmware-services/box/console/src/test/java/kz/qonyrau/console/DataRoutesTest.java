package kz.qonyrau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The owner takes everything away in one file.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("PLT-22")
class DataRoutesTest {

  private static final String FILE = "/system/data.zip";
  private static final List<String> FILES =
      List.of(
          "README.txt",
          "lists.csv",
          "evidence.csv",
          "contacts.csv",
          "campaigns.csv",
          "templates.csv",
          "recipients.csv",
          "results.csv",
          "transcripts.csv",
          "suppressions.csv",
          "complaints.csv",
          "call-backs.csv",
          "contents.csv");
  private static final String HOSTILE = "=HYPERLINK(\"\"http://x\"\");\n'Бэлла'";
  private static final String PDF = "%PDF-1.7 signed";
  private static TestConsole at;
  private static String list;
  private static String campaign;
  private static CallId call;

  @BeforeAll
  static void open() {
    at = new TestConsole();
    at.credit("100000.00");
    list =
        imported(at, "phone;имя\r\n+77011112201;\"" + HOSTILE + "\"\r\n+77011112202;+7\r\n", "-1");
    assertThat(
            at.upload(
                    Role.OWNER,
                    "/lists/" + list + "/evidence?fileName=%3Dscan.pdf",
                    PDF.getBytes(StandardCharsets.US_ASCII))
                .statusCode())
        .isEqualTo(201);
    campaign = drafted("@Кампания \\\"зима\\\"; 2026");
    at.execute(
        """
        INSERT INTO campaign.recipient (
          campaign_no, seq, number, dials, list_no, contact_seq, state, result)
        SELECT campaign_no, 1, '+77011112201', '+77011112201', 1, 1, 'DONE', 'BUSY'
        FROM campaign.campaign WHERE id = ?
        """,
        campaign);
    at.execute(
        """
        INSERT INTO campaign.recipient (
          campaign_no, seq, number, dials, list_no, contact_seq, state, result)
        SELECT campaign_no, 2, '+77011112202', '+77011112202', 1, 2, 'EXCLUDED', 'BLOCKED'
        FROM campaign.campaign WHERE id = ?
        """,
        campaign);
    call = at.call(new CampaignId(campaign), "+77011112201");
    at.asked(call, "ANSWERED", "=да", "ru", "KEY");
    at.judged(call, "MACHINE", "GREETING");
    at.clock.advance(Duration.ofSeconds(1));
    var _ = at.charged(new CampaignId(campaign), 10);
    at.execute(
        "INSERT INTO calls.utterance (call_id, line_no, spoken, from_ms, to_ms, confidence, words,"
            + " language) VALUES (?, 0, '-нет;\n\"спасибо\"', 1500, 2250, 0.8125, '', 'ru')",
        call.value());
    at.execute(
        "INSERT INTO insight.transcription (call_id, language, state, reason, samples, done_samples,"
            + " lost_ms, busy_ms, ordered_at_ms) VALUES (?, 'kk', 'DONE', '', 8, 8, 0, 0, 0)",
        call.value());
    at.execute(
        "INSERT INTO insight.spoken_line (call_id, channel, line_no, spoken, from_ms, to_ms,"
            + " confidence, words) VALUES (?, 'BOX', 0, 'сәлем', 0, 500, 1, '')",
        call.value());
    var _ =
        at.send(
            Role.OWNER,
            "POST",
            "/blocks",
            "{\"numbers\":[\"+77011112202\"],\"reason\":\"=1+1; \\\"sic\\\"\"}");
    at.execute(
        "INSERT INTO complaint.complaint VALUES ('c0000000-0000-4000-8000-000000000001',"
            + " '+77011112203', 'SMS', 'OPERATOR', 1000, 2000, '@text; \n\"sic\"', '-me', ?, 7,"
            + " 'PROVISIONAL', 3000, 86400000, FALSE, TRUE, TRUE)",
        campaign);
    at.execute(
        "INSERT INTO callback.call_back VALUES ('c0000000-0000-4000-8000-000000000002', 3000,"
            + " '+77011112204', 't00000001', '+77172000001', 'CALLED', ?, 86400000, ?, 19999,"
            + " 'LEAVE_ALONE', 0)",
        campaign,
        call.value());
  }

  @AfterAll
  static void close() {
    at.close();
  }

  private static String imported(TestConsole console, String csv, String name) {
    HttpResponse<String> upload =
        console.upload(
            Role.OWNER, "/uploads?fileName=list.csv", csv.getBytes(StandardCharsets.UTF_8));
    assertThat(upload.statusCode()).as(upload.body()).isEqualTo(201);
    HttpResponse<String> made =
        console.send(
            Role.OWNER,
            "POST",
            "/lists",
            """
            {"uploadId":"%s","name":"%s","encoding":"UTF_8","delimiter":"SEMICOLON","header":true,
             "columns":[{"index":0,"role":"NUMBER"},
               {"index":1,"role":"VARIABLE","variable":"имя"}],
             "consent":"GRANTED",
             "attestation":{"origin":"our customers","collectedFrom":"2026-01-01",
               "collectedTo":"2026-11-01","channels":["CALLS"],"lawful":true}}
            """
                .formatted(TestConsole.JSON.readTree(upload.body()).path("id").asString(), name));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
    String id = TestConsole.JSON.readTree(made.body()).path("id").asString();
    Eventually.await(
        Duration.ofSeconds(60),
        "the import has ended",
        () -> console.read(Role.OWNER, "/lists/" + id).path("state").asString().equals("READY"));
    return id;
  }

  private static String drafted(String name) {
    String order = BoxConsoleTest.order(list, "20:00").replace("November", name);
    HttpResponse<String> made = at.send(Role.OWNER, "POST", "/campaigns", order);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return TestConsole.JSON.readTree(made.body()).path("id").asString();
  }

  /// The files of a zip, read by a reader that is not ours, in their order.
  private static Map<String, String> unzipped(byte[] zip) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private static String text(Map<String, String> files, @Nullable String name) {
    return Objects.requireNonNull(files.get(name), "there is no " + name);
  }

  private static Map<String, String> taken() throws IOException {
    HttpResponse<InputStream> answer = at.stream(Role.OWNER, FILE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("application/zip");
    assertThat(answer.headers().firstValue("content-disposition").orElse(""))
        .matches("attachment; filename=\"qonyrau-2026-11-24\\.zip\"");
    try (InputStream body = answer.body()) {
      return unzipped(body.readAllBytes());
    }
  }

  /// Their names, but for those that lie beside lists.
  private static List<String> named(Map<String, String> files) {
    return files.keySet().stream().filter(name -> !name.startsWith("evidence/")).toList();
  }

  /// The rows of a CSV as a spreadsheet reads them, by title.
  private static List<Map<String, String>> rows(String csv) {
    assertThat(csv).startsWith("\uFEFF").endsWith("\r\n");
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 1; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ';' || c == '\n') {
        row.add(cell.toString());
        cell.setLength(0);
        if (c == '\n') {
          rows.add(List.copyOf(row));
          row.clear();
        }
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    assertThat(quoted).isFalse();
    List<String> titles = rows.removeFirst();
    List<Map<String, String>> byTitle = new ArrayList<>();
    for (List<String> cells : rows) {
      assertThat(cells).hasSameSizeAs(titles);
      Map<String, String> one = new LinkedHashMap<>();
      for (int i = 0; i < titles.size(); i++) {
        one.put(titles.get(i), cells.get(i));
      }
      byTitle.add(one);
    }
    return byTitle;
  }

  @Test
  void holdsEverythingThatIsTheCustomers() throws IOException {
    Map<String, String> files = taken();

    assertThat(named(files)).containsExactlyElementsOf(FILES);
    assertThat(rows(text(files, "evidence.csv")))
        .singleElement()
        .satisfies(row -> {
          assertThat(row)
              .containsEntry("list_id", list)
              .containsEntry("name", "'=scan.pdf")
              .containsEntry("type", "PDF")
              .containsEntry("bytes", String.valueOf(PDF.length()))
              .containsEntry("added_utc", "2026-11-24T04:00:00Z")
              .containsEntry("added_by", "owner");
          assertThat(text(files, row.get("file"))).isEqualTo(PDF);
          assertThat(row.get("sha256")).matches("[0-9a-f]{64}");
        });
    assertThat(rows(text(files, "lists.csv")))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("list_id", list)
                .containsEntry("name", "'-1")
                .containsEntry("contacts", "2")
                .containsEntry("fields", "имя")
                .containsEntry("origin", "our customers")
                .containsEntry("collected_from", "2026-01-01")
                .containsEntry("for_calls", "YES")
                .containsEntry("for_messages", "NO")
                .containsEntry("stated_by", "owner")
                .containsEntry("stated_utc", "2026-11-24T04:00:00Z")
                .containsEntry("stated_astana", "24.11.2026 09:00:00"));
    List<Map<String, String>> contacts = rows(text(files, "contacts.csv"));
    assertThat(contacts)
        .extracting(row -> row.get("number"))
        .containsExactly("77011112201", "77011112202");
    assertThat(contacts).extracting(row -> row.get("consent_stated")).containsOnly("GRANTED");
    assertThat(contacts)
        .extracting(row -> row.get("consent"))
        .containsExactly("GRANTED", "BLOCKED");
    assertThat(contacts.getFirst().get("field: имя")).startsWith("'=HYPERLINK(\"http://x\");");
    assertThat(contacts.getLast().get("field: имя")).isEqualTo("'+7");
    assertThat(rows(text(files, "campaigns.csv")))
        .singleElement()
        .satisfies(row -> {
          assertThat(row)
              .containsEntry("campaign_id", campaign)
              .containsEntry("name", "'@Кампания \"зима\"; 2026")
              .containsEntry("state", "DRAFT")
              .containsEntry("list_ids", list)
              .containsEntry("message", "Добрый день, это проверка связи")
              .containsEntry(
                  "windows", "2026-11-24/2026-12-24 09:00-20:00 MON TUE WED THU FRI SAT SUN")
              .containsEntry("started_utc", "");
          assertThat(TestConsole.JSON.readTree(row.get("order_json")).path("name").asString())
              .isEqualTo("@Кампания \"зима\"; 2026");
        });
    assertThat(rows(text(files, "recipients.csv")))
        .extracting(
            row -> row.get("number") + row.get("state") + row.get("outcome") + row.get("exclusion"))
        .containsExactly("77011112201DONEBUSY", "77011112202EXCLUDEDBLOCKED");
    List<Map<String, String>> results = rows(text(files, "results.csv"));
    assertThat(results).hasSize(2);
    assertThat(results.getFirst())
        .containsEntry("call_id", call.value())
        .containsEntry("campaign", "'@Кампания \"зима\"; 2026")
        .containsEntry("number", "77011112201")
        .containsEntry("started_astana", "24.11.2026 09:00:00")
        .containsEntry("started_utc", "2026-11-24T04:00:00Z")
        .containsEntry("answered_utc", "")
        .containsEntry("outcome", "BUSY")
        .containsEntry("fault", "SUBSCRIBER")
        .containsEntry("question", "ANSWERED")
        .containsEntry("answer", "'=да")
        .containsEntry("answered_with", "KEY")
        .containsEntry("answered_by", "MACHINE")
        .containsEntry("cost_kzt", "0,00");
    assertThat(results.getLast())
        .containsEntry("outcome", "ANSWERED")
        .containsEntry("duration_s", "9,700")
        .containsEntry("cost_kzt", "70,00")
        .containsEntry("tariff", "test-1");
    List<Map<String, String>> said = rows(text(files, "transcripts.csv"));
    assertThat(said)
        .extracting(row -> row.get("source") + " " + row.get("side") + " " + row.get("text"))
        .containsExactly("CALL SUBSCRIBER '-нет;\n\"спасибо\"", "RECORDING BOX сәлем");
    assertThat(said.getFirst())
        .containsEntry("call_id", call.value())
        .containsEntry("from_s", "1,500")
        .containsEntry("to_s", "2,250")
        .containsEntry("language", "ru")
        .containsEntry("confidence", "0,813");
    assertThat(rows(text(files, "suppressions.csv")))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("number", "77011112202")
                .containsEntry("list", "OWN")
                .containsEntry("reason", "'=1+1; \"sic\"")
                .containsEntry("by", "owner"));
    assertThat(rows(text(files, "complaints.csv")))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("number", "77011112203")
                .containsEntry("channel", "SMS")
                .containsEntry("text", "'@text; \n\"sic\"")
                .containsEntry("entered_by", "'-me")
                .containsEntry("campaign", "'@Кампания \"зима\"; 2026")
                .containsEntry("evidence_due_utc", "1970-01-02T00:00:00Z")
                .containsEntry("evidence_received", "NO"));
    assertThat(rows(text(files, "call-backs.csv")))
        .singleElement()
        .satisfies(row ->
            assertThat(row)
                .containsEntry("number", "77011112204")
                .containsEntry("called", "'+77172000001")
                .containsEntry("told", "CALLED")
                .containsEntry("call_id", call.value())
                .containsEntry("campaign", "'@Кампания \"зима\"; 2026")
                .containsEntry("contact_utc", "1970-01-02T00:00:00Z")
                .containsEntry("heard_seconds", "19")
                .containsEntry("wish", "LEAVE_ALONE")
                .containsEntry("refused", "0"));
    for (Map<String, String> content : rows(text(files, "contents.csv"))) {
      assertThat(rows(text(files, content.get("file"))))
          .as(content.get("file"))
          .hasSize(Integer.parseInt(text(content, "rows")));
    }
  }

  @Test
  void noCellBeginsAFormula() throws IOException {
    for (Map.Entry<String, String> file : taken().entrySet()) {
      if (file.getKey().endsWith(".csv")) {
        assertThat(rows(file.getValue()))
            .allSatisfy(row ->
                assertThat(row.values()).noneMatch(cell -> cell.matches("(?s)[=+\\-@\t\r\n].*")));
      }
    }
  }

  /// Whatever a file has for a column, the explanation names in each language.
  @Test
  void everyColumnIsExplainedInThreeLanguages() throws IOException {
    Map<String, String> files = taken();
    String readme = text(files, "README.txt");
    List<String> parts = Arrays.asList(readme.split("={20,}\r\n[А-ЯA-ZҚ]+\r\n={20,}"));
    assertThat(parts).hasSize(4);
    assertThat(parts.getFirst()).contains("Test box", "24.11.2026 09:00:0").doesNotContain("{");

    for (String language : parts.subList(1, 4)) {
      for (String file : FILES.subList(1, FILES.size())) {
        assertThat(language).contains(file);
        String section =
            language.substring(language.indexOf("\r\n" + file + " - ") + 2).split("\r\n\r\n", 2)[0];
        String titles = text(files, file).substring(1).lines().findFirst().orElseThrow();
        for (String title : titles.replace("\"", "").split(";", -1)) {
          String named = title.startsWith("field: ") ? "field: ..." : title;
          assertThat(section).as(file).containsPattern("\\b" + named.replace(".", "\\."));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"OPERATOR", "TECHNICIAN"})
  @Tag("PLT-19")
  void isTheOwnersAlone(Role role) {
    assertThat(at.get(role, FILE).statusCode()).isEqualTo(403);
    assertThat(at.get(role, "/system/data").statusCode()).isEqualTo(403);
  }

  @Test
  @Tag("AC-CON-06")
  void isNotTakenAgainAndAgain() throws IOException {
    try (TestConsole console = new TestConsole()) {
      for (int time = 0; time < 10; time++) {
        try (InputStream body = console.stream(Role.OWNER, FILE).body()) {
          assertThat(body.readAllBytes()).isNotEmpty();
        }
      }
      HttpResponse<InputStream> refused = console.stream(Role.OWNER, FILE);
      try (InputStream body = refused.body()) {
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("360");
        assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
            .contains("TOO_MANY_DATA_FILES");
      }

      console.clock.advance(Duration.ofMinutes(6));
      try (InputStream body = console.stream(Role.OWNER, FILE).body()) {
        assertThat(named(unzipped(body.readAllBytes()))).containsExactlyElementsOf(FILES);
      }
    }
  }

  @Test
  void saysHowMuchThereIs() {
    assertThat(at.read(Role.OWNER, "/system/data"))
        .hasToString("{\"lists\":1,\"contacts\":2,\"campaigns\":1,\"calls\":2}");
  }

  @Test
  @Tag("PLT-18")
  void theAuditLogKnowsOfItBeforeTheFirstByte() throws IOException {
    try (InputStream body = at.stream(Role.OWNER, FILE).body()) {
      JsonNode newest = at.read(Role.OWNER, "/audit").path(0);
      assertThat(newest.path("action").asString()).isEqualTo("CONTACTS_EXPORTED");
      assertThat(newest.path("detail").asString()).isEqualTo("everything");
      assertThat(newest.path("login").asString()).isEqualTo("owner");
      assertThat(body.readAllBytes()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OWNERS_TIME", "LAST_REPORTS", "ANSWERED"})
  void canBeTakenWhileTheBoxRetires(String stage) throws IOException {
    Instant now = at.clock.instant();
    at.boxId = Optional.of(BoxId.random());
    at.retirement =
        Optional.of(
            new Retirement.State(
                "00000000-0000-4000-8000-00000000c0de",
                "The contract has ended.",
                now,
                now.plus(Duration.ofDays(14)),
                Optional.empty(),
                Retirement.Stage.valueOf(stage)));
    try {
      Map<String, String> files = taken();

      assertThat(named(files)).containsExactlyElementsOf(FILES);
      assertThat(text(files, "README.txt")).contains(at.boxId.orElseThrow().value());
    } finally {
      at.retirement = Optional.empty();
      at.boxId = Optional.empty();
    }
  }

  /// A list of 50 000, of which the zip is larger than what a connection holds: it is not made
  /// ahead of whoever takes it, so another one waits, and the store answers others meanwhile.
  @Test
  void aLongListIsMadeNoFasterThanItIsTaken() throws IOException {
    try (TestConsole large = new TestConsole()) {
      fill(large, 50_000);

      HttpResponse<InputStream> answer = large.stream(Role.OWNER, FILE);
      try (InputStream body = answer.body()) {
        byte[] beginning = body.readNBytes(1000);
        HttpResponse<String> second = large.get(Role.OWNER, FILE);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).contains("DATA_FILE_BUSY");
        assertThat(large.read(Role.OWNER, "/system/data").path("contacts").asLong())
            .isEqualTo(50_000);
        byte[] rest = body.readAllBytes();
        byte[] all = Arrays.copyOf(beginning, beginning.length + rest.length);
        System.arraycopy(rest, 0, all, beginning.length, rest.length);
        List<Map<String, String>> contacts = rows(text(unzipped(all), "contacts.csv"));
        assertThat(contacts).hasSize(50_000);
        assertThat(contacts.getLast()).containsEntry("row", "50000");
        assertThat(contacts.stream().map(row -> row.get("number")).distinct()).hasSize(50_000);
      }
    }
  }

  @Test
  @ExpectedError("half-way")
  void whatFailsHalfWayIsBrokenForWhoeverTakesIt() throws IOException {
    try (TestConsole broken = new TestConsole()) {
      fill(broken, 20_000);
      broken.execute("DROP TABLE campaign.suppression_entry");

      byte[] part;
      try (InputStream body = broken.stream(Role.OWNER, FILE).body()) {
        part = body.readNBytes(1000);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
      assertThat(part).startsWith('P', 'K');
      // The next one is not kept out by it.
      HttpResponse<InputStream> again = broken.stream(Role.OWNER, FILE);
      try (InputStream body = again.body()) {
        assertThat(again.statusCode()).isEqualTo(200);
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  @ExpectedError("half-way")
  void whoeverTakesTooLongIsCutOff() throws IOException {
    try (TestConsole slow = new TestConsole()) {
      fill(slow, 50_000);

      try (InputStream body = slow.stream(Role.OWNER, FILE).body()) {
        assertThat(body.readNBytes(1000)).hasSize(1000);
        slow.clock.advance(DataArchive.LIMIT.plusSeconds(1));
        assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
      }
    }
  }

  private static void fill(TestConsole console, int contacts) {
    StringBuilder csv = new StringBuilder("phone;name\r\n");
    for (int i = 0; i < contacts; i++) {
      // What hardly shrinks.
      csv.append("+7701%07d;".formatted(i));
      for (int part = 0; part < 12; part++) {
        csv.append(CallId.random().value());
      }
      csv.append("\r\n");
    }
    var _ = imported(console, csv.toString(), "Large");
  }

  /// However long a source is, memory holds a page of it.
  @Test
  void aPageIsReadWhenTheOneBeforeIsWritten() throws IOException {
    int[] state = {0, 0, 0}; // read, taken, asked
    DataArchive.Source<Integer> source =
        last -> {
          assertThat(state[1]).as("all that was read is written").isEqualTo(state[0]);
          int from = last.map(one -> one + 1).orElse(0);
          int to = Math.min(from + DataArchive.PAGE, 50_500);
          state[0] = to;
          return IntStream.range(from, to).boxed().toList();
        };
    DataArchive.pages(
        source,
        row -> {
          assertThat(row).isEqualTo(state[1]);
          state[1]++;
        },
        () -> state[2]++);

    assertThat(state[1]).isEqualTo(50_500);
    assertThat(state[2]).as("each page is asked for in time").isEqualTo(52);
  }
}
