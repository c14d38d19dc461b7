package kz.qonyrau.speech.piper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kz.qonyrau.speech.AddedVoices;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.VoiceProfile;
import kz.qonyrau.speech.models.Installation;
import kz.qonyrau.speech.models.ModelBundle;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.models.Progress;
import kz.qonyrau.speech.models.StagedDirectories;
import kz.qonyrau.speech.models.Trees;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.ToyVoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The real ONNX Runtime and espeak-ng, but where the disk alone is looked at.
@Timeout(180)
class PiperShelfTest {

  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @TempDir Path directory;

  private final List<PiperShelf> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(PiperShelf::close);
  }

  @Test
  @Tag("AC-TTS-01")
  void aVoiceThatSpokeItsTestSentenceIsThereAndSurvivesARestart() throws IOException {
    PiperShelf shelf = shelf();
    List<Progress.Stage> stages = new ArrayList<>();
    AtomicInteger told = new AtomicInteger();
    shelf.onChange(told::incrementAndGet);
    Path zip = toy("ru_RU-toy-low", "ru", ToyVoice.Network.TONES);

    ShelvedVoice voice =
        await(
            shelf
                .install(
                    Timbre.MALE, zip, Optional.empty(), progress -> stages.add(progress.stage()))
                .installed());

    assertThat(voice.id()).isEqualTo("piper-ru_RU-toy-low");
    assertThat(voice.language()).isEqualTo(Locale.of("ru"));
    assertThat(voice.timbre()).isEqualTo(Timbre.MALE);
    assertThat(voice.sha256()).hasSize(64);
    assertThat(voice.samplesPerSecond()).isEqualTo(16_000);
    assertThat(voice.installedAt()).isEqualTo(NOON);
    assertThat(voice.spoken()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
    assertThat(voice.took()).isPositive();
    assertThat(stages)
        .startsWith(Progress.Stage.CHECKING)
        .contains(Progress.Stage.UNPACKING)
        .endsWith(Progress.Stage.VERIFYING);
    assertThat(told).hasValue(1);
    assertThat(shelf.voices())
        .extracting(AddedVoices.Added::profile)
        .containsExactly(
            new VoiceProfile(
                "piper-ru_RU-toy-low", Locale.of("ru"), Timbre.MALE, "ru_RU-toy-low", "Piper"));
    assertNothingIsLeftOver();
    shelf.close();

    assertThat(shelf().shelved()).containsExactly(voice);
  }

  @Test
  void aVoiceWithTheSameNameTakesThePlaceOfTheOneBeforeAndSoundsDifferent() throws IOException {
    PiperShelf shelf = quick(_ -> {});
    ShelvedVoice first = install(shelf, toy("toy", "ru", ToyVoice.Network.TONES));
    AddedVoices.Added before = shelf.voices().getFirst();

    ShelvedVoice second =
        install(shelf, zip("again", "toy", ToyVoice.slow("ru"), ToyVoice.Network.TONES));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(shelf.shelved()).containsExactly(second);
    AddedVoices.Added after = shelf.voices().getFirst();
    assertThat(after.sound()).isNotEqualTo(before.sound());
    assertThat(after.profile()).isEqualTo(before.profile());
    // Until nobody speaks with it any more.
    assertThat(places()).containsExactly("toy.1", "toy.2");

    shelf.released(before);

    Eventually.await(
        Duration.ofSeconds(30), "its files are gone", () -> places().equals(List.of("toy.2")));
    shelf.close();
  }

  @Test
  void aVoiceIsRemovedWithItsFiles() throws IOException {
    PiperShelf shelf = quick(_ -> {});
    ShelvedVoice voice = install(shelf, toy("toy", "kk", ToyVoice.Network.TONES));
    AtomicInteger told = new AtomicInteger();
    shelf.onChange(told::incrementAndGet);

    var _ = await(shelf.remove(voice.id()));

    assertThat(told).hasValue(1);
    assertThat(shelf.shelved()).isEmpty();
    assertThat(shelf.voices()).isEmpty();
    assertThat(places()).isEmpty();
    assertRefused(shelf.remove(voice.id()), ModelFault.UNKNOWN_MODEL, "no such voice");
    assertThat(shelf().shelved()).isEmpty();
  }

  static Stream<Arguments> hostileArchives() {
    byte[] network = ToyVoice.onnx(ToyVoice.Network.TONES);
    byte[] json = ToyVoice.bytes(ToyVoice.configuration("ru").encode());
    return Stream.of(
        archive(
            ModelFault.UNSAFE_NAME, "cannot be used", "../t.onnx", network, "t.onnx.json", json),
        archive(ModelFault.UNSAFE_NAME, "cannot be used", "/t.onnx", network, "t.onnx.json", json),
        archive(ModelFault.BOMB, "100 times", "t.onnx", new byte[20 << 20], "t.onnx.json", json),
        archive(ModelFault.NOT_A_VOICE, "2 networks", "a.onnx", network, "b.onnx", network),
        archive(ModelFault.NOT_A_VOICE, "0 networks", "t.onnx.json", json, "README.md", json),
        archive(
            ModelFault.NOT_A_VOICE, "lacks t.onnx.json", "t.onnx", network, "s.onnx.json", json),
        archive(
            ModelFault.NOT_A_VOICE, "lacks t.onnx.json", "t.onnx", network, "x/t.onnx.json", json),
        archive(
            ModelFault.NOT_A_VOICE, "at the top", "a/b/t.onnx", network, "a/b/t.onnx.json", json),
        archive(ModelFault.NOT_A_VOICE, "50 letters", "т.onnx", network, "т.onnx.json", json),
        archive(ModelFault.NOT_A_VOICE, "50 letters", "-t.onnx", network, "-t.onnx.json", json),
        archive(ModelFault.NOT_A_VOICE, "50 letters", ".onnx", network, ".onnx.json", json),
        archive(
            ModelFault.NOT_A_VOICE,
            "more than a voice",
            "t.onnx",
            network,
            "t.onnx.json",
            json,
            "weights.bin",
            network),
        archive(
            ModelFault.NOT_A_VOICE,
            "more than a voice",
            "t.onnx",
            network,
            "t.onnx.json",
            json,
            "voice.conf",
            json),
        archive(
            ModelFault.NOT_A_VOICE,
            "no JSON object",
            "t.onnx",
            network,
            "t.onnx.json",
            ToyVoice.bytes("{")),
        archive(
            ModelFault.FOREIGN_LANGUAGE,
            "Kazakh (kk)",
            "t.onnx",
            network,
            "t.onnx.json",
            ToyVoice.bytes(ToyVoice.configuration("de").encode())),
        archive(
            ModelFault.TRIAL_FAILED,
            "does not load",
            "t.onnx",
            Arrays.copyOf(network, network.length / 2),
            "t.onnx.json",
            json),
        archive(
            ModelFault.TRIAL_FAILED,
            "does not load",
            "t.onnx",
            new byte[100],
            "t.onnx.json",
            json));
  }

  @ParameterizedTest
  @MethodSource("hostileArchives")
  void anArchiveThatIsNoVoiceIsRefusedAndLeavesNothing(
      ModelFault fault, String said, Map<String, byte[]> files) throws IOException {
    PiperShelf shelf = shelf();
    Path zip = ToyVoice.zip(directory.resolve("t.zip"), files);

    assertRefused(begun(shelf, zip).installed(), fault, said);

    assertThat(shelf.shelved()).isEmpty();
    assertThat(places()).isEmpty();
    assertNothingIsLeftOver();
    assertThat(directory.resolve("t.onnx")).doesNotExist();
  }

  @Test
  void whatIsNoZipOrNotTheExpectedOneIsRefused() throws IOException {
    PiperShelf shelf = quick(_ -> {});
    Path page = Files.writeString(directory.resolve("page.zip"), "<html>".repeat(100));
    Path zip = toy("toy", "ru", ToyVoice.Network.TONES);

    assertRefused(begun(shelf, page).installed(), ModelFault.NOT_A_ZIP, "no zip file");
    assertRefused(
        shelf.install(Timbre.FEMALE, zip, Optional.of("0".repeat(64)), _ -> {}).installed(),
        ModelFault.WRONG_CHECKSUM,
        "SHA-256");
    assertThatThrownBy(() -> shelf.install(Timbre.FEMALE, zip, Optional.of("x"), _ -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 hexadecimal digits");
    assertNothingIsLeftOver();
  }

  /// What each of them is told by is in [PiperVoiceTest].
  @ParameterizedTest
  @EnumSource(names = "TONES", mode = EnumSource.Mode.EXCLUDE)
  void aNetworkThatDoesNotSpeakFailsItsTrial(ToyVoice.Network network) throws IOException {
    PiperShelf shelf =
        open(
            new PiperShelf.Means(
                _ -> {},
                PiperShelf.usual().bundles(),
                new VoiceTrial(
                        network == ToyVoice.Network.ENDLESS
                            ? Duration.ofSeconds(5)
                            : Duration.ofSeconds(60))
                    ::run));

    assertRefused(
        begun(shelf, toy("toy", "ru", network)).installed(),
        ModelFault.TRIAL_FAILED,
        said(network));

    assertThat(shelf.shelved()).isEmpty();
    assertNothingIsLeftOver();
  }

  private static String said(ToyVoice.Network network) {
    return switch (network) {
      case TONES -> "";
      case SILENCE -> "nothing but silence";
      case NOT_A_NUMBER -> "no number";
      case LONG -> "are plausible";
      case HUGE, SMALL -> "does not speak";
      case ENDLESS -> "within 5 s";
      case OTHER_INPUTS -> "its inputs must be";
    };
  }

  @Test
  void aVoiceThatKnowsFewPhonemesFailsItsTrial() throws IOException {
    JsonObject poor = ToyVoice.configuration("ru");
    JsonObject ids = poor.getJsonObject("phoneme_id_map");
    for (String phoneme : List.copyOf(ids.fieldNames())) {
      if (!"_^$ .,!abz".contains(phoneme)) {
        ids.remove(phoneme);
      }
    }

    assertRefused(
        begun(shelf(), zip("poor", "poor", poor, ToyVoice.Network.TONES)).installed(),
        ModelFault.TRIAL_FAILED,
        "phonemes of the text");
  }

  @Test
  void anInstallationCanBeCalledOffAndTheNextOneGoesOn() throws Exception {
    PiperShelf shelf = quick(_ -> {});
    Path zip = toy("toy", "ru", ToyVoice.Network.TONES);
    CountDownLatch unpacking = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Installation<ShelvedVoice> first =
        shelf.install(
            Timbre.FEMALE,
            zip,
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

    assertRefused(first.installed(), ModelFault.CANCELLED, "called off");
    assertNothingIsLeftOver();
    assertThat(install(shelf, zip).number()).isEqualTo(1);
  }

  /// Pulls the plug before the first change to the disk, then before the second, and on until
  /// everything gets through. Each time, the shelf that is opened afterwards has the old or the
  /// new, whole, and no litter.
  @Test
  void powerCutsAtEveryStepLeaveTheOldOrTheNew() throws IOException {
    Path first = toy("toy", "ru", ToyVoice.Network.TONES);
    Path second = zip("again", "toy", ToyVoice.slow("ru"), ToyVoice.Network.TONES);
    int steps = 0;
    boolean pulled = true;
    for (int step = 1; pulled; step++) {
      Trees.delete(directory.resolve("shelf/voices"));
      PullAt plug = new PullAt(step);
      PiperShelf shelf = quick(plug);
      settle(begun(shelf, first).installed());
      List<AddedVoices.Added> before = shelf.voices();
      settle(begun(shelf, second).installed());
      before.forEach(shelf::released);
      List<ShelvedVoice> replaced = shelf.shelved();
      settle(shelf.remove("piper-toy"));
      shelf.close();
      pulled = plug.isPulled();
      steps = step;

      PiperShelf after = quick(_ -> {});
      assertThat(after.shelved().size()).as("step %d", step).isLessThanOrEqualTo(1);
      for (ShelvedVoice voice : after.shelved()) {
        assertThat(replaced.isEmpty() || voice.number() >= replaced.getFirst().number())
            .as("step %d: %s", step, voice)
            .isTrue();
        assertThat(Trees.bytes(directory.resolve("shelf/voices/" + voice.directory())))
            .as("step %d: all its files, and the card", step)
            .isGreaterThan(voice.bytes());
      }
      assertThat(places())
          .as("step %d", step)
          .isEqualTo(after.shelved().stream().map(ShelvedVoice::directory).toList());
      assertNothingIsLeftOver();
      after.close();
    }
    assertThat(steps).as("changes to the disk").isGreaterThan(12);
  }

  @Test
  @ExpectedError("a voice on the shelf has no readable card")
  void aDamagedCardCostsOneVoiceAndNotTheShelf() throws IOException {
    PiperShelf shelf = quick(_ -> {});
    var _ = install(shelf, zip("a", "a", ToyVoice.configuration("ru"), ToyVoice.Network.TONES));
    ShelvedVoice other =
        install(shelf, zip("b", "b", ToyVoice.configuration("kk"), ToyVoice.Network.TONES));
    Files.writeString(directory.resolve("shelf/voices/a.1/card.json"), "{}");

    assertThat(quick(_ -> {}).shelved()).containsExactly(other);
    assertThat(places()).containsExactly("a.1", "b.2");
  }

  private static final class PullAt implements StagedDirectories.Plug {
    private final int before;
    private int steps;

    PullAt(int before) {
      this.before = before;
    }

    synchronized boolean isPulled() {
      return steps >= before;
    }

    @Override
    public synchronized void before(String step) {
      steps++;
      if (steps >= before) {
        throw new IllegalStateException("the power went before: " + step);
      }
    }
  }

  private PiperShelf shelf() {
    return open(PiperShelf.usual());
  }

  /// One whose voices need not speak.
  private PiperShelf quick(StagedDirectories.Plug plug) {
    ModelBundle bundles = PiperShelf.usual().bundles();
    return open(
        new PiperShelf.Means(
            plug,
            bundles,
            (_, _, _) -> new VoiceTrial.Result(Duration.ofSeconds(5), Duration.ofSeconds(1))));
  }

  private PiperShelf open(PiperShelf.Means means) {
    PiperShelf shelf =
        PiperShelf.open(directory.resolve("shelf"), InstantSource.fixed(NOON), means);
    opened.add(shelf);
    return shelf;
  }

  private Path toy(String name, String voice, ToyVoice.Network network) throws IOException {
    return zip(name, name, ToyVoice.configuration(voice), network);
  }

  private Path zip(String file, String name, JsonObject configuration, ToyVoice.Network network)
      throws IOException {
    return ToyVoice.zip(directory.resolve(file + ".zip"), name, configuration, network);
  }

  private static Installation<ShelvedVoice> begun(PiperShelf shelf, Path zip) {
    return shelf.install(Timbre.FEMALE, zip, Optional.empty(), _ -> {});
  }

  private static ShelvedVoice install(PiperShelf shelf, Path zip) {
    return await(begun(shelf, zip).installed());
  }

  private static Arguments archive(ModelFault fault, String said, Object... files) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (int i = 0; i < files.length; i += 2) {
      all.put((String) files[i], (byte[]) files[i + 1]);
    }
    return Arguments.of(fault, said, all);
  }

  private static void assertRefused(Future<?> future, ModelFault fault, String said) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).as(refused.getMessage()).isEqualTo(fault))
        .hasMessageContaining(said);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(150, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer", late);
    }
  }

  /// Waits, however it ends.
  private static void settle(Future<?> future) {
    var _ = await(future.otherwiseEmpty());
  }

  private List<String> places() {
    String[] names = directory.resolve("shelf/voices").toFile().list();
    return Arrays.stream(names == null ? new String[0] : names).sorted().toList();
  }

  private void assertNothingIsLeftOver() {
    assertThat(directory.resolve("shelf/incoming")).isEmptyDirectory();
    assertThat(directory.resolve("shelf/outgoing")).isEmptyDirectory();
  }
}
