package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.speech.Hearing;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.RecognitionUnavailableException;
import kz.qonyrau.speech.Transcript;
import kz.qonyrau.speech.Transcript.Ending;
import kz.qonyrau.speech.models.ToyModel;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Models are exchanged while people talk: the real library, models of tones in which the same
/// sounds are other words.
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
@Tag("AC-STT-01")
class ModelExchangeTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] SOUND = ToyModel.say("A B");

  @TempDir Path directory;

  private Path before = Path.of("");
  private Path after = Path.of("");
  private final List<VoskRecognizer> opened = new ArrayList<>();

  @BeforeEach
  void writeModels() {
    before = ToyModel.write(directory.resolve("before"), 8000, "да\tA B\nнет\tC D\n");
    after = ToyModel.write(directory.resolve("after"), 8000, "иә\tA B\nжоқ\tC D\n");
  }

  @AfterEach
  void close() {
    opened.forEach(VoskRecognizer::close);
  }

  @Test
  void whatIsUnderWayEndsWithTheOldModelAndTheNextBeginsWithTheNew() throws Exception {
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, before));
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening old = recognizer.listen(request(Optional.of(List.of("да", "нет"))), heard::add);
    old.feed(Arrays.copyOf(SOUND, SOUND.length / 4 * 2));

    recognizer.install(RUSSIAN, after).await(60, TimeUnit.SECONDS);
    Listening fresh = recognizer.listen(request(Optional.of(List.of("иә", "жоқ"))), _ -> {});
    old.feed(Arrays.copyOfRange(SOUND, SOUND.length / 4 * 2, SOUND.length));
    fresh.feed(SOUND);

    assertThat(recognizer.uses(before)).isTrue();
    Transcript transcript = await(old.finish());
    assertThat(transcript.text()).isEqualTo("да");
    assertThat(transcript.lost()).isZero();
    assertThat(transcript.ending()).isEqualTo(Ending.FINISHED);
    assertThat(await(fresh.finish()).text()).isEqualTo("иә");
    Eventually.await(PATIENCE, "the old worker's end", () -> !recognizer.uses(before));
    assertThat(recognizer.uses(after)).isTrue();
    assertThat(recognizer.workers(RUSSIAN)).hasSize(1);
    assertThatThrownBy(() -> recognizer.listen(request(Optional.of(List.of("да"))), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @ExpectedError("recognition worker is gone")
  void whatIsUnderWaySurvivesItsOldWorker() throws Exception {
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, before));
    Listening old = recognizer.listen(request(Optional.empty()), _ -> {});
    old.feed(Arrays.copyOf(SOUND, SOUND.length / 4 * 2));
    Eventually.await(PATIENCE, "a worker", () -> isReady(recognizer));
    long pid = recognizer.workers(RUSSIAN).getFirst();

    recognizer.install(RUSSIAN, after).await(60, TimeUnit.SECONDS);
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    old.feed(Arrays.copyOfRange(SOUND, SOUND.length / 4 * 2, SOUND.length));

    Transcript transcript = await(old.finish());
    assertThat(transcript.text()).isEqualTo("да");
    assertThat(transcript.lost()).isZero();
    Eventually.await(PATIENCE, "the old workers' end", () -> !recognizer.uses(before));
  }

  @Test
  void aModelThatCannotBeLoadedChangesNothing() throws Exception {
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, before));
    Path network = after.resolve("am/final.mdl");
    byte[] whole = Files.readAllBytes(network);
    Files.write(network, Arrays.copyOf(whole, whole.length / 2));

    Future<Void> installed = recognizer.install(RUSSIAN, after);

    assertThatThrownBy(() -> installed.await(60, TimeUnit.SECONDS))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("cannot be loaded");
    Listening listening = recognizer.listen(request(Optional.empty()), _ -> {});
    listening.feed(SOUND);
    assertThat(await(listening.finish()).text()).isEqualTo("да");
    Eventually.await(PATIENCE, "its end", () -> !recognizer.uses(after));
    assertThat(recognizer.state().languages().getFirst().deaths()).isZero();
  }

  @Test
  void whatIsNoModelIsRefusedAtTheDoor() throws IOException {
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, before));
    Files.delete(after.resolve("graph/Gr.fst"));

    assertThatThrownBy(() -> recognizer.install(RUSSIAN, after))
        .isInstanceOf(ModelUnusableException.class)
        .hasMessageContaining("Gr.fst");
    assertThat(recognizer.uses(after)).isFalse();
  }

  @Test
  @Tag("AC-STT-05")
  void aLanguageCanBeAddedWhereThereWasNone() throws Exception {
    VoskRecognizer recognizer = recognizer(Map.of());
    assertThatThrownBy(() -> recognizer.listen(request(Optional.empty()), _ -> {}))
        .isInstanceOf(RecognitionUnavailableException.class);

    recognizer.install(RUSSIAN, before).await(60, TimeUnit.SECONDS);

    assertThat(recognizer.languages()).containsExactly("ru");
    Listening listening = recognizer.listen(request(Optional.empty()), _ -> {});
    listening.feed(SOUND);
    assertThat(await(listening.finish()).text()).isEqualTo("да");
  }

  @Test
  void modelsCanBeExchangedAgainAndAgainWhilePeopleTalk() throws Exception {
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, before));
    List<Future<Transcript>> transcripts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      for (int k = 0; k < 5; k++) {
        Listening listening = recognizer.listen(request(Optional.empty()), _ -> {});
        listening.feed(SOUND);
        transcripts.add(listening.finish());
      }
      recognizer.install(RUSSIAN, i % 2 == 0 ? after : before).await(60, TimeUnit.SECONDS);
    }

    for (int i = 0; i < transcripts.size(); i++) {
      assertThat(await(transcripts.get(i)).text()).isEqualTo(i / 5 % 2 == 0 ? "да" : "иә");
    }
    Eventually.await(PATIENCE, "the old workers' end", () -> !recognizer.uses(after));
    assertThat(recognizer.listeningsUnderWay()).isZero();
  }

  @Test
  void closingEndsAnInstallation() throws Exception {
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, before));

    Future<Void> installed = recognizer.install(RUSSIAN, after);
    recognizer.close();

    Eventually.await(PATIENCE, "an answer", installed::isComplete);
    try (var left = Files.list(directory.resolve("scratch-1"))) {
      assertThat(left).isEmpty();
    }
    assertThatThrownBy(() -> recognizer.install(RUSSIAN, before).await(60, TimeUnit.SECONDS))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void modelsForWidebandAudioHearTelephones() throws Exception {
    Path wide = ToyModel.write(directory.resolve("wide"), 16_000, ToyModel.LEXICON);
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, wide));
    List<Hearing> heard = Collections.synchronizedList(new ArrayList<>());
    Listening listening =
        recognizer.listen(request(Optional.of(List.of("один", "оператор"))), heard::add);
    byte[] sound = ToyModel.say("C A D B");
    for (int at = 0; at < sound.length; at += 322) {
      listening.feed(Arrays.copyOfRange(sound, at, Math.min(sound.length, at + 322)));
    }

    Transcript transcript = await(listening.finish());

    assertThat(transcript.text()).isEqualTo("оператор");
    assertThat(transcript.heard().toMillis()).isEqualTo(sound.length / 16);
    Hearing.Utterance utterance = transcript.utterances().getFirst();
    assertThat(utterance.from()).isBetween(Duration.ofMillis(300), Duration.ofMillis(500));
    assertThat(utterance.to()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1200));
  }

  @Test
  void modelsThatUpsampleThemselvesAreLeftToIt() throws Exception {
    Path wide = ToyModel.write(directory.resolve("wide"), 16_000, ToyModel.LEXICON);
    Path options = wide.resolve("conf/mfcc.conf");
    Files.writeString(options, Files.readString(options) + "--allow-upsample=true\n");
    VoskRecognizer recognizer = recognizer(Map.of(RUSSIAN, wide));
    Listening listening = recognizer.listen(request(Optional.empty()), _ -> {});

    listening.feed(ToyModel.sayWord("два"));

    assertThat(await(listening.finish()).text()).isEqualTo("два");
  }

  private static boolean isReady(VoskRecognizer recognizer) {
    return recognizer.state().languages().getFirst().residentBytes() > 0;
  }

  private VoskRecognizer recognizer(Map<Locale, Path> models) {
    VoskRecognizer recognizer =
        new VoskRecognizer(
            models,
            new Limits().hang(Duration.ofSeconds(4)).settings(),
            directory.resolve("scratch-" + (opened.size() + 1)));
    opened.add(recognizer);
    return recognizer;
  }

  private static ListeningRequest request(Optional<List<String>> phrases) {
    return new ListeningRequest(CallId.random(), RUSSIAN, phrases);
  }

  private static Transcript await(Future<Transcript> transcript) throws Exception {
    return transcript.await(100, TimeUnit.SECONDS);
  }
}
