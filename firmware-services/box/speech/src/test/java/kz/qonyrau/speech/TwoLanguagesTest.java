package kz.qonyrau.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.speech.vosk.VoskRecognizer;
import kz.qonyrau.speech.vosk.VoskSettings;
import kz.qonyrau.vocabulary.CallId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Russian and Kazakh in one call: both models, real recognisers, synthetic voices.
@Timeout(180)
class TwoLanguagesTest {

  private static final Logger LOG = LoggerFactory.getLogger(TwoLanguagesTest.class);
  private static final Locale RUSSIAN = Locale.of("ru");
  private static final Locale KAZAKH = Locale.of("kk");
  private static final int PIECE = 320;

  private static final List<String> RUSSIAN_ANSWERS =
      List.of("да", "нет", "согласен", "не надо", "оператор", "повторите пожалуйста");
  private static final List<String> KAZAKH_ANSWERS =
      List.of("иә", "жоқ", "келісемін", "керек емес", "оператор", "қайталаңыз");

  private static @Nullable VoskRecognizer recognizer;
  private static @Nullable InstalledVoices voices;

  @TempDir static Path scratch;

  @BeforeAll
  static void open() throws Exception {
    recognizer =
        new VoskRecognizer(
            Map.of(
                RUSSIAN, Path.of("models/ru-starter-8k"), KAZAKH, Path.of("models/kk-starter-8k")),
            VoskSettings.usual(),
            scratch.resolve("ears"));
    voices = InstalledVoices.open(Optional.empty(), scratch.resolve("prompts"), new Plain(), 100);
  }

  @AfterAll
  static void close() {
    if (recognizer != null) {
      recognizer.close();
    }
    if (voices != null) {
      voices.close();
    }
  }

  @Test
  @Tag("AC-STT-01")
  void eachAnswerIsUnderstoodInTheLanguageThatItWasGivenIn() throws Exception {
    for (int i = 0; i < RUSSIAN_ANSWERS.size(); i++) {
      Interpreted heard =
          conversation(
              new Said(RUSSIAN, RUSSIAN_ANSWERS.get(i)), new Said(KAZAKH, KAZAKH_ANSWERS.get(i)));

      assertThat(heard.segments())
          .as(RUSSIAN_ANSWERS.get(i) + ", " + KAZAKH_ANSWERS.get(i))
          .extracting(spoken -> spoken.utterance().text())
          .containsExactly(RUSSIAN_ANSWERS.get(i), KAZAKH_ANSWERS.get(i));
      if (!RUSSIAN_ANSWERS.get(i).equals(KAZAKH_ANSWERS.get(i))) {
        assertThat(heard.segments()).extracting(Spoken::language).containsExactly(RUSSIAN, KAZAKH);
      }
    }
  }

  @Test
  @Tag("AC-STT-02")
  void whatIsInNeitherListIsUnderstoodInNeither() throws Exception {
    Interpreted heard =
        conversation(new Said(RUSSIAN, "холодильник"), new Said(KAZAKH, "кітапхана"));

    assertThat(heard.segments()).isEmpty();
  }

  private record Said(Locale language, String text) {}

  /// Says one thing after the other, settled where each ends as the end of a voice would be.
  private static Interpreted conversation(Said... all) throws Exception {
    Map<Locale, Optional<List<String>>> expected = new LinkedHashMap<>();
    expected.put(RUSSIAN, Optional.of(RUSSIAN_ANSWERS));
    expected.put(KAZAKH, Optional.of(KAZAKH_ANSWERS));
    VoskRecognizer ears = recognizer;
    InstalledVoices speakers = voices;
    if (ears == null || speakers == null) {
      throw new IllegalStateException("nothing was opened");
    }
    Interpreter interpreter =
        Interpreter.start(
            ears,
            CallId.random(),
            expected,
            news -> LOG.atInfo().addKeyValue("news", news).log("interpreted"));
    for (Said said : all) {
      byte[] pcm =
          Prompts.joined(
              Prompts.silence(Duration.ofMillis(400)),
              speakers
                  .say(said.text(), said.language(), Optional.empty())
                  .await(60, TimeUnit.SECONDS),
              Prompts.silence(Duration.ofMillis(300)));
      for (int at = 0; at < pcm.length; at += PIECE) {
        interpreter.feed(Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + PIECE)));
      }
      var _ = interpreter.settle().await(60, TimeUnit.SECONDS);
    }
    return interpreter.finish().await(60, TimeUnit.SECONDS);
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
