package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("AC-CON-01")
@Timeout(120)
@SuppressWarnings("StringConcatToTextBlock") // The ends of lines are what matters here.
class ContactListsTest {

  private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CAMPAIGN");
  @TempDir Path directory;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private Store store;
  private ContactLists lists;

  @BeforeEach
  void open() {
    store = database.store();
    lists = new ContactLists(store, clock);
  }

  @AfterEach
  void close() {
    lists.close();
  }

  @Test
  void guessesHowAnExportOfASpreadsheetIsRead() throws IOException {
    Path file =
        file(
            "\uFEFFИмя;Моб. телефон;Сумма долга\r\nАйгүл;8 (701) 234-56-78;1 200,50\r\n"
                + "Иван;+79161234567;10\r\n",
            StandardCharsets.UTF_8);

    assertThat(lists.preview(file, PreviewWishes.NONE))
        .isInstanceOfSatisfying(
            Preview.Table.class,
            preview -> {
              assertThat(preview.encoding()).isEqualTo(TextEncoding.UTF_8);
              assertThat(preview.delimiter()).isEqualTo(Delimiter.SEMICOLON);
              assertThat(preview.header()).isTrue();
              assertThat(preview.columns())
                  .containsExactly(
                      new Column(0, "Имя", ColumnRole.VARIABLE, Optional.of("имя")),
                      new Column(1, "Моб. телефон", ColumnRole.NUMBER, Optional.empty()),
                      new Column(
                          2, "Сумма долга", ColumnRole.VARIABLE, Optional.of("сумма_долга")));
              assertThat(preview.approximateRows()).isEqualTo(2);
              assertThat(preview.rows()).hasSize(2);
              assertThat(preview.rows().getFirst())
                  .isEqualTo(
                      new PreviewRow(
                          2,
                          List.of("Айгүл", "8 (701) 234-56-78", "1 200,50"),
                          new NumberReading.Dialable(new Msisdn("+77012345678"))));
              assertThat(preview.rows().get(1).number()).isInstanceOf(NumberReading.NoNumber.class);
            });
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, UTF_8", "UTF-16LE, UTF_16", "UTF-16BE, UTF_16", "windows-1251, WINDOWS_1251"})
  void readsEveryEncodingAsTheLettersThatWereWritten(String charset, TextEncoding expected)
      throws IOException {
    String mark = charset.startsWith("UTF-16") ? "\uFEFF" : "";
    Path file = file(mark + "номер\tимя\n87012345678\tЁжиков Щ.\n", Charset.forName(charset));

    ContactList list = imported(file);

    assertThat(readable(file).encoding()).isEqualTo(expected);
    assertThat(readable(file).delimiter()).isEqualTo(Delimiter.TAB);
    assertThat(contacts(list))
        .containsExactly(
            new Contact(new Msisdn("+77012345678"), Consent.UNKNOWN, Map.of("имя", "Ёжиков Щ.")));
  }

  @Test
  void readsKazakhLettersAndTitles() throws IOException {
    Path file = file("Ұялы нөмірі|Аты\n77012345678|Әсем Қ. Ңғүұһі\n", StandardCharsets.UTF_8);

    assertThat(readable(file).columns().getFirst().role()).isEqualTo(ColumnRole.NUMBER);
    assertThat(contacts(imported(file)).getFirst().variables())
        .containsEntry("аты", "Әсем Қ. Ңғүұһі");
  }

  @Test
  void findsTheNumbersOfAFileWithoutTitles() throws IOException {
    Path file = file("1,Иван,87012345678\n2,Асель,87012345679\n", StandardCharsets.UTF_8);

    Preview.Table preview = readable(file);

    assertThat(preview.header()).isFalse();
    assertThat(preview.columns().stream().map(Column::role))
        .containsExactly(ColumnRole.VARIABLE, ColumnRole.VARIABLE, ColumnRole.NUMBER);
    assertThat(contacts(imported(file))).hasSize(2);
  }

  @Test
  void givesEveryColumnAKeyOfItsOwn() throws IOException {
    Path file =
        file(
            "телефон;сумма;сумма;СУММА;;1-й; $$ ;"
                + "д".repeat(300)
                + "\n87012345678;1;2;3;4;5;6;7\n",
            StandardCharsets.UTF_8);

    assertThat(
            readable(file).columns().stream()
                .flatMap(column -> column.variable().stream())
                .toList())
        .containsExactly(
            "сумма", "сумма_2", "сумма_3", "column_5", "column_6", "column_7", "д".repeat(24));
  }

  @Test
  void aPersonKnowsBetterThanTheDetection() throws IOException {
    Path file = file("номер,имя\n87012345678,Иван\n", StandardCharsets.UTF_8);

    PreviewWishes wishes =
        new PreviewWishes(
            Optional.of(TextEncoding.WINDOWS_1251),
            Optional.of(Delimiter.PIPE),
            Optional.of(false));

    assertThat(lists.preview(file, wishes))
        .isInstanceOfSatisfying(
            Preview.Table.class,
            preview -> {
              assertThat(preview.encoding()).isEqualTo(TextEncoding.WINDOWS_1251);
              assertThat(preview.delimiter()).isEqualTo(Delimiter.PIPE);
              assertThat(preview.header()).isFalse();
              assertThat(preview.columns()).hasSize(1);
            });
  }

  @Test
  void refusesFilesThatAreNoLists() throws IOException {
    assertThat(preview(new byte[0])).isEqualTo("EMPTY_FILE");
    assertThat(preview("\r\n \n".getBytes(StandardCharsets.UTF_8))).isEqualTo("EMPTY_FILE");
    assertThat(preview(new byte[] {'P', 'K', 3, 4, 20, 0})).isEqualTo("SPREADSHEET");
    byte[] noise = new byte[100_000];
    new java.util.Random(7).nextBytes(noise);
    assertThat(preview(noise)).isEqualTo("NOT_TEXT");
    assertThat(preview(new byte[5000])).isEqualTo("NOT_TEXT");
    assertThat(preview(",".repeat(9_999).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("TOO_MANY_COLUMNS");
    assertThat(preview("x".repeat(300_000).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("LINE_TOO_LONG");
  }

  @Test
  void reportsEachBadRowByTheLineOfTheFile() throws IOException {
    Path file =
        file(
            """
            номер;имя
            87012345678;Первый

            нет;Второй
            "87012345679";"две
            строки"
            7.70123E+10;Третий
            +79161234567;Четвёртый
            87012345670;Пятый;лишнее
            ;Шестой
            87012345671;%s
            87012345672;"a"b
            87012345673;Седьмой;
            """
                .formatted("д".repeat(1001)),
            StandardCharsets.UTF_8);

    ContactList list = imported(file);

    assertThat(contacts(list).stream().map(contact -> contact.number().e164()))
        .containsExactly("+77012345678", "+77012345679", "+77012345673");
    assertThat(contacts(list).get(1).variables()).containsEntry("имя", "две\nстроки");
    assertThat(rejects(list).stream().map(reject -> reject.line() + " " + reject.code()))
        .containsExactly(
            "4 NOT_A_NUMBER",
            "7 SCIENTIFIC_NOTATION",
            "8 FOREIGN",
            "9 TOO_MANY_COLUMNS",
            "10 EMPTY_NUMBER",
            "11 VALUE_TOO_LONG",
            "12 UNBALANCED_QUOTES");
    assertThat(list.rejected()).isEqualTo(7);
    assertThat(list.linesRead()).isEqualTo(13);
    assertThat(rejects(list).getFirst().text()).isEqualTo("нет;Второй");
  }

  @Test
  void countsTheSameNumberOnceHoweverItIsWrittenAndTheFirstRowWins() throws IOException {
    Path file =
        file(
            "номер,имя\n87012345678,\n+7 701 234 56 78,Второй\n7012345678,Третий\n",
            StandardCharsets.UTF_8);

    ContactList list = imported(file);

    assertThat(list.contacts()).isEqualTo(1);
    assertThat(list.duplicates()).isEqualTo(2);
    assertThat(contacts(list).getFirst().variables()).containsEntry("имя", "");
  }

  @Test
  @Tag("AC-CON-08")
  void keepsValuesAsTheyAre() throws IOException {
    Path file =
        file(
            "номер,a,b,c\n87012345678,\"=HYPERLINK(\"\"http://x\"\")\", +7 ,'01'\n",
            StandardCharsets.UTF_8);

    assertThat(contacts(imported(file)).getFirst().variables())
        .isEqualTo(Map.of("a", "=HYPERLINK(\"http://x\")", "b", " +7 ", "c", "'01'"));
  }

  @Test
  void aQuoteThatNeverClosesSpoilsItsOwnRowOnly() throws IOException {
    StringBuilder text = new StringBuilder("номер,имя\n87010000000,\"Начало\n");
    for (int i = 1; i <= 200; i++) {
      text.append("8701%07d,Имя\n".formatted(i));
    }

    ContactList list = imported(file(text.toString(), StandardCharsets.UTF_8));

    assertThat(list.contacts()).isEqualTo(200);
    assertThat(rejects(list).stream().map(reject -> reject.line() + " " + reject.code()))
        .containsExactly("2 UNBALANCED_QUOTES");
  }

  @Test
  void survivesALineOfAHundredMegabytes() throws IOException {
    Path file = directory.resolve("long.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("номер\n87012345678\n".getBytes(StandardCharsets.UTF_8));
      byte[] block = "9".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 100; i++) {
        out.write(block);
      }
      out.write("\n87012345679\n".getBytes(StandardCharsets.UTF_8));
    }

    ContactList list = imported(file);

    assertThat(list.contacts()).isEqualTo(2);
    assertThat(rejects(list).stream().map(reject -> reject.line() + " " + reject.code()))
        .containsExactly("3 LINE_TOO_LONG");
  }

  @Test
  void reportsBytesThatAreNotText() throws IOException {
    byte[] start = "номер,имя\n87012345678,".getBytes(StandardCharsets.UTF_8);
    byte[] broken = {'A', (byte) 0xC3, '\n'};
    byte[] nul = "87012345679,a\0b\n87012345670,Иван\n".getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("broken.csv");
    Files.write(file, start);
    Files.write(file, broken, java.nio.file.StandardOpenOption.APPEND);
    Files.write(file, nul, java.nio.file.StandardOpenOption.APPEND);

    ContactList list = imported(file, TextEncoding.UTF_8);

    assertThat(list.contacts()).isEqualTo(1);
    assertThat(rejects(list).stream().map(Reject::code))
        .containsExactly(RejectCode.BAD_ENCODING, RejectCode.CONTROL_CHARACTER);
  }

  @Test
  void readsUtf16ThatIsCutInTheMiddleOfALetter() throws IOException {
    byte[] whole =
        "\uFEFFномер,имя\n87012345678,Иван\n87012345679,Асель".getBytes(StandardCharsets.UTF_16LE);
    Path file = directory.resolve("cut.csv");
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));

    ContactList list = imported(file);

    assertThat(list.contacts()).isEqualTo(1);
    assertThat(rejects(list).stream().map(Reject::code)).containsExactly(RejectCode.BAD_ENCODING);
  }

  @Test
  void readsLinesThatEndWithCarriageReturnsOnly() throws IOException {
    ContactList list =
        imported(file("номер,имя\r87012345678,Иван\r87012345679,Асель\r", StandardCharsets.UTF_8));

    assertThat(list.contacts()).isEqualTo(2);
    assertThat(list.linesRead()).isEqualTo(3);
  }

  @Test
  void showsNothingBeforeTheLastRowAndForgetsAnImportThatIsCancelled() throws Exception {
    StringBuilder text = new StringBuilder("номер\n");
    for (int i = 0; i < 30_000; i++) {
      text.append("8701%07d\n".formatted(i));
    }
    Path file = file(text.toString(), WINDOWS_1251);
    ContactListId id = ContactListId.random();
    List<ContactList.State> seen = new ArrayList<>();
    lists.onChange(list -> cancelAfterTheFirstRows(list, seen));

    var _ = await(lists.importFile(request(id, file)));
    ContactList list = await(lists.whenImported(id)).orElseThrow();

    assertThat(list.state()).isEqualTo(ContactList.State.FAILED);
    assertThat(list.failure()).contains("CANCELLED");
    assertThat(await(lists.contacts(id, 0, 10, "")).orElseThrow().items()).isEmpty();

    ContactLists again = new ContactLists(store, clock);
    var _ = await(again.importFile(request(id, file)));
    ContactList whole = await(again.whenImported(id)).orElseThrow();
    again.close();

    assertThat(whole.state()).isEqualTo(ContactList.State.READY);
    assertThat(whole.contacts()).isEqualTo(30_000);
    assertThat(whole.progress()).isEqualTo(1);
    assertThat(await(again.importFile(request(id, file)))).isEqualTo(new ListResult.Done(whole));
  }

  private void cancelAfterTheFirstRows(ContactListId list, List<ContactList.State> seen) {
    seen.add(ContactList.State.IMPORTING);
    if (seen.size() > 2) {
      var _ = lists.cancelImport(list);
    }
  }

  @Test
  void anImportThatACrashInterruptedIsFailedAndCanBeRepeated() throws IOException {
    Path file = file("номер\n87012345678\n", StandardCharsets.UTF_8);
    ContactListId id = ContactListId.random();
    var _ = await(lists.importFile(request(id, file)));
    var _ = await(lists.whenImported(id));
    // What a crash in the middle leaves behind.
    int left =
        await(
            store.write(
                handle -> handle.execute("UPDATE campaign.contact_list SET state = 'IMPORTING'")));
    assertThat(left).isEqualTo(1);

    int interrupted = await(lists.recover());
    assertThat(interrupted).isEqualTo(1);

    assertThat(await(lists.find(id)).orElseThrow().failure()).contains("INTERRUPTED");
    assertThat(count("campaign.contact")).isZero();
    var _ = await(lists.importFile(request(id, file)));
    assertThat(await(lists.whenImported(id)).orElseThrow().contacts()).isEqualTo(1);
  }

  /// Pulls the plug before the first statement, then before the second, and on until an import gets
  /// through. Each time the list is whole after a repetition, and never half visible.
  @Test
  void losesNothingWhicheverStatementIsTheLast() throws IOException {
    StringBuilder text = new StringBuilder("номер,имя\nнет,x\n");
    for (int i = 0; i < 1_100; i++) {
      text.append("8701%07d,Имя\n".formatted(i));
    }
    Path file = file(text.toString(), StandardCharsets.UTF_8);
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      ContactListId id = ContactListId.random();

      Plug plug = Plug.in(store, statement);
      try {
        var _ = await(lists.importFile(request(id, file)));
        var _ = await(lists.whenImported(id));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(store);

      Optional<ContactList> left = await(lists.find(id));
      if (left.isPresent() && left.get().state() != ContactList.State.READY) {
        assertThat(await(lists.contacts(id, 0, 10, "")).orElseThrow().items()).isEmpty();
      }
      int interrupted = await(lists.recover());
      assertThat(interrupted).isBetween(0, 1);
      var _ = await(lists.importFile(request(id, file)));
      ContactList whole = await(lists.whenImported(id)).orElseThrow();
      assertThat(whole.state()).isEqualTo(ContactList.State.READY);
      assertThat(whole.contacts()).isEqualTo(1_100);
      assertThat(whole.rejected()).isEqualTo(1);
      var _ = await(lists.delete(id));
    }
    assertThat(count("campaign.contact")).isZero();
    assertThat(count("campaign.reject")).isZero();
  }

  @Test
  @Tag("AC-CON-02")
  void remembersWhoAnswersForAList() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n", StandardCharsets.UTF_8));
    Attestation attestation =
        new Attestation(
            "Клиенты магазина",
            LocalDate.parse("2025-01-01"),
            LocalDate.parse("2026-01-01"),
            true,
            false,
            "owner",
            clock.instant());

    var _ = await(lists.attest(list.id(), attestation));

    assertThat(await(lists.find(list.id())).orElseThrow().attestation()).contains(attestation);
  }

  @Test
  @Tag("AC-CON-03")
  void showsAWithdrawalInEveryList() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n87012345679\n", StandardCharsets.UTF_8));
    Suppressions suppressions = new Suppressions(store, clock);

    List<Msisdn> number = List.of(new Msisdn("+77012345678"));
    var _ = await(suppressions.add(number, BlockList.COMPLAINT, "called at night", "office"));
    var _ = await(suppressions.add(number, BlockList.SUBSCRIBER, "key 9", "system"));

    assertThat(contacts(list).stream().map(Contact::calls))
        .containsExactly(Consent.BLOCKED, Consent.UNKNOWN);
  }

  @Test
  void findsANumberByAPartOfIt() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n87012345679\n", StandardCharsets.UTF_8));

    assertThat(await(lists.contacts(list.id(), 0, 10, "5 679")).orElseThrow().total()).isEqualTo(1);
    assertThat(await(lists.contacts(list.id(), 0, 10, "8 701 234 56 78")).orElseThrow().items())
        .hasSize(1);
    assertThat(await(lists.contacts(list.id(), 0, 10, "%")).orElseThrow().total()).isZero();
    assertThat(await(lists.contacts(list.id(), 1, 1, "")).orElseThrow().items())
        .extracting(contact -> contact.number().e164())
        .containsExactly("+77012345679");
  }

  @Test
  void renamesAndDeletes() throws IOException {
    ContactList list = imported(file("номер\n87012345678\n", StandardCharsets.UTF_8));

    assertThat(await(lists.rename(list.id(), "Должники")))
        .isInstanceOfSatisfying(
            ListResult.Done.class, done -> assertThat(done.list().name()).isEqualTo("Должники"));
    assertThat(await(lists.delete(list.id()))).isInstanceOf(ListResult.Done.class);

    assertThat(await(lists.find(list.id()))).isEmpty();
    assertThat(await(lists.all())).isEmpty();
    assertThat(count("campaign.contact")).isZero();
    assertThat(await(lists.delete(list.id()))).isEqualTo(new ListResult.NoSuchList());
  }

  private String preview(byte[] bytes) throws IOException {
    Path file = directory.resolve("upload");
    Files.write(file, bytes);
    return switch (lists.preview(file, PreviewWishes.NONE)) {
      case Preview.Table _ -> "readable";
      case Preview.Unreadable(String code, var _) -> code;
    };
  }

  private Preview.Table readable(Path file) throws IOException {
    return (Preview.Table) lists.preview(file, PreviewWishes.NONE);
  }

  private ContactList imported(Path file) throws IOException {
    ContactListId id = ContactListId.random();
    var _ = await(lists.importFile(request(id, file)));
    ContactList list = await(lists.whenImported(id)).orElseThrow();
    assertThat(list.state()).isEqualTo(ContactList.State.READY);
    return list;
  }

  private ContactList imported(Path file, TextEncoding encoding) throws IOException {
    ContactListId id = ContactListId.random();
    ImportOptions options = request(id, file).options();
    var _ =
        await(
            lists.importFile(
                new ImportRequest(
                    id,
                    "list",
                    file,
                    new ImportOptions(
                        encoding,
                        options.delimiter(),
                        options.header(),
                        options.columns(),
                        Consent.UNKNOWN),
                    "owner")));
    return await(lists.whenImported(id)).orElseThrow();
  }

  private ImportRequest request(ContactListId id, Path file) throws IOException {
    return Uploads.asProposed(lists, id, file);
  }

  private Path file(String text, Charset charset) throws IOException {
    Path file = directory.resolve("upload.csv");
    Files.write(file, text.getBytes(charset));
    return file;
  }

  private List<Contact> contacts(ContactList list) {
    return await(lists.contacts(list.id(), 0, 1000, "")).orElseThrow().items();
  }

  private List<Reject> rejects(ContactList list) {
    return await(lists.rejects(list.id(), 0, 1000)).orElseThrow().items();
  }

  private long count(String table) {
    return await(
        store.read(
            handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one()));
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    return future.await();
  }
}
