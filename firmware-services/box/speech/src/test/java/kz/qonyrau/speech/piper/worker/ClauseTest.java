package kz.qonyrau.speech.piper.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClauseTest {

  /// Clauses stand between `|`, sentences between `||`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          Здравствуйте! Ваш заказ готов, приходите ~ Здравствуйте!||Ваш заказ готов,|приходите.
          Готов? Да; нет: может быть… ~ Готов?||Да;|нет:|может быть.
          мир-труд, it's ~ мир-труд,|it's.
          kaspi.kz и 1,5 ~ kaspi kz и 1 5.
          Он сказал: «Да!» и ушёл ~ Он сказал:|Да!||и ушёл.
          Сегодня (до вечера) — скидка ~ Сегодня,|до вечера,|скидка.
          Как?! Так!!! ~ Как?||Так!
          , , раз . . ~ раз.
          10 % & 5 ₸ ~ 10 % & 5 ₸.
          [[_:]] алло {x} ~ алло,|x.
          """)
  void aTextIsCutAtItsMarks(String text, String clauses) {
    assertThat(written(text)).isEqualTo(clauses);
  }

  @Test
  void aLineIsASentence() {
    assertThat(written("раз\nдва,\n\nтри")).isEqualTo("раз.||два.||три.");
  }

  @Test
  void whatIsTooLongIsCutBetweenWords() {
    List<List<Clause>> sentences = Clause.sentences("слово ".repeat(300) + "конец");

    assertThat(sentences.size()).isGreaterThan(3);
    assertThat(sentences.stream().flatMap(List::stream))
        .allSatisfy(clause -> assertThat(clause.words().length()).isLessThanOrEqualTo(200));
    assertThat(
            sentences.stream()
                .flatMap(List::stream)
                .map(Clause::words)
                .collect(Collectors.joining(" ")))
        .isEqualTo("слово ".repeat(300) + "конец");
  }

  @Test
  void aWordWithoutEndIsCutAllTheSame() {
    List<List<Clause>> sentences = Clause.sentences("а".repeat(8000));

    assertThat(
            sentences.stream()
                .flatMap(List::stream)
                .map(Clause::words)
                .collect(Collectors.joining()))
        .isEqualTo("а".repeat(8000));
    assertThat(sentences.stream().flatMap(List::stream))
        .allSatisfy(clause -> assertThat(clause.words().length()).isLessThanOrEqualTo(200));
  }

  /// No clause may hold what espeak-ng ends one at, whatever the text.
  @ParameterizedTest
  @ValueSource(longs = {20_261_128, 1, 2, 3})
  void noClauseHoldsAMarkOrALineEnd(long seed) {
    Random random = new Random(seed);
    String alphabet = "абв xyz.,;:?!…()[]{}<>«»\"'-–—\n\t\r0123456789%№§•¿¡、。\u0301\u200d😀";
    int[] characters = alphabet.codePoints().toArray();
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(300); j >= 0; j--) {
        text.appendCodePoint(characters[random.nextInt(characters.length)]);
      }
      for (List<Clause> sentence : Clause.sentences(text.toString())) {
        assertThat(sentence).isNotEmpty();
        for (Clause clause : sentence) {
          assertThat(clause.words()).doesNotContainPattern("[.,;:?!…()\\[\\]{}«»\"\\n\\r]");
          assertThat(clause.words().codePoints().anyMatch(Character::isLetterOrDigit)).isTrue();
        }
      }
    }
  }

  private static String written(String text) {
    return Clause.sentences(text).stream()
        .map(sentence ->
            sentence.stream()
                .map(clause -> clause.words() + clause.mark())
                .collect(Collectors.joining("|")))
        .collect(Collectors.joining("||"));
  }
}
