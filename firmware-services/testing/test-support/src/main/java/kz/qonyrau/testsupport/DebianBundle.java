package kz.qonyrau.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the product takes out of Debian's packages, as `test-here` made it before the tests began.
public final class DebianBundle {

  private DebianBundle() {}

  /// Asterisk with its modules and sounds.
  ///
  /// @throws IllegalStateException if it was not made; the message names the command
  public static Path asterisk() {
    return find("QONYRAU_ASTERISK_BUNDLE", "asterisk-bundle");
  }

  /// RHVoice with its voices.
  ///
  /// @throws IllegalStateException if it was not made; the message names the command
  public static Path voices() {
    return find("QONYRAU_VOICES_BUNDLE", "voices-bundle");
  }

  private static Path find(String variable, String name) {
    Path make =
        Path.of(System.getProperty("qonyrau.root", "../../.."))
            .resolve("appliance-image")
            .resolve(name)
            .resolve("make")
            .toAbsolutePath()
            .normalize();
    String told = System.getenv().getOrDefault(variable, "");
    Path bundle = Path.of(told.isEmpty() ? output(make.toString(), "--print-path") : told);
    if (!Files.exists(bundle.resolve("inputs"))) {
      throw new IllegalStateException("there is no " + name + " at " + bundle + "; run " + make);
    }
    return bundle;
  }

  private static String output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot run " + String.join(" ", command), failure);
    }
  }
}
