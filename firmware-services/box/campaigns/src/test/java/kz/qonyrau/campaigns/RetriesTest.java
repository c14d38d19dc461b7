package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is not reached is called again, as the campaign says and never more often (AC-CMP-07).
@Tag("AC-CMP-07")
@Timeout(300)
class RetriesTest extends DialingRoom {

  private static final String AIGUL = "+77010000001";
  private static final String BOLAT = "+77010000002";
  private static final Duration PAUSE = Duration.ofMinutes(30);

  @Test
  void whoDidNotAnswerIsCalledAgainAfterThePause() throws IOException {
    desk.ends(AIGUL, CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER, CallOutcome.ANSWERED);
    CampaignId id = calledOnce(RetryReason.NO_ANSWER, 2);

    assertThat(found(id).progress()).isEqualTo(new Progress(1, 0, 1, 0, 0, 0, Map.of(), Map.of()));
    Instant due = clock.instant().plus(PAUSE);
    assertThat(dialer.explain(id)).isEqualTo(Idle.until(IdleReason.WAITING_TO_RETRY, due));

    clock.set(due.minusMillis(1));
    turns(3);
    assertThat(desk.attempts).hasSize(1);
    clock.set(due);
    passUntilCalls(2);
    endTheCall();
    clock.advance(PAUSE);
    passUntilCalls(3);
    settle(id);

    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.ANSWERED, 1L));
    assertThat(desk.numbers()).containsExactly(AIGUL, AIGUL, AIGUL);
  }

  @Test
  void nobodyIsCalledMoreOftenThanThePolicyAllows() throws IOException {
    desk.ends(AIGUL, CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY);
    CampaignId id = startedForAigul(RetryReason.BUSY, 2);

    passDay(id);

    assertThat(desk.attempts).hasSize(3);
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.BUSY, 1L));
  }

  @Test
  @Tag("AC-SCN-06")
  void whomAMachineAnsweredForIsCalledAgain() throws IOException {
    desk.ends(
        AIGUL,
        AttemptResult.of(CallOutcome.ANSWERED, "", Instant.EPOCH, true),
        AttemptResult.of(CallOutcome.ANSWERED, "", Instant.EPOCH, false));
    CampaignId id = startedForAigul(RetryReason.MACHINE, 3);

    passDay(id);

    assertThat(desk.attempts).hasSize(2);
    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.ANSWERED, 1L));
  }

  @Test
  void whoIsDueComesBeforeWhoWasNeverCalled() throws IOException {
    desk.ends(AIGUL, CallOutcome.BUSY, CallOutcome.ANSWERED);
    ContactListId both = list("87010000001\n87010000002\n");
    CampaignId id = started(again(both, RetryReason.BUSY, 1));
    gate = new GateState.Open(1, 5000);
    passUntilCalls(1);
    gate = new GateState.Stopped(IdleReason.TELEPHONY_DOWN);
    endTheCall();
    clock.advance(PAUSE);
    turns(3);
    gate = new GateState.Open(1, 5000);
    settle(id);

    assertThat(desk.numbers()).containsExactly(AIGUL, AIGUL, BOLAT);
  }

  @Test
  void aRestartForgetsNeitherThePauseNorTheCount() throws IOException {
    desk.ends(AIGUL, CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER);
    CampaignId id = calledOnce(RetryReason.NO_ANSWER, 1);
    Instant due = clock.instant().plus(PAUSE);

    boot();
    assertThat(dialer.recover()).isZero();
    turns(3);
    assertThat(dialer.explain(id)).isEqualTo(Idle.until(IdleReason.WAITING_TO_RETRY, due));
    clock.set(due);
    passUntilCalls(2);
    endTheCall();
    clock.advance(PAUSE.multipliedBy(3));
    turns(4);

    assertThat(desk.attempts).hasSize(2);
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-CMP-10")
  void whoWaitsWhenACampaignIsCancelledHasHisLastResult() throws IOException {
    desk.ends(AIGUL, CallOutcome.UNREACHABLE);
    CampaignId id = calledOnce(RetryReason.UNREACHABLE, 3);

    var _ = await(campaigns.cancel(id, "owner", "enough"));
    clock.advance(PAUSE.multipliedBy(2));
    turns(4);

    assertThat(desk.attempts).hasSize(1);
    assertThat(found(id).progress())
        .isEqualTo(new Progress(1, 0, 0, 0, 0, 1, Map.of(CallOutcome.UNREACHABLE, 1L), Map.of()));
  }

  @Test
  void aCallThatEndsAfterTheCancelIsNotRepeated() throws IOException {
    desk.ends(AIGUL, CallOutcome.BUSY);
    CampaignId id = startedForAigul(RetryReason.BUSY, 3);
    passUntilCalls(1);
    var _ = await(campaigns.cancel(id, "owner", "enough"));
    endTheCall();

    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.BUSY, 1L));
    assertThat(found(id).progress().waiting()).isZero();
  }

  @Test
  @Tag("AC-CON-03")
  void whoWithdrawsWhileHeWaitsIsCalledNoMore() throws IOException {
    desk.ends(AIGUL, CallOutcome.NO_ANSWER);
    CampaignId id = calledOnce(RetryReason.NO_ANSWER, 3);
    suppress(AIGUL, Consent.WITHDRAWN);

    passDay(id);

    assertThat(desk.attempts).hasSize(1);
    assertThat(found(id).progress().excluded()).isEqualTo(Map.of(Exclusion.WITHDRAWN, 1L));
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-CMP-10")
  void aPausedCampaignCallsNobodyAgain() throws IOException {
    desk.ends(AIGUL, CallOutcome.BUSY, CallOutcome.ANSWERED);
    CampaignId id = calledOnce(RetryReason.BUSY, 1);
    var _ = await(campaigns.pause(id, "owner", "lunch"));
    clock.advance(PAUSE.multipliedBy(2));
    turns(3);
    assertThat(desk.attempts).hasSize(1);

    var _ = await(campaigns.resume(id, "owner", "after lunch"));
    settle(id);
    assertThat(desk.attempts).hasSize(2);
  }

  /// Pulls the plug before the first statement, then before the fourth, and on until a campaign
  /// with repeats gets through.
  @Test
  void losesNobodyAndRepeatsNobodyTooOftenWhicheverStatementIsTheLast() throws IOException {
    ContactListId list = list(numbers(3));
    boolean pulled = true;
    for (int statement = 1; pulled; statement += 3) {
      for (int i = 0; i < 3; i++) {
        desk.ends("+7701000000" + i, CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY);
      }
      CampaignId id = started(again(list, RetryReason.BUSY, 1));
      int before = desk.attempts.size();

      pulled = powerIsCut(statement, () -> passDay(id));

      Map<String, Integer> calls = new HashMap<>();
      desk.numbers()
          .subList(before, desk.numbers().size())
          .forEach(number -> calls.merge(number, 1, Integer::sum));
      assertThat(calls.values()).allMatch(count -> count <= 2);
      assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
      assertThat(found(id).progress().done()).isEqualTo(3);
      clock.advance(Duration.ofMinutes(31));
    }
    assertThat(openAttempts()).isZero();
  }

  private CampaignId startedForAigul(RetryReason reason, int times) throws IOException {
    return started(again(list("87010000001\n"), reason, times));
  }

  /// A campaign that has called Aigul once.
  private CampaignId calledOnce(RetryReason reason, int times) throws IOException {
    CampaignId id = startedForAigul(reason, times);
    passUntilCalls(1);
    endTheCall();
    return id;
  }

  private static OrderDraft again(ContactListId list, RetryReason reason, int times) {
    return OrderDraft.to(list).channels(3).callsPerMinute(5000).again(reason, times, PAUSE);
  }

  private void passUntilCalls(int count) {
    for (int i = 0; i < 10 && desk.attempts.size() < count; i++) {
      turns(1);
    }
    assertThat(desk.attempts).hasSize(count);
  }

  private void endTheCall() {
    clock.set(desk.nextEnd().orElseThrow());
    desk.endDue();
    turns(2);
  }

  /// Lets time pass in minutes until the campaign is over.
  private void passDay(CampaignId id) {
    for (int i = 0; i < 1000 && !found(id).state().isOver(); i++) {
      turns(1);
      clock.advance(Duration.ofMinutes(1));
      desk.endDue();
    }
    turns(2);
  }
}
