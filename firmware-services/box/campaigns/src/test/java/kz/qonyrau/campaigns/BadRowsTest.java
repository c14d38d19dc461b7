package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each row of a file becomes a contact with its values, or is reported, whatever its neighbours
/// are.
@Tag("AC-CON-01")
@Timeout(60)
@SuppressWarnings("StringConcatToTextBlock") // The ends of lines are what matters here.
class BadRowsTest extends ImportRoom {

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
                .formatted("д".repeat(1001)));

    ContactList list = imported(file);

    assertThat(contacts(list).stream().map(contact -> contact.number().e164()))
        .containsExactly("+77012345678", "+77012345679", "+77012345673");
    assertThat(contacts(list).get(1).variables()).containsEntry("имя", "две\nстроки");
    assertThat(complaints(list))
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
    Path file = file("номер,имя\n87012345678,\n+7 701 234 56 78,Второй\n7012345678,Третий\n");

    ContactList list = imported(file);

    assertThat(list.contacts()).isEqualTo(1);
    assertThat(list.duplicates()).isEqualTo(2);
    assertThat(contacts(list).getFirst().variables()).containsEntry("имя", "");
  }

  @Test
  @Tag("AC-CON-08")
  void keepsValuesAsTheyAre() throws IOException {
    Path file = file("номер,a,b,c\n87012345678,\"=HYPERLINK(\"\"http://x\"\")\", +7 ,'01'\n");

    assertThat(contacts(imported(file)).getFirst().variables())
        .isEqualTo(Map.of("a", "=HYPERLINK(\"http://x\")", "b", " +7 ", "c", "'01'"));
  }

  @Test
  void aQuoteThatNeverClosesSpoilsItsOwnRowOnly() throws IOException {
    StringBuilder text = new StringBuilder("номер,имя\n87010000000,\"Начало\n");
    for (int i = 1; i <= 200; i++) {
      text.append("8701%07d,Имя\n".formatted(i));
    }

    ContactList list = imported(file(text.toString()));

    assertThat(list.contacts()).isEqualTo(200);
    assertThat(complaints(list)).containsExactly("2 UNBALANCED_QUOTES");
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
    assertThat(complaints(list)).containsExactly("3 LINE_TOO_LONG");
  }

  @Test
  void reportsBytesThatAreNotText() throws IOException {
    byte[] start = "номер,имя\n87012345678,".getBytes(StandardCharsets.UTF_8);
    byte[] broken = {'A', (byte) 0xC3, '\n'};
    byte[] nul = "87012345679,a\0b\n87012345670,Иван\n".getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("broken.csv");
    Files.write(file, start);
    Files.write(file, broken, StandardOpenOption.APPEND);
    Files.write(file, nul, StandardOpenOption.APPEND);

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
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));

    ContactList list = imported(file);

    assertThat(list.contacts()).isEqualTo(1);
    assertThat(rejects(list).stream().map(Reject::code)).containsExactly(RejectCode.BAD_ENCODING);
  }

  @Test
  void readsLinesThatEndWithCarriageReturnsOnly() throws IOException {
    ContactList list = imported(file("номер,имя\r87012345678,Иван\r87012345679,Асель\r"));

    assertThat(list.contacts()).isEqualTo(2);
    assertThat(list.linesRead()).isEqualTo(3);
  }
}
