package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real espeak-ng.
@Timeout(60)
@Tag("AC-STT-01")
class PronouncerTest {

  private final Pronouncer pronouncer = new Pronouncer(PhonemeTableTest.russian());

  @Test
  void saysAllWordsInOneRun() throws Exception {
    List<Pronunciation> said =
        pronouncer.pronounce(
            List.of(
                OwnWord.of("Каспи"),
                new OwnWord("бта", List.of("бэ тэ а", "бта банк"), 1),
                OwnWord.of("что"),
                OwnWord.of("двадцать"),
                new OwnWord("жезқазған", List.of("жезказган"), 1)));

    assertThat(said.stream().map(each -> each.word() + " " + String.join("-", each.phones())))
        .contains("каспи k-a-s-p;-i", "бта b-e-t-e-a", "что S-t-o", "что S-t-V")
        .contains("двадцать d-v-a-ts-V-t;", "двадцать d-v-a-ts-t;")
        .anyMatch(each -> each.startsWith("бта p-t-a-b-a-n-k"))
        .anyMatch(each -> each.startsWith("жезқазған Z-"));
  }

  @Test
  void answersForAsManyWordsAsItWasAsked() throws Exception {
    List<OwnWord> words = new ArrayList<>();
    for (String first : List.of("ба", "во", "гу", "ди", "же", "зы", "ко", "лю", "ма", "ню")) {
      for (String second : List.of("пар", "рост", "сун", "тим", "фей", "хыль", "цок", "шур")) {
        for (String third : List.of("", "ка", "ко-ны", "ов", "чик")) {
          words.add(OwnWord.of(first + second + third));
        }
      }
    }

    List<Pronunciation> said = pronouncer.pronounce(words);

    assertThat(said.stream().map(Pronunciation::word).distinct()).hasSize(words.size());
  }

  @ParameterizedTest
  @CsvSource({
    "hello, of another language",
    "жезқазған, spells 'жезқазған' out",
    "умерщвленный, no phone for",
  })
  void namesTheWordThatCannotBeSaidAndWhy(String word, String why) {
    assertThatThrownBy(() -> pronouncer.pronounce(List.of(OwnWord.of("дом"), OwnWord.of(word))))
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            refused -> assertThat(refused.fault()).isEqualTo(ModelFault.BAD_WORD))
        .hasMessageContaining("'" + word + "' cannot be said")
        .hasMessageContaining(why)
        .hasMessageNotContaining("дом");
  }

  @Test
  void namesAllOfThemUpToTwenty() {
    List<OwnWord> words = new ArrayList<>();
    for (char c = 'a'; c <= 'w'; c++) {
      words.add(OwnWord.of("lo" + c + "ndon"));
    }

    assertThatThrownBy(() -> pronouncer.pronounce(words))
        .hasMessageContaining("'loandon'")
        .hasMessageContaining("'lotndon'")
        .hasMessageNotContaining("'loundon'")
        .hasMessageEndingWith("; and 3 more");
  }

  @Test
  void refusesAVoiceThatIsNotThere() {
    PhonemeTable table =
        PhonemeTable.read(
            new SourceText(java.nio.file.Path.of("g2p.tsv"), List.of("voice\txx-none")),
            PhonemeTableTest.RUSSIAN);

    assertThatThrownBy(() -> new Pronouncer(table).pronounce(List.of(OwnWord.of("дом"))))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("espeak-ng ended with 1");
  }
}
