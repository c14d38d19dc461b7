package kz.qonyrau.web;

/// Cells of CSV files that people open in a spreadsheet (RFC 4180).
public final class Csv {

  private Csv() {}

  /// A text, quoted, and harmless in a spreadsheet: what would begin a formula gets an apostrophe.
  public static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
