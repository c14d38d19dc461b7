package kz.qonyrau.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules by example: `reading/ru.tsv`, `kk.tsv` and `en.tsv` say what is written and how it is
/// read. A `~` stands for a no-break space.
@Tag("AC-TTS-04")
class ReadingExamplesTest {

  @ParameterizedTest(name = "{0}: {1} → {2}")
  @MethodSource("examples")
  void readsAsTheExampleSays(String language, String written, String read) {
    assertThat(new ReadingRules(Locale.of(language)).read(written).words()).isEqualTo(read);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("examples")
  void readsItsOwnWordsUnchanged(String language, String written, String read) {
    Reading again = new ReadingRules(Locale.of(language)).read(read);

    assertThat(again.words()).as("what was written as %s", written).isEqualTo(read);
    assertThat(again.changes()).isEmpty();
  }

  static List<Arguments> examples() throws IOException {
    List<Arguments> examples = new ArrayList<>();
    for (String language : List.of("ru", "kk", "en")) {
      for (String line : lines(language)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] columns = line.split("\t", -1);
          assertThat(columns).as("%s.tsv: %s", language, line).hasSize(2);
          examples.add(arguments(language, columns[0].replace('~', '\u00A0'), columns[1]));
        }
      }
    }
    return examples;
  }

  private static List<String> lines(String language) throws IOException {
    String name = "/reading/" + language + ".tsv";
    try (InputStream file =
        Objects.requireNonNull(ReadingExamplesTest.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void hasTwoHundredExamplesOfEachLanguage() throws IOException {
    for (String language : List.of("ru", "kk", "en")) {
      assertThat(examples().stream().filter(it -> it.get()[0].equals(language)))
          .as(language)
          .hasSizeGreaterThanOrEqualTo(200)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void tellsWhatItChangedAndWhere() {
    Reading reading = new ReadingRules(Locale.of("ru")).read("Долг 2 ₸, до 25.11.");

    assertThat(reading.words()).isEqualTo("Долг два тенге, до двадцать пятого ноября.");
    assertThat(reading.changes())
        .containsExactly(
            new Reading.Change(5, 8, "два тенге"),
            new Reading.Change(13, 18, "двадцать пятого ноября"));
  }

  @Test
  void leavesATextWithoutAnythingToReadAsItIs() {
    Reading reading = new ReadingRules(Locale.of("kk")).read("Сәлеметсіз бе?");

    assertThat(reading).isEqualTo(new Reading("Сәлеметсіз бе?", List.of()));
  }

  @Test
  void countsOnlyTheLanguageOfALocale() {
    assertThat(new ReadingRules(Locale.of("kk", "KZ")).read("5").words()).isEqualTo("бес");
  }

  @Test
  void refusesALanguageThatItHasNoRulesFor() {
    assertThatThrownBy(() -> new ReadingRules(Locale.GERMAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'de'");
  }
}
