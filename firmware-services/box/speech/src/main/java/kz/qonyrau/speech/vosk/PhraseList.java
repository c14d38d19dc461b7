package kz.qonyrau.speech.vosk;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The phrases that a step of a dialogue expects, checked so that the native library can take them.
///
/// An empty or malformed list kills the process, and a word that the model does not know would be
/// left out without a word; here both are refused. Each phrase is offered in every spelling of ё
/// and е that the model knows, and what was heard is compared without regard to it.
final class PhraseList {

  static final int MOST_PHRASES = 2000;
  static final int LONGEST_PHRASE = 200;

  private static final int MOST_SPELLINGS = 32;

  private final String grammar;
  private final Map<String, String> byFolded;

  private PhraseList(String grammar, Map<String, String> byFolded) {
    this.grammar = grammar;
    this.byFolded = byFolded;
  }

  /// Takes the phrases of one request.
  ///
  /// @throws IllegalArgumentException naming what is wrong: no phrases, too many, an empty or
  ///   overlong one, a character that is no letter, or words that the model does not know
  static PhraseList of(List<String> phrases, Vocabulary vocabulary) {
    if (phrases.isEmpty() || phrases.size() > MOST_PHRASES) {
      throw new IllegalArgumentException(
          "a phrase list has 1 to " + MOST_PHRASES + " phrases, not " + phrases.size());
    }
    Set<String> unknown = unknownWords(phrases, vocabulary);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "the speech model does not know: "
              + unknown.stream().limit(20).collect(Collectors.joining(", ")));
    }
    Map<String, String> byFolded = new HashMap<>();
    Set<String> offered = new LinkedHashSet<>();
    for (String phrase : phrases) {
      List<String> words = words(phrase);
      byFolded.putIfAbsent(Vocabulary.fold(String.join(" ", words)), phrase.strip());
      offered.addAll(inAllSpellings(words, vocabulary));
    }
    if (vocabulary.rejects()) {
      offered.add(Vocabulary.UNKNOWN);
    }
    return new PhraseList(new JsonArray(new ArrayList<>(offered)).encode(), byFolded);
  }

  /// The words that no spelling of is in the vocabulary, in the order in which they come.
  ///
  /// @throws IllegalArgumentException if a phrase is malformed
  static Set<String> unknownWords(List<String> phrases, Vocabulary vocabulary) {
    Set<String> unknown = new LinkedHashSet<>();
    for (String phrase : phrases) {
      for (String word : words(phrase)) {
        if (vocabulary.spellings(word).isEmpty()) {
          unknown.add(word);
        }
      }
    }
    return unknown;
  }

  /// The list as the native library takes it: a JSON array of strings that is never empty.
  String grammar() {
    return grammar;
  }

  /// The phrase that was heard, as it was written in the list; empty if it was none of them. Words
  /// of the list in another order, or beside words that are not in it, are none of them.
  Optional<String> match(String heard) {
    return Optional.ofNullable(byFolded.get(Vocabulary.fold(heard)));
  }

  private static List<String> words(String phrase) {
    if (phrase.length() > LONGEST_PHRASE) {
      throw new IllegalArgumentException(
          "a phrase has at most " + LONGEST_PHRASE + " characters, not " + phrase.length());
    }
    if (!phrase.codePoints().allMatch(PhraseList::belongsInPhrase)) {
      throw new IllegalArgumentException(
          "a phrase is made of letters, hyphens, apostrophes and spaces: '"
              + printable(phrase)
              + "'");
    }
    String plain = phrase.strip();
    if (plain.isEmpty()) {
      throw new IllegalArgumentException("a phrase is empty");
    }
    return List.of(plain.toLowerCase(Locale.ROOT).split(" +"));
  }

  private static boolean belongsInPhrase(int c) {
    return Character.isLetter(c) || c == '-' || c == '\'' || c == ' ';
  }

  private static String printable(String phrase) {
    return phrase.replaceAll("\\p{Cntrl}", "?");
  }

  private static List<String> inAllSpellings(List<String> words, Vocabulary vocabulary) {
    List<String> all = List.of("");
    for (String word : words) {
      List<String> longer = new ArrayList<>();
      for (String start : all) {
        for (String spelling : vocabulary.spellings(word)) {
          if (longer.size() < MOST_SPELLINGS) {
            longer.add(start.isEmpty() ? spelling : start + " " + spelling);
          }
        }
      }
      all = longer;
    }
    return all;
  }
}
