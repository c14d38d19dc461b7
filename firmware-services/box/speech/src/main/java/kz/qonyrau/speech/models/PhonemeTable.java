package kz.qonyrau.speech.models;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the phonemes that espeak-ng writes are reduced to the phones of a model, read from
/// `g2p.tsv`; the package's description says what stands in that file.
final class PhonemeTable {

  private static final int MOST_LINES = 100_000;

  private record Replacement(String text, String other) {}

  private record Variant(String letters, List<String> phones, List<String> other) {}

  private record Beginning(String letters, List<String> phones) {}

  private final Phones phones;
  private final Map<String, List<String>> phonemes = new HashMap<>();
  private final List<Replacement> replacements = new ArrayList<>();
  private final List<Replacement> endings = new ArrayList<>();
  private final Map<String, Set<String>> merges = new HashMap<>();
  private final Map<String, List<List<String>>> words = new LinkedHashMap<>();
  private final List<Variant> variants = new ArrayList<>();
  private final List<Beginning> beginnings = new ArrayList<>();
  private final Set<Integer> dropped = new HashSet<>();
  private String voice = "";
  private boolean longIsOne;

  private PhonemeTable(Phones phones) {
    this.phones = phones;
  }

  /// Reads `g2p.tsv`.
  ///
  /// @throws ModelRefusedException naming the line if it is not such a table
  static PhonemeTable read(SourceText text, Phones phones) {
    PhonemeTable table = new PhonemeTable(phones);
    int number = 0;
    for (String line : text.lines()) {
      number++;
      if (number > MOST_LINES) {
        throw text.wrong("more than " + MOST_LINES + " lines");
      }
      if (!line.isEmpty() && !line.startsWith("#")) {
        table.take(text, number, line.split("\t", -1));
      }
    }
    if (table.voice.isEmpty()) {
      throw text.wrong("lacks the line 'voice'");
    }
    return table;
  }

  private void take(SourceText text, int number, String[] fields) {
    switch (fields[0]) {
      case "voice" -> {
        requireFields(text, number, fields, 2);
        // It becomes an argument of a program.
        if (!fields[1].matches("[a-z][a-z0-9+-]{0,30}") || !voice.isEmpty()) {
          throw text.wrong(number, "expected the name of one voice, such as ru");
        }
        voice = fields[1];
      }
      case "replace" -> {
        requireFields(text, number, fields, 3);
        replacements.add(new Replacement(filled(text, number, fields[1]), fields[2]));
      }
      case "drop" -> {
        requireFields(text, number, fields, 2);
        fields[1].codePoints().forEach(dropped::add);
      }
      case "ending" -> {
        requireFields(text, number, fields, 3);
        endings.add(new Replacement(filled(text, number, fields[1]), fields[2]));
      }
      case "merge" -> {
        requireFields(text, number, fields, 3);
        List<String> into = phones(text, number, fields[1]);
        if (into.size() != 1) {
          throw text.wrong(number, "expected one phone and those that it takes in");
        }
        merges
            .computeIfAbsent(into.getFirst(), _ -> new HashSet<>())
            .addAll(phones(text, number, fields[2]));
      }
      case "long" -> {
        requireFields(text, number, fields, 1);
        longIsOne = true;
      }
      case "word" -> {
        requireFields(text, number, fields, 3);
        if (!Lexicon.isWord(fields[1])) {
          throw text.wrong(number, "not a word: '" + SourceText.shortened(fields[1]) + "'");
        }
        words
            .computeIfAbsent(fields[1], _ -> new ArrayList<>())
            .add(phones(text, number, fields[2]));
      }
      case "also" -> {
        requireFields(text, number, fields, 4);
        variants.add(
            new Variant(
                filled(text, number, fields[1]),
                phones(text, number, fields[2]),
                phones(text, number, fields[3])));
      }
      case "before" -> {
        requireFields(text, number, fields, 3);
        beginnings.add(
            new Beginning(filled(text, number, fields[1]), phones(text, number, fields[2])));
      }
      case "phoneme" -> {
        requireFields(text, number, fields, 3);
        List<String> become = fields[2].isEmpty() ? List.of() : phones(text, number, fields[2]);
        if (phonemes.put(filled(text, number, fields[1]), become) != null) {
          throw text.wrong(number, "the phoneme stands there twice");
        }
      }
      default -> throw text.wrong(number, "unknown: '" + SourceText.shortened(fields[0]) + "'");
    }
  }

  private static void requireFields(SourceText text, int number, String[] fields, int count) {
    if (fields.length != count) {
      throw text.wrong(number, "expected " + count + " fields, found " + fields.length);
    }
  }

  private static String filled(SourceText text, int number, String field) {
    if (field.isEmpty()) {
      throw text.wrong(number, "the second field is empty");
    }
    return field;
  }

  private List<String> phones(SourceText text, int number, String field) {
    List<String> named = List.of(field.split(" ", -1));
    for (String phone : named) {
      if (!phones.knows(phone)) {
        throw text.wrong(number, "no phone of this model: '" + SourceText.shortened(phone) + "'");
      }
    }
    return named;
  }

  /// The voice of espeak-ng whose phonemes these are.
  String voice() {
    return voice;
  }

  /// How a word is said that espeak-ng is not to be asked for; empty if it is.
  List<List<String>> exceptions(String word) {
    return words.getOrDefault(word, List.of());
  }

  /// The ways to say a word, the usual one first; at least one.
  ///
  /// @param phonemesOfWord what espeak-ng wrote for it, with `_` between phonemes
  /// @throws UnsayableException if there is a phoneme that the model has no phone for
  List<List<String>> ways(String word, String phonemesOfWord) throws UnsayableException {
    List<String> usual = reduced(phonemesOfWord);
    List<List<String>> ways = new ArrayList<>();
    ways.add(usual);
    for (Variant variant : variants) {
      int start = usual.size() - variant.phones().size();
      if (word.endsWith(variant.letters())
          && start >= 0
          && usual.subList(start, usual.size()).equals(variant.phones())) {
        List<String> way = new ArrayList<>(usual.subList(0, start));
        way.addAll(variant.other());
        ways.add(way);
      }
    }
    for (Beginning beginning : beginnings) {
      if (word.startsWith(beginning.letters())) {
        List<String> way = new ArrayList<>(beginning.phones());
        way.addAll(usual);
        ways.add(way);
      }
    }
    return ways;
  }

  private List<String> reduced(String phonemesOfWord) throws UnsayableException {
    String whole = phonemesOfWord;
    for (Replacement each : replacements) {
      whole = whole.replace(each.text(), each.other());
    }
    List<String> said = new ArrayList<>();
    for (String phoneme : whole.split("[_ |]+", -1)) {
      String bare = without(phoneme);
      if (!bare.isEmpty() && !bare.equals("-")) {
        phonesOf(bare).forEach(phone -> append(said, phone));
      }
    }
    if (said.isEmpty()) {
      throw new UnsayableException(
          SayingFault.NOTHING, "espeak-ng finds nothing to say in it; write how it is said");
    }
    return said;
  }

  private String without(String phoneme) {
    StringBuilder bare = new StringBuilder();
    phoneme.codePoints().filter(c -> !dropped.contains(c)).forEach(bare::appendCodePoint);
    return bare.toString();
  }

  private List<String> phonesOf(String phoneme) throws UnsayableException {
    List<String> own = listed(phoneme);
    if (own != null) {
      return own;
    }
    for (Replacement ending : endings) {
      if (phoneme.endsWith(ending.text())) {
        String stem = phoneme.substring(0, phoneme.length() - ending.text().length());
        List<String> changed = listed(stem + ending.other());
        if (changed != null) {
          return changed;
        }
      }
    }
    throw new UnsayableException(
        SayingFault.NO_PHONE,
        "the model has no phone for espeak-ng's phoneme '"
            + SourceText.shortened(phoneme)
            + "'; write how it is said with other letters");
  }

  private @Nullable List<String> listed(String phoneme) {
    List<String> become = phonemes.get(phoneme);
    if (become != null) {
      return become;
    }
    return phones.knows(phoneme) ? List.of(phoneme) : null;
  }

  private void append(List<String> said, String phone) {
    if (!said.isEmpty()) {
      String last = said.getLast();
      if (longIsOne && last.equals(phone)) {
        return;
      }
      if (merges.getOrDefault(phone, Set.of()).contains(last)) {
        said.removeLast();
      }
    }
    said.add(phone);
  }
}
