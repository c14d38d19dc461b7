package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDirectoryTest {

  private static final Path MODEL = Path.of("models/ru-starter-8k");

  @TempDir Path directory;

  @BeforeEach
  void copyModel() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(MODEL)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = directory.resolve(MODEL.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  @Test
  void acceptsTheModelThatComesWithTheBox() {
    ModelDirectory model = ModelDirectory.check(directory);

    assertThat(model.takesPhrases()).isTrue();
    assertThat(model.vocabulary().rejects()).isTrue();
    assertThat(model.vocabulary().size()).isGreaterThan(2000);
  }

  @Test
  void refusesWhatIsNoDirectory() {
    assertThatThrownBy(() -> ModelDirectory.check(directory.resolve("nowhere")))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("is not a directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "am/final.mdl",
        "conf/mfcc.conf",
        "conf/model.conf",
        "graph/HCLr.fst",
        "graph/Gr.fst",
        "graph/words.txt",
        "graph/disambig_tid.int"
      })
  void namesTheFileThatIsMissing(String file) throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.delete(directory.resolve(file));

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("lacks")
        .hasMessageContaining(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"})
  void refusesAFileThatBeginsWrongly(String file) throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.writeString(directory.resolve(file), "<html>404 not found</html>".repeat(100));

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst", "graph/words.txt"})
  void refusesAFileThatWasCutOff(String file) throws IOException {
    Path damaged = directory.resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("SHA-256");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          conf/mfcc.conf,  --sample-frequency=44100,        44100 samples per second
          conf/mfcc.conf,  --sample-frequency=4000,         4000 samples per second
          conf/mfcc.conf,  --sample-frequency=16k,          16k samples per second
          conf/mfcc.conf,  sample-frequency 8000,           not an option
          conf/model.conf, --frame-subsampling-factor=1,    must be 3
          graph/words.txt, да,                              line 1
          graph/words.txt, да нет,                          line 1
          graph/words.txt, да -1,                           line 1
          graph/words.txt, да 99999999999,                  line 1
          graph/words.txt, <eps> 0,                         holds no words
          """)
  void saysWhatIsWrongInAFile(String file, String content, String complaint) throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.writeString(directory.resolve(file), content + "\n");

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(complaint);
  }

  @Test
  void refusesAWordListInAnotherEncoding() throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.write(
        directory.resolve("graph/words.txt"),
        "да 1\n".getBytes(java.nio.charset.Charset.forName("windows-1251")));

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void refusesChecksumsOfFilesElsewhere() throws IOException {
    Files.writeString(
        directory.resolve("SHA256SUMS"),
        "0".repeat(64) + "  ../../etc/passwd\n",
        StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("not a checksum line");
  }

  @ParameterizedTest
  @CsvSource({
    "--sample-frequency=8000,                         8000",
    "--sample-frequency=8000.0,                       8000",
    "--sample-frequency=16000,                        16000",
    "--num-mel-bins=40,                               16000",
    "--sample-frequency=16000|--allow-upsample=true,  8000",
    "--sample-frequency=16000|--allow-upsample=false, 16000"
  })
  void knowsWhatAudioAModelMustBeGiven(String options, int samplesPerSecond) throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.writeString(directory.resolve("conf/mfcc.conf"), options.replace('|', '\n') + "\n");

    assertThat(ModelDirectory.check(directory).samplesPerSecond()).isEqualTo(samplesPerSecond);
  }

  @ParameterizedTest
  @CsvSource({
    "--on-people=unmeasured, UNMEASURED",
    "--on-people=poor,       POOR",
    "--on-people=fair,       FAIR",
    "# nothing is said,      FAIR"
  })
  void takesFromItsCardHowWellItUnderstandsPeople(String card, OnPeople said) throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.writeString(directory.resolve("conf/card.conf"), card + "\n");

    assertThat(ModelDirectory.check(directory).onPeople()).isEqualTo(said);
  }

  @Test
  void aModelWithoutACardIsTakenAsItIs() throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.delete(directory.resolve("conf/card.conf"));

    assertThat(ModelDirectory.check(directory).onPeople()).isEqualTo(OnPeople.FAIR);
  }

  @Test
  void refusesACardThatSaysSomethingElse() throws IOException {
    Files.delete(directory.resolve("SHA256SUMS"));
    Files.writeString(directory.resolve("conf/card.conf"), "--on-people=perhaps\n");

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("card.conf: on-people must be fair, poor or unmeasured, not perhaps");
  }

  @Test
  void wantsAllOfWhatAdaptsToASpeakerOrNothing() throws IOException {
    Path ivector = Files.createDirectory(directory.resolve("ivector"));
    Files.writeString(ivector.resolve("final.ie"), "x");

    assertThatThrownBy(() -> ModelDirectory.check(directory))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("lacks")
        .hasMessageContaining("ivector/final.dubm");
  }

  @Test
  void knowsThatAFixedGraphTakesNoPhrases() throws IOException {
    Files.copy(directory.resolve("graph/Gr.fst"), directory.resolve("graph/HCLG.fst"));

    assertThat(ModelDirectory.check(directory).takesPhrases()).isFalse();
  }
}
