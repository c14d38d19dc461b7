package kz.qonyrau.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The words of a file that people take away, in one of the languages of the pages.
final class FileWords {

  private final Properties words = new Properties();

  /// @param kind what kind of file, such as `statement`
  /// @param language `ru`, `kk` or `en`
  FileWords(String kind, String language) {
    String resource = "/" + kind + "/" + language + ".properties";
    try (InputStream file = FileWords.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalArgumentException("no words of " + kind + " in " + language);
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
