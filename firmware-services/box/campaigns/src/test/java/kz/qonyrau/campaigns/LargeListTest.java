package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an import needs does not grow with the file: a file larger than the whole heap comes in.
@Tag("AC-CON-01")
@Timeout(240)
class LargeListTest {

  private static final int ROWS = 20_000;
  private static final int HEAP_MIB = 48;

  @TempDir Path directory;

  @Test
  void aFileLargerThanTheHeapComesInWithEachBadRowAndDuplicateCounted() throws Exception {
    Path file = write(directory.resolve("large.csv"));
    assertThat(Files.size(file)).isGreaterThan(HEAP_MIB * 1024L * 1024L);

    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + HEAP_MIB + "m",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Duser.timezone=UTC",
                    // Pages of 32 KiB. The box gives Derby more of them, for speed.
                    "-Dderby.storage.pageCacheSize=300",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SmallHeapImport.class.getName(),
                    file.toString(),
                    directory.resolve("database").toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().toList().getLast())
        .isEqualTo("READY " + (ROWS - ROWS / 100 - ROWS / 50) + " " + ROWS / 50 + " " + ROWS / 100);
  }

  /// Of a hundred rows one has no number, and two repeat the number of the row before.
  private static Path write(Path file) throws IOException {
    String remark = "Курьер не застал, перезвонить после шести вечера. ".repeat(9);
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      writer.write("телефон;имя;адрес;примечание;примечание;примечание\r\n");
      for (int row = 0; row < ROWS; row++) {
        int subscriber = row % 50 == 49 ? row - 1 : row;
        writer.write(
            row % 100 == 0
                ? "нет номера"
                : "8 (701) %03d-%02d-%02d"
                    .formatted(subscriber / 10_000, subscriber / 100 % 100, subscriber % 100));
        writer.write(
            ";Абонент " + row + ";Алматы, улица Абая, " + row + (";" + remark).repeat(3) + "\r\n");
      }
    }
    return file;
  }
}
