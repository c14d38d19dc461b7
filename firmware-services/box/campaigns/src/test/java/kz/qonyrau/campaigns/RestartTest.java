package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever goes down in the middle of calls, nobody is dialled twice and everybody gets a result.
@Timeout(120)
class RestartTest extends DialingRoom {

  @Test
  @Tag("AC-CMP-07")
  void aRestartDialsNobodyTwice() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(6))).channels(3).callsPerMinute(5000));
    turns(2);
    clock.advance(Duration.ofSeconds(1));
    turns(2);
    List<Attempt> underWay = List.copyOf(desk.attempts);
    assertThat(underWay).hasSize(3);
    desk.known.put(
        underWay.getFirst().id(),
        AttemptResult.of(CallOutcome.ANSWERED, "Q.850 16", clock.instant(), false));

    assertThat(crash()).isEqualTo(3);
    assertThat(found(id).progress().outcomes())
        .isEqualTo(Map.of(CallOutcome.ANSWERED, 1L, CallOutcome.PLATFORM_FAULT, 2L));
    settle(id);
    assertThat(desk.numbers()).hasSize(6).doesNotHaveDuplicates();
    assertThat(found(id).progress().done()).isEqualTo(6);
  }

  @Test
  void aDeskThatThrowsIsAFaultOfThePlatform() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(1))).channels(3).callsPerMinute(5000));
    desk.failing = true;

    settle(id);

    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.PLATFORM_FAULT, 1L));
  }

  /// Pulls the plug before the first statement of a campaign's life, then before the fourth, and on
  /// until it gets through. Each time the program starts anew, and nobody is dialled twice.
  @Test
  @Tag("AC-CMP-07")
  void losesNobodyWhicheverStatementIsTheLast() throws IOException {
    ContactListId list = list(numbers(3));
    boolean pulled = true;
    for (int statement = 1; pulled; statement += 3) {
      CampaignId id = started(OrderDraft.to(list).channels(3).callsPerMinute(5000));
      int before = desk.attempts.size();

      pulled = powerIsCut(statement, () -> settle(id));

      List<String> dialled = desk.numbers().subList(before, desk.numbers().size());
      assertThat(dialled).doesNotHaveDuplicates();
      Campaign campaign = found(id);
      assertThat(campaign.state()).isEqualTo(CampaignState.COMPLETED);
      assertThat(campaign.progress().done()).isEqualTo(3);
      clock.advance(Duration.ofMinutes(31));
    }
    assertThat(openAttempts()).isZero();
  }
}
