package kz.qonyrau.speech.reading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks for a pattern at one place of a text.
final class Passage {

  private Passage() {}

  /// The pattern right at `start`, seeing what stands before it.
  static Optional<Matcher> at(Pattern pattern, String text, int start) {
    Matcher matcher = pattern.matcher(text);
    matcher.region(start, text.length()).useTransparentBounds(true);
    return matcher.lookingAt() ? Optional.of(matcher) : Optional.empty();
  }

  /// A group that may not have taken part, else empty.
  static String group(Matcher matcher, int group) {
    String found = matcher.group(group);
    return found == null ? "" : found;
  }

  /// Whether a passage of digits may end here: no letter or digit follows, and no decimal mark or
  /// the like with more digits.
  static boolean endsNumber(String text, int end) {
    if (!Characters.endsWord(text, end)) {
      return false;
    }
    boolean marked = end + 1 < text.length() && ".,:/".indexOf(text.charAt(end)) >= 0;
    return !(marked && Characters.isDigit(text.charAt(end + 1)));
  }

  /// Whether a number before a mark goes on at `start`, as the second part of 1.2.3.
  static boolean continuesNumber(String text, int start) {
    return start >= 2
        && ".,:".indexOf(text.charAt(start - 1)) >= 0
        && Characters.isDigit(text.charAt(start - 2));
  }
}
