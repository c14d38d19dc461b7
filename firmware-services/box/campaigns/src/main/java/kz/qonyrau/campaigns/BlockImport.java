package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Optional;

/// How the import of a file of numbers that are to be left alone stands.
///
/// @param failure why it FAILED: `TOO_MANY_ROWS`, `UNREADABLE`, `STORE_FAILED`, `CANCELLED`, or a
///   code of [Preview.Unreadable]
/// @param rows how many the file has, without its header; 0 until they are counted
/// @param done how many of them were looked at
/// @param added numbers that were not in the list before
/// @param present numbers that were, and whose entries stay as they were
/// @param repeated rows with a number of an earlier row
/// @param refused rows without a number
/// @param first those of them that come first, at most [BlockImports#SHOWN]
public record BlockImport(
    String id,
    BlockList list,
    State state,
    Optional<String> failure,
    int rows,
    int done,
    int added,
    int present,
    int repeated,
    int refused,
    List<Reject> first) {

  public BlockImport {
    first = List.copyOf(first);
  }

  /// Where it is.
  public enum State {
    RUNNING,
    DONE,
    /// Numbers that were added before stay; a repetition adds the rest.
    FAILED
  }
}
