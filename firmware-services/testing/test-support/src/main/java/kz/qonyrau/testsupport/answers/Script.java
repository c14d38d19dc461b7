package kz.qonyrau.testsupport.answers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One line of `answers/scripts.tsv`, which says how it is to be read.
///
/// @param test whether it is for testing; the others are for tuning
/// @param reason of an announcement, else empty
/// @param text words, pauses and signals
public record Script(boolean test, Label label, String reason, Locale language, String text) {

  /// All of them, in the order of the file.
  public static List<Script> all() {
    List<Script> scripts = new ArrayList<>();
    try (InputStream in = Script.class.getResourceAsStream("/answers/scripts.tsv")) {
      if (in == null) {
        throw new IllegalStateException("answers/scripts.tsv is not on the class path");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#") && !line.isBlank()) {
          scripts.add(parsed(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(scripts);
  }

  private static Script parsed(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "a script has 5 fields between tabs, not " + fields.length + ": " + line);
    }
    return new Script(
        fields[0].equals("test"),
        Label.valueOf(fields[1].toUpperCase(Locale.ROOT)),
        fields[2],
        Locale.of(fields[3]),
        fields[4]);
  }

  /// Whether it plays recordings, whose voice no setting changes.
  public boolean isRecorded() {
    return text.contains("{sound ");
  }

  /// Whether it has words to be synthesised, which another voice would say differently.
  public boolean isSpoken() {
    return text.replaceAll("\\{[^}]*}|\\([0-9]+\\)", "").chars().anyMatch(Character::isLetter);
  }
}
