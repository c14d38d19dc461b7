package kz.qonyrau.campaigns;

import java.io.IOException;
import java.io.Serial;

/// A file that is not what it says it is, or more than a list can be.
final class UnreadableUploadException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  private final String code;

  /// @param code as in [Preview.Unreadable]
  /// @param detail a sentence for the person who uploaded it
  UnreadableUploadException(String code, String detail) {
    super(detail);
    this.code = code;
  }

  /// No workbook, or a broken one.
  static UnreadableUploadException broken(String why) {
    return new UnreadableUploadException(
        "WORKBOOK_BROKEN", "The workbook cannot be read: " + why + ".");
  }

  /// A workbook that says more than a list can hold.
  static UnreadableUploadException tooLarge(String what) {
    return new UnreadableUploadException(
        "WORKBOOK_TOO_LARGE", what + "; save the sheet as CSV and upload that file.");
  }

  String code() {
    return code;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
