package kz.qonyrau.campaigns;

import java.nio.file.Path;

/// The wish to have no campaign reach the numbers of a file.
///
/// @param id a UUID, chosen by the caller and kept over repetitions
/// @param file must stay where it is until the import has ended
/// @param header whether its first row names the columns
/// @param column which one has the numbers, counted from 0
/// @param list one of the customer's
/// @param reason 1 to 200 characters
/// @param by the person's login
public record BlockOrder(
    String id,
    Path file,
    UploadForm form,
    boolean header,
    int column,
    BlockList list,
    String reason,
    String by) {

  /// @throws IllegalArgumentException if a value is out of its range
  public BlockOrder {
    if (column < 0 || column >= ImportOptions.MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "a column is 0 to " + (ImportOptions.MOST_COLUMNS - 1) + ", not " + column);
    }
    if (!list.isCustomers()) {
      throw new IllegalArgumentException("only the provider adds to the list " + list);
    }
    Suppressions.requireReason(reason);
  }
}
