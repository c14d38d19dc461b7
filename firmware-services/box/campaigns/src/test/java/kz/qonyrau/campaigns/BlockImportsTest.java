package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.vocabulary.Msisdn;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Files of numbers that no campaign may reach.
@Tag("AC-CON-03")
@Tag("AC-SPM-08")
@Timeout(180)
@ExtendWith(NoErrorsLogged.class)
class BlockImportsTest extends ImportRoom {

  private static final UploadForm CSV =
      new UploadForm.Text(TextEncoding.UTF_8, Delimiter.SEMICOLON);

  private Suppressions suppressions;
  private BlockImports imports;

  @BeforeEach
  void openImports() {
    suppressions = new Suppressions(store, clock);
    imports = new BlockImports(suppressions);
  }

  @AfterEach
  void closeImports() {
    imports.close();
  }

  private BlockImport imported(String id, Path file, UploadForm form, BlockList list) {
    CompletableFuture<BlockImport> over = new CompletableFuture<>();
    var _ =
        imports.begin(
            new BlockOrder(id, file, form, true, 1, list, "they asked", "owner"), over::complete);
    BlockImport told = over.join();
    Eventually.await(
        Duration.ofSeconds(20),
        "whoever asks is told, too",
        () -> imports.find(id).orElseThrow().equals(told));
    return told;
  }

  private BlockImport imported(Path file, UploadForm form) {
    return imported(UUID.randomUUID().toString(), file, form, BlockList.OWN);
  }

  private long blocked() {
    return count("campaign.suppression_entry");
  }

  @Test
  void numbersAreBlockedAndTheRestIsNamedByLineAndReason() throws IOException {
    Path file =
        file(
            """
            имя;номер
            а;8 701 111 00 01
            б;+7 (701) 111-00-01
            в;
            г;=HYPERLINK("http://x")
            д;+44 20 7946 0018
            е;7,70111E+10
            ж;87011110002
            з;"8701
            """);
    String id = UUID.randomUUID().toString();

    BlockImport done = imported(id, file, CSV, BlockList.SUBSCRIBER);

    assertThat(done.state()).isEqualTo(BlockImport.State.DONE);
    assertThat(List.of(done.rows(), done.done(), done.added(), done.present(), done.repeated()))
        .containsExactly(8, 8, 2, 0, 1);
    assertThat(done.refused()).isEqualTo(5);
    assertThat(imports.rejects(id).orElseThrow())
        .extracting(reject -> reject.line() + " " + reject.code())
        .containsExactly(
            "4 EMPTY_NUMBER",
            "5 NOT_A_NUMBER",
            "6 FOREIGN",
            "7 SCIENTIFIC_NOTATION",
            "9 UNBALANCED_QUOTES");
    assertThat(done.first()).isEqualTo(imports.rejects(id).orElseThrow());
    Optional<Consent> standing =
        await(store.read(handle -> Suppressions.status(handle, new Msisdn("+77011110002"))));
    assertThat(standing).contains(Consent.WITHDRAWN);
    assertThat(await(suppressions.page(Optional.empty(), "", 0, 10)).items())
        .extracting(Suppressions.Entry::reason, Suppressions.Entry::by, Suppressions.Entry::list)
        .containsOnly(
            org.assertj.core.groups.Tuple.tuple("they asked", "owner", BlockList.SUBSCRIBER));
  }

  @Test
  void aRepetitionAddsNothing() throws IOException {
    Path file = file("x;n\na;87011110001\nb;87011110002\n");
    String id = UUID.randomUUID().toString();

    BlockImport first = imported(id, file, CSV, BlockList.OWN);

    assertThat(
            imports.begin(
                new BlockOrder(id, file, CSV, true, 1, BlockList.OWN, "again", "other"),
                _ -> {
                  throw new AssertionError("nothing begins");
                }))
        .isEqualTo(first);
    BlockImport second = imported(file, CSV);
    assertThat(second.added()).isZero();
    assertThat(second.present()).isEqualTo(2);
    assertThat(blocked()).isEqualTo(2);
  }

  @Test
  void anotherEncodingAndUtf16AreReadAsListsAre() throws IOException {
    Path file = file("имя;номер\nӘ;87011110001\n", Charset.forName("UTF-16"));

    BlockImport wrong = imported(file, CSV);
    BlockImport right =
        imported(file, new UploadForm.Text(TextEncoding.UTF_16, Delimiter.SEMICOLON));

    assertThat(wrong.added()).isZero();
    assertThat(right.added()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadBlocksNobody() throws IOException {
    Path text = file("a;n\nx;87011110001\n");
    Path archive = Files.write(directory.resolve("bad.xlsx"), new byte[] {'P', 'K', 3, 4, 0, 0});

    assertThat(imported(text, new UploadForm.Workbook(0)).failure()).contains("WORKBOOK_BROKEN");
    assertThat(imported(archive, new UploadForm.Workbook(0)).failure()).contains("WORKBOOK_BROKEN");
    assertThat(imported(directory.resolve("gone.csv"), CSV).failure()).contains("UNREADABLE");
    assertThat(blocked()).isZero();
  }

  @Test
  void aBookIsReadAsListsAre() throws IOException {
    Path file = directory.resolve("numbers.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        org.dhatim.fastexcel.Workbook workbook =
            new org.dhatim.fastexcel.Workbook(out, "Test", "1.0")) {
      workbook.newWorksheet("Cover").value(0, 0, "nothing here");
      Worksheet sheet = workbook.newWorksheet("Numbers");
      sheet.value(0, 1, "number");
      sheet.value(1, 1, 87011110001L);
      sheet.value(2, 1, "+7 701 111 00 02");
      sheet.value(3, 0, "who");
      sheet.formula(3, 1, "HYPERLINK(\"http://x\")");
    }

    BlockImport done = imported(file, new UploadForm.Workbook(1));

    assertThat(done.added()).isEqualTo(2);
    assertThat(done.first()).extracting(Reject::line).containsExactly(4L);
    assertThat(imported(file, new UploadForm.Workbook(7)).state())
        .isEqualTo(BlockImport.State.FAILED);
  }

  /// What a preview sees is harmless; the bomb lies behind it.
  @Test
  void aBombFarBehindTheFirstRowsIsFoundBeforeAnyoneIsBlocked() throws IOException {
    String row = "<row><c/><c t=\"inlineStr\"><is><t>87011110001</t></is></c></row>";
    Map<String, String> parts =
        Map.of(
            "xl/workbook.xml",
            "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                + "<sheets><sheet name=\"One\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\""
                + " Target=\"worksheets/sheet1.xml\"/></Relationships>",
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData>"
                + row.repeat(2000)
                + "<row><c><v>"
                + "1".repeat(5_000_000)
                + "</v></c></row></sheetData></worksheet>");
    Path file = directory.resolve("bomb.xlsx");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(lists.preview(file, PreviewWishes.NONE)).isInstanceOf(Preview.Table.class);

    assertThat(imported(file, new UploadForm.Workbook(0)).failure()).contains("WORKBOOK_BROKEN");
    assertThat(blocked()).isZero();
  }

  /// Others write while it goes on, and what a stop leaves is added by a repetition.
  @Test
  void othersWriteInBetweenAndAStopIsMadeGood() throws IOException {
    StringBuilder text = new StringBuilder("a;n\n");
    for (int i = 0; i < 30_000; i++) {
      text.append("x;8701%07d\n".formatted(i));
    }
    Path file = file(text.toString());
    String id = UUID.randomUUID().toString();
    var _ =
        imports.begin(new BlockOrder(id, file, CSV, true, 1, BlockList.OWN, "r", "owner"), _ -> {});
    Eventually.await(
        Duration.ofSeconds(60),
        "the first portion is in",
        () -> imports.find(id).orElseThrow().added() > 0);

    boolean liftedMeanwhile = await(suppressions.lift(new Msisdn("+77010000000"), BlockList.OWN));
    BlockImport meanwhile = imports.find(id).orElseThrow();
    imports.close();

    assertThat(liftedMeanwhile).isTrue();
    assertThat(meanwhile.state()).isEqualTo(BlockImport.State.RUNNING);
    assertThat(imports.find(id).orElseThrow().failure()).contains("CANCELLED");
    long stopped = blocked();
    assertThat(stopped).isBetween(999L, 29_000L);
    imports = new BlockImports(suppressions);
    BlockImport again = imported(id, file, CSV, BlockList.OWN);
    assertThat(again.added()).isEqualTo((int) (30_000 - stopped));
    assertThat(again.present()).isEqualTo((int) stopped);
  }

  @Test
  void aFileOfMoreThanAHundredThousandRowsBlocksNobody() throws IOException {
    StringBuilder text = new StringBuilder("a;n\n");
    for (int i = 0; i <= BlockImports.MOST_ROWS; i++) {
      text.append("x;8701%07d\n".formatted(i));
    }

    BlockImport refused = imported(file(text.toString()), CSV);

    assertThat(refused.state()).isEqualTo(BlockImport.State.FAILED);
    assertThat(refused.failure()).contains("TOO_MANY_ROWS");
    assertThat(blocked()).isZero();
  }

  @Test
  void theOldestIsForgotten() throws IOException {
    Path file = file("a;n\nx;no\n");
    String first = UUID.randomUUID().toString();
    var _ = imported(first, file, CSV, BlockList.OWN);
    for (int i = 0; i < BlockImports.KEPT; i++) {
      assertThat(imports.find(first)).isPresent();
      var _ = imported(file, CSV);
    }

    assertThat(imports.find(first)).isEmpty();
    assertThat(imports.rejects(first)).isEmpty();
  }

  @Test
  void onlyListsOfTheCustomerAreAddedTo() {
    for (BlockList list : List.of(BlockList.CENTER, BlockList.LEGAL, BlockList.COMPLAINT)) {
      assertThatThrownBy(
              () -> new BlockOrder("x", directory, CSV, true, 0, list, "reason", "owner"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// Pulls the plug at statements of the first portion, of the border between two and behind it.
  /// What was added stays, entry and standing of one mind, and a repetition adds the rest.
  @Test
  void losesNothingWhicheverStatementIsTheLast() throws IOException {
    StringBuilder text = new StringBuilder("a;n\n");
    for (int i = 0; i < 104; i++) {
      text.append("x;8701%07d\n".formatted(i));
    }
    Path file = file(text.toString());
    boolean pulled = true;
    for (int statement = 1; pulled; statement += statement < 6 || statement > 495 ? 1 : 35) {
      String id = UUID.randomUUID().toString();
      Plug plug = Plug.in(store, statement);
      BlockImport first = imported(id, file, CSV, BlockList.OWN);
      pulled = plug.isPulled();
      Plug.remove(store);

      assertThat(first.state())
          .isEqualTo(pulled ? BlockImport.State.FAILED : BlockImport.State.DONE);
      assertThat(blocked()).as("before statement " + statement).isIn(0L, 100L, 104L);
      assertThat(count("campaign.suppression")).isEqualTo(blocked());
      BlockImport again = imported(UUID.randomUUID().toString(), file, CSV, BlockList.OWN);
      assertThat(again.added() + again.present()).isEqualTo(104);
      assertThat(count("campaign.suppression")).isEqualTo(104);
      for (String table : List.of("suppression_entry", "suppression")) {
        int forgotten =
            await(store.write(handle -> handle.execute("DELETE FROM campaign." + table)));
        assertThat(forgotten).isEqualTo(104);
      }
    }
  }
}
