package kz.qonyrau.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The words of a statement's file in one of the languages of the pages.
final class StatementWords {

  private final Properties words = new Properties();

  /// @param language `ru`, `kk` or `en`
  StatementWords(String language) {
    String resource = "/statement/" + language + ".properties";
    try (InputStream file = StatementWords.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalArgumentException("no words in " + language);
      }
      words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  String of(String key) {
    String word = words.getProperty(key);
    if (word == null) {
      throw new IllegalArgumentException("no word for " + key);
    }
    return word;
  }

  /// For a code that may be newer than the words.
  String of(String key, String otherwise) {
    return words.getProperty(key, otherwise);
  }
}
