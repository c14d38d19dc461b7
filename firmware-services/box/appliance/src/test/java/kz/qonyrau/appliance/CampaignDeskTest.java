package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.calls.AnsweredBy;
import kz.qonyrau.calls.CallResult;
import kz.qonyrau.calls.TurnResult;
import kz.qonyrau.calls.WhoAnswered;
import kz.qonyrau.campaigns.AttemptResult;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.vocabulary.CallOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a campaign is told of a call.
class CampaignDeskTest {

  private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

  /// A number that is said not to exist is not called again, whoever said so.
  @ParameterizedTest
  @CsvSource({
    "HUMAN, , false",
    "SILENCE, , false",
    "FAX, , false",
    "MACHINE, , true",
    "ANNOUNCEMENT, UNAVAILABLE, true",
    "ANNOUNCEMENT, UNKNOWN, true",
    "ANNOUNCEMENT, DOES_NOT_EXIST, false"
  })
  @Tag("AC-CMP-07")
  void whoAnsweredDecidesWhetherAnybodyWasReached(AnsweredBy by, String reason, boolean machine) {
    WhoAnswered who =
        new WhoAnswered(by, Optional.ofNullable(reason), "DOUBT", 0.5, Optional.empty());
    CallResult call =
        new CallResult.Finished(
            CallOutcome.ANSWERED, "Q.850 16", NOW, Optional.of(who), Optional.empty());

    assertThat(CampaignDesk.result(call, NOW.plusSeconds(9)))
        .isEqualTo(AttemptResult.of(CallOutcome.ANSWERED, "Q.850 16", NOW, machine));
  }

  @Test
  void whereNobodyAskedWhoAnsweredItWasTheSubscriber() {
    CallResult call =
        new CallResult.Finished(
            CallOutcome.ANSWERED, "Q.850 16", NOW, Optional.empty(), Optional.empty());

    assertThat(CampaignDesk.result(call, NOW).byMachine()).isFalse();
  }

  @Test
  @Tag("AC-CON-04")
  void whatWasAnsweredIsTold() {
    CallResult call =
        new CallResult.Finished(
            CallOutcome.ANSWERED,
            "Q.850 16",
            NOW,
            Optional.empty(),
            Optional.of(
                new TurnResult.Answered(
                    Optional.of("Не звоните"), Optional.empty(), TurnResult.By.KEY)));

    assertThat(CampaignDesk.result(call, NOW).answer()).contains("Не звоните");
    assertThat(
            CampaignDesk.result(
                    new CallResult.Finished(
                        CallOutcome.ANSWERED,
                        "Q.850 16",
                        NOW,
                        Optional.empty(),
                        Optional.of(new TurnResult.CutOff())),
                    NOW)
                .answer())
        .isEmpty();
  }

  @Test
  @Tag("SH-BAL-05")
  void withoutMoneyNothingWasDialled() {
    assertThat(CampaignDesk.result(new CallResult.NoFunds(), NOW))
        .isEqualTo(AttemptResult.notDialled(NotDialled.NO_FUNDS, "no funds", NOW));
  }
}
