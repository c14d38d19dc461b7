package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.speech.Listening;
import kz.qonyrau.speech.ListeningRequest;
import kz.qonyrau.speech.models.TrialResult.Passed;
import kz.qonyrau.speech.vosk.OnPeople;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.vocabulary.CallId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A shelf with a real recogniser, on models of tones.
@Timeout(180)
@ExtendWith(NoErrorsLogged.class)
@Tag("AC-STT-05")
class ModelShelfTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-03-02T12:00:00Z"), ZoneOffset.UTC);
  private static final byte[] SOUND = ToyModel.say("A B");

  @TempDir static Path models;
  @TempDir Path directory;

  private final List<AutoCloseable> opened = new ArrayList<>();

  /// They differ in what the sound A B is.
  @BeforeAll
  static void makeModels() throws IOException {
    var _ = ToyModel.write(models.resolve("starter"));
    for (String word : List.of("раз", "два")) {
      Path model = ToyModel.write(models.resolve(word), 8000, word + "\tA B\nнет\tC D\n");
      Zips.pack(model, "vosk-model-" + word + "/", models.resolve(word + ".zip"));
    }
    // Passes every check that costs no native code.
    Path broken = ToyModel.write(models.resolve("broken"));
    byte[] network = Files.readAllBytes(broken.resolve("am/final.mdl"));
    Files.write(broken.resolve("am/final.mdl"), Arrays.copyOf(network, network.length / 2));
    Zips.pack(broken, "", models.resolve("broken.zip"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void anUploadedModelIsListenedWithOnceItIsPutInForceAndBackAgain() throws Exception {
    ModelShelf shelf = shelf();
    VoskRecognizer recognizer = started(shelf);
    assertThat(heard(recognizer)).isEqualTo("да");

    ShelvedModel model = install(shelf, "раз");

    assertThat(model.id()).isEqualTo("ru-1");
    assertThat(model.words()).isEqualTo(2);
    assertThat(model.name()).isEqualTo("Model раз");
    assertThat(model.sha256()).isEqualTo(ModelExtension.sha256(models.resolve("раз.zip")));
    assertThat(model.installedAt()).isEqualTo(NOON.instant());
    assertThat(model.takesPhrases()).isTrue();
    assertThat(model.takesWords()).isTrue();
    assertThat(heard(recognizer)).isEqualTo("да");

    await(shelf.putInForce("ru-1"));
    assertThat(heard(recognizer)).isEqualTo("раз");
    assertThat(russian(shelf).inForce()).contains("ru-1");
    assertThat(russian(shelf).running()).contains("ru-1");
    assertThat(russian(shelf).previous()).contains("ru-starter");

    await(shelf.stepBack(RUSSIAN));
    assertThat(heard(recognizer)).isEqualTo("да");
    assertThat(russian(shelf).inForce()).contains("ru-starter");
    assertThat(russian(shelf).previous()).contains("ru-1");
  }

  @Test
  void remembersWhatIsInForceAcrossRestarts() throws Exception {
    ModelShelf first = shelf();
    var _ = started(first);
    var _ = install(first, "раз");
    var _ = install(first, "два");
    await(first.putInForce("ru-1"));
    await(first.putInForce("ru-2"));
    ShelvedLanguage before = russian(first);
    close();
    opened.clear();

    ModelShelf second = shelf();
    VoskRecognizer recognizer = started(second);

    assertThat(russian(second)).isEqualTo(before);
    assertThat(russian(second).models())
        .extracting(ShelvedModel::id)
        .containsExactly("ru-starter", "ru-1", "ru-2");
    assertThat(heard(recognizer)).isEqualTo("два");
  }

  @Test
  void aCustomersWordsBecomeAModelOfTheirOwn() throws Exception {
    ModelShelf shelf = shelf();
    VoskRecognizer recognizer = started(shelf);
    OwnWords own = new OwnWords(List.of(new OwnWord("Kaspi", List.of("каспи"), 1)), List.of());
    List<Progress.Stage> stages = Collections.synchronizedList(new ArrayList<>());

    ShelvedModel model =
        await(
            shelf
                .addWords("ru-starter", own, "Bank", progress -> stages.add(progress.stage()))
                .installed());
    assertThat(shelf.unknownWords(RUSSIAN, List.of("Kaspi да", "нет"))).containsExactly("kaspi");
    await(shelf.putInForce(model.id()));

    assertThat(shelf.unknownWords(RUSSIAN, List.of("Kaspi да", "нет"))).isEmpty();
    assertThat(stages).containsExactly(Progress.Stage.BUILDING, Progress.Stage.VERIFYING);
    assertThat(model.base()).contains("ru-starter");
    assertThat(shelf.ownWords(model.id())).isEqualTo(own);
    assertThat(shelf.ownWords("ru-starter").words()).isEmpty();
    assertThat(heard(recognizer, ToyModel.say("A B C D A"))).isEqualTo("kaspi");
    assertThatThrownBy(() ->
            await(
                shelf
                    .addWords(
                        "ru-starter",
                        new OwnWords(List.of(OwnWord.of("hello")), List.of()),
                        "x",
                        _ -> {})
                    .installed()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("'hello' cannot be said");
    assertNothingIsLeftOver();
  }

  @Test
  void aModelThatFailsItsTrialIsNotPutInForce() throws Exception {
    ModelShelf shelf = shelf();
    VoskRecognizer recognizer = started(shelf);
    ShelvedModel broken = install(shelf, "broken");

    assertThat(await(shelf.tryOut(broken.id(), Optional.empty())))
        .isInstanceOf(TrialResult.Failed.class);
    assertThatThrownBy(() -> await(shelf.putInForce(broken.id())))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.TRIAL_FAILED));

    assertThat(russian(shelf).inForce()).contains("ru-starter");
    assertThat(heard(recognizer)).isEqualTo("да");
    assertThat(((Passed) await(shelf.tryOut("ru-starter", Optional.of(SOUND)))).heard())
        .isEqualTo("да");
  }

  @Test
  @ExpectedError("the speech model in force cannot be loaded")
  void fallsBackToTheOneBeforeAndThenToTheStarterAndSaysSo() throws Exception {
    ModelShelf first = shelf();
    var _ = started(first);
    var _ = install(first, "раз");
    var _ = install(first, "два");
    await(first.putInForce("ru-1"));
    await(first.putInForce("ru-2"));
    close();
    opened.clear();
    damage("ru-2");

    ModelShelf second = shelf();
    assertThat(heard(started(second))).isEqualTo("раз");
    assertThat(russian(second).inForce()).contains("ru-2");
    assertThat(russian(second).running()).contains("ru-1");
    assertThat(russian(second).trouble()).startsWith("ru-2: ").contains("cannot be loaded");
    close();
    opened.clear();
    Trees.delete(directory.resolve("shelf/models/ru-1/model"));

    ModelShelf third = shelf();
    assertThat(heard(started(third))).isEqualTo("да");
    assertThat(russian(third).running()).contains("ru-starter");
    assertThat(russian(third).trouble()).contains("ru-2: ").contains("ru-1: ");

    await(third.putInForce("ru-starter"));
    assertThat(russian(third).trouble()).isEmpty();
    assertThat(russian(third).inForce()).contains("ru-starter");
  }

  @Test
  void removesWhatNobodyNeedsAndNothingElse() throws Exception {
    ModelShelf shelf = shelf();
    VoskRecognizer recognizer = started(shelf);
    var _ = install(shelf, "раз");
    var _ = install(shelf, "два");
    await(shelf.putInForce("ru-1"));
    Listening under = recognizer.listen(request(), _ -> {});
    under.feed(Arrays.copyOf(SOUND, SOUND.length / 4 * 2));
    await(shelf.putInForce("ru-2"));

    assertThatThrownBy(() -> await(shelf.remove("ru-starter")))
        .hasMessageContaining("came with the box");
    assertThatThrownBy(() -> await(shelf.remove("ru-2"))).hasMessageContaining("is in force");
    assertThatThrownBy(() -> await(shelf.remove("ru-1")))
        .hasMessageContaining("still being listened with");
    assertThatThrownBy(() -> await(shelf.remove("ru-9")))
        .hasMessageContaining("no speech model 'ru-9'");
    assertThatThrownBy(() -> await(shelf.remove("../../etc")))
        .hasMessageContaining("no speech model");

    under.feed(Arrays.copyOfRange(SOUND, SOUND.length / 4 * 2, SOUND.length));
    assertThat(under.finish().await(60, TimeUnit.SECONDS).text()).isEqualTo("раз");
    Path model = directory.resolve("shelf/models/ru-1/model").toAbsolutePath().normalize();
    Eventually.await(Duration.ofSeconds(60), "the old worker's end", () -> !recognizer.uses(model));
    await(shelf.remove("ru-1"));

    assertThat(directory.resolve("shelf/models/ru-1")).doesNotExist();
    assertThat(russian(shelf).previous()).contains("ru-starter");
    assertThat(russian(shelf).models()).hasSize(2);
    assertThat(install(shelf, "раз").id()).as("no number is used twice").isEqualTo("ru-3");
  }

  @Test
  void howAWordWillBeSaidIsKnownBeforeItIsAdded() throws Exception {
    ModelShelf shelf = shelf();

    assertThat(
            await(
                shelf.pronounce(
                    "ru-starter",
                    List.of(
                        new OwnWord("Kaspi", List.of("каспи", "банк"), 1), OwnWord.of("hello")))))
        .satisfiesExactly(
            said ->
                assertThat(said)
                    .isEqualTo(
                        new SaidWord(
                            "kaspi", List.of("A B C D A", "D B C A"), Optional.empty(), "")),
            said -> {
              assertThat(said.ways()).isEmpty();
              assertThat(said.fault()).contains(SayingFault.OTHER_LANGUAGE);
              assertThat(said.detail()).contains("write how it is said");
            });
    assertThatThrownBy(() -> shelf.pronounce("ru-9", List.of()))
        .hasMessageContaining("no speech model 'ru-9'");
  }

  @Test
  void whatWasNeverMeasuredOnPeopleSaysSoWithOwnWordsAndAfterARestart() throws Exception {
    Path untried = ToyModel.copy(models.resolve("раз"), directory.resolve("untried"));
    Files.writeString(untried.resolve("conf/card.conf"), "--on-people=unmeasured\n");
    Zips.pack(untried, "", directory.resolve("untried.zip"));
    ModelShelf shelf = shelf();
    ShelvedModel model =
        await(
            shelf
                .install(RUSSIAN, "x", directory.resolve("untried.zip"), Optional.empty(), _ -> {})
                .installed());
    OwnWords own = new OwnWords(List.of(OwnWord.of("банк")), List.of());
    ShelvedModel worded = await(shelf.addWords(model.id(), own, "y", _ -> {}).installed());
    close();

    assertThat(model.onPeople()).isEqualTo(OnPeople.UNMEASURED);
    assertThat(worded.onPeople()).isEqualTo(OnPeople.UNMEASURED);
    assertThat(russian(shelf()).models())
        .filteredOn(one -> one.onPeople().isExperimental())
        .extracting(ShelvedModel::id)
        .containsExactlyInAnyOrder(model.id(), worded.id());
  }

  @Test
  void aModelWithoutItsSourcesSaysThatItTakesNoWords() throws Exception {
    Path bare = ToyModel.copy(models.resolve("раз"), directory.resolve("bare"));
    Trees.delete(bare.resolve("lm"));
    Zips.pack(bare, "", directory.resolve("bare.zip"));
    ModelShelf shelf = shelf();
    ShelvedModel model =
        await(
            shelf
                .install(RUSSIAN, "x", directory.resolve("bare.zip"), Optional.empty(), _ -> {})
                .installed());
    OwnWords own = new OwnWords(List.of(OwnWord.of("банк")), List.of());

    assertThat(model.takesWords()).isFalse();
    assertThatThrownBy(() -> shelf.addWords(model.id(), own, "x", _ -> {}))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.BAD_SOURCES))
        .hasMessage("words cannot be added to ru-1: it has no directory lm with its sources");
    assertThatThrownBy(() -> shelf.pronounce(model.id(), own.words()))
        .hasMessageContaining("words cannot be added to ru-1");
    assertThat(russian(shelf).models()).hasSize(2);
  }

  @Test
  void aLanguageWithoutStarterCanBeUploaded() throws Exception {
    ModelShelf shelf = shelf(Map.of());
    VoskRecognizer recognizer = started(shelf);
    assertThat(shelf.languages()).isEmpty();
    var _ = install(shelf, "раз");
    assertThat(russian(shelf).inForce()).isEmpty();

    await(shelf.putInForce("ru-1"));

    assertThat(heard(recognizer)).isEqualTo("раз");
    assertThat(russian(shelf).previous()).isEmpty();
    assertThatThrownBy(() -> await(shelf.stepBack(RUSSIAN)))
        .hasMessageContaining("no other model was in force");
  }

  @Test
  void whatIsRefusedLeavesNothingBehind() throws Exception {
    ModelShelf shelf = shelf();
    Path page = directory.resolve("page.zip");
    Files.writeString(page, "<html>".repeat(100));
    Path hollow = ToyModel.copy(models.resolve("раз"), directory.resolve("hollow"));
    Files.delete(hollow.resolve("graph/HCLr.fst"));
    Path zip = directory.resolve("hollow.zip");
    Zips.pack(hollow, "", zip);

    assertThatThrownBy(
            () -> await(shelf.install(RUSSIAN, "x", page, Optional.empty(), _ -> {}).installed()))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("no zip file");
    assertThatThrownBy(
            () -> await(shelf.install(RUSSIAN, "x", zip, Optional.empty(), _ -> {}).installed()))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.NOT_A_MODEL))
        .hasMessageContaining("HCLr.fst");
    assertThatThrownBy(() ->
            await(
                shelf
                    .install(
                        RUSSIAN,
                        "x",
                        models.resolve("раз.zip"),
                        Optional.of("0".repeat(64)),
                        _ -> {})
                    .installed()))
        .hasMessageContaining("not the expected one");
    assertThatThrownBy(() ->
            await(
                shelf
                    .install(RUSSIAN, "x", directory.resolve("none.zip"), Optional.empty(), _ -> {})
                    .installed()))
        .isInstanceOf(IOException.class);
    assertThat(russian(shelf).models()).hasSize(1);
    assertNothingIsLeftOver();
  }

  @Test
  void anInstallationCanBeCalledOffAndTheNextOneGoesOn() throws Exception {
    ModelShelf shelf = shelf();
    CountDownLatch unpacking = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Installation<ShelvedModel> first =
        shelf.install(
            RUSSIAN,
            "x",
            models.resolve("раз.zip"),
            Optional.empty(),
            progress -> {
              if (progress.stage() == Progress.Stage.UNPACKING) {
                unpacking.countDown();
                try {
                  var _ = cancelled.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException _) {
                  Thread.currentThread().interrupt();
                }
              }
            });
    assertThat(unpacking.await(60, TimeUnit.SECONDS)).isTrue();

    first.cancel();
    cancelled.countDown();

    assertThatThrownBy(() -> await(first.installed()))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.CANCELLED));
    assertNothingIsLeftOver();
    assertThat(install(shelf, "раз").words()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "\u0000"})
  void refusesNamesThatNobodyCouldRead(String name) {
    ModelShelf shelf = shelf();

    assertThatThrownBy(() ->
            shelf.install(RUSSIAN, name, models.resolve("раз.zip"), Optional.empty(), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name:");
    assertThatThrownBy(() ->
            shelf.install(Locale.ROOT, "x", models.resolve("раз.zip"), Optional.empty(), _ -> {}))
        .hasMessageStartingWith("language:");
    assertThatThrownBy(() ->
            shelf.install(RUSSIAN, "x", models.resolve("раз.zip"), Optional.of("12"), _ -> {}))
        .hasMessageStartingWith("sha256:");
    assertThatThrownBy(
            () -> shelf.addWords("ru-7", new OwnWords(List.of(), List.of()), "x", _ -> {}))
        .isInstanceOf(ModelRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"format\":2,\"next\":1,\"languages\":{}}",
        "{\"format\":1,\"next\":\"x\",\"languages\":{}}",
        "{\"format\":1,\"next\":1,\"languages\":{\"ru\":7}}",
        "{\"format\":1,\"next\":1,\"languages\":{\"ru\":{}}}"
      })
  @ExpectedError("which speech model is in force cannot be read")
  void damagedNotesAreKeptAndTheModelsToo(String notes) throws Exception {
    var _ = install(shelf(), "раз");
    close();
    opened.clear();
    Files.writeString(directory.resolve("shelf/state.json"), notes);

    ModelShelf shelf = shelf();

    assertThat(russian(shelf).inForce()).contains("ru-starter");
    assertThat(russian(shelf).models())
        .extracting(ShelvedModel::id)
        .containsExactly("ru-starter", "ru-1");
    assertThat(directory.resolve("shelf/state.json.damaged")).hasContent(notes);
    assertThat(install(shelf, "два").id()).isEqualTo("ru-2");
  }

  @Test
  @ExpectedError({"the speech model in force cannot be loaded", "has no readable card"})
  void notesThatNameWhatIsNotThereLeadToTheStarter() throws Exception {
    var _ = shelf();
    close();
    opened.clear();
    Files.createDirectories(directory.resolve("shelf/models/ru-4"));
    Files.writeString(directory.resolve("shelf/models/ru-4/card.json"), "{\"id\":\"ru-5\"}");
    Files.writeString(
        directory.resolve("shelf/state.json"),
        "{\"format\":1,\"next\":1,\"languages\":{\"ru\":{\"inForce\":\"../../etc\",\"previous\":\"ru-4\"}}}");

    ModelShelf shelf = shelf();

    assertThat(heard(started(shelf))).isEqualTo("да");
    assertThat(russian(shelf).running()).contains("ru-starter");
    assertThat(install(shelf, "раз").id()).isEqualTo("ru-5");
  }

  /// Pulls the plug before the first change to the disk, then before the second, and on until
  /// everything gets through. Each time, the shelf that is opened afterwards has the old or the
  /// new, whole, and no litter.
  @Test
  void powerCutsAtEveryStepLeaveTheOldOrTheNew() throws Exception {
    boolean pulled = true;
    int steps = 0;
    for (int step = 1; pulled; step++) {
      Trees.delete(directory.resolve("shelf"));
      PulledPlug plug = new PulledPlug(step);
      QuickEars ears = new QuickEars();
      ModelShelf shelf =
          ModelShelf.open(
              directory.resolve("shelf"),
              Map.of(RUSSIAN, models.resolve("starter")),
              NOON,
              new ModelShelf.Means(
                  plug, ModelBundle.usual(), QuickEars::trial, Duration.ofSeconds(60)));
      opened.add(shelf);
      await(shelf.start(ears));
      settle(
          shelf
              .install(RUSSIAN, "m", models.resolve("раз.zip"), Optional.empty(), _ -> {})
              .installed());
      settle(shelf.putInForce("ru-1"));
      assertThat(ears.model())
          .as("step %d: calls hear what the shelf says", step)
          .endsWith(
              russian(shelf).running().orElseThrow().equals("ru-1")
                  ? Path.of("ru-1/model")
                  : Path.of("starter"));
      settle(shelf.stepBack(RUSSIAN));
      settle(shelf.remove("ru-1"));
      pulled = plug.isPulled();
      steps = step;
      close();
      opened.clear();

      ModelShelf after = shelf();
      ShelvedLanguage russian = russian(after);
      assertThat(russian.inForce())
          .as("step %d", step)
          .isIn(Optional.of("ru-starter"), Optional.of("ru-1"));
      boolean there = russian.models().size() == 2;
      if (there) {
        assertThat(ToyModel.content(directory.resolve("shelf/models/ru-1/model")))
            .as("step %d", step)
            .isEqualTo(ToyModel.content(models.resolve("раз")));
      } else {
        assertThat(russian.inForce()).as("step %d", step).contains("ru-starter");
        assertThat(russian.previous()).as("step %d", step).isEmpty();
        assertThat(directory.resolve("shelf/models").toFile().list()).isEmpty();
      }
      assertNothingIsLeftOver();
      assertThat(directory.resolve("shelf/state.json.damaged")).doesNotExist();
      after.close();
    }
    assertThat(steps).as("changes to the disk").isGreaterThan(15);
  }

  /// The trial was passed, and then there was not enough memory, for example.
  @Test
  void aModelThatIsNotPutInForceAfterItsTrialLeavesTheChoiceAsItWas() throws Exception {
    QuickEars ears = new QuickEars();
    ModelShelf shelf =
        ModelShelf.open(
            directory.resolve("shelf"),
            Map.of(RUSSIAN, models.resolve("starter")),
            NOON,
            new ModelShelf.Means(
                _ -> {}, ModelBundle.usual(), QuickEars::trial, Duration.ofSeconds(60)));
    opened.add(shelf);
    await(shelf.start(ears));
    var _ = install(shelf, "раз");
    ears.refuse("no memory");

    assertThatThrownBy(() -> await(shelf.putInForce("ru-1")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("no memory");

    assertThat(russian(shelf).inForce()).contains("ru-starter");
    assertThat(russian(shelf).running()).contains("ru-starter");
    assertThat(Files.readString(directory.resolve("shelf/state.json"))).doesNotContain("ru-1");
  }

  @Test
  void doesNotPileUpWhatItIsAskedFor() throws Exception {
    ModelShelf shelf = shelf();
    CountDownLatch go = new CountDownLatch(1);
    List<Future<ShelvedModel>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(
          shelf
              .install(
                  RUSSIAN,
                  "x",
                  models.resolve("раз.zip"),
                  Optional.empty(),
                  _ -> {
                    try {
                      var _ = go.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException _) {
                      Thread.currentThread().interrupt();
                    }
                  })
              .installed());
    }

    assertThat(asked.stream().filter(Future::failed)).hasSizeBetween(3, 4);
    assertThat(asked.getLast().cause())
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.BUSY));
    go.countDown();
    assertThat(await(asked.getFirst()).id()).isEqualTo("ru-1");
  }

  private static void settle(Future<?> future) {
    Eventually.await(Duration.ofSeconds(60), "an end", future::isComplete);
  }

  private void damage(String id) throws IOException {
    Path network = directory.resolve("shelf/models/" + id + "/model/am/final.mdl");
    byte[] whole = Files.readAllBytes(network);
    Files.write(network, Arrays.copyOf(whole, whole.length / 2));
  }

  private void assertNothingIsLeftOver() {
    assertThat(directory.resolve("shelf/incoming")).isEmptyDirectory();
    assertThat(directory.resolve("shelf/outgoing")).isEmptyDirectory();
    assertThat(directory.resolve("shelf/state.json.new")).doesNotExist();
  }

  private static ShelvedLanguage russian(ModelShelf shelf) {
    assertThat(shelf.languages()).hasSize(1);
    return shelf.languages().getFirst();
  }

  private static ShelvedModel install(ModelShelf shelf, String name) throws Exception {
    return await(
        shelf
            .install(
                RUSSIAN, "Model " + name, models.resolve(name + ".zip"), Optional.empty(), _ -> {})
            .installed());
  }

  private ModelShelf shelf() {
    return shelf(Map.of(RUSSIAN, models.resolve("starter")));
  }

  private ModelShelf shelf(Map<Locale, Path> starters) {
    ModelShelf shelf =
        ModelShelf.open(
            directory.resolve("shelf"),
            starters,
            NOON,
            ModelShelf.usual(directory.resolve("shelf"), Duration.ofSeconds(60)));
    opened.add(shelf);
    return shelf;
  }

  private VoskRecognizer started(ModelShelf shelf) throws Exception {
    VoskRecognizer recognizer =
        new VoskRecognizer(Map.of(), quick(), directory.resolve("recognition"));
    opened.addFirst(recognizer);
    await(shelf.start(recognizer));
    return recognizer;
  }

  /// The usual ones, but workers are looked after more often.
  private static VoskSettings quick() {
    VoskSettings usual = VoskSettings.usual();
    return new VoskSettings(
        1,
        usual.listenings(),
        usual.queue(),
        usual.idle(),
        usual.longest(),
        Duration.ofSeconds(5),
        usual.behind(),
        usual.patience(),
        usual.growth(),
        0);
  }

  private static String heard(VoskRecognizer recognizer) throws Exception {
    return heard(recognizer, SOUND);
  }

  private static String heard(VoskRecognizer recognizer, byte[] audio) throws Exception {
    return GraphBuilderTest.heard(recognizer, Optional.empty(), audio);
  }

  private static ListeningRequest request() {
    return new ListeningRequest(CallId.random(), RUSSIAN, Optional.empty());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(100, TimeUnit.SECONDS);
  }
}
