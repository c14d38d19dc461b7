package kz.qonyrau.speech.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Telephone numbers as they are written in Kazakhstan, read in the groups that people say.
final class TelephoneNumbers implements Rule {

  private static final String GAP = "[- \u00A0\u2009\u202F\u2011\u2013]?";
  private static final String TIED = "[- \u00A0\u2009\u202F\u2011\u2013]";

  private static final List<Pattern> FORMS =
      List.of(
          form("(\\+7|8|7)" + GAP + "\\((\\d{3})\\)" + GAP + threeTwoTwo(GAP)),
          form("(\\+7|8|7)" + GAP + "\\((\\d{4})\\)" + GAP + "(\\d{2})" + GAP + twoTwo(GAP)),
          form("(\\+7)" + GAP + "(\\d{3})" + GAP + threeTwoTwo(GAP)),
          form("([78])" + TIED + "(\\d{3})" + TIED + threeTwoTwo(GAP)),
          form("([78])(7\\d{2}|800)" + GAP + threeTwoTwo(GAP)),
          form("()\\((\\d{3})\\)" + GAP + threeTwoTwo(GAP)),
          form("()(\\d{3})" + TIED + threeTwoTwo(TIED)),
          form("(\\+\\d{1,3})" + TIED + "(\\d{2,4})" + TIED + "(\\d{2,4})" + TIED + "(\\d{2,4})"),
          form("(\\+)(\\d{8,15})"));

  private static final Pattern SHORT = Pattern.compile("(\\d{3,4})(?!\\d)");
  private static final Pattern TEN = Pattern.compile("()(\\d{3})(\\d{3})(\\d{2})(\\d{2})(?!\\d)");

  private final Language language;
  private final Amounts amounts;
  private final Pattern before;

  TelephoneNumbers(Language language, Amounts amounts) {
    this.language = language;
    this.amounts = amounts;
    this.before =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + language.numberWords() + ")\\.?[ \u00A0]?:?[ \u00A0]{0,2}$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  private static String threeTwoTwo(String gap) {
    return "(\\d{3})" + gap + twoTwo(gap);
  }

  private static String twoTwo(String gap) {
    return "(\\d{2})" + gap + "(\\d{2})";
  }

  private static Pattern form(String groups) {
    return Pattern.compile(groups + "(?!\\d)");
  }

  @Override
  public Optional<Found> at(String text, int start) {
    char first = text.charAt(start);
    if ((!Characters.isDigit(first) && first != '+' && first != '(')
        || Passage.continuesNumber(text, start)) {
      return Optional.empty();
    }
    return FORMS.stream()
        .flatMap(form -> Passage.at(form, text, start).stream())
        .filter(number -> endsNumber(text, number.end()))
        .findFirst()
        .map(number -> new Found(number.end(), inGroups(number)));
  }

  private boolean endsNumber(String text, int end) {
    return Passage.endsNumber(text, end)
        && !Characters.isTiedToLetters(text, end)
        && amounts.nothingCountedAt(text, end);
  }

  private String inGroups(Matcher number) {
    List<String> groups = new ArrayList<>();
    String prefix = number.group(1);
    if (prefix.equals("+")) {
      return language.plus() + " " + Digits.slowly(number.group(2), language);
    }
    if (prefix.startsWith("+")) {
      groups.add(language.plus() + " " + Digits.group(prefix.substring(1), language));
    } else if (!prefix.isEmpty()) {
      groups.add(Digits.group(prefix, language));
    }
    for (int group = 2; group <= number.groupCount(); group++) {
      groups.add(Digits.group(number.group(group), language));
    }
    return String.join(", ", groups);
  }

  /// Numbers that are known as such by the word before them only: 102, 1414, 7011234567.
  Rule afterWord() {
    return (text, start) -> {
      if (!Characters.isDigit(text.charAt(start))
          || !before.matcher(text.substring(Math.max(0, start - 30), start)).find()) {
        return Optional.empty();
      }
      Optional<Found> number =
          Passage.at(SHORT, text, start)
              .map(it -> new Found(it.end(), Digits.group(it.group(1), language)));
      return number
          .or(() -> Passage.at(TEN, text, start).map(it -> new Found(it.end(), inGroups(it))))
          .filter(it -> endsNumber(text, it.end()));
    };
  }
}
