package kz.qonyrau.campaigns;

import java.util.List;

/// What an upload looks like before anything is imported.
public sealed interface Preview {

  /// How the file seems to be meant.
  ///
  /// @param bytes the size of the file
  /// @param columns as proposed; the person may change each
  /// @param rows the first ones, at most 20
  /// @param approximateRows how many rows the file seems to have
  record Table(
      long bytes,
      TextEncoding encoding,
      Delimiter delimiter,
      boolean header,
      List<Column> columns,
      List<PreviewRow> rows,
      long approximateRows)
      implements Preview {

    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /// The file is no list.
  ///
  /// @param code `EMPTY_FILE`, `NOT_TEXT`, `SPREADSHEET`, `TOO_MANY_COLUMNS` or `LINE_TOO_LONG`
  /// @param detail a sentence for the person who uploaded it
  record Unreadable(String code, String detail) implements Preview {}
}
