package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a file is read that does not say how: its letters, its columns, and what each of them is.
@Tag("AC-CON-01")
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // The ends of lines are what matters here.
class DetectionTest extends ImportRoom {

  @Test
  void guessesHowAnExportOfASpreadsheetIsRead() throws IOException {
    Path file =
        file(
            "\uFEFFИмя;Моб. телефон;Сумма долга\r\nАйгүл;8 (701) 234-56-78;1 200,50\r\n"
                + "Иван;+79161234567;10\r\n");

    assertThat(lists.preview(file, PreviewWishes.NONE))
        .isInstanceOfSatisfying(
            Preview.Table.class,
            preview -> {
              assertThat(preview.form())
                  .isEqualTo(new UploadForm.Text(TextEncoding.UTF_8, Delimiter.SEMICOLON));
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

    assertThat(readable(file).form()).isEqualTo(new UploadForm.Text(expected, Delimiter.TAB));
    assertThat(contacts(list))
        .containsExactly(
            new Contact(
                new Msisdn("+77012345678"),
                List.of(),
                Consent.UNKNOWN,
                Map.of("имя", "Ёжиков Щ.")));
  }

  @Test
  void readsKazakhLettersAndTitles() throws IOException {
    Path file = file("Ұялы нөмірі|Аты\n77012345678|Әсем Қ. Ңғүұһі\n");

    assertThat(readable(file).columns().getFirst().role()).isEqualTo(ColumnRole.NUMBER);
    assertThat(contacts(imported(file)).getFirst().variables())
        .containsEntry("аты", "Әсем Қ. Ңғүұһі");
  }

  @Test
  void findsTheNumbersOfAFileWithoutTitles() throws IOException {
    Path file = file("1,Иван,87012345678\n2,Асель,87012345679\n");

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
                + "\n87012345678;1;2;3;4;5;6;7\n");

    assertThat(
            readable(file).columns().stream()
                .flatMap(column -> column.variable().stream())
                .toList())
        .containsExactly(
            "сумма", "сумма_2", "сумма_3", "column_5", "column_6", "column_7", "д".repeat(24));
  }

  @Test
  void aPersonKnowsBetterThanTheDetection() throws IOException {
    Path file = file("номер,имя\n87012345678,Иван\n");

    PreviewWishes wishes =
        new PreviewWishes(
            Optional.of(TextEncoding.WINDOWS_1251),
            Optional.of(Delimiter.PIPE),
            Optional.empty(),
            Optional.of(false));

    assertThat(lists.preview(file, wishes))
        .isInstanceOfSatisfying(
            Preview.Table.class,
            preview -> {
              assertThat(preview.form())
                  .isEqualTo(new UploadForm.Text(TextEncoding.WINDOWS_1251, Delimiter.PIPE));
              assertThat(preview.header()).isFalse();
              assertThat(preview.columns()).hasSize(1);
            });
  }

  @Test
  void refusesFilesThatAreNoLists() throws IOException {
    assertThat(preview(new byte[0])).isEqualTo("EMPTY_FILE");
    assertThat(preview("\r\n \n".getBytes(StandardCharsets.UTF_8))).isEqualTo("EMPTY_FILE");
    assertThat(preview(new byte[] {'P', 'K', 3, 4, 20, 0})).isEqualTo("WORKBOOK_BROKEN");
    assertThat(preview(new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1, 2}))
        .isEqualTo("OLD_WORKBOOK");
    byte[] noise = new byte[100_000];
    new Random(7).nextBytes(noise);
    assertThat(preview(noise)).isEqualTo("NOT_TEXT");
    assertThat(preview(new byte[5000])).isEqualTo("NOT_TEXT");
    assertThat(preview(",".repeat(9_999).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("TOO_MANY_COLUMNS");
    assertThat(preview("x".repeat(300_000).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("LINE_TOO_LONG");
  }

  private String preview(byte[] bytes) throws IOException {
    Path file = directory.resolve("upload");
    Files.write(file, bytes);
    return switch (lists.preview(file, PreviewWishes.NONE)) {
      case Preview.Table _ -> "readable";
      case Preview.Unreadable(String code, var _) -> code;
    };
  }
}
