package kz.qonyrau.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kz.qonyrau.rehearsal.AskedQuestion.Tally;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// That the demonstration notices what does not fit together.
@Tag("SH-BAL-06")
class DemonstrationReportTest {

  private static final Map<String, Long> ATTEMPTS = Map.of("ANSWERED", 3L, "BUSY", 1L);
  private static final Tally UNDERSTOOD =
      new Tally(Map.of("ru", 2L, "kk", 1L), Map.of("ru", 1L, "kk", 1L), 0, List.of("ru: нет"));

  @Test
  void wellDoneAgrees() {
    DemonstrationReport report = report(3, List.of(), 930, 70, UNDERSTOOD, true);

    assertThat(report.disagreements()).isEmpty();
    assertThat(new JsonMapper().readTree(report.toJson()).path("agrees").asBoolean()).isTrue();
  }

  @Test
  void aRecordingThatWasNotKeptIsToldWithItsReason() {
    DemonstrationReport report =
        report(2, List.of("only 100 ms of a call of 4000 ms"), 930, 70, UNDERSTOOD, true);

    assertThat(report.disagreements())
        .containsExactly(
            "recordings (2) and answered calls (3)",
            "a recording was not kept: only 100 ms of a call of 4000 ms");
    assertThat(report.toJson()).contains("\"agrees\":false", "only 100 ms");
  }

  @Test
  void moneyThatWentNowhereIsNoticed() {
    assertThat(report(3, List.of(), 929, 70, UNDERSTOOD, true).disagreements())
        .containsExactly("the balance's fall (71) and the cost of the calls (70)");
    assertThat(report(3, List.of(), 930, 69, UNDERSTOOD, true).disagreements())
        .containsExactly("central's debit (69) and the cost of the calls (70)");
    assertThat(report(3, List.of(), 930, 70, UNDERSTOOD, false).disagreements())
        .containsExactly("the ledger's chain or sums are broken");
  }

  @Test
  void aLanguageThatIsNotHeardAtAllIsAFault() {
    Tally kazakhLost =
        new Tally(Map.of("ru", 2L, "kk", 1L), Map.of("ru", 2L), 0, List.of("kk: иә"));

    assertThat(report(3, List.of(), 930, 70, kazakhLost, true).disagreements())
        .containsExactly("no answer in 'kk' was understood: [kk: иә]");
  }

  @Test
  void mistakesThatAreNoExceptionAreAFault() {
    Tally guesses = new Tally(Map.of("ru", 2L), Map.of("ru", 1L), 1, List.of("ru: нет"));

    assertThat(report(3, List.of(), 930, 70, guesses, true).disagreements())
        .containsExactly("1 answers were mistaken, and only 1 understood");
  }

  private static DemonstrationReport report(
      long recordings,
      List<String> failed,
      long after,
      long central,
      Tally answers,
      boolean ledgerSound) {
    return new DemonstrationReport(
        4,
        ATTEMPTS,
        recordings,
        failed,
        1,
        4,
        3,
        1,
        1000,
        after,
        0,
        70,
        4,
        4,
        central,
        answers,
        ledgerSound);
  }
}
