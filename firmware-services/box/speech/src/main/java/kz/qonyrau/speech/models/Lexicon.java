package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/// The words that a model knows, and how each is said; no way to say a word stands there twice.
///
/// @param ways in no particular order
record Lexicon(SequencedSet<Pronunciation> ways) {

  private static final int MOST = 2_000_000;
  private static final int LONGEST_WORD = 100;
  private static final Set<String> RESERVED = Set.of("[unk]", "<s>", "</s>", "<eps>");

  /// Reads `lexicon.txt`: `word TAB phones`, the phones separated by one space, one line for each
  /// way to say a word.
  ///
  /// @throws ModelRefusedException naming the line if it is not such a list
  static Lexicon read(SourceText text, Phones phones) {
    SequencedSet<Pronunciation> ways = new LinkedHashSet<>();
    int number = 0;
    for (String line : text.lines()) {
      number++;
      if (number > MOST) {
        throw text.wrong("more than " + MOST + " lines");
      }
      int tab = line.indexOf('\t');
      if (tab < 1) {
        throw text.wrong(number, "expected a word, a TAB and phones");
      }
      String word = line.substring(0, tab);
      if (!isWord(word)) {
        throw text.wrong(number, "not a word: '" + SourceText.shortened(word) + "'");
      }
      List<String> said = List.of(line.substring(tab + 1).split(" ", -1));
      for (String phone : said) {
        if (!phones.knows(phone)) {
          throw text.wrong(number, "no phone of this model: '" + SourceText.shortened(phone) + "'");
        }
      }
      if (said.size() > Pronunciation.MOST_PHONES) {
        throw text.wrong(number, "more than " + Pronunciation.MOST_PHONES + " phones");
      }
      ways.add(new Pronunciation(word, said));
    }
    if (ways.isEmpty()) {
      throw text.wrong("holds no words");
    }
    return new Lexicon(ways);
  }

  /// Whether a text can stand in a word list of Kaldi's without being taken for something else.
  static boolean isWord(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_WORD
        && !RESERVED.contains(text)
        && !text.startsWith("#")
        && text.codePoints().noneMatch(Lexicon::isBlank);
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /// The words, each once.
  Set<String> words() {
    return ways.stream().map(Pronunciation::word).collect(Collectors.toSet());
  }

  /// This lexicon with more ways to say words.
  Lexicon with(Collection<Pronunciation> more) {
    SequencedSet<Pronunciation> all = new LinkedHashSet<>(ways);
    all.addAll(more);
    return new Lexicon(all);
  }

  /// The words in the order of their letters.
  List<String> sortedWords() {
    List<String> sorted = new ArrayList<>(words());
    sorted.sort(null);
    return sorted;
  }
}
