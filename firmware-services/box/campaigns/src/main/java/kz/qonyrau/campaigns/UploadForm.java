package kz.qonyrau.campaigns;

/// How an upload is written.
public sealed interface UploadForm {

  /// Rows of text.
  record Text(TextEncoding encoding, Delimiter delimiter) implements UploadForm {}

  /// A sheet of a workbook (XLSX).
  ///
  /// @param sheet counted from 0 in the order in which people see them; 0 to 999
  record Workbook(int sheet) implements UploadForm {

    private static final int MOST = 1000;

    /// @throws IllegalArgumentException if the sheet is out of range
    public Workbook {
      if (sheet < 0 || sheet >= MOST) {
        throw new IllegalArgumentException("sheet: 0 to " + (MOST - 1) + ", not " + sheet);
      }
    }
  }
}
