package kz.qonyrau.console;

import static java.util.stream.Collectors.joining;

import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import kz.qonyrau.web.Csv;

/// A table as CSV, in the form that a spreadsheet in Kazakhstan opens without being asked.
final class CsvTable implements Table {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.uuuu");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("dd.MM.uuuu HH:mm:ss");

  private final Writer writer;

  CsvTable(Path file) throws IOException {
    this(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
  }

  private CsvTable(Writer target) throws IOException {
    writer = new BufferedWriter(target);
    writer.write(Csv.BEGINNING);
  }

  /// A table that is a part of something longer, which stays open behind it.
  static CsvTable within(OutputStream out) throws IOException {
    return new CsvTable(
        new OutputStreamWriter(
            new FilterOutputStream(out) {
              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
              }

              @Override
              public void flush() {
                // Whatever is around it flushes when it is done.
              }

              @Override
              public void close() {
                // The same.
              }
            },
            StandardCharsets.UTF_8));
  }

  @Override
  public void heading(List<String> titles) throws IOException {
    write(titles.stream().map(Csv::cell).collect(joining(Csv.SEPARATOR)));
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    write(cells.stream().map(CsvTable::text).collect(joining(Csv.SEPARATOR)));
  }

  private void write(String row) throws IOException {
    writer.write(row);
    writer.write(Csv.END_OF_ROW);
  }

  private static String text(Cell cell) {
    return switch (cell) {
      case Cell.Text(var text) -> Csv.cell(text);
      case Cell.Money(var amount) -> Csv.cell(BigDecimal.valueOf(amount.tiyn(), 2));
      case Cell.Count(var number) -> Csv.cell(number);
      case Cell.Day(var day) -> DAY.format(day);
      case Cell.Moment(var at) -> text(at);
      case Cell.Nothing() -> "";
    };
  }

  /// A moment as all files write it.
  static String text(LocalDateTime at) {
    return MOMENT.format(at);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
