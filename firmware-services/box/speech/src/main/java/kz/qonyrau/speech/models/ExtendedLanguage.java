package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kz.qonyrau.speech.models.Arpa.Gram;

/// A language model to which a customer's words and phrases were added, so that its probabilities
/// still sum to one where they did.
///
/// An own word of weight 1 is as likely as one word of V, where V is how many the model knew. All
/// own words together get at most half of what there is; the others give way in proportion. Once a
/// word of a phrase was heard, half of what comes next is what phrases go on with; an utterance
/// begins with a phrase as often as with ten average words for each, at most in one of five.
final class ExtendedLanguage {

  private static final double MOST_FOR_WORDS = 0.5;
  private static final double MOST_FOR_BEGINNINGS = 0.2;
  private static final double BEGINNING = 10;
  private static final double GOING_ON = 0.5;
  private static final double NEVER = -99;

  private final Arpa base;
  private final OwnWords own;
  private final Map<List<String>, Gram> singles = new LinkedHashMap<>();

  /// By the first word.
  private final Map<String, Map<String, Gram>> pairs = new LinkedHashMap<>();

  private final double average;

  private ExtendedLanguage(Arpa base, OwnWords own) {
    this.base = base;
    this.own = own;
    long known = base.grams().keySet().stream().filter(ExtendedLanguage::isWord).count();
    this.average = 1.0 / Math.max(1, known);
  }

  /// @param sayable the words of the lexicon, own ones included
  /// @throws ModelRefusedException if a phrase has a word that is neither the model's nor an own
  ///   one
  static Arpa of(Arpa base, OwnWords own, Set<String> sayable) {
    ExtendedLanguage language = new ExtendedLanguage(base, own);
    language.requireKnown(sayable);
    language.addWords();
    language.addPhrases();
    Map<List<String>, Gram> all = new LinkedHashMap<>(language.singles);
    language.pairs.forEach(
        (first, behind) -> behind.forEach((second, gram) -> all.put(List.of(first, second), gram)));
    base.grams()
        .forEach((words, gram) -> {
          if (words.size() > 2) {
            all.put(words, gram);
          }
        });
    return new Arpa(all);
  }

  private static boolean isWord(List<String> words) {
    return words.size() == 1
        && !words.getFirst().equals(Arpa.BEGIN)
        && !words.getFirst().equals(Arpa.END);
  }

  private void requireKnown(Set<String> sayable) {
    Set<String> ownWords = new HashSet<>();
    own.words().forEach(each -> ownWords.add(each.word()));
    Set<String> unknown = new TreeSet<>();
    for (String phrase : own.phrases()) {
      for (String word : phrase.split(" ", -1)) {
        boolean known =
            ownWords.contains(word)
                || (sayable.contains(word) && base.gram(List.of(word)).isPresent());
        if (!known) {
          unknown.add(word);
        }
      }
    }
    if (!unknown.isEmpty()) {
      throw new ModelRefusedException(
          ModelFault.BAD_WORD,
          "phrases hold words that the model does not know; add them as own words: "
              + SourceText.shortened(String.join(", ", unknown)));
    }
  }

  private void addWords() {
    double wanted = own.words().stream().mapToDouble(each -> each.weight() * average).sum();
    double share = Math.min(MOST_FOR_WORDS, wanted);
    Map<String, Double> added = new LinkedHashMap<>();
    for (OwnWord each : own.words()) {
      added.put(each.word(), each.weight() * average * share / wanted);
    }
    base.grams()
        .forEach((words, gram) -> {
          if (words.size() == 1) {
            singles.put(words, mixed(words.getFirst(), gram, share, added));
          }
        });
    added.forEach((word, probability) ->
        singles.putIfAbsent(List.of(word), new Gram(Math.log10(probability), null)));
  }

  private static Gram mixed(String word, Gram gram, double share, Map<String, Double> added) {
    if (word.equals(Arpa.BEGIN) || share == 0) {
      return gram;
    }
    double probability = (1 - share) * Math.pow(10, gram.log10()) + added.getOrDefault(word, 0.0);
    return new Gram(Math.log10(Math.max(probability, 1e-99)), gram.backOff());
  }

  private void addPhrases() {
    base.grams()
        .forEach((words, gram) -> {
          if (words.size() == 2) {
            behind(words.getFirst()).put(words.getLast(), gram);
          }
        });
    double beginnings = Math.min(MOST_FOR_BEGINNINGS, BEGINNING * own.phrases().size() * average);
    successors()
        .forEach((history, next) ->
            mix(history, next, history.equals(Arpa.BEGIN) ? beginnings : GOING_ON));
  }

  /// What follows what in the phrases, and how often.
  private Map<String, Map<String, Integer>> successors() {
    Map<String, Map<String, Integer>> successors = new LinkedHashMap<>();
    for (String phrase : own.phrases()) {
      List<String> words = new ArrayList<>();
      words.add(Arpa.BEGIN);
      words.addAll(List.of(phrase.split(" ", -1)));
      words.add(Arpa.END);
      for (int i = 1; i < words.size(); i++) {
        successors
            .computeIfAbsent(words.get(i - 1), _ -> new LinkedHashMap<>())
            .merge(words.get(i), 1, Integer::sum);
      }
    }
    return successors;
  }

  private void mix(String history, Map<String, Integer> next, double share) {
    Gram before = singles.getOrDefault(List.of(history), new Gram(NEVER, null));
    Double given = before.backOff();
    double backOff = given == null ? 1 : Math.pow(10, given);
    double count = next.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, Gram> behind = behind(history);
    Map<String, Double> probabilities = new LinkedHashMap<>();
    behind.forEach((word, gram) -> probabilities.put(word, Math.pow(10, gram.log10())));
    next.keySet().forEach(word -> probabilities.computeIfAbsent(word, _ -> backOff * single(word)));
    probabilities.forEach((word, probability) -> {
      double mixed = (1 - share) * probability + share * next.getOrDefault(word, 0) / count;
      Gram old = behind.get(word);
      behind.put(
          word,
          new Gram(Math.log10(Math.clamp(mixed, 1e-99, 1.0)), old == null ? null : old.backOff()));
    });
    singles.put(List.of(history), new Gram(before.log10(), Math.log10(backOff * (1 - share))));
  }

  private Map<String, Gram> behind(String first) {
    return pairs.computeIfAbsent(first, _ -> new LinkedHashMap<>());
  }

  private double single(String word) {
    Gram gram = singles.get(List.of(word));
    return gram == null ? 0 : Math.pow(10, gram.log10());
  }
}
