package kz.qonyrau.speech.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Shortened words, written out.
final class ShortenedWords implements Rule {

  private final List<Abbreviation> longestFirst;

  private final Language language;

  ShortenedWords(Language language) {
    this.language = language;
    this.longestFirst =
        language.abbreviations().stream()
            .sorted(
                Comparator.comparingInt((Abbreviation it) -> it.written().length())
                    .reversed()
                    .thenComparing(Abbreviation::ending, Comparator.reverseOrder()))
            .toList();
  }

  @Override
  public Optional<Found> at(String text, int start) {
    char first = text.charAt(start);
    if (!Character.isLetter(first) && first != '№') {
      return Optional.empty();
    }
    return longestFirst.stream()
        .filter(it -> isWritten(it, text, start))
        .flatMap(it -> found(it, text, start + it.written().length()).stream())
        .findFirst()
        .map(it -> declined(text, start, it));
  }

  /// The first word of a sentence has a capital, but one letter with a capital is an initial.
  private static boolean isWritten(Abbreviation word, String text, int start) {
    int ignored =
        word.ending() == Abbreviation.FullStop.NEEDED
                && word.written().length() > 1
                && word.written().charAt(1) != '.'
            ? 1
            : 0;
    return text.regionMatches(true, start, word.written(), 0, ignored)
        && text.startsWith(word.written().substring(ignored), start + ignored);
  }

  private Found declined(String text, int start, Found found) {
    String before = Context.of(text, start, found.end()).before();
    return new Found(found.end(), language.declined(found.spoken(), before));
  }

  private static Optional<Found> found(Abbreviation word, String text, int end) {
    return switch (word.ending()) {
      case NONE ->
          word.written().equals("№") || Characters.endsWord(text, end)
              ? Optional.of(new Found(end, word.spoken()))
              : Optional.empty();
      case NEEDED -> {
        if (end >= text.length() || text.charAt(end) != '.') {
          yield Optional.empty();
        }
        int behind =
            startsName(word.spoken()) || word.next() != Abbreviation.Next.ANYTHING
                ? end + 1
                : Characters.behindFullStop(text, end);
        yield follows(word.next(), text, end + 1)
            ? Optional.of(new Found(behind, word.spoken()))
            : Optional.empty();
      }
    };
  }

  /// A street's name follows its kind with a capital; the sentence does not end there.
  private static boolean startsName(String spoken) {
    return switch (spoken) {
      case "улица", "проспект", "микрорайон", "көше", "даңғыл", "шағын аудан" -> true;
      default -> false;
    };
  }

  private static boolean follows(Abbreviation.Next next, String text, int end) {
    int at = end;
    while (at < text.length() && at - end < 3 && Characters.isSpace(text.charAt(at))) {
      at++;
    }
    if (at >= text.length()) {
      return next == Abbreviation.Next.ANYTHING;
    }
    char c = text.charAt(at);
    return switch (next) {
      case ANYTHING -> true;
      case CAPITAL -> Character.isUpperCase(c);
      case DIGIT -> Characters.isDigit(c);
      case CAPITAL_OR_DIGIT -> Character.isUpperCase(c) || Characters.isDigit(c);
    };
  }
}
