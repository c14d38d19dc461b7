package kz.qonyrau.console;

import java.math.BigDecimal;

/// The form of the tables that people open in a spreadsheet: semicolons, decimal commas, and a mark
/// that says UTF-8.
final class Csv {

  static final String BEGINNING = "\uFEFF";
  static final String SEPARATOR = ";";
  static final String END_OF_ROW = "\r\n";

  private Csv() {}

  /// Quoted, and harmless in a spreadsheet: what would begin a formula gets an apostrophe.
  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }

  /// A number as a number.
  static String cell(BigDecimal number) {
    return number.toPlainString().replace('.', ',');
  }
}
