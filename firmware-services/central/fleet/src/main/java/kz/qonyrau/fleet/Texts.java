package kz.qonyrau.fleet;

/// Checks of what people type.
final class Texts {

  private Texts() {}

  static void require(String field, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw new IllegalArgumentException(field + ": 1 to " + longest + " characters");
    }
  }
}
