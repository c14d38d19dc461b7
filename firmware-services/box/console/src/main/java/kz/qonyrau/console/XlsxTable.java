package kz.qonyrau.console;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// A table as a workbook of one sheet. Texts are texts by their type, whatever they begin with.
final class XlsxTable implements Table {

  private static final int ROWS_IN_MEMORY = 500;
  private static final String MONEY = "#,##0.00";
  private static final String DAY = "dd.mm.yyyy";
  private static final String MOMENT = "dd.mm.yyyy hh:mm:ss";

  private final OutputStream out;
  private final Workbook book;
  private final Worksheet sheet;
  private int row;

  /// @param name of the sheet, at most 31 characters
  /// @param widths of the columns, in characters
  XlsxTable(Path file, String name, List<Integer> widths) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file));
    book = new Workbook(out, "Qonyrau", "1.0");
    sheet = book.newWorksheet(name);
    for (int column = 0; column < widths.size(); column++) {
      sheet.width(column, widths.get(column));
    }
  }

  @Override
  public void heading(List<String> titles) throws IOException {
    for (int column = 0; column < titles.size(); column++) {
      sheet.inlineString(row, column, titles.get(column));
      sheet.style(row, column).bold().wrapText(true).set();
    }
    next();
  }

  @Override
  public void row(List<Cell> cells) throws IOException {
    for (int column = 0; column < cells.size(); column++) {
      write(column, cells.get(column));
    }
    next();
  }

  private void write(int column, Cell cell) {
    switch (cell) {
      case Cell.Text(var text) -> sheet.inlineString(row, column, text);
      case Cell.Money(var amount) -> {
        sheet.value(row, column, BigDecimal.valueOf(amount.tiyn(), 2));
        sheet.style(row, column).format(MONEY).set();
      }
      case Cell.Count(var number) -> sheet.value(row, column, number);
      case Cell.Day(var day) -> {
        sheet.value(row, column, day);
        sheet.style(row, column).format(DAY).set();
      }
      case Cell.Moment(var at) -> {
        sheet.value(row, column, at);
        sheet.style(row, column).format(MOMENT).set();
      }
      case Cell.Nothing() -> {}
    }
  }

  private void next() throws IOException {
    row++;
    if (row % ROWS_IN_MEMORY == 0) {
      sheet.flush();
    }
  }

  @Override
  public void close() throws IOException {
    try (out) {
      book.close();
    }
  }
}
