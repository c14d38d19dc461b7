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

  /// So many numbers a contact has beside his first one.
  public static final int MOST_OTHER_NUMBERS = 2;

  /// @throws IllegalArgumentException if there is not exactly one number column, there are more
  ///   than [#MOST_OTHER_NUMBERS] columns of other numbers, an index or a variable comes twice, or
  ///   the consent is one that only a subscriber or a block gives
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
    if (withRole(columns, ColumnRole.OTHER_NUMBER).size() > MOST_OTHER_NUMBERS) {
      throw new IllegalArgumentException(
          "at most " + MOST_OTHER_NUMBERS + " columns hold other numbers; ignore the rest");
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
    return withRole(columns, ColumnRole.VARIABLE);
  }

  /// Where the other numbers of contacts stand, in the order of the file.
  int[] otherNumberIndexes() {
    return withRole(columns, ColumnRole.OTHER_NUMBER).stream()
        .mapToInt(Column::index)
        .sorted()
        .toArray();
  }

  private static List<Column> withRole(List<Column> columns, ColumnRole role) {
    return columns.stream().filter(column -> column.role() == role).toList();
  }
}
