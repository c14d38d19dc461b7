package kz.qonyrau.speech.vosk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhraseListTest {

  @TempDir Path directory;

  @Test
  void offersBothSpellingsOfYoAndTakesEitherAsThePhrase() throws IOException {
    Vocabulary vocabulary = words("<eps> 0", "четвёртый 1", "четвертый 2", "пёс 3", "[unk] 4");

    PhraseList list = PhraseList.of(List.of("Четвертый пес"), vocabulary);

    assertThat(list.grammar()).isEqualTo("[\"четвёртый пёс\",\"четвертый пёс\",\"[unk]\"]");
    assertThat(list.match("четвёртый пёс")).contains("Четвертый пес");
    assertThat(list.match("четвертый пёс")).contains("Четвертый пес");
  }

  @Test
  void takesOnlyAWholePhraseForHeard() throws IOException {
    PhraseList list =
        PhraseList.of(List.of("да", "нет", "да нет"), words("да 1", "нет 2", "[unk] 3"));

    assertThat(list.match("да нет")).contains("да нет");
    assertThat(list.match("нет да")).isEmpty();
    assertThat(list.match("да [unk]")).isEmpty();
    assertThat(list.match("")).isEmpty();
  }

  @Test
  void offersNoUnknownWordToAModelThatHasNone() throws IOException {
    PhraseList list = PhraseList.of(List.of("да"), words("да 1"));

    assertThat(list.grammar()).isEqualTo("[\"да\"]");
  }

  private Vocabulary words(String... lines) throws IOException {
    return Vocabulary.read(Files.write(directory.resolve("words.txt"), List.of(lines)));
  }
}
