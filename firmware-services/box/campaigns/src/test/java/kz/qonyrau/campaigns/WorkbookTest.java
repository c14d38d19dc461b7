package kz.qonyrau.campaigns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists that come as workbooks: as spreadsheets write them, and as nobody should.
@Tag("AC-CON-01")
@Timeout(120)
class WorkbookTest extends ImportRoom {

  private interface Filling {
    void fill(org.dhatim.fastexcel.Workbook workbook);
  }

  private Path workbook(Filling filling) throws IOException {
    Path file = directory.resolve("upload.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        org.dhatim.fastexcel.Workbook workbook =
            new org.dhatim.fastexcel.Workbook(out, "Test", "1.0")) {
      filling.fill(workbook);
    }
    return file;
  }

  private static void row(Worksheet sheet, int row, Object... cells) {
    for (int column = 0; column < cells.length; column++) {
      switch (cells[column]) {
        case String text -> sheet.value(row, column, text);
        case Number number -> sheet.value(row, column, number);
        case Boolean truth -> sheet.value(row, column, truth);
        case LocalDate date -> {
          sheet.value(row, column, date);
          sheet.style(row, column).format("dd.mm.yyyy").set();
        }
        case LocalDateTime at -> {
          sheet.value(row, column, at);
          sheet.style(row, column).format("dd.mm.yyyy hh:mm").set();
        }
        default -> throw new AssertionError(cells[column]);
      }
    }
  }

  /// A workbook of which the test says what is in its parts.
  private Path parts(Map<String, String> own) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(
        "xl/workbook.xml",
        """
        <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
        <sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>\
        """);
    parts.put(
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
        <Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>\
        <Relationship Id="r2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/>\
        <Relationship Id="r3" Type="http://x/styles" Target="styles.xml"/>\
        </Relationships>\
        """);
    parts.put("xl/sharedStrings.xml", "<sst><si><t>Иван</t></si></sst>");
    parts.put("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/></cellXfs></styleSheet>");
    parts.putAll(own);
    Path file = directory.resolve("parts.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(UTF_8));
      }
    }
    return file;
  }

  private Path sheet(String rows) throws IOException {
    return parts(
        Map.of(
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"));
  }

  private String preview(Path file) throws IOException {
    return switch (lists.preview(file, PreviewWishes.NONE)) {
      case Preview.Table table ->
          "readable: " + table.rows().stream().map(PreviewRow::cells).toList();
      case Preview.Unreadable(String code, String detail) -> {
        assertThat(detail).endsWith(".");
        yield code;
      }
    };
  }

  // ---- as people write them

  @Test
  @Tag("AC-CON-08")
  void isImportedAsPeopleSeeIt() throws IOException {
    Path file =
        workbook(book -> {
          Worksheet sheet = book.newWorksheet("Должники");
          row(sheet, 0, "Имя", "Моб. телефон", "Сумма", "Срок", "Запись", "VIP");
          row(
              sheet,
              1,
              "Әсем Қ. Ңғүұһі",
              87_011_234_567L,
              1500.50,
              LocalDate.of(2026, 11, 30),
              LocalDateTime.of(2026, 12, 1, 9, 30),
              true);
          row(sheet, 2, " Иван ", "8 (701) 234-56-78", 0.1 + 0.2, "завтра", "", false);
        });

    Preview.Table preview = readable(file);
    assertThat(preview.form()).isEqualTo(new UploadForm.Workbook(0));
    assertThat(preview.sheets()).containsExactly("Должники");
    assertThat(preview.header()).isTrue();
    assertThat(preview.approximateRows()).isEqualTo(2);
    assertThat(preview.columns().get(1).role()).isEqualTo(ColumnRole.NUMBER);

    assertThat(contacts(imported(file)))
        .containsExactly(
            new Contact(
                new Msisdn("+77011234567"),
                List.of(),
                Consent.UNKNOWN,
                Map.of(
                    "имя", "Әсем Қ. Ңғүұһі",
                    "сумма", "1500.5",
                    "срок", "30.11.2026",
                    "запись", "01.12.2026 09:30",
                    "vip", "TRUE")),
            new Contact(
                new Msisdn("+77012345678"),
                List.of(),
                Consent.UNKNOWN,
                Map.of(
                    "имя", " Иван ",
                    "сумма", "0.3",
                    "срок", "завтра",
                    "запись", "",
                    "vip", "FALSE")));
  }

  @Test
  void anySheetThatIsShownCanBeChosen() throws IOException {
    Path file =
        workbook(book -> {
          row(book.newWorksheet("Пояснения"), 0, "Здесь ничего нет");
          Worksheet hidden = book.newWorksheet("Тайна");
          hidden.setVisibilityState(VisibilityState.HIDDEN);
          row(hidden, 0, 87_010_000_001L);
          Worksheet numbers = book.newWorksheet("Номера");
          row(numbers, 0, 87_010_000_002L);
          row(numbers, 1, 87_010_000_003L);
        });
    assertThat(readable(file).sheets()).containsExactly("Пояснения", "Номера");

    PreviewWishes second =
        new PreviewWishes(Optional.empty(), Optional.empty(), Optional.of(1), Optional.empty());
    Preview.Table numbers = (Preview.Table) lists.preview(file, second);

    assertThat(numbers.form()).isEqualTo(new UploadForm.Workbook(1));
    ContactList list =
        imported(
            new ImportRequest(
                ContactListId.random(),
                "list",
                file,
                new ImportOptions(
                    numbers.form(), numbers.header(), numbers.columns(), Consent.UNKNOWN),
                "owner"));
    assertThat(contacts(list))
        .extracting(Contact::number)
        .containsExactly(new Msisdn("+77010000002"), new Msisdn("+77010000003"));
    PreviewWishes third =
        new PreviewWishes(Optional.empty(), Optional.empty(), Optional.of(2), Optional.empty());
    assertThat(lists.preview(file, third)).isInstanceOf(Preview.Unreadable.class);
  }

  @Test
  void theSheetThatWasInFrontIsProposed() throws IOException {
    String sheet = "<worksheet><sheetData><row><c><v>%s</v></c></row></sheetData></worksheet>";
    Path file =
        parts(
            Map.of(
                "xl/workbook.xml",
                """
                <workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">\
                <bookViews><workbookView activeTab="2"/></bookViews><sheets>\
                <sheet name="a" r:id="a"/><sheet name="b" r:id="b" state="veryHidden"/>\
                <sheet name="c" r:id="c"/></sheets></workbook>\
                """,
                "xl/_rels/workbook.xml.rels",
                """
                <Relationships>\
                <Relationship Id="a" Type="x/worksheet" Target="a.xml"/>\
                <Relationship Id="b" Type="x/worksheet" Target="b.xml"/>\
                <Relationship Id="c" Type="x/worksheet" Target="c.xml"/></Relationships>\
                """,
                "xl/a.xml",
                sheet.formatted("1"),
                "xl/c.xml",
                sheet.formatted("87010000001")));

    assertThat(readable(file).form()).isEqualTo(new UploadForm.Workbook(1));
    assertThat(preview(file)).isEqualTo("readable: [[87010000001]]");
  }

  @Test
  void linesAreTheSheetsOwn() throws IOException {
    ContactList list =
        imported(
            sheet(
                """
                <row r="1"><c t="inlineStr"><is><t>номер</t></is></c>\
                <c t="inlineStr"><is><t>адрес</t></is></c></row>\
                <row r="3"><c r="A3"><v>87010000001</v></c><c r="B3" t="inlineStr"><is>\
                <r><t>Абая 1,</t></r><r><t xml:space="preserve">&#10; кв. 2</t></r>\
                <rPh><t>абай</t></rPh></is></c></row>\
                <row r="4"/><row r="7"><c r="A7" t="e"><v>#N/A</v></c></row>\
                <row r="9"><c r="B9" t="str"><f>A1</f><v>без номера_x000D__x0041_</v></c></row>\
                <row r="12"><c r="A12"><v>8.7010000002E10</v></c></row>\
                """));

    assertThat(contacts(list))
        .containsExactly(
            new Contact(
                new Msisdn("+77010000001"),
                List.of(),
                Consent.UNKNOWN,
                Map.of("адрес", "Абая 1,\n кв. 2")),
            new Contact(
                new Msisdn("+77010000002"), List.of(), Consent.UNKNOWN, Map.of("адрес", "")));
    assertThat(complaints(list)).containsExactly("7 NOT_A_NUMBER", "9 EMPTY_NUMBER");
  }

  @Test
  void rowsThatNameNoPlaceFollowEachOther() throws IOException {
    assertThat(
            preview(
                sheet(
                    """
                    <row><c t="s"><v>0</v></c><c><v>87010000001</v></c></row>\
                    <row><c r="C2"><v>1</v></c><c r="A2"><v>2</v></c></row>\
                    """)))
        .isEqualTo("readable: [[Иван, 87010000001], [, , 1, 2]]");
  }

  @Test
  void manyRowsAreImported() throws IOException {
    Path file =
        workbook(book -> {
          Worksheet sheet = book.newWorksheet("Все");
          row(sheet, 0, "номер", "имя");
          for (int i = 1; i <= 20_000; i++) {
            row(sheet, i, 87_010_000_000L + i, "Имя" + i);
          }
        });

    assertThat(readable(file).approximateRows()).as("by their size").isBetween(5_000L, 40_000L);
    ContactList list = imported(file);

    assertThat(list.contacts()).isEqualTo(20_000);
    assertThat(list.linesRead()).isEqualTo(20_001);
  }

  @Test
  void howManyRowsThereAreIsWhatTheSheetSays() throws IOException {
    String rows = "<row><c><v>87010000001</v></c></row>".repeat(300);
    Path file =
        parts(
            Map.of(
                "xl/worksheets/sheet1.xml",
                "<worksheet><dimension ref=\"A1:C1234\"/><sheetData>"
                    + rows
                    + "</sheetData></worksheet>"));

    assertThat(readable(file).approximateRows()).isEqualTo(1234);
  }

  // ---- numbers and dates

  @ParameterizedTest
  @CsvSource({
    "45991, 1, 30.11.2025",
    "46356.5, 1, 30.11.2026 12:00",
    "46356.39583333333, 1, 30.11.2026 09:30",
    "0.39583333333333331, 1, 09:30",
    "1, 1, 01.01.1900",
    "59, 1, 28.02.1900",
    "61, 1, 01.03.1900",
    "46356.999999, 1, 01.12.2026 00:00",
    "46356, 0, 46356",
    "-1, 1, -1",
    "2958466, 1, 2958466",
    "87011234567, 0, 87011234567",
    "8.7011234567E10, 0, 87011234567",
    "1500.00, 0, 1500",
    "0.30000000000000004, 0, 0.3",
    "0E-7, 0, 0",
    "1E-5, 0, 0.00001",
    "1E999999999, 0, 1E999999999",
    "abc, 0, abc"
  })
  void numbersAreShownAsSpreadsheetsShowThem(String number, int style, String shown) {
    assertThat(new DateStyles(Set.of(1), false).shown(number, style)).isEqualTo(shown);
  }

  @Test
  void daysAreCountedFrom1904WhereTheWorkbookSaysSo() {
    assertThat(new DateStyles(Set.of(1), true).shown("44894", 1)).isEqualTo("30.11.2026");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "14||true",
        "22||true",
        "49||false",
        "2||false",
        "164|dd.mm.yyyy|true",
        "164|[h]:mm|true",
        "164|[Red]0.00|false",
        "164|#,##0 \"дней\"|false",
        "164|0\\d|false",
        "164|General|false"
      })
  void aFormatSaysWhetherANumberIsADate(int format, String code, boolean date) {
    assertThat(DateStyles.isDate(format, Optional.ofNullable(code))).isEqualTo(date);
  }

  // ---- as nobody should

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<row><c r=\"AAAAAAAA1\"><v>1</v></c></row>",
        "<row><c r=\"XFE1\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>1</v></c></row>",
        "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"s\"><v>99999999999</v></c></row>",
        "<row><c t=\"s\"></c></row>",
        "<row><c><v>1</v></row>",
        "<row><c><v>&laugh;</v></c></row>",
        "<row><c><v>1</v></c></row></sheetData></worksheet><worksheet><sheetData>"
      })
  void whatDoesNotFitIsRefused(String rows) throws IOException {
    assertThat(preview(sheet(rows))).isIn("WORKBOOK_BROKEN", "readable: [[1]]");
  }

  @Test
  void columnsBeyondTheLastOneOfSpreadsheetsAreRefused() throws IOException {
    assertThat(preview(sheet("<row><c r=\"XFE1\"><v>1</v></c></row>")))
        .isEqualTo("WORKBOOK_BROKEN");
    assertThat(preview(sheet("<row><c r=\"XFD1\"><v>1</v></c></row>")))
        .isEqualTo("TOO_MANY_COLUMNS");
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertThat(preview(parts(Map.of()))).isEqualTo("WORKBOOK_BROKEN");
    assertThat(preview(parts(Map.of("xl/workbook.xml", "<workbook/>"))))
        .isEqualTo("WORKBOOK_BROKEN");
    assertThat(preview(sheet(""))).isEqualTo("EMPTY_FILE");
    assertThat(preview(sheet("<row/><row><c/></row>"))).isEqualTo("EMPTY_FILE");
  }

  /// XXE and the billion laughs: there are no document types in workbooks.
  @Test
  void entitiesAreNotKnown() throws IOException {
    Path secret = directory.resolve("secret");
    Files.writeString(secret, "87010000009");
    String type =
        "<!DOCTYPE w [<!ENTITY x SYSTEM \"%s\"><!ENTITY y \"87010000008\">]>"
            .formatted(secret.toUri());
    for (String entity : List.of("&x;", "&y;")) {
      String seen =
          preview(
              parts(
                  Map.of(
                      "xl/worksheets/sheet1.xml",
                      type
                          + "<worksheet><sheetData><row><c><v>"
                          + entity
                          + "</v></c></row></sheetData></worksheet>")));
      assertThat(seen).isIn("WORKBOOK_BROKEN", "EMPTY_FILE");
    }
  }

  @Test
  void bombsAreLeftUnfolded() throws IOException {
    assertThat(preview(sheet("<row><c><v>" + "1".repeat(3_000_000) + "</v></c></row>")))
        .isEqualTo("WORKBOOK_BROKEN");
    assertThat(preview(sheet("<row a=\"" + "1".repeat(3_000_000) + "\"/>")))
        .isEqualTo("WORKBOOK_BROKEN");
    String text = "<si><t>" + "ы".repeat(60_000) + "</t></si>";
    assertThat(
            preview(
                parts(
                    Map.of(
                        "xl/worksheets/sheet1.xml",
                        "<worksheet/>",
                        "xl/sharedStrings.xml",
                        "<sst>" + text.repeat(600) + "</sst>"))))
        .isEqualTo("WORKBOOK_TOO_LARGE");
    assertThat(preview(sheet("<r>".repeat(100_000)))).isEqualTo("WORKBOOK_BROKEN");
  }

  @Test
  void aPartEndsWhereItIsTooLarge() throws IOException {
    byte[] rows = "<a/>".repeat(1000).getBytes(UTF_8);
    try (BoundedXml fits = new BoundedXml(new ByteArrayInputStream(rows), 4000)) {
      assertThat(fits.readAllBytes()).hasSize(4000);
    }
    try (BoundedXml tooMuch = new BoundedXml(new ByteArrayInputStream(rows), 3999)) {
      assertThat(catchThrowable(tooMuch::readAllBytes))
          .isInstanceOfSatisfying(
              UnreadableUploadException.class,
              refused -> assertThat(refused.code()).isEqualTo("WORKBOOK_TOO_LARGE"));
    }
  }

  @Test
  void aRowThatIsTooLongSpoilsItselfAlone() throws IOException {
    String cell = "<c t=\"inlineStr\"><is><t>" + "x".repeat(33_000) + "</t></is></c>";
    ContactList list =
        imported(
            sheet(
                "<row><c><v>87010000001</v></c><c><v>1</v></c><c><v>1</v></c></row>"
                    + "<row><c><v>87010000002</v></c>"
                    + cell
                    + cell
                    + "</row><row><c><v>87010000003</v></c></row>"));

    assertThat(contacts(list))
        .extracting(Contact::number)
        .containsExactly(new Msisdn("+77010000001"), new Msisdn("+77010000003"));
    assertThat(complaints(list)).containsExactly("2 LINE_TOO_LONG");
  }

  /// A workbook that breaks off after the preview saw its beginning.
  @Test
  void aListOfADamagedWorkbookFailsAndSaysWhy() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      rows.append("<row><c><v>8701%07d</v></c></row>".formatted(i));
    }
    Path file = sheet(rows + "<row><c t=\"s\"><v>77</v></c></row>");

    ContactList list = imported(request(ContactListId.random(), file));

    assertThat(list.state()).isEqualTo(ContactList.State.FAILED);
    assertThat(list.failure()).contains("WORKBOOK_BROKEN");
    assertThat(contacts(list)).isEmpty();
  }

  @Test
  void whateverIsDamagedNothingButAnAnswerComesOut() throws IOException {
    Path file =
        workbook(book -> {
          Worksheet sheet = book.newWorksheet("Все");
          for (int i = 0; i < 20; i++) {
            row(sheet, i, 87_010_000_000L + i, "Имя" + i, LocalDate.of(2026, 11, 30));
          }
        });
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(20261130);
    int readable = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(
          file,
          random.nextInt(10) == 0 ? Arrays.copyOf(damaged, random.nextInt(whole.length)) : damaged);
      readable += lists.preview(file, PreviewWishes.NONE) instanceof Preview.Table ? 1 : 0;
    }
    assertThat(readable).isBetween(1, 499);
  }

  /// The same for what stands in the parts, behind the archive's own check sums.
  @Test
  void whateverAPartSaysNothingButAnAnswerComesOut() throws IOException {
    String rows =
        """
        <row r="1"><c r="A1"><v>87010000001</v></c><c r="B1" t="s"><v>0</v></c>\
        <c r="C1" t="inlineStr"><is><t>x</t></is></c><c r="D1" s="0"><v>1.5</v></c></row>\
        """;
    Random random = new Random(7);
    String letters = "<>/=\"&;0123456789rctsvAZ -.E";
    int readable = 0;
    for (int i = 0; i < 500; i++) {
      StringBuilder damaged = new StringBuilder(rows);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        damaged.setCharAt(
            random.nextInt(damaged.length()), letters.charAt(random.nextInt(letters.length())));
      }
      readable +=
          lists.preview(sheet(damaged.toString()), PreviewWishes.NONE) instanceof Preview.Table
              ? 1
              : 0;
    }
    assertThat(readable).isBetween(1, 499);
  }
}
