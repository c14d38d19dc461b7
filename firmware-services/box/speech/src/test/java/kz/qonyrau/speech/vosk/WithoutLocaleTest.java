package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A bare machine has no locale, and so has a program that was started by something which passes
/// none on. Cyrillic words have to survive both ways through native code all the same.
@Timeout(120)
@Tag("AC-STT-01")
class WithoutLocaleTest {

  @TempDir Path directory;

  @Test
  void understandsRussianInAProcessWithoutLocale() throws Exception {
    Path understood = directory.resolve("understood");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Listener.class.getName(),
            understood.toString(),
            directory.resolve("scratch").toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    builder.environment().put("LC_ALL", "POSIX");
    Path log = directory.resolve("log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(90, TimeUnit.SECONDS);
    process.destroyForcibly();

    assertThat(ended).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readAllLines(understood)).containsExactly("семь", "семь", "ANSI_X3.4-1968");
  }

  /// Prints what it understood of the word "seven": with the whole vocabulary, then with a list.
  static final class Listener {

    private Listener() {}

    public static void main(String[] arguments) throws Exception {
      Locale russian = Locale.of("ru");
      byte[] seven = Prompts.joined(Prompts.human("seven"), Prompts.silence(Duration.ofSeconds(1)));
      List<String> understood = new ArrayList<>();
      try (VoskRecognizer recognizer =
          new VoskRecognizer(
              Map.of(russian, Path.of("models/ru-starter-8k")),
              VoskSettings.usual(),
              Path.of(arguments[1]))) {
        for (Optional<List<String>> phrases :
            List.of(Optional.<List<String>>empty(), Optional.of(List.of("семь", "среда")))) {
          Listening listening =
              recognizer.listen(new ListeningRequest(CallId.random(), russian, phrases), _ -> {});
          listening.feed(seven);
          understood.add(listening.finish().await(60, TimeUnit.SECONDS).text());
        }
      }
      understood.add(System.getProperty("native.encoding"));
      Files.write(Path.of(arguments[0]), understood);
    }
  }
}
