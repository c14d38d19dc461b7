package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// An n-gram language model with back-off, as in files of the ARPA format.
///
/// Fields are separated by a TAB and words by one space; `<s>` and `</s>` stand for the beginning
/// and the end of an utterance. Probabilities are logarithms to the base 10.
final class Arpa {

  static final String BEGIN = "<s>";
  static final String END = "</s>";

  private static final int HIGHEST_ORDER = 9;
  private static final int MOST_GRAMS = 5_000_000;

  /// What is known about a sequence of words.
  ///
  /// @param log10 of the probability of the last word behind the others; 0 or less
  /// @param backOff log10 of what a shorter history's probabilities are multiplied by; null if the
  ///   sequence is no history
  record Gram(double log10, @Nullable Double backOff) {}

  private final Map<List<String>, Gram> grams;
  private final int order;

  /// @param grams the shorter sequences first
  Arpa(Map<List<String>, Gram> grams) {
    this.grams = new LinkedHashMap<>(grams);
    this.order = grams.keySet().stream().mapToInt(List::size).max().orElse(1);
  }

  /// Reads `lm.arpa`.
  ///
  /// @throws ModelRefusedException naming the line if it is not such a model
  static Arpa read(SourceText text) {
    return new Reading(text).model();
  }

  private static final class Reading {
    private final SourceText text;
    private final Map<List<String>, Gram> grams = new LinkedHashMap<>();
    private final List<Integer> announced = new ArrayList<>();
    private int section;
    private int inSection;
    private boolean begun;
    private boolean ended;

    Reading(SourceText text) {
      this.text = text;
    }

    Arpa model() {
      int number = 0;
      for (String line : text.lines()) {
        number++;
        if (line.isBlank() || (!begun && !line.equals("\\data\\"))) {
          continue;
        }
        if (ended) {
          throw text.wrong(number, "something follows \\end\\");
        }
        take(number, line);
      }
      if (!ended) {
        throw text.wrong("does not end with \\end\\; it was cut off");
      }
      if (!grams.containsKey(List.of(END))) {
        throw text.wrong("lacks the probability of " + END);
      }
      return new Arpa(grams);
    }

    private void take(int number, String line) {
      if (line.equals("\\data\\")) {
        begun = true;
      } else if (line.equals("\\end\\")) {
        endSection(number);
        if (section != announced.size()) {
          throw text.wrong(number, "announces " + announced.size() + " orders, has " + section);
        }
        ended = true;
      } else if (line.startsWith("ngram ") && section == 0) {
        announce(number, line.substring(6));
      } else if (line.startsWith("\\")) {
        endSection(number);
        section++;
        inSection = 0;
        if (section > announced.size() || !line.equals("\\" + section + "-grams:")) {
          throw text.wrong(number, "unexpected: '" + SourceText.shortened(line) + "'");
        }
      } else if (section > 0) {
        gram(number, line);
      } else {
        throw text.wrong(number, "unexpected: '" + SourceText.shortened(line) + "'");
      }
    }

    private void announce(int number, String rest) {
      String[] parts = rest.split("=", -1);
      int next = announced.size() + 1;
      if (parts.length != 2
          || !parts[0].strip().equals(Integer.toString(next))
          || !parts[1].strip().matches("[0-9]{1,9}")
          || next > HIGHEST_ORDER) {
        throw text.wrong(number, "expected 'ngram " + next + "=' and a number");
      }
      announced.add(Integer.parseInt(parts[1].strip()));
    }

    private void endSection(int number) {
      if (section > 0 && announced.get(section - 1) != inSection) {
        throw text.wrong(
            number,
            "announces "
                + announced.get(section - 1)
                + " sequences of "
                + section
                + ", has "
                + inSection);
      }
    }

    private void gram(int number, String line) {
      String[] fields = line.split("\t", -1);
      if (fields.length < 2 || fields.length > 3) {
        throw text.wrong(number, "expected a probability, words and perhaps a back-off weight");
      }
      List<String> words = List.of(fields[1].split(" ", -1));
      if (words.size() != section || words.stream().anyMatch(String::isEmpty)) {
        throw text.wrong(number, "expected " + section + " words separated by one space");
      }
      double log10 = number(number, fields[0]);
      if (log10 > 1e-6) {
        throw text.wrong(number, "a probability above one: " + fields[0]);
      }
      if (words.size() > 1 && !isHistory(words.subList(0, words.size() - 1))) {
        throw text.wrong(
            number, "the words before the last are no sequence with a back-off weight themselves");
      }
      Double backOff = fields.length == 3 ? number(number, fields[2]) : null;
      if (grams.put(words, new Gram(log10, backOff)) != null) {
        throw text.wrong(number, "stands there twice: " + SourceText.shortened(fields[1]));
      }
      inSection++;
      if (grams.size() > MOST_GRAMS) {
        throw text.wrong("more than " + MOST_GRAMS + " sequences");
      }
    }

    private boolean isHistory(List<String> words) {
      Gram gram = grams.get(words);
      return gram != null && gram.backOff() != null;
    }

    private double number(int line, String field) {
      try {
        double value = Double.parseDouble(field);
        if (Double.isFinite(value) && Math.abs(value) < 1000) {
          return value;
        }
      } catch (NumberFormatException _) {
        // Told below.
      }
      throw text.wrong(line, "not a logarithm: '" + SourceText.shortened(field) + "'");
    }
  }

  /// The sequences, shorter ones first.
  Map<List<String>, Gram> grams() {
    return grams;
  }

  int order() {
    return order;
  }

  Optional<Gram> gram(List<String> words) {
    return Optional.ofNullable(grams.get(words));
  }

  /// The probability of a word behind a history, by way of shorter ones where it has to be; empty
  /// if the model does not know the word.
  OptionalDouble probability(List<String> history, String word) {
    List<String> whole = new ArrayList<>(history);
    whole.add(word);
    Gram known = grams.get(whole);
    if (known != null) {
      return OptionalDouble.of(Math.pow(10, known.log10()));
    }
    if (history.isEmpty()) {
      return OptionalDouble.empty();
    }
    Gram before = grams.get(history);
    Double backOff = before == null ? null : before.backOff();
    double factor = backOff == null ? 1 : Math.pow(10, backOff);
    OptionalDouble shorter = probability(history.subList(1, history.size()), word);
    return shorter.isPresent() ? OptionalDouble.of(factor * shorter.getAsDouble()) : shorter;
  }
}
