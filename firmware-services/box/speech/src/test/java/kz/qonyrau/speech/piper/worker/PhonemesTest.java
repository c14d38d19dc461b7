package kz.qonyrau.speech.piper.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real espeak-ng.
class PhonemesTest {

  @TempDir Path directory;

  @Test
  void marksStandWhereTheTextHasThem() throws Exception {
    assertThat(said("ru", "Мама! Пять, мама")).containsExactly("mˈɑma!", "pʲˈɑtʲ, mˈɑma.");
    assertThat(said("en-us", "Hello?")).containsExactly("həlˈoʊ?");
  }

  /// A composed letter is two code points, as in the maps of the voices.
  @Test
  void accentsStandApartAndLanguagesAreNotNamed() throws Exception {
    assertThat(said("ru", "слово hello")).singleElement().asString().doesNotContain("(", "en", ")");
    assertThat(said("kk", "Сәлеметсіз бе").getFirst()).isEqualTo("sælemetsˈɪz bˈe.");
  }

  @Test
  void asManyClausesAsThereAreAreSaidInOrder() throws Exception {
    List<String> all = said("ru", "мама, ".repeat(500));

    assertThat(String.join(" ", all).split("mˈɑma", -1)).hasSize(501);
  }

  @Test
  void aVoiceThatEspeakLacksIsAFailure() {
    assertThatThrownBy(() -> said("zz", "мама"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("espeak-ng ended with");
  }

  @Test
  void numbersStandBetweenPausesAndUnknownPhonemesAreLeftOut() {
    VoiceFile voice =
        new VoiceFile(
            "ru",
            16_000,
            1,
            0.6f,
            1,
            0.8f,
            Map.of(
                (int) '_', List.of(0L),
                (int) '^', List.of(1L),
                (int) '$', List.of(2L),
                (int) 'a', List.of(7L, 8L)));

    assertThat(voice.numbers("axa".codePoints().toArray()))
        .containsExactly(1, 0, 7, 8, 0, 7, 8, 0, 2);
  }

  @Test
  void aVoicesFileIsReadAsItWasWritten() throws IOException {
    VoiceFile voice =
        new VoiceFile(
            "en-us",
            22_050,
            3,
            0.667f,
            1.25f,
            0.8f,
            Map.of((int) 'ʲ', List.of(5L), 0x1d7c8, List.of(1L)));
    Path file = directory.resolve("voice.conf");
    voice.write(file);

    assertThat(VoiceFile.read(file)).isEqualTo(voice);

    Files.writeString(file, Files.readString(file).replace("rate\t", "rate\tx"));
    assertThatThrownBy(() -> VoiceFile.read(file)).isInstanceOf(IOException.class);
    Files.writeString(file, "");
    assertThatThrownBy(() -> VoiceFile.read(file)).isInstanceOf(IOException.class);
  }

  private static List<String> said(String voice, String text) throws Exception {
    return new Phonemes(voice)
        .of(Clause.sentences(text)).stream()
            .map(phonemes -> new String(phonemes, 0, phonemes.length))
            .map(String::strip)
            .toList();
  }
}
