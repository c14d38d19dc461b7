package kz.qonyrau.console;

import static java.util.stream.Collectors.joining;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    writer = new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
    writer.write(Csv.BEGINNING);
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
      case Cell.Moment(var at) -> MOMENT.format(at);
      case Cell.Nothing() -> "";
    };
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
