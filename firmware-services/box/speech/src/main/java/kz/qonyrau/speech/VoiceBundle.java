package kz.qonyrau.speech;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// RHVoice with its voices in one directory, as `appliance-image/voices-bundle/make` puts it
/// together: program, loader, libraries, data, and `voices.conf`, which lists the voices. Nothing
/// of it needs to be installed.
final class VoiceBundle {

  private static final Map<String, Locale> LANGUAGES =
      Map.of("Russian", Locale.of("ru"), "English", Locale.of("en"));

  /// The voice's name becomes an argument and part of a path.
  private static final Pattern LINE =
      Pattern.compile("(?<voice>[a-z][a-z-]*)\\s+(?<language>\\w+)\\s+(?<timbre>female|male)");

  private VoiceBundle() {}

  /// The voices of a bundle, in the order of `voices.conf`.
  ///
  /// @throws IllegalArgumentException if the directory is not a bundle of voices; the message names
  ///   the file and, where there is one, the line
  static List<ProgramVoice> voices(Path bundle) {
    Path directory = bundle.toAbsolutePath().normalize();
    for (String file : List.of("bin/RHVoice-test", "lib/ld-linux-x86-64.so.2", "data", "config")) {
      if (!Files.exists(directory.resolve(file))) {
        throw new IllegalArgumentException(
            "not a bundle of voices: " + directory.resolve(file) + " is missing");
      }
    }
    List<ProgramVoice> voices = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int number = 0;
    for (String line : lines(directory.resolve("voices.conf"))) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      VoiceProfile profile = profile(line, directory.resolve("voices.conf") + ":" + number);
      if (!Files.isDirectory(directory.resolve("data/voices").resolve(profile.name()))) {
        throw new IllegalArgumentException(
            "not a bundle of voices: there is no data for the voice '" + profile.name() + "'");
      }
      if (!seen.add(profile.id())) {
        throw new IllegalArgumentException("the voice '" + profile.name() + "' is listed twice");
      }
      voices.add(new ProgramVoice(profile, command(directory, profile.name())));
    }
    return voices;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private static VoiceProfile profile(String line, String where) {
    Matcher fields = LINE.matcher(line.strip());
    Locale language = fields.matches() ? LANGUAGES.get(fields.group("language")) : null;
    if (language == null) {
      throw new IllegalArgumentException(
          where
              + ": a line is a voice, Russian or English, and female or male; not '"
              + line.strip()
              + "'");
    }
    String name = fields.group("voice");
    return new VoiceProfile(
        "rhvoice-" + name,
        language,
        Timbre.valueOf(fields.group("timbre").toUpperCase(Locale.ROOT)),
        name,
        "RHVoice");
  }

  private static List<String> command(Path bundle, String voice) {
    Path libraries = bundle.resolve("lib");
    return List.of(
        "env",
        "RHVOICE_DATA_PATH=" + bundle.resolve("data"),
        "RHVOICE_CONFIG_PATH=" + bundle.resolve("config"),
        libraries.resolve("ld-linux-x86-64.so.2").toString(),
        "--inhibit-cache",
        "--library-path",
        libraries.toString(),
        bundle.resolve("bin/RHVoice-test").toString(),
        "-p",
        voice,
        "-o",
        "-");
  }
}
