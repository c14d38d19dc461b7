package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.speech.ExternalProgram;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Own words on the model that the box ships: the real espeak-ng, OpenFst and Vosk.
@Timeout(240)
@Tag("AC-STT-01")
class StarterWordsTest {

  private static final Path STARTER = Path.of("models/ru-starter-8k");
  private static final long MOST_BYTES = 12_000_000;

  private static final OwnWords OWN =
      new OwnWords(
          List.of(
              new OwnWord("қоңырау", List.of("конырау"), 1),
              OwnWord.of("альфатрейд"),
              new OwnWord("kaspi", List.of("каспи"), 1),
              new OwnWord("жсн", List.of("жэ эс эн", "жээсэн"), 1)),
          List.of("служба альфатрейд"));

  @TempDir static Path directory;

  private static Path extended = Path.of("");

  @BeforeAll
  static void addWords() throws Exception {
    extended = directory.resolve("extended");
    new ModelExtension(OpenFst.find()).extend(STARTER, OWN, extended);
  }

  @Test
  void theShippedGraphIsMadeOfTheShippedSourcesByteForByte() throws Exception {
    ModelSources sources = ModelSources.read(STARTER);
    Path graph = directory.resolve("graph");

    new GraphBuilder(OpenFst.find())
        .build(
            sources.phones(), sources.lexicon(), sources.language(), sources.unknownCost(), graph);

    assertThat(ToyModel.content(graph)).isEqualTo(ToyModel.content(STARTER.resolve("graph")));
  }

  @Test
  void theShippedModelStaysSmall() throws Exception {
    assertThat(Trees.bytes(STARTER)).isLessThan(MOST_BYTES);
  }

  @Test
  void ownWordsAreUnderstoodInAPhraseListAndTheOthersStillAre() throws Exception {
    List<String> answers =
        List.of("қоңырау", "альфатрейд", "kaspi", "служба альфатрейд", "да", "нет", "перезвоните");
    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(Locale.of("ru"), extended),
            VoskSettings.usual(),
            directory.resolve("scratch"))) {
      assertThat(recognizer.unknownWords(Locale.of("ru"), answers)).isEmpty();
      assertThat(heard(recognizer, answers, "конырау")).isEqualTo("қоңырау");
      assertThat(heard(recognizer, answers, "альфатрейд")).isEqualTo("альфатрейд");
      assertThat(heard(recognizer, answers, "каспи")).isEqualTo("kaspi");
      assertThat(heard(recognizer, answers, "служба альфатрейд")).isEqualTo("служба альфатрейд");
      assertThat(heard(recognizer, answers, "перезвоните")).isEqualTo("перезвоните");
      assertThat(heard(recognizer, answers, "нет")).isEqualTo("нет");
      assertThat(GraphBuilderTest.heard(recognizer, Optional.empty(), say("служба альфатрейд")))
          .isEqualTo("служба альфатрейд");
    }
  }

  @Test
  void theStarterItselfKnowsNoneOfThem() {
    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(Locale.of("ru"), STARTER), VoskSettings.usual(), directory.resolve("plain"))) {
      assertThat(
              recognizer.unknownWords(
                  Locale.of("ru"), List.of("қоңырау", "альфатрейд", "kaspi", "жсн", "да")))
          .containsExactly("қоңырау", "альфатрейд", "kaspi", "жсн");
    }
  }

  @Test
  void aNewListStartsFromTheSameSources() {
    assertThat(OwnWordsFile.read(extended)).isEqualTo(OWN);
    assertThat(extended.resolve("lm/lexicon.txt.gz"))
        .hasSameBinaryContentAs(STARTER.resolve("lm/lexicon.txt.gz"));
  }

  private static String heard(VoskRecognizer recognizer, List<String> answers, String said)
      throws Exception {
    return GraphBuilderTest.heard(recognizer, Optional.of(answers), say(said));
  }

  /// Telephone audio of a synthetic voice, with silence around it.
  private static byte[] say(String text) throws Exception {
    byte[] input = text.getBytes(StandardCharsets.UTF_8);
    byte[] wav =
        run(
            List.of("espeak-ng", "-b", "1", "-v", "ru+m3", "-s", "140", "--stdin", "--stdout"),
            input);
    return run(
        List.of(
            "sox",
            "-R",
            "-V1",
            "-t",
            "wav",
            "--ignore-length",
            "-",
            "-t",
            "raw",
            "-r",
            "8000",
            "-e",
            "signed-integer",
            "-b",
            "16",
            "-c",
            "1",
            "-L",
            "-",
            "gain",
            "-6",
            "rate",
            "8000",
            "pad",
            "0.5",
            "0.8"),
        wav);
  }

  private static byte[] run(List<String> command, byte[] input) throws Exception {
    ExternalProgram.Output output =
        ExternalProgram.run(command, input, 4 << 20, Duration.ofSeconds(30));
    assertThat(output.succeeded()).as(output.complaint()).isTrue();
    return output.bytes();
  }
}
