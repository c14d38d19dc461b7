package kz.qonyrau.console;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import kz.qonyrau.vocabulary.Tenge;

/// A file of rows and cells that is written once from the top, a row at a time, so that its length
/// costs no memory.
interface Table extends AutoCloseable {

  /// What stands in a cell. Numbers are written as numbers and days as days, so that a spreadsheet
  /// can go on with them.
  sealed interface Cell {

    record Text(String text) implements Cell {}

    record Money(Tenge amount) implements Cell {}

    record Count(BigDecimal number) implements Cell {}

    record Day(LocalDate day) implements Cell {}

    record Moment(LocalDateTime at) implements Cell {}

    record Nothing() implements Cell {}
  }

  /// Writes a row that stands out.
  void heading(List<String> titles) throws IOException;

  void row(List<Cell> cells) throws IOException;

  /// Writes what is left. Without it the file is not whole.
  @Override
  void close() throws IOException;
}
