package kz.qonyrau.cases;

/// The forms of what people write.
final class Texts {

  private Texts() {}

  /// @throws IllegalArgumentException if the text is blank, too long, or has control characters
  ///   other than line feeds
  static void require(String name, String text, int longest) {
    if (text.isBlank()
        || text.length() > longest
        || text.chars().anyMatch(each -> each != '\n' && Character.isISOControl(each))) {
      throw new IllegalArgumentException(name + ": 1 to " + longest + " characters");
    }
  }
}
