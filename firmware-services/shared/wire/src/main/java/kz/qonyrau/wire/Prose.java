package kz.qonyrau.wire;

/// Text that people wrote.
final class Prose {

  private Prose() {}

  /// Refuses what is blank, too long, or has control characters other than line feeds: those take
  /// six bytes each in JSON, so a text that has many would not fit where others do.
  static void require(String field, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw new MalformedMessageException(field, "does not have 1 to " + longest + " characters");
    }
    if (text.chars().anyMatch(each -> each != '\n' && Character.isISOControl(each))) {
      throw new MalformedMessageException(field, "has control characters");
    }
  }
}
