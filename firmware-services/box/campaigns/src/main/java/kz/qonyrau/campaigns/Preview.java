package kz.qonyrau.campaigns;

import java.util.List;

/// What an upload looks like before anything is imported.
public sealed interface Preview {

  /// How the file seems to be meant.
  ///
  /// @param bytes the size of the file
  /// @param sheets of a workbook, by name, in their order; empty for a text file
  /// @param columns as proposed; the person may change each
  /// @param rows the first ones, at most 20
  /// @param approximateRows how many rows the file seems to have
  record Table(
      long bytes,
      UploadForm form,
      List<String> sheets,
      boolean header,
      List<Column> columns,
      List<PreviewRow> rows,
      long approximateRows)
      implements Preview {

    public Table {
      sheets = List.copyOf(sheets);
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// The file is no list.
  ///
  /// @param code `EMPTY_FILE`, `NOT_TEXT`, `OLD_WORKBOOK`, `WORKBOOK_BROKEN`, `WORKBOOK_TOO_LARGE`,
  ///   `TOO_MANY_COLUMNS` or `LINE_TOO_LONG`
  /// @param detail a sentence for the person who uploaded it
  record Unreadable(String code, String detail) implements Preview {}
}
