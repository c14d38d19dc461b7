package kz.qonyrau.speech.reading;

import java.util.Optional;
import java.util.regex.Pattern;

/// Digits that are no number: after a word for a code, with zeros in front, or too many. They are
/// read one by one.
final class Codes implements Rule {

  /// More digits than that are no code that anybody writes down.
  static final int LONGEST = 20;

  private static final int LOOK_BACK = 60;
  private static final Pattern CODE =
      Pattern.compile(
          "(\\d{1,20}(?:[-\u2011]\\d{1,8}|" + Characters.SPACE + "\\d{3}){0,4})(?!\\d)");
  private static final Pattern DIGITS = Pattern.compile("(\\d{2,20})(?!\\d)");

  private final Language language;
  private final Pattern before;

  Codes(Language language) {
    this.language = language;
    this.before =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:"
                + language.codeWords()
                + ")(?:(?:[ \u00A0](?:"
                + language.codeQualifiers()
                + "))?[ \u00A0]?[:№—–]?|(?:[ \u00A0]\\p{L}{1,16}){1,3}[ \u00A0]?[:—–])[ \u00A0]{0,2}$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  @Override
  public Optional<Found> at(String text, int start) {
    if (!Characters.isDigit(text.charAt(start)) || Passage.continuesNumber(text, start)) {
      return Optional.empty();
    }
    return Passage.at(CODE, text, start)
        .filter(code -> isComplete(text, code.end()) && followsWord(text, start))
        .map(code -> new Found(code.end(), slowly(code.group(1))));
  }

  private boolean followsWord(String text, int start) {
    return before.matcher(text.substring(Math.max(0, start - LOOK_BACK), start)).find();
  }

  private String slowly(String code) {
    return Digits.slowly(code.replaceAll("\\D", ""), language);
  }

  /// Without a word before them, but not as a number either.
  Rule longOrWithLeadingZeros() {
    return (text, start) ->
        Characters.isDigit(text.charAt(start))
            ? Passage.at(DIGITS, text, start)
                .filter(digits -> isCode(digits.group(1)) && isComplete(text, digits.end()))
                .map(digits -> new Found(digits.end(), slowly(digits.group(1))))
            : Optional.empty();
  }

  private static boolean isCode(String digits) {
    return digits.startsWith("0") || digits.length() > Amounts.MOST_DIGITS;
  }

  private static boolean isComplete(String text, int end) {
    return Characters.endsWord(text, end) && !Characters.isTiedToLetters(text, end);
  }
}
