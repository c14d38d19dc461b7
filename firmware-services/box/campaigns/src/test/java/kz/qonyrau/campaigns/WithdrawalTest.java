package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.campaigns.Suppressions.Entry;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever says in a call that he does not want to be called is not called again (AC-CON-04).
@Tag("AC-CON-04")
@Timeout(120)
class WithdrawalTest extends DialingRoom {

  private static final Msisdn AIGUL = new Msisdn("+77010000000");
  private static final String ENOUGH = "Не звоните";

  @Test
  void noCampaignCallsWhoSaidSoInACall() throws IOException {
    answers(ENOUGH);
    ContactListId list = list(numbers(2));
    CampaignId first = started(asking(list, true));
    settle(first);

    Page<Entry> entries = await(suppressions.page(Optional.empty(), "", 0, 10));
    assertThat(entries.items())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.number()).isEqualTo(AIGUL);
          assertThat(entry.list()).isEqualTo(BlockList.SUBSCRIBER);
          assertThat(entry.reason()).contains(ENOUGH).contains("Напоминание");
        });
    clock.advance(Duration.ofMinutes(31));
    int before = desk.attempts.size();
    CampaignId second = started(asking(list, true));
    settle(second);

    assertThat(desk.numbers().subList(before, desk.attempts.size())).doesNotContain(AIGUL.e164());
    assertThat(found(second).progress().excluded()).isEqualTo(Map.of(Exclusion.WITHDRAWN, 1L));
  }

  @Test
  void anotherAnswerIsNoWithdrawal() throws IOException {
    answers("Да");
    settle(started(asking(list(numbers(1)), true)));

    assertThat(await(suppressions.page(Optional.empty(), "", 0, 10)).total()).isZero();
  }

  @Test
  void theSameAnswerIsNoneWhereTheCampaignDoesNotSaySo() throws IOException {
    answers(ENOUGH);
    settle(started(asking(list(numbers(1)), false)));

    assertThat(await(suppressions.page(Optional.empty(), "", 0, 10)).total()).isZero();
  }

  @Test
  void aWithdrawalThatBecomesKnownAfterARestartCounts() throws IOException {
    CampaignId id = started(asking(list(numbers(1)), true));
    turns(3);
    desk.known.put(
        desk.attempts.getFirst().id(),
        AttemptResult.of(CallOutcome.ANSWERED, "Q.850 16", clock.instant(), false)
            .answered(Optional.of(ENOUGH)));

    assertThat(crash()).isEqualTo(1);
    assertThat(found(id).progress().done()).isEqualTo(1);
    assertThat(await(suppressions.page(Optional.of(BlockList.SUBSCRIBER), "", 0, 10)).total())
        .isEqualTo(1);
  }

  private void answers(String name) {
    desk.ends(AIGUL.e164(), ScriptedDesk.ending(CallOutcome.ANSWERED).answered(Optional.of(name)));
  }

  private static OrderDraft asking(ContactListId list, boolean withdraws) {
    return OrderDraft.to(list)
        .channels(2)
        .callsPerMinute(5000)
        .asking(Questions.withdrawable(ENOUGH, withdraws));
  }
}
