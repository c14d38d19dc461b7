package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kz.qonyrau.speech.reading.Reading;
import kz.qonyrau.testsupport.DebianBundle;
import kz.qonyrau.testsupport.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real RHVoice, espeak-ng and SoX.
@Timeout(120)
class InstalledVoicesTest {

  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final Locale ENGLISH = Locale.of("en");
  private static final Map<Locale, String> GREETINGS =
      Map.of(
          RUSSIAN, "Здравствуйте! Ваш заказ готов.",
          KAZAKH, "Сәлеметсіз бе! Тапсырысыңыз дайын.",
          ENGLISH, "Hello! Your order is ready.");

  @TempDir Path directory;

  private final List<InstalledVoices> opened = new ArrayList<>();
  private InstalledVoices voices;

  @BeforeEach
  void open() throws IOException {
    voices = open(Optional.of(DebianBundle.voices()));
  }

  @AfterEach
  void close() {
    opened.forEach(InstalledVoices::close);
  }

  @Test
  @Tag("AC-TTS-01")
  void allVoicesSpeakTheirLanguageAndSoundDifferent() {
    List<byte[]> spoken = new ArrayList<>();

    for (VoiceProfile profile : voices.all()) {
      byte[] pcm =
          Eventually.answer(
              voices.say(greeting(profile), profile.language(), Optional.of(profile.id())));

      assertThat(pcm.length % 2).isZero();
      assertThat(pcm.length / 16_000.0).as(profile.id()).isBetween(1.0, 8.0);
      assertThat(spoken).noneMatch(other -> java.util.Arrays.equals(other, pcm));
      spoken.add(pcm);
    }
  }

  @Test
  @Tag("AC-TTS-01")
  void eachLanguageHasAFemaleAndAMaleVoiceWithAndWithoutTheBundle() throws IOException {
    for (InstalledVoices some : List.of(voices, open(Optional.empty()))) {
      for (Locale language : GREETINGS.keySet()) {
        assertThat(some.all().stream().filter(voice -> voice.language().equals(language)))
            .extracting(VoiceProfile::timbre)
            .contains(Timbre.FEMALE, Timbre.MALE);
      }
    }
    assertThat(voices.all()).extracting(VoiceProfile::id).doesNotHaveDuplicates();
  }

  @Test
  @Tag("AC-TTS-01")
  void theUsualVoiceIsTheFirstOfItsLanguage() {
    byte[] usual = say("алло", RUSSIAN);

    assertThat(Eventually.answer(voices.say("алло", RUSSIAN, Optional.of("rhvoice-elena"))))
        .isEqualTo(usual);
    assertThat(voices.speaks("rhvoice-elena", RUSSIAN)).isTrue();
    assertThat(voices.speaks("rhvoice-elena", ENGLISH)).isFalse();
    assertThat(voices.speaks("nobody", RUSSIAN)).isFalse();
  }

  @Test
  void allVoicesAreEquallyLoudAndNeverTooLoud() {
    for (VoiceProfile profile : voices.all()) {
      byte[] pcm =
          Eventually.answer(
              voices.say(greeting(profile), profile.language(), Optional.of(profile.id())));

      assertThat(Loudness.dbov(pcm)).as(profile.id()).isCloseTo(Loudness.PROMPT_DBOV, within(2.0));
      assertThat(AudioFiles.judge(Prompts.joined(pcm, new byte[32_000])))
          .isInstanceOfSatisfying(
              AudioCheck.Usable.class,
              usable -> {
                assertThat(usable.peakDbfs()).isLessThanOrEqualTo(Loudness.PEAK_DBOV + 0.01);
                assertThat(usable.clipped()).isFalse();
              });
    }
  }

  @Test
  @Tag("AC-TTS-04")
  void aTextIsReadAloudAsThePreviewShows() {
    String written = "К оплате 21 ₸";

    Reading reading = voices.read(written, RUSSIAN);

    assertThat(reading.words()).isEqualTo("К оплате двадцать один тенге");
    assertThat(say(written, RUSSIAN)).isEqualTo(say(reading.words(), RUSSIAN));
    assertThat(say(written, RUSSIAN)).isNotEqualTo(say("К оплате 22 ₸", RUSSIAN));
  }

  @Test
  @Tag("AC-TTS-04")
  void takesNothingInATextForAnOrder() {
    Path file = directory.resolve("x");
    for (String voice : new String[] {"rhvoice-elena", "espeak-ru-male"}) {
      byte[] plain = Eventually.answer(voices.say("алло", RUSSIAN, Optional.of(voice)));
      for (String text : new String[] {"-w " + file + " алло", "<audio src='x'/> алло"}) {
        assertThat(Eventually.answer(voices.say(text, RUSSIAN, Optional.of(voice))).length)
            .isGreaterThan(plain.length);
      }
      // Phonemes to espeak-ng, which would say nothing of it; punctuation to RHVoice.
      assertThat(Eventually.answer(voices.say("[[_:]] алло", RUSSIAN, Optional.of(voice))).length)
          .isGreaterThanOrEqualTo(plain.length);
    }
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "…!?", "привет\u0000", "привет\u001b[0m", "\n\t"})
  void refusesATextThatCannotBeSpoken(String text) {
    assertThatThrownBy(() -> say(text, RUSSIAN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATextThatIsTooLongOnceItIsReadAndALanguageThatNobodySpeaks() {
    assertThatThrownBy(() -> say("а".repeat(8001), RUSSIAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8000");
    assertThatThrownBy(() -> say("777, ".repeat(500), RUSSIAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8000");
    assertThatThrownBy(() -> say("hallo", Locale.GERMAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'de'");
    assertThatThrownBy(() -> voices.say("hello", ENGLISH, Optional.of("rhvoice-elena")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'ru', not 'en'");
  }

  @Test
  @Tag("AC-TTS-05")
  void aVoiceThatIsGoneOrBrokenFailsAndSaysWhich() throws IOException {
    assertThatThrownBy(
            () -> Eventually.answer(voices.say("алло", RUSSIAN, Optional.of("rhvoice-gone"))))
        .isInstanceOf(SpeechSynthesisException.class)
        .hasMessageContaining("'rhvoice-gone' is not installed");

    Path broken = copyOf(DebianBundle.voices());
    Files.delete(broken.resolve("bin/RHVoice-test"));
    Files.writeString(broken.resolve("bin/RHVoice-test"), "no program");
    InstalledVoices some = open(Optional.of(broken));

    assertThatThrownBy(() -> Eventually.answer(some.say("алло", RUSSIAN, Optional.empty())))
        .isInstanceOf(SpeechSynthesisException.class)
        .hasMessageContaining("rhvoice-elena ended with");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "elena Russian",
        "../elena Russian female",
        "elena Klingon female",
        "elena Russian child",
        "elena Russian female\nelena Russian male",
        "nobody Russian female"
      })
  void aBundleThatIsNotOneIsRefusedWithThePlaceThatIsWrong(String list) throws IOException {
    Path bundle = copyOf(DebianBundle.voices());
    Files.delete(bundle.resolve("voices.conf"));
    Files.writeString(bundle.resolve("voices.conf"), "# voices\n" + list + "\n");

    assertThatThrownBy(() -> open(Optional.of(bundle)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(?s).*(voices\\.conf:2|'nobody'|'elena' is listed twice).*");
    assertThatThrownBy(() -> open(Optional.of(directory)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RHVoice-test is missing");
  }

  private byte[] say(String text, Locale language) {
    return Eventually.answer(voices.say(text, language, Optional.empty()));
  }

  private static String greeting(VoiceProfile profile) {
    return Objects.requireNonNull(GREETINGS.get(profile.language()));
  }

  private InstalledVoices open(Optional<Path> bundle) throws IOException {
    InstalledVoices some =
        InstalledVoices.open(bundle, directory.resolve("prompts"), new Plain(), 100);
    opened.add(some);
    return some;
  }

  /// The same directory, but for `bin` and `voices.conf` made of links.
  private Path copyOf(Path bundle) throws IOException {
    Path copy = Files.createDirectory(directory.resolve("bundle"));
    for (String name : new String[] {"lib", "data", "config"}) {
      Files.createSymbolicLink(copy.resolve(name), bundle.resolve(name));
    }
    Files.createDirectory(copy.resolve("bin"));
    for (String name : new String[] {"bin/RHVoice-test", "voices.conf"}) {
      Files.copy(bundle.resolve(name), copy.resolve(name));
    }
    return copy;
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
