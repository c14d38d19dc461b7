package kz.qonyrau.campaigns;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How an upload is read.
///
/// @param form how the file is written
/// @param header whether its first row names the columns
/// @param columns exactly one of them is the number; an index that is not named is ignored
/// @param consent what the contacts agreed to for calls, as the customer states it
public record ImportOptions(
    UploadForm form, boolean header, List<Column> columns, Consent consent) {

  /// More columns than this are refused.
  public static final int MOST_COLUMNS = 200;

  /// @throws IllegalArgumentException if there is not exactly one number column, an index or a
  ///   variable comes twice, or the consent is one that only a subscriber or a block gives
  public ImportOptions {
    columns = List.copyOf(columns);
    Set<Integer> indexes = new HashSet<>();
    Set<String> keys = new HashSet<>();
    int numbers = 0;
    for (Column column : columns) {
      if (!indexes.add(column.index())) {
        throw new IllegalArgumentException("column " + column.index() + " is named twice");
      }
      if (column.variable().isPresent() && !keys.add(column.variable().get())) {
        throw new IllegalArgumentException(
            "variable " + column.variable().get() + " is named twice");
      }
      if (column.role() == ColumnRole.NUMBER) {
        numbers++;
      }
    }
    if (numbers != 1) {
      throw new IllegalArgumentException("exactly one column is the number, not " + numbers);
    }
    if (consent != Consent.GRANTED && consent != Consent.UNKNOWN) {
      throw new IllegalArgumentException("an import cannot state the consent " + consent);
    }
  }

  int numberIndex() {
    return columns.stream()
        .filter(column -> column.role() == ColumnRole.NUMBER)
        .mapToInt(Column::index)
        .findFirst()
        .orElseThrow();
  }

  List<Column> variableColumns() {
    return columns.stream().filter(column -> column.role() == ColumnRole.VARIABLE).toList();
  }
}
