package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import kz.qonyrau.speech.models.TrialResult.Failed;
import kz.qonyrau.speech.models.TrialResult.Passed;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real library, with models that are whole, broken, and such that it dies of them.
@Timeout(120)
@Tag("AC-STT-05")
class ModelTrialTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;

  private Path model = Path.of("");

  @BeforeEach
  void writeModel() {
    model = ToyModel.write(directory.resolve("model"));
  }

  @Test
  void tellsWhatItHeardHowLongItTookAndWhatItNeeds() throws Exception {
    byte[] audio = ToyModel.say("A B", "C D");

    Passed passed = (Passed) trial(LONG, audio);

    assertThat(passed.heard()).isEqualTo("да нет");
    assertThat(passed.audio().toMillis()).isEqualTo(audio.length / 16);
    assertThat(passed.loading()).isPositive();
    assertThat(passed.decoding()).isPositive();
    assertThat(passed.residentBytes()).isBetween(10L << 20, 1L << 30);
    assertThat(passed.peakBytes()).isBetween(passed.residentBytes(), 1L << 30);
    assertThat(directory.resolve("scratch")).satisfies(ModelTrialTest::isBare);
  }

  @Test
  void inTheBuiltInUtteranceNobodySpeaks() throws Exception {
    assertThat(ModelTrial.builtIn()).hasSize(3 * 16_000);
    assertThat(trial(LONG, ModelTrial.builtIn())).isInstanceOf(Passed.class);
  }

  @Test
  void aModelThatCannotBeLoadedFails() throws Exception {
    Path network = model.resolve("am/final.mdl");
    byte[] whole = Files.readAllBytes(network);
    Files.write(network, Arrays.copyOf(whole, whole.length / 3));

    assertThat(trial(LONG, ModelTrial.builtIn()))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.why()).contains("cannot be loaded"));
  }

  @Test
  void aModelThatIsNoneFailsBeforeNativeCodeSeesIt() throws Exception {
    Files.delete(model.resolve("graph/Gr.fst"));

    assertThat(trial(LONG, ModelTrial.builtIn()))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.why()).contains("lacks").contains("Gr.fst"));
  }

  /// The graph names phones that the network does not have.
  @Test
  void aModelThatKillsNativeCodeWhileItDecodesFails() throws Exception {
    Path words = ToyModel.write(directory.resolve("other"));
    Path network = words.resolve("am/final.mdl");
    Files.writeString(
        network,
        Files.readString(network)
            .replaceAll("(?m)^([0-9]+ 0) [0-9]+ [0-9]+ $", "$1 900000000 900000001 "));

    TrialResult result =
        new ModelTrial(directory.resolve("scratch"), LONG)
            .run(words, RUSSIAN, ModelTrial.builtIn());

    assertThat(result).isInstanceOf(Failed.class);
  }

  @Test
  void aWorkerThatStandsStillFailsTheTrialAndIsEnded() throws Exception {
    CompletableFuture<TrialResult> result = new CompletableFuture<>();
    Thread trial =
        Thread.ofPlatform()
            .start(() -> {
              try {
                result.complete(trial(Duration.ofSeconds(5), ModelTrial.builtIn()));
              } catch (InterruptedException failure) {
                result.completeExceptionally(failure);
              }
            });
    List<ProcessHandle> found = new ArrayList<>();
    Eventually.await(LONG, "a worker", () -> found.addAll(workers()));
    ProcessHandle worker = found.getFirst();
    assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid())).start().waitFor())
        .isZero();

    assertThat(result.get())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.why()).contains("within 5 s"));
    trial.join();
    assertThat(worker.isAlive()).isFalse();
  }

  @Test
  void refusesWhatIsNoAudio() {
    assertThatThrownBy(() -> trial(LONG, new byte[3])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> trial(LONG, new byte[16_000 * 121]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 minutes");
  }

  private TrialResult trial(Duration limit, byte[] audio) throws InterruptedException {
    return new ModelTrial(directory.resolve("scratch"), limit).run(model, RUSSIAN, audio);
  }

  /// The processes that this test started for its model.
  private List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains(model.toString()))
        .toList();
  }

  private static void isBare(Path scratch) {
    try {
      assertThat(Trees.files(scratch)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
