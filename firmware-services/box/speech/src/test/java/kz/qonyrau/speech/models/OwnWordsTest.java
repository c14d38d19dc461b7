package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("AC-STT-01")
class OwnWordsTest {

  @TempDir Path model;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "два слова",
        "[unk]",
        "<s>",
        "#0",
        "7",
        "-а",
        "'",
        "да\nнет",
        "да\tA",
        "[[h@l]]",
        "а\u0000",
        "да,нет",
        "да\u2028нет",
        "😀",
        "да<eps>"
      })
  void refusesWhatIsNoWord(String word) {
    assertThatThrownBy(() -> OwnWord.of(word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("word: one word of letters");
    if (!word.equals("два слова")) {
      assertThatThrownBy(() -> new OwnWord("да", List.of(word), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("word 'да'");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.009, 1001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesImpossibleWeights(double weight) {
    assertThatThrownBy(() -> new OwnWord("да", List.of(), weight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.01 to 1000");
  }

  @Test
  void keepsLimits() {
    assertThat(OwnWord.of("а".repeat(50)).word()).hasSize(50);
    assertThatThrownBy(() -> OwnWord.of("а".repeat(51)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OwnWord("да", List.of("а", "б", "в", "г", "д", "е"), 1))
        .hasMessageContaining("at most 5 ways");
    assertThatThrownBy(() -> new OwnWords(List.of(OwnWord.of("Да"), OwnWord.of("да")), List.of()))
        .hasMessageContaining("'да': stands there twice");
    assertThatThrownBy(() -> new OwnWords(List.of(), List.of("да")))
        .hasMessageContaining("2 to 6 words, not 1");
    assertThatThrownBy(() -> new OwnWords(List.of(), List.of("а б в г д е ё")))
        .hasMessageContaining("2 to 6 words, not 7");
    assertThatThrownBy(() -> new OwnWords(List.of(), Collections.nCopies(20_001, "да нет")))
        .hasMessageContaining("at most 20000");
  }

  @Test
  void areKeptWithTheModel() throws IOException {
    Files.createDirectory(model.resolve("lm"));
    OwnWords own =
        new OwnWords(
            List.of(
                new OwnWord("Каспи", List.of("каспи", "Каспий"), 2.5), OwnWord.of("д'артаньян")),
            List.of("Каспи  банк"));

    OwnWordsFile.write(own, model);

    assertThat(OwnWordsFile.read(model)).isEqualTo(own);
    assertThat(own.words().getFirst().word()).isEqualTo("каспи");
    assertThat(own.phrases()).containsExactly("каспи банк");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"words\":{}}",
        "{\"words\":[1]}",
        "{\"words\":[null]}",
        "{\"words\":[{\"word\":\"[unk]\"}]}",
        "{\"words\":[{\"word\":\"да\",\"weight\":\"x\"}]}",
        "{\"words\":[{\"word\":\"да\",\"saidAs\":[7]}]}",
        "{\"phrases\":[null]}"
      })
  void refusesADamagedList(String content) throws IOException {
    Files.createDirectory(model.resolve("lm"));
    Files.writeString(model.resolve("lm/own-words.json"), content);

    assertThatThrownBy(() -> OwnWordsFile.read(model))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("own-words.json");
  }
}
