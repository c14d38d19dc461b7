package kz.qonyrau.speech.answering;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.speech.answering.Phrase.Kind;

/// What networks, machines and people say when they answer.
///
/// Read from tables in UTF-8, a phrase a line: kind, reason of an announcement or nothing, the
/// phrase, and where it is known from, between tabs. Kinds are `human`, `machine`, `announcement`,
/// and `suspect` for what machines say and people hardly ever, which is no proof by itself. A word
/// with a star stands for all words that begin like it. Lines that start with `#` are remarks.
public final class AnswerPhrases {

  private static final List<String> LANGUAGES = List.of("ru", "kk", "en");

  private final List<Phrase> phrases;

  private AnswerPhrases(List<Phrase> phrases) {
    this.phrases = List.copyOf(phrases);
  }

  /// The tables that come with the box: Russian, Kazakh and English.
  public static AnswerPhrases usual() {
    List<Phrase> phrases = new ArrayList<>();
    for (String language : LANGUAGES) {
      String name = language + ".tsv";
      try (InputStream in = AnswerPhrases.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IllegalStateException(name + " is missing among the resources of the box");
        }
        phrases.addAll(read(name, new InputStreamReader(in, StandardCharsets.UTF_8)).phrases);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + name, e);
      }
    }
    return new AnswerPhrases(phrases);
  }

  /// Reads a table.
  ///
  /// @param name for messages
  /// @throws IllegalArgumentException naming the line and the field that is wrong
  /// @throws UncheckedIOException if `table` cannot be read
  public static AnswerPhrases read(String name, Reader table) {
    List<Phrase> phrases = new ArrayList<>();
    int number = 0;
    try {
      BufferedReader lines = new BufferedReader(table);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.startsWith("#") && !line.isBlank()) {
          phrases.add(phrase(line));
        }
      }
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          name + ", line " + number + ": " + wrong.getMessage(), wrong);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
    return new AnswerPhrases(phrases);
  }

  private static Phrase phrase(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException(
          "expected kind, reason, phrase and source between tabs, found "
              + fields.length
              + " fields");
    }
    return new Phrase(
        one(Kind.class, "kind", fields[0]),
        fields[1].isEmpty()
            ? Optional.empty()
            : Optional.of(one(Answer.Reason.class, "reason", fields[1])),
        Words.of(fields[2]));
  }

  private static <E extends Enum<E>> E one(Class<E> all, String field, String written) {
    try {
      return Enum.valueOf(all, written.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "the "
              + field
              + " must be one of "
              + List.of(all.getEnumConstants())
              + ", not '"
              + written
              + "'");
    }
  }

  /// The first phrase of a kind that is in the text, in the order of the tables.
  Optional<Phrase> find(Kind kind, String text) {
    List<String> said = Words.of(text);
    return phrases.stream()
        .filter(phrase -> phrase.kind() == kind && phrase.isIn(said))
        .findFirst();
  }

  /// The words of all phrases, those with a star left out: what a recogniser may be told to expect.
  public List<String> words() {
    return phrases.stream()
        .flatMap(phrase -> phrase.words().stream())
        .filter(word -> !word.endsWith("*"))
        .distinct()
        .toList();
  }

  Stream<Phrase> all() {
    return phrases.stream();
  }
}
