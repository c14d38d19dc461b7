package kz.qonyrau.speech.reading;

import java.util.Locale;

/// Kinds of characters, and where a word ends.
final class Characters {

  /// Blanks that may stand inside a number or between it and its unit.
  static final String SPACES = " \u00A0\u2009\u202F";

  /// The same as a pattern.
  static final String SPACE = "[" + SPACES + "]";

  /// Hyphens and dashes between the ends of a range.
  static final String DASH = "[-\u2010\u2011\u2012\u2013\u2014\u2212]";

  private Characters() {}

  static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }

  static boolean isSpace(char c) {
    return SPACES.indexOf(c) >= 0;
  }

  /// Whether nothing that continues a word or number stands right before `start`.
  static boolean startsWord(String text, int start) {
    return start == 0 || !continuesWord(text.charAt(start - 1));
  }

  /// Whether nothing that continues a word or number stands at `end`.
  static boolean endsWord(String text, int end) {
    return end >= text.length() || !continuesWord(text.charAt(end));
  }

  static boolean continuesWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /// Whether a letter is tied to `end` by a hyphen, as in `10-летний`.
  static boolean isTiedToLetters(String text, int end) {
    return end + 1 < text.length()
        && (text.charAt(end) == '-' || text.charAt(end) == '\u2011')
        && Character.isLetter(text.charAt(end + 1));
  }

  /// Where a shortened word ends: behind its full stop, unless that ends the sentence as well.
  static int behindFullStop(String text, int end) {
    if (end >= text.length() || text.charAt(end) != '.') {
      return end;
    }
    int next = end + 1;
    while (next < text.length() && next - end < 6 && isSpace(text.charAt(next))) {
      next++;
    }
    boolean sentenceEnds =
        next == text.length()
            || Character.isUpperCase(text.charAt(next))
            || text.charAt(next) == '\n'
            || text.charAt(next) == '\r'
            || text.charAt(next) == '.';
    return sentenceEnds ? end : end + 1;
  }

  /// Lower case whose length is that of the text.
  static String lowerCase(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
