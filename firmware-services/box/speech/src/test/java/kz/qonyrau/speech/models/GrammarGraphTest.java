package kz.qonyrau.speech.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AC-STT-01")
class GrammarGraphTest {

  /// States, in order of their histories: 0 none, 1 `<s>`, 2 `а`, 3 `<s> а`. Costs are -ln p:
  /// 0.30103 becomes 0.69315, 1 becomes 2.3026.
  @Test
  void hasAStateForEachHistoryAndAnArcForEachSequence() {
    Arpa model =
        arpa(
            """
            \\data\\
            ngram 1=4
            ngram 2=3
            ngram 3=1

            \\1-grams:
            -99\t<s>\t-0.30103
            -1\tа\t-1
            -0.30103\tб
            -1\t</s>

            \\2-grams:
            -0.30103\t<s> а\t-0.30103
            -1\tа б
            -1\tа </s>

            \\3-grams:
            -0.30103\t<s> а б

            \\end\\
            """);

    assertThat(new GrammarGraph(model, Map.of("а", 7, "б", 9)).text())
        .isEqualTo(
            """
            1 0 0 0 0.69315
            1 3 7 7 0.69315
            0 2 7 7 2.3026
            0 0 9 9 0.69315
            0 2.3026
            2 0 0 0 2.3026
            2 0 9 9 2.3026
            2 2.3026
            3 2 0 0 0.69315
            3 0 9 9 0.69315
            """);
  }

  @Test
  void leavesOutWhatHoldsAWordWithoutPronunciation() {
    Arpa model =
        arpa(
            """
            \\data\\
            ngram 1=4
            ngram 2=2

            \\1-grams:
            -99\t<s>\t0
            -1\tа\t0
            -1\tчужое\t0
            -1\t</s>

            \\2-grams:
            -1\tа чужое
            -1\tчужое а

            \\end\\
            """);

    assertThat(new GrammarGraph(model, Map.of("а", 1)).text())
        .isEqualTo(
            """
            1 0 0 0 0
            0 2 1 1 2.3026
            0 2.3026
            2 0 0 0 0
            """);
  }

  static Arpa arpa(String text) {
    return Arpa.read(new SourceText(Path.of("lm.arpa"), List.of(text.split("\n"))));
  }
}
