package kz.qonyrau.speech.reading;

/// The words around a passage, in lower case, empty if there are none: the case and the gender of a
/// number may hang on them.
///
/// @param after empty also if it starts with a capital, which is a name and not what is counted
record Context(String before, String after) {

  private static final int LONGEST_WORD = 24;

  static Context of(String text, int start, int end) {
    return new Context(wordBefore(text, start), wordAfter(text, end));
  }

  private static String wordBefore(String text, int start) {
    int end = start;
    while (end > 0 && start - end < 4 && Characters.isSpace(text.charAt(end - 1))) {
      end--;
    }
    if (end == start) {
      return "";
    }
    int first = end;
    while (first > 0 && end - first < LONGEST_WORD && Character.isLetter(text.charAt(first - 1))) {
      first--;
    }
    return Characters.lowerCase(text.substring(first, end));
  }

  private static String wordAfter(String text, int end) {
    int first = end;
    while (first < text.length() && first - end < 4 && Characters.isSpace(text.charAt(first))) {
      first++;
    }
    if (first == end || first == text.length() || Character.isUpperCase(text.charAt(first))) {
      return "";
    }
    int last = first;
    while (last < text.length()
        && last - first < LONGEST_WORD
        && Character.isLetter(text.charAt(last))) {
      last++;
    }
    return text.substring(first, last);
  }
}
