package kz.qonyrau.speech.vosk;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The words a model can hear, read from its `graph/words.txt`.
///
/// Words are found with ё folded to е, because a model takes the two spellings for two words and
/// people write either.
public final class Vocabulary {

  /// What a model hears in place of a word that is not in the list.
  static final String UNKNOWN = "[unk]";

  private static final long LARGEST_FILE = 256L << 20;

  private final Map<String, List<String>> spellings;
  private final boolean rejects;

  private Vocabulary(Map<String, List<String>> spellings, boolean rejects) {
    this.spellings = spellings;
    this.rejects = rejects;
  }

  /// Reads a list of the form "word number", one a line.
  ///
  /// @throws ModelUnusableException if the file is not such a list
  static Vocabulary read(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new ModelUnusableException(file + " is larger than " + LARGEST_FILE + " bytes");
      }
      List<String> words = new ArrayList<>();
      int number = 0;
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        int space = line.indexOf(' ');
        if (space < 1 || !isNumber(line.substring(space + 1).strip())) {
          throw new ModelUnusableException(
              file + ", line " + number + ": expected a word, a space and a number");
        }
        words.add(line.substring(0, space));
      }
      return of(words, file);
    } catch (CharacterCodingException e) {
      throw new ModelUnusableException(file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new ModelUnusableException("cannot read " + file, e);
    }
  }

  /// Takes the words of a list.
  ///
  /// @param file where they were found, for complaints
  /// @throws ModelUnusableException if there are none
  static Vocabulary of(List<String> words, Path file) {
    Map<String, List<String>> spellings = new HashMap<>();
    boolean rejects = false;
    for (String word : words) {
      if (word.equals(UNKNOWN)) {
        rejects = true;
      } else if (!word.isEmpty() && Character.isLetterOrDigit(word.codePointAt(0))) {
        spellings.merge(fold(word), List.of(word), Vocabulary::joined);
      }
    }
    if (spellings.isEmpty()) {
      throw new ModelUnusableException(file + " holds no words");
    }
    return new Vocabulary(spellings, rejects);
  }

  /// How the model spells the word: no, one or more ways.
  public List<String> spellings(String word) {
    return spellings.getOrDefault(fold(word), List.of());
  }

  /// Whether the model can say that it heard something else than was listed.
  public boolean rejects() {
    return rejects;
  }

  /// How many words there are, ё and е not told apart.
  public int size() {
    return spellings.size();
  }

  /// Lower case, with ё folded to е.
  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ё', 'е');
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
