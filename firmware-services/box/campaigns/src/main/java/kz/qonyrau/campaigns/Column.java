package kz.qonyrau.campaigns;

import java.util.Optional;
import java.util.regex.Pattern;

/// A column of an upload and what becomes of it.
///
/// @param index counted from 0
/// @param title as the file says it, or empty without a header
/// @param variable the key of a variable: a letter, then up to 29 letters, digits and underscores
public record Column(int index, String title, ColumnRole role, Optional<String> variable) {

  private static final Pattern KEY = Pattern.compile("\\p{L}[\\p{L}\\p{N}_]{0,29}");

  /// @throws IllegalArgumentException if the index is out of range, or a variable has no proper key
  public Column {
    if (index < 0 || index >= ImportOptions.MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "a column is 0 to " + (ImportOptions.MOST_COLUMNS - 1) + ", not " + index);
    }
    if (role == ColumnRole.VARIABLE && !variable.map(Column::isKey).orElse(false)) {
      throw new IllegalArgumentException(
          "the variable of column "
              + index
              + " needs a key of a letter and up to 29 more letters,"
              + " digits or underscores");
    }
    if (role != ColumnRole.VARIABLE) {
      variable = Optional.empty();
    }
  }

  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }
}
