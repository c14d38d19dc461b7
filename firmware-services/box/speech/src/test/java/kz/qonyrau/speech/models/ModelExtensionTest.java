package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real espeak-ng, OpenFst and Vosk, on the language of tones.
@Timeout(120)
@Tag("AC-STT-01")
class ModelExtensionTest {

  private static final OwnWords BANK =
      new OwnWords(
          List.of(new OwnWord("Kaspi", List.of("каспи"), 1), new OwnWord("банк", List.of(), 1)),
          List.of("kaspi банк"));

  @TempDir Path directory;

  private Path base = Path.of("");
  private Path target = Path.of("");

  @BeforeEach
  void writeBase() {
    base = ToyModel.write(directory.resolve("base"));
    target = directory.resolve("target");
  }

  @Test
  void ownWordsAreUnderstoodWithAndWithoutALists() throws Exception {
    extend(BANK);

    try (VoskRecognizer recognizer =
        new VoskRecognizer(
            Map.of(Locale.of("ru"), target), VoskSettings.usual(), directory.resolve("scratch"))) {
      byte[] kaspi = ToyModel.say("A B C D A");
      assertThat(GraphBuilderTest.heard(recognizer, Optional.empty(), kaspi)).isEqualTo("kaspi");
      assertThat(GraphBuilderTest.heard(recognizer, Optional.of(List.of("Kaspi", "да")), kaspi))
          .isEqualTo("Kaspi");
      assertThat(
              GraphBuilderTest.heard(
                  recognizer,
                  Optional.of(List.of("kaspi банк")),
                  ToyModel.say("A B C D A", "D B C A")))
          .isEqualTo("kaspi банк");
      assertThat(GraphBuilderTest.heard(recognizer, Optional.empty(), ToyModel.sayWord("оператор")))
          .isEqualTo("оператор");
    }
  }

  @Test
  void carriesItsSourcesAndItsWordsSoThatAnotherListReplacesThem() throws Exception {
    extend(BANK);
    Path next = directory.resolve("next");

    assertThat(OwnWordsFile.read(target)).isEqualTo(BANK);
    assertThat(target.resolve("lm/lexicon.txt"))
        .hasSameTextualContentAs(base.resolve("lm/lexicon.txt"));
    new ModelExtension(OpenFst.find())
        .extend(target, new OwnWords(List.of(OwnWord.of("касса")), List.of()), next);

    assertThat(Files.readString(next.resolve("graph/words.txt")))
        .contains("касса ", "да ")
        .doesNotContain("kaspi");
  }

  @Test
  void readsPackedSources() throws Exception {
    for (String name : List.of("phones.txt", "lexicon.txt", "lm.arpa", "g2p.tsv")) {
      Path plain = base.resolve("lm").resolve(name);
      try (GZIPOutputStream out =
          new GZIPOutputStream(Files.newOutputStream(base.resolve("lm/" + name + ".gz")))) {
        out.write(Files.readAllBytes(plain));
      }
      Files.delete(plain);
    }

    extend(BANK);

    assertThat(Files.readString(target.resolve("graph/words.txt"))).contains("kaspi ");
  }

  @Test
  void checksumsAreThoseOfTheNewFiles() throws Exception {
    Files.writeString(base.resolve("SHA256SUMS"), "0".repeat(64) + "  graph/words.txt\n");

    extend(BANK);

    assertThat(Files.readString(target.resolve("SHA256SUMS")))
        .doesNotContain("0".repeat(64))
        .contains("  am/final.mdl\n", "  lm/own-words.json\n", "  graph/HCLr.fst\n");
  }

  @ParameterizedTest
  @CsvSource({
    "lm/phones.txt,  lacks phones.txt",
    "lm/lexicon.txt, lacks lexicon.txt",
    "lm/lm.arpa,     lacks lm.arpa",
    "lm/g2p.tsv,     lacks g2p.tsv",
    "am/final.mdl,   the speech model lacks",
  })
  void leavesNothingBehindWhereSomethingIsMissing(String file, String complaint)
      throws IOException {
    Files.delete(base.resolve(file));

    assertThatThrownBy(() -> extend(BANK)).hasMessageContaining(complaint);
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesModelsThatWordsCannotBeAddedTo() throws IOException {
    Path bare = ToyModel.copy(base, directory.resolve("bare"));
    Trees.delete(bare.resolve("lm"));
    Files.createDirectory(base.resolve("rescore"));

    assertThatThrownBy(() -> new ModelExtension(OpenFst.find()).extend(bare, BANK, target))
        .hasMessageContaining("no directory lm");
    assertThatThrownBy(() -> extend(BANK)).hasMessageContaining("rescore");
    assertThat(target).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"--unk-cost=x", "--unk-cost=51", "--unk-cost=-1", "cost=1", "--unk-cost=1e9"})
  void refusesAnImpossibleCost(String line) throws IOException {
    Files.writeString(base.resolve("lm/graph.conf"), line + "\n", StandardCharsets.UTF_8);

    assertThatThrownBy(() -> extend(BANK)).hasMessageContaining("graph.conf, line 1: expected");
  }

  private void extend(OwnWords own) throws IOException, InterruptedException {
    new ModelExtension(OpenFst.find()).extend(base, own, target);
  }
}
