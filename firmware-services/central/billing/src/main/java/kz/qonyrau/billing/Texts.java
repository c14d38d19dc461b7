package kz.qonyrau.billing;

import java.util.regex.Pattern;

/// The forms of what people write.
final class Texts {

  private static final Pattern KEY = Pattern.compile("[!-~]{1,60}");

  private Texts() {}

  /// @throws IllegalArgumentException if the text is blank, too long or has control characters
  static void require(String name, String text, int longest) {
    if (text.isBlank()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          name + ": 1 to " + longest + " characters, no line breaks");
    }
  }

  /// @throws IllegalArgumentException if it is not 1 to 60 visible ASCII characters
  static void requireKey(String name, String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(name + ": 1 to 60 visible ASCII characters");
    }
  }
}
