package kz.qonyrau.web;

import java.math.BigDecimal;

/// The form of the tables that people open in a spreadsheet (RFC 4180): semicolons, decimal commas,
/// and a mark that says UTF-8.
public final class Csv {

  /// What a file begins with.
  public static final String BEGINNING = "\uFEFF";

  /// What stands between cells.
  public static final String SEPARATOR = ";";

  /// What ends a row.
  public static final String END_OF_ROW = "\r\n";

  private Csv() {}

  /// A text, quoted, and harmless in a spreadsheet: what would begin a formula gets an apostrophe.
  public static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }

  /// A number as a number.
  public static String cell(BigDecimal number) {
    return number.toPlainString().replace('.', ',');
  }
}
