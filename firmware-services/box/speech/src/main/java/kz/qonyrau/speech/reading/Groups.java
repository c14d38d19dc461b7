package kz.qonyrau.speech.reading;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Numbers joined by full stops, hyphens or a slash that are neither a date nor a range.
final class Groups implements Rule {

  private static final Pattern DOTTED = Pattern.compile("\\d{1,6}(?:\\.\\d{1,6}){2,7}(?!\\d)");
  private static final Pattern HYPHENATED = Pattern.compile("\\d{1,6}(?:-\\d{1,6}){2,7}(?!\\d)");
  private static final Pattern SLASHED = Pattern.compile("\\d{1,6}/\\d{1,6}(?!\\d)");

  private final Language language;

  Groups(Language language) {
    this.language = language;
  }

  @Override
  public Optional<Found> at(String text, int start) {
    if (!Characters.isDigit(text.charAt(start)) || Passage.continuesNumber(text, start)) {
      return Optional.empty();
    }
    return joined(DOTTED, " " + language.dot() + " ", text, start)
        .or(() -> joined(HYPHENATED, ", ", text, start))
        .or(() -> slashed(text, start));
  }

  private Optional<Found> slashed(String text, int start) {
    Optional<Found> found =
        language.slash().flatMap(word -> joined(SLASHED, " " + word + " ", text, start));
    boolean allDay = text.startsWith("24/7", start) && Passage.endsNumber(text, start + 4);
    return allDay ? Optional.of(new Found(start + 4, language.aroundTheClock())) : found;
  }

  private Optional<Found> joined(Pattern pattern, String between, String text, int start) {
    return Passage.at(pattern, text, start)
        .filter(it -> Passage.endsNumber(text, it.end()))
        .filter(it -> !Characters.isTiedToLetters(text, it.end()))
        .map(it -> {
          List<String> groups = Arrays.asList(it.group().split("[./-]", -1));
          return new Found(
              it.end(), groups.stream().map(this::group).collect(Collectors.joining(between)));
        });
  }

  private String group(String digits) {
    return digits.startsWith("0")
        ? Digits.spaced(digits, language)
        : language.cardinal(Long.parseLong(digits));
  }
}
