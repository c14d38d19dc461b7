package kz.qonyrau.speech.piper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.speech.AddedVoices;
import kz.qonyrau.speech.InstalledVoices;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.speech.SpeechSynthesisException;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.VoiceProfile;
import kz.qonyrau.speech.models.Trees;
import kz.qonyrau.speech.piper.worker.NativeLibrary;
import kz.qonyrau.speech.piper.worker.Program;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.ToyVoice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole way from a text to a prompt, with the real ONNX Runtime, espeak-ng and SoX, by a voice
/// that says each phoneme as a tone of its own.
@Timeout(180)
class PiperVoiceTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final int TELEPHONE = 8000;
  private static final int SLOT = ToyVoice.TONE_SAMPLES * TELEPHONE / ToyVoice.RATE;

  @TempDir Path directory;

  private PiperShelf shelf;
  private InstalledVoices voices;

  @BeforeEach
  void open() throws IOException {
    shelf = PiperShelf.open(directory.resolve("shelf"), InstantSource.system());
    voices =
        InstalledVoices.open(
            Optional.empty(), shelf, directory.resolve("prompts"), new Plain(), 100);
  }

  @AfterEach
  void close() {
    voices.close();
    shelf.close();
  }

  /// Reading rules, espeak-ng's phonemes, their numbers with pauses between, the telephone's rate
  /// and the prompts' loudness.
  @Test
  @Tag("AC-TTS-01")
  @Tag("AC-TTS-04")
  void aTextBecomesTheTonesOfItsPhonemesInOrder() throws IOException {
    ShelvedVoice toy = install("toy", ToyVoice.configuration("ru"));

    byte[] pcm = say("Мама, 5!", toy.id());

    assertThat(heard(pcm, 1)).isEqualTo("^mˈɑma, pʲˈɑtʲ!$");
    assertThat(loudest(pcm)).isCloseTo(-19, within(3.0));
  }

  @Test
  void sentencesStandApartAndASlowVoiceIsSlow() throws IOException {
    ShelvedVoice slow = install("slow", ToyVoice.slow("en-us"));

    byte[] pcm = await(voices.say("It is. Go", Locale.of("en"), Optional.of(slow.id())));

    assertThat(heard(pcm, 2)).isEqualTo("^ɪɾ ˈɪz.$^ɡˈoʊ.$");
    assertThat(pcm.length / 2 / SLOT / 2).isGreaterThan(30);
  }

  @Test
  @Tag("AC-TTS-01")
  void itIsThereForCampaignsAtOnceAndNobodysUsualVoice() throws IOException {
    byte[] usual = await(voices.say("мама", RUSSIAN, Optional.empty()));
    VoiceProfile first = voices.all().getFirst();

    ShelvedVoice toy = install("toy", ToyVoice.configuration("ru"));

    assertThat(voices.speaks(toy.id(), RUSSIAN)).isTrue();
    assertThat(voices.speaks(toy.id(), Locale.of("kk"))).isFalse();
    assertThat(voices.all().getFirst()).isEqualTo(first);
    assertThat(await(voices.say("мама", RUSSIAN, Optional.empty()))).isEqualTo(usual);
    assertThat(say("мама", toy.id())).isNotEqualTo(usual);
  }

  /// Neither the cache nor a page may go on with the old sound.
  @Test
  @Tag("AC-TTS-02")
  void aReplacedVoiceSpeaksAnewAndItsFilesGo() throws IOException {
    ShelvedVoice first = install("toy", ToyVoice.configuration("ru"));
    byte[] before = say("мама", first.id());

    ShelvedVoice second = install("toy", ToyVoice.slow("ru"));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(say("мама", first.id()).length).isGreaterThan(before.length * 3 / 2);
    Eventually.await(
        Duration.ofSeconds(30),
        "the files of the first one go",
        () -> !Files.exists(directory.resolve("shelf/voices/toy.1")));
  }

  @Test
  @Tag("AC-TTS-05")
  void aRemovedVoiceFailsAndSaysWhich() throws IOException {
    ShelvedVoice toy = install("toy", ToyVoice.configuration("ru"));
    assertThat(say("мама", toy.id())).isNotEmpty();

    var _ = await(shelf.remove(toy.id()));

    assertThatThrownBy(() -> say("мама", toy.id()))
        .isInstanceOf(SpeechSynthesisException.class)
        .hasMessageContaining("'piper-toy' is not installed");
    assertThat(voices.speaks(toy.id(), RUSSIAN)).isFalse();
  }

  /// The voice never comes to an end, and its program is killed, as by the kernel when memory is
  /// short.
  @Test
  @Tag("AC-TTS-05")
  void aProgramThatDiesInTheMiddleCostsOneText() throws IOException {
    ShelvedVoice toy = install("toy", ToyVoice.configuration("ru"));
    Path endless = unpacked(ToyVoice.Network.ENDLESS);
    AddedVoices.Added voice =
        new AddedVoices.Added(
            new VoiceProfile("endless", RUSSIAN, Timbre.FEMALE, "endless", "Piper"),
            Program.command(
                endless,
                NativeLibrary.unpacked(directory.resolve("library")),
                Duration.ofSeconds(60)),
            "endless",
            ToyVoice.RATE,
            Duration.ofSeconds(60));
    try (InstalledVoices broken =
        InstalledVoices.open(
            Optional.empty(),
            new One(voice),
            directory.resolve("more-prompts"),
            new Plain(),
            100)) {
      Future<byte[]> spoken = broken.say("мама", RUSSIAN, Optional.of("endless"));
      Eventually.await(
          Duration.ofSeconds(60), "the program runs and has loaded", () -> kill(endless));

      assertThatThrownBy(() -> await(spoken))
          .isInstanceOf(SpeechSynthesisException.class)
          .hasMessageContaining("endless ended with 137");
    }
    assertThat(say("мама", toy.id())).isNotEmpty();
  }

  /// The box may be gone before the program.
  @Test
  void aProgramThatNobodyEndsEndsByItself() throws Exception {
    Path endless = unpacked(ToyVoice.Network.ENDLESS);
    Process process =
        new ProcessBuilder(
                Program.command(
                    endless,
                    NativeLibrary.unpacked(directory.resolve("library")),
                    Duration.ofSeconds(3)))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().write(ToyVoice.bytes("мама"));
      process.getOutputStream().close();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(4);
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("longer than 3000 ms")
          .doesNotContain("мама");
    } finally {
      process.destroyForcibly();
    }
  }

  private Path unpacked(ToyVoice.Network network) throws IOException {
    Path voice = Files.createDirectories(directory.resolve("unpacked"));
    Files.write(voice.resolve(Program.MODEL), ToyVoice.onnx(network));
    Path json = voice.resolve("c.json");
    Files.writeString(json, ToyVoice.configuration("ru").encode());
    VoiceConfiguration.read(json).file().write(voice.resolve(Program.SETTINGS));
    return voice;
  }

  /// Kills the program that speaks with a voice once it has worked for a while.
  private static boolean kill(Path voice) {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(voice.toString()))
        .filter(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() > 1500)
        .map(ProcessHandle::destroyForcibly)
        .findAny()
        .orElse(false);
  }

  private ShelvedVoice install(String name, JsonObject configuration) throws IOException {
    Path zip = directory.resolve(name + ".zip");
    Trees.delete(zip);
    var _ = ToyVoice.zip(zip, name, configuration, ToyVoice.Network.TONES);
    return await(shelf.install(Timbre.FEMALE, zip, Optional.empty(), _ -> {}).installed());
  }

  private byte[] say(String text, String voice) {
    return await(voices.say(text, RUSSIAN, Optional.of(voice)));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(120, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer", late);
    }
  }

  /// The phonemes whose tones can be heard, in order.
  ///
  /// @param slowness how many slots a tone lasts
  private static String heard(byte[] pcm, int slowness) {
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    StringBuilder heard = new StringBuilder();
    int slot = SLOT * slowness;
    for (int at = 0; at + slot <= samples.limit(); at += slot) {
      double energy = 0;
      for (int i = at; i < at + slot; i++) {
        energy += (double) samples.get(i) * samples.get(i);
      }
      if (energy / slot > 500 * 500) {
        heard.appendCodePoint(phoneme(samples, at, slot));
      }
    }
    return heard.toString();
  }

  private static int phoneme(ShortBuffer samples, int from, int length) {
    int best = 0;
    double most = 0;
    for (int phoneme : ToyVoice.PHONEMES.codePoints().toArray()) {
      double step = 2 * Math.PI * ToyVoice.hertz(phoneme) / TELEPHONE;
      double real = 0;
      double imaginary = 0;
      for (int i = 0; i < length; i++) {
        real += samples.get(from + i) * Math.cos(step * i);
        imaginary += samples.get(from + i) * Math.sin(step * i);
      }
      double power = real * real + imaginary * imaginary;
      if (power > most) {
        most = power;
        best = phoneme;
      }
    }
    return best;
  }

  /// The level of the tones, dB below full scale; tones are sines, 3 dB below their peaks.
  private static double loudest(byte[] pcm) {
    ShortBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    int peak = 1;
    while (samples.hasRemaining()) {
      peak = Math.max(peak, Math.abs((int) samples.get()));
    }
    return 20 * Math.log10(peak / 32768.0);
  }

  private record One(AddedVoices.Added voice) implements AddedVoices {

    @Override
    public List<Added> voices() {
      return List.of(voice);
    }

    @Override
    public void onChange(Runnable listener) {
      // Nothing changes.
    }

    @Override
    public void released(Added gone) {
      // It stays.
    }
  }

  private record Plain() implements Sealer {

    @Override
    public byte[] seal(byte[] plain, String context) {
      return plain;
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      return sealed;
    }
  }
}
