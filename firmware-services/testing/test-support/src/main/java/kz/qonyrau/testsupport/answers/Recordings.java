package kz.qonyrau.testsupport.answers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asterisk's prompts in WAV, as Debian packages them.
///
/// @param directories by language; empty for none
public record Recordings(Map<String, Path> directories) {

  private static final Pattern SOUND = Pattern.compile("\\{sound (\\w+) ([\\w/-]+)}");

  public Recordings {
    directories = Map.copyOf(directories);
  }

  /// No recordings; scripts that use them are left out.
  public static Recordings none() {
    return new Recordings(Map.of());
  }

  boolean have(Script script) {
    Matcher matcher = SOUND.matcher(script.text());
    while (matcher.find()) {
      Path directory = directories.get(matcher.group(1));
      if (directory == null || !Files.exists(directory.resolve(matcher.group(2) + ".wav"))) {
        return false;
      }
    }
    return true;
  }

  double[] samples(String language, String name) {
    Path directory = directories.get(language);
    if (directory == null) {
      throw new IllegalArgumentException("no recordings in " + language);
    }
    try {
      byte[] wav = Files.readAllBytes(directory.resolve(name + ".wav"));
      return Studio.samples(Arrays.copyOfRange(wav, Math.min(44, wav.length), wav.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
