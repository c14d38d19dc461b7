package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.models.ToyModel;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models whose words stand inside the graph and nowhere else, as in those that Vosk's makers give
/// out. OpenFst's own program puts them there.
@Timeout(120)
@Tag("AC-STT-01")
class SymbolTableTest {

  @TempDir Path directory;

  private Path model = Path.of("");
  private Path graph = Path.of("");

  @BeforeEach
  void moveTheWordsIntoTheGraph() throws Exception {
    model = ToyModel.write(directory.resolve("model"));
    Path list = model.resolve("graph/words.txt");
    graph = model.resolve("graph/Gr.fst");
    Path with = directory.resolve("with.fst");
    Process process =
        new ProcessBuilder(
                "fstsymbols",
                "--isymbols=" + list,
                "--osymbols=" + list,
                graph.toString(),
                with.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    Files.move(with, graph, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(list);
  }

  @Test
  void wordsInTheGraphAreKnownAndUnderstood() throws Exception {
    assertThat(ModelDirectory.check(model).vocabulary().size()).isEqualTo(5);
    assertThat(ModelDirectory.check(model).vocabulary().rejects()).isTrue();
    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(Locale.of("ru"), model),
            new Limits().settings(),
            directory.resolve("scratch"))) {
      Listening listening =
          recognizer.listen(
              new ListeningRequest(
                  CallId.random(), Locale.of("ru"), Optional.of(List.of("оператор", "да"))),
              _ -> {});
      listening.feed(ToyModel.sayWord("оператор"));
      assertThat(listening.finish().await(60, TimeUnit.SECONDS).text()).isEqualTo("оператор");
    }
  }

  @Test
  void aGraphWithoutWordsHasNone() {
    assertThat(SymbolTable.inside(model.resolve("graph/HCLr.fst"))).isEmpty();
  }

  @Test
  void everyCutOffGraphIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(graph);
    int words = 300;
    for (int length = 0; length < Math.min(words, bytes.length); length++) {
      Files.write(graph, Arrays.copyOf(bytes, length));

      assertThatThrownBy(() -> SymbolTable.inside(graph))
          .isInstanceOf(ModelUnusableException.class)
          .hasMessageContaining("Gr.fst is damaged");
    }
  }

  /// Whatever a damaged file claims, it is refused or read, and costs no more memory than it has.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aDamagedGraphIsRefusedOrHasOtherWords(long seed) throws IOException {
    byte[] bytes = Files.readAllBytes(graph);
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(Math.min(400, damaged.length))] = (byte) random.nextInt(256);
      Files.write(graph, damaged);
      try {
        assertThat(SymbolTable.inside(graph).orElse(List.of())).hasSizeLessThan(1000);
      } catch (ModelUnusableException refused) {
        assertThat(refused).hasMessageContaining("Gr.fst");
      }
    }
  }
}
