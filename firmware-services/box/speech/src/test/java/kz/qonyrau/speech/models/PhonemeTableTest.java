package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("AC-STT-01")
class PhonemeTableTest {

  private static final Path RESOURCES = Path.of("src/test/resources/models");

  /// The phones of the Russian models.
  static final Phones RUSSIAN =
      HclGraphTest.phones(
          ("SIL V a e i o u y b b; d d; f f; g g; j k k; l l; m m; n n; p p; r r; s s; t t; v v; x z"
                  + " z; S S; Z ts tS;")
              .split(" "));

  private static final Phones ENGLISH =
      HclGraphTest.phones(
          ("SIL A V a O aU @ aI E 3 eI I i oU OI U u b tS d D f g h dZ k l m n N p r s S t T v w j z"
                  + " Z")
              .split(" "));

  private static final Phones KAZAKH =
      HclGraphTest.phones(
          "SIL A & e o 8 U Y @ I i u b d f g G h j k l m n N p q r s S t tS v w x z Z".split(" "));

  /// The table of the model that the box ships.
  static PhonemeTable russian() {
    return PhonemeTable.read(SourceText.read(Path.of("models/ru-starter-8k/lm/g2p.tsv")), RUSSIAN);
  }

  private static PhonemeTable table(String language) {
    return switch (language) {
      case "ru" -> russian();
      case "en" -> PhonemeTable.read(SourceText.read(RESOURCES.resolve("g2p-en.tsv")), ENGLISH);
      default -> PhonemeTable.read(SourceText.read(RESOURCES.resolve("g2p-kk.tsv")), KAZAKH);
    };
  }

  static Stream<Arguments> words() {
    return Stream.of("ru", "en", "kk").flatMap(PhonemeTableTest::words);
  }

  private static Stream<Arguments> words(String language) {
    return SourceText.read(RESOURCES.resolve("g2p-" + language + "-words.tsv")).lines().stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Arguments.of((Object[]) (language + "\t" + line).split("\t", -1)));
  }

  /// The same words, phonemes and phones as in the recipe that trains models.
  @ParameterizedTest
  @MethodSource("words")
  void reducesPhonemesAsTheRecipeDoes(
      String language, String word, String phonemes, String expected) throws UnsayableException {
    PhonemeTable table = table(language);
    if (expected.isEmpty()) {
      assertThatThrownBy(() -> table.ways(word, phonemes))
          .isInstanceOf(UnsayableException.class)
          .hasMessageContaining("no phone for espeak-ng's phoneme");
    } else {
      assertThat(table.ways(word, phonemes).stream().map(way -> String.join(" ", way)))
          .containsExactly(expected.split(" / "));
    }
  }

  @Test
  void hasExceptionsInTheirOrder() {
    assertThat(russian().exceptions("что"))
        .containsExactly(List.of("S", "t", "o"), List.of("S", "t", "V"));
    assertThat(russian().exceptions("дом")).isEmpty();
    assertThat(russian().voice()).isEqualTo("ru");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          phoneme~x~A,                   lacks the line 'voice'
          voice~ru|voice~en,   line 2: expected the name of one voice
          voice~ru -f /etc,     line 1: expected the name of one voice
          voice~-q,             line 1: expected the name of one voice
          voice,                "line 1: expected 2 fields, found 1"
          voice~ru|phoneme~x~Q,         line 2: no phone of this model: 'Q'
          voice~ru|phoneme~x~SIL,       line 2: no phone of this model
          voice~ru|phoneme~x,           "line 2: expected 3 fields, found 2"
          voice~ru|phoneme~x~A|phoneme~x~B,     line 3: the phoneme stands there twice
          voice~ru|~A,          line 2: unknown
          voice~ru|magic~A,    line 2: unknown: 'magic'
          voice~ru|phoneme~~A, line 2: the second field is empty
          voice~ru|merge~A B~A, line 2: expected one phone
          voice~ru|word~a b~A, line 2: not a word
          voice~ru|before~~A,  line 2: the second field is empty
          voice~ru|before~x~Q, line 2: no phone of this model: 'Q'
          voice~ru|replace~~x, line 2: the second field is empty
          voice~ru|long~1,     "line 2: expected 1 fields, found 2"
          """)
  void saysWhatIsWrong(String lines, String complaint) {
    Phones phones = HclGraphTest.phones("SIL", "A", "B");
    List<String> text = new ArrayList<>(Arrays.asList(lines.replace('~', '\t').split("\\|", -1)));

    assertThatThrownBy(() -> PhonemeTable.read(new SourceText(Path.of("g2p.tsv"), text), phones))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("g2p.tsv")
        .hasMessageContaining(complaint);
  }
}
