package kz.qonyrau.campaigns;

import java.util.Locale;

/// Why nobody could give an answer as it is written.
public sealed interface PhraseFault {

  /// The answer's place in the question, from 0.
  int answer();

  Locale language();

  /// The phrase's place among those of its answer and language, from 0.
  int phrase();

  /// The speech model does not know a word.
  record UnknownWord(int answer, Locale language, int phrase, String word) implements PhraseFault {}

  /// There is something else in it than letters, hyphens, apostrophes and spaces.
  record Malformed(int answer, Locale language, int phrase) implements PhraseFault {}
}
