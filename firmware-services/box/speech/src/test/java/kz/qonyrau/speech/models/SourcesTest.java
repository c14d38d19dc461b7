package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a graph is made of comes in files that somebody else wrote.
@Tag("AC-STT-01")
class SourcesTest {

  private static final String ARPA =
      """
      \\data\\
      ngram 1=3
      ngram 2=1

      \\1-grams:
      -99\t<s>\t0
      -1\tа\t0
      -1\t</s>

      \\2-grams:
      -1\tа а

      \\end\\
      """;

  @TempDir Path directory;

  @Test
  void readsPlainAndPackedFiles() throws IOException {
    Files.writeString(directory.resolve("a.txt"), "один\nдва\n");
    Files.write(
        directory.resolve("b.txt.gz"), packed("три\nчетыре".getBytes(StandardCharsets.UTF_8)));

    assertThat(SourceText.read(directory, "a.txt").lines()).containsExactly("один", "два");
    assertThat(SourceText.read(directory, "b.txt").lines()).containsExactly("три", "четыре");
    assertThatThrownBy(() -> SourceText.read(directory, "c.txt"))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("lacks c.txt");
  }

  @Test
  void refusesATextThatUnpacksToMoreThanItMay() throws IOException {
    Path bomb = directory.resolve("bomb.gz");
    Files.write(bomb, packed(new byte[1 << 20]));

    assertThat(Files.size(bomb)).isLessThan(2000);
    assertThatThrownBy(() -> SourceText.read(bomb, 1000))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("more than 1000 bytes");
  }

  @Test
  void refusesWhatIsNoTextOrNoGzip() throws IOException {
    Path text = directory.resolve("a.txt");
    Files.write(text, "да".getBytes(Charset.forName("windows-1251")));
    Path gzip = directory.resolve("a.gz");
    Files.writeString(gzip, "plain");

    assertThatThrownBy(() -> SourceText.read(text)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> SourceText.read(gzip)).hasMessageContaining("cannot read");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          A|SIL,       must be SIL
          SIL,         must be SIL
          SIL|A|A,     line 3: the phone A stands there twice
          SIL|A B,     line 2
          SIL||A,      line 2
          SIL|дом,     line 2
          """)
  void saysWhatIsWrongWithPhones(String lines, String complaint) {
    assertThatThrownBy(() -> Phones.read(text(lines)))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("f.txt")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          дом,               line 1: expected a word
          дом~A|,            line 2: expected a word
          ~A,                line 1: expected a word
          дом~,              line 1: no phone
          дом~A  B,          line 1: no phone
          дом~A Q,           line 1: no phone of this model: 'Q'
          дом~A SIL,         line 1: no phone of this model: 'SIL'
          дом~A~B,           line 1: no phone
          два слова~A,       line 1: not a word
          [unk]~A,           line 1: not a word
          <s>~A,             line 1: not a word
          #0~A,              line 1: not a word
          """)
  void saysWhatIsWrongWithALexicon(String lines, String complaint) {
    Phones phones = HclGraphTest.phones("SIL", "A", "B");

    assertThatThrownBy(() -> Lexicon.read(text(lines.replace('~', '\t')), phones))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("f.txt")
        .hasMessageContaining(complaint);
  }

  @Test
  void refusesAWordWithoutEnd() {
    Phones phones = HclGraphTest.phones("SIL", "A");

    assertThatThrownBy(() -> Lexicon.read(text("а\t" + "A ".repeat(100) + "A"), phones))
        .hasMessageContaining("line 1: more than 100 phones");
    assertThatThrownBy(() -> Lexicon.read(text("а".repeat(101) + "\tA"), phones))
        .hasMessageContaining("line 1: not a word");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          -1~а а,              0.5~а а,            a probability above one
          -1~а а,              x~а а,              not a logarithm: 'x'
          -1~а а,              NaN~а а,            not a logarithm
          -1~а а,              -Infinity~а а,      not a logarithm
          -1~а а,              -1~а,               expected 2 words
          -1~а а,              -1~а  а,            expected 2 words
          -1~а а,              -1 а а,             expected a probability
          -1~а а,              -1~а а~0~0,         expected a probability
          -1~а а,              -1~б а,             no sequence with a back-off weight
          -1~а а,              -1~</s> а,          no sequence with a back-off weight
          ngram 2=1,           ngram 2=2,          announces 2 sequences of 2
          ngram 2=1,           ngram 3=1,          expected 'ngram 2='
          ngram 2=1,           ngram 2=-1,         expected 'ngram 2='
          ngram 2=1,           ngram 2=1|ngram 3=0, 'announces 3 orders, has 2'
          \\2-grams:,          \\3-grams:,         unexpected
          \\2-grams:,          \\more\\,           unexpected
          -1~</s>,             -1~б,               lacks the probability of </s>
          -1~</s>,             -1~а,               stands there twice
          \\end\\,             '',                 cut off
          \\end\\,             \\end\\|-1~б,       something follows
          """)
  void saysWhatIsWrongWithALanguageModel(String part, String instead, String complaint) {
    String changed =
        ARPA.replace(
            part.replace('~', '\t').replace("\\\\", "\\"),
            instead.replace('~', '\t').replace('|', '\n').replace("\\\\", "\\"));

    assertThat(changed).isNotEqualTo(ARPA);
    assertThatThrownBy(() -> GrammarGraphTest.arpa(changed))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("lm.arpa")
        .hasMessageContaining(complaint);
  }

  /// A damaged file is refused with the file's name, or is another model; nothing else happens.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesDamagedLanguageModels(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StringBuilder damaged = new StringBuilder(ARPA);
      for (int k = 0; k <= random.nextInt(3); k++) {
        damaged.setCharAt(
            random.nextInt(damaged.length()), "\t\n \\-19<а".charAt(random.nextInt(9)));
      }
      try {
        assertThat(GrammarGraphTest.arpa(damaged.toString()).order()).isBetween(1, 2);
      } catch (ModelRefusedException refused) {
        assertThat(refused.fault()).isEqualTo(ModelFault.BAD_SOURCES);
        assertThat(refused).hasMessageContaining("lm.arpa");
      }
    }
  }

  private static SourceText text(String lines) {
    return new SourceText(Path.of("f.txt"), new ArrayList<>(List.of(lines.split("\\|", -1))));
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
