package kz.qonyrau.campaigns;

/// Why a row of an upload was not imported, or another number of its contact was left out. The
/// names are stable; pages translate them.
public enum RejectCode {
  /// The cell of the number is empty or missing.
  EMPTY_NUMBER,
  /// The cell holds something else, two numbers, or digits too few or too many.
  NOT_A_NUMBER,
  /// A number of another country.
  FOREIGN,
  /// Begins as numbers of Kazakhstan do, but no such range is in use.
  UNASSIGNED,
  /// A toll-free or paid service, which is neither a mobile nor a city network.
  SERVICE_NUMBER,
  /// A spreadsheet has rounded the number, and its last digits are gone.
  SCIENTIFIC_NOTATION,
  /// Another number of a contact that a row before has already.
  REPEATED_NUMBER,
  /// The row has more cells than the file has columns.
  TOO_MANY_COLUMNS,
  /// A value, or all values of the row together, are longer than can be kept.
  VALUE_TOO_LONG,
  /// The row is longer than any row of a list.
  LINE_TOO_LONG,
  /// A quotation mark opens and never closes, or closes in the middle of a cell.
  UNBALANCED_QUOTES,
  /// Some bytes are no letters in the encoding of the file.
  BAD_ENCODING,
  /// The row holds NUL or other characters that are not text.
  CONTROL_CHARACTER
}
