package kz.qonyrau.campaigns;

/// A row of an upload that was not imported, or not all of it.
///
/// @param line the line of the file on which the row begins, counted from 1
/// @param text the beginning of the row, at most 200 characters
/// @param taken whether the row became a contact all the same, without one of his other numbers
public record Reject(long line, RejectCode code, String detail, String text, boolean taken) {

  /// A row that was not imported.
  static Reject whole(long line, RejectCode code, String detail, String text) {
    return new Reject(line, code, detail, text, false);
  }
}
