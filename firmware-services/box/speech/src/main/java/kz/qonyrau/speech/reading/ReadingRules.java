package kz.qonyrau.speech.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a text of one language as it is said: numbers, sums, dates, times, telephone numbers and
/// shortened words become words (AC-TTS-04). The package tells the rules.
///
/// What no rule covers stays as it is written. No text makes it fail; it takes time in proportion
/// to the text; and what it has read it reads unchanged. Words may be many times longer than
/// digits, so a text that a voice takes may be too long for it once it is read. Thread-safe.
public final class ReadingRules {

  private final List<Rule> rules;

  /// @param locale only its language counts: ru, kk or en
  /// @throws IllegalArgumentException if it is another language
  public ReadingRules(Locale locale) {
    Language language = Language.of(locale);
    Amounts amounts = new Amounts(language);
    Codes codes = new Codes(language);
    TelephoneNumbers numbers = new TelephoneNumbers(language, amounts);
    this.rules =
        List.of(
            new ShortenedWords(language),
            new Centuries(language),
            codes,
            numbers,
            new Times(language, amounts),
            new Years(language),
            amounts,
            new Dates(language),
            new Endings(language),
            numbers.afterWord(),
            new Groups(language),
            codes.longOrWithLeadingZeros(),
            amounts.bare());
  }

  /// Reads `text`.
  public Reading read(String text) {
    StringBuilder words = new StringBuilder(text.length() * 2);
    List<Reading.Change> changes = new ArrayList<>();
    int written = 0;
    int at = 0;
    while (at < text.length()) {
      if (isStartOfAddress(text, at)) {
        at = nextBlank(text, at);
        continue;
      }
      int start = at;
      boolean behindChange = at == written && at > 0;
      Optional<Found> found =
          find(text, at, behindChange).filter(it -> !endsInAddress(text, start, it.end()));
      if (found.isEmpty()) {
        at = behindWhatStays(text, at);
        continue;
      }
      int end = found.get().end();
      String spoken = found.get().spoken();
      words.append(text, written, at);
      appendApart(words, spoken);
      if (end < text.length() && Characters.continuesWord(text.charAt(end))) {
        words.append(' ');
      }
      changes.add(new Reading.Change(at, end, spoken));
      at = end;
      written = end;
    }
    words.append(text, written, text.length());
    return new Reading(words.toString(), changes);
  }

  private static void appendApart(StringBuilder words, String spoken) {
    if (!words.isEmpty() && Characters.continuesWord(words.charAt(words.length() - 1))) {
      words.append(' ');
    }
    words.append(spoken);
  }

  private Optional<Found> find(String text, int at, boolean behindChange) {
    if (!mayStart(text, at, behindChange)) {
      return Optional.empty();
    }
    for (Rule rule : rules) {
      Optional<Found> found = rule.at(text, at);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// Nothing starts inside a word, nor at letters that a hyphen ties to what is before them, unless
  /// the hyphen was read with that.
  private static boolean mayStart(String text, int at, boolean behindChange) {
    char first = text.charAt(at);
    if (Characters.isDigit(first)) {
      return Characters.startsWord(text, at);
    }
    if (Character.isLetter(first)) {
      boolean tied =
          !behindChange
              && at >= 2
              && (text.charAt(at - 1) == '-' || text.charAt(at - 1) == '\u2011')
              && Characters.continuesWord(text.charAt(at - 2));
      return !tied && Characters.startsWord(text, at);
    }
    return "№+-\u2212($€₸₽".indexOf(first) >= 0;
  }

  private static int behindWhatStays(String text, int at) {
    int end = at;
    while (end < text.length() && Characters.continuesWord(text.charAt(end))) {
      end++;
    }
    return Math.max(end, at + 1);
  }

  /// Whether a passage that runs over a blank ends inside an address.
  private static boolean endsInAddress(String text, int start, int end) {
    if (end == text.length() || Character.isWhitespace(text.charAt(end))) {
      return false;
    }
    int word = end;
    while (word > start && !Character.isWhitespace(text.charAt(word - 1))) {
      word--;
    }
    return word > start && isStartOfAddress(text, word);
  }

  private static int nextBlank(String text, int at) {
    int end = at;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /// Whether what starts here, up to the next blank, is an address on the Internet.
  private static boolean isStartOfAddress(String text, int at) {
    if (at > 0 && !Character.isWhitespace(text.charAt(at - 1))) {
      return false;
    }
    for (int i = at; i < text.length() && !Character.isWhitespace(text.charAt(i)); i++) {
      if (text.charAt(i) == '@' || text.startsWith("://", i)) {
        return true;
      }
    }
    return text.startsWith("www.", at);
  }
}
