package kz.qonyrau.audit;

/// How texts go into the log.
final class AuditText {

  private AuditText() {}

  /// One line of at most so many UTF-16 units. No surrogate is left alone, so that the text comes
  /// back from the database as it went in, and its hash with it.
  static String line(String text, int longest) {
    String plain =
        text.codePoints()
            .map(c -> Character.isISOControl(c) || isLoneSurrogate(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    if (plain.length() <= longest) {
      return plain;
    }
    int end = longest - 1;
    if (Character.isHighSurrogate(plain.charAt(end - 1))) {
      end--;
    }
    return plain.substring(0, end) + "…";
  }

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
