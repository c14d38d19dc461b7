package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AC-STT-01")
class ExtendedLanguageTest {

  /// Two words and the end, each history's probabilities summing to one.
  private static final Arpa BASE =
      GrammarGraphTest.arpa(
          """
          \\data\\
          ngram 1=4
          ngram 2=2

          \\1-grams:
          -99\t<s>\t-0.30103
          -0.30103\tда\t0
          -0.60206\tнет
          -0.60206\t</s>

          \\2-grams:
          -0.1249387\t<s> да
          -0.60206\tда </s>

          \\end\\
          """);

  private static final Set<String> SAYABLE = Set.of("да", "нет", "каспи", "банк");

  @Test
  void singleWordsStillSumToOne() {
    OwnWords own =
        new OwnWords(
            List.of(new OwnWord("каспи", List.of(), 0.2), new OwnWord("да", List.of(), 0.1)),
            List.of());

    Arpa extended = ExtendedLanguage.of(BASE, own, SAYABLE);

    // V is 2, so that the words' shares are 0.1 and 0.05; the others keep 0.85 of what they had.
    assertThat(single(extended, "каспи")).isCloseTo(0.1, within(1e-6));
    assertThat(single(extended, "да")).isCloseTo(0.85 * 0.5 + 0.05, within(1e-6));
    assertThat(single(extended, "нет")).isCloseTo(0.85 * 0.25, within(1e-6));
    assertThat(sum(extended, List.of())).isCloseTo(1, within(1e-6));
  }

  @Test
  void ownWordsGetHalfAtMost() {
    OwnWords own = new OwnWords(List.of(new OwnWord("каспи", List.of(), 1000)), List.of());

    Arpa extended = ExtendedLanguage.of(BASE, own, SAYABLE);

    assertThat(single(extended, "каспи")).isCloseTo(0.5, within(1e-6));
    assertThat(sum(extended, List.of())).isCloseTo(1, within(1e-6));
  }

  @Test
  void phrasesMakeTheirNextWordLikely() {
    OwnWords own =
        new OwnWords(
            List.of(OwnWord.of("каспи"), OwnWord.of("банк")),
            List.of("каспи банк", "да каспи банк"));

    Arpa extended = ExtendedLanguage.of(BASE, own, SAYABLE);

    assertThat(extended.order()).isEqualTo(2);
    assertThat(extended.probability(List.of("каспи"), "банк").orElseThrow())
        .isGreaterThan(0.5)
        .isLessThan(1);
    assertThat(extended.probability(List.of("да"), "каспи").orElseThrow()).isGreaterThan(0.5);
    assertThat(extended.probability(List.of("да"), "</s>").orElseThrow())
        .isCloseTo(0.125, within(1e-6));
    assertThat(sum(extended, List.of("каспи"))).isCloseTo(1, within(1e-6));
    assertThat(extended.grams().keySet().stream().map(List::size).toList()).isSorted();
  }

  @Test
  void withoutOwnWordsNothingChanges() {
    Arpa extended = ExtendedLanguage.of(BASE, new OwnWords(List.of(), List.of()), SAYABLE);

    assertThat(extended.grams()).isEqualTo(BASE.grams());
  }

  @Test
  void namesWordsOfPhrasesThatNobodyKnows() {
    OwnWords own = new OwnWords(List.of(OwnWord.of("каспи")), List.of("каспи банк", "да чужое"));

    assertThatThrownBy(() -> ExtendedLanguage.of(BASE, own, Set.of("да", "каспи")))
        .isInstanceOf(ModelRefusedException.class)
        .hasMessageContaining("банк, чужое");
  }

  private static double single(Arpa model, String word) {
    return model.probability(List.of(), word).orElseThrow();
  }

  private static double sum(Arpa model, List<String> history) {
    Set<String> words = new HashSet<>();
    model.grams().keySet().forEach(gram -> words.add(gram.getLast()));
    words.remove("<s>");
    return words.stream().mapToDouble(word -> model.probability(history, word).orElseThrow()).sum();
  }
}
