package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.Prompts;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real OpenFst and, behind it, the real library: a graph is right if it is understood.
@Timeout(120)
@Tag("AC-STT-01")
class GraphBuilderTest {

  private static final Locale TONES = Locale.of("ru");

  @TempDir Path directory;

  @Test
  void whatItBuildsIsUnderstoodObeysListsAndRejects() throws Exception {
    Path model = ToyModel.write(directory.resolve("model"));

    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(TONES, model), VoskSettings.usual(), directory.resolve("scratch"))) {
      for (String word : List.of("да", "нет", "один", "два", "оператор")) {
        assertThat(heard(recognizer, Optional.empty(), ToyModel.sayWord(word))).isEqualTo(word);
      }
      assertThat(heard(recognizer, Optional.empty(), ToyModel.say("A C", "B D A", "A B")))
          .isEqualTo("один два да");

      Optional<List<String>> answers = Optional.of(List.of("да", "нет"));
      assertThat(heard(recognizer, answers, ToyModel.sayWord("нет"))).isEqualTo("нет");
      assertThat(heard(recognizer, answers, ToyModel.sayWord("оператор"))).isEmpty();
      assertThat(heard(recognizer, answers, ToyModel.say("D C A B D"))).isEmpty();
      assertThat(heard(recognizer, answers, Prompts.silence(Duration.ofSeconds(2)))).isEmpty();
    }
  }

  @Test
  void oneSoundHasAWordOfItsOwnAndHomophonesAreToldApartByTheList() throws Exception {
    Path model =
        ToyModel.write(
            directory.resolve("model"), 8000, "э\tD\nкод\tA B C\nкот\tA B C\nкто\tA B\n");

    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(TONES, model), VoskSettings.usual(), directory.resolve("scratch"))) {
      assertThat(heard(recognizer, Optional.empty(), ToyModel.say("D"))).isEqualTo("э");
      assertThat(heard(recognizer, Optional.of(List.of("код")), ToyModel.say("A B C")))
          .isEqualTo("код");
      assertThat(heard(recognizer, Optional.of(List.of("кот")), ToyModel.say("A B C")))
          .isEqualTo("кот");
    }
  }

  @Test
  void theWordListHasTheNumbersOfTheGraph() throws Exception {
    Path graph = ToyModel.write(directory.resolve("model")).resolve("graph");

    List<String> words = Files.readAllLines(graph.resolve("words.txt"));

    assertThat(words).hasSize(7).first().isEqualTo("<eps> 0");
    assertThat(words.stream().map(line -> line.substring(0, line.indexOf(' '))))
        .contains("да", "нет", "один", "два", "оператор", "[unk]");
    String unknown =
        words.stream().filter(line -> line.startsWith("[unk] ")).findFirst().orElseThrow();
    assertThat(printed(graph.resolve("Gr.fst")))
        .as("[unk] is not in G")
        .noneMatch(arc -> arc.endsWith("\t" + unknown.substring(6)));
    assertThat(
            printed(graph.resolve("Gr.fst")).stream().filter(arc -> arc.split("\t", -1).length > 3))
        .as("both sides of G have the same numbers")
        .isNotEmpty()
        .allMatch(arc -> arc.split("\t", -1)[2].equals(arc.split("\t", -1)[3]));
    assertThat(Files.readAllLines(graph.resolve("phones/word_boundary.int")))
        .startsWith("1 nonword", "2 begin", "3 internal", "4 end", "5 singleton", "6 begin")
        .hasSize(17);
    assertThat(graph.resolve("disambig_tid.int")).isEmptyFile();
    assertThat(Trees.files(graph)).hasSize(5);
  }

  @Test
  void leavesNothingBehindWhenItFails() throws Exception {
    Phones phones = HclGraphTest.phones("SIL", "A");
    Lexicon lexicon = Lexicon.read(new SourceText(Path.of("lexicon.txt"), List.of("а\tA")), phones);
    Arpa foreign =
        GrammarGraphTest.arpa("\\data\\\nngram 1=2\n\\1-grams:\n-1\tчужое\n-1\t</s>\n\\end\\\n");
    GraphBuilder builder = new GraphBuilder(OpenFst.find());
    Path graph = directory.resolve("graph");

    assertThatThrownBy(() -> builder.build(phones, lexicon, foreign, 2.5, graph))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("no word of the language model is in the lexicon");
    assertThat(directory).isEmptyDirectory();

    assertThatThrownBy(() -> builder.build(phones, lexicon, foreign, Double.NaN, graph))
        .isInstanceOf(IllegalArgumentException.class);
    Files.createDirectory(graph);
    assertThatThrownBy(() -> builder.build(phones, lexicon, foreign, 2.5, graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("something already");
  }

  @Test
  void findsTheLibraryOfAnyProcessor() throws IOException {
    Path arm = directory.resolve("usr/lib/aarch64-linux-gnu/libfstlookahead.so.22");
    Files.createDirectories(arm.getParent());
    assertThatThrownBy(() -> OpenFst.find(directory))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("libfst-tools");

    Files.createFile(arm);

    assertThat(OpenFst.find(directory).lookahead()).isEqualTo(arm);
  }

  private static List<String> printed(Path fst) throws Exception {
    Process process = new ProcessBuilder("fstprint", fst.toString()).start();
    return process.inputReader().readAllLines();
  }

  static String heard(VoskRecognizer recognizer, Optional<List<String>> phrases, byte[] audio)
      throws Exception {
    Listening listening =
        recognizer.listen(new ListeningRequest(CallId.random(), TONES, phrases), _ -> {});
    listening.feed(audio);
    return listening.finish().await(60, TimeUnit.SECONDS).text().replace('\n', ' ');
  }
}
