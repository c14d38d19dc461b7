package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is not reached is called again, as the campaign says and never more often (AC-CMP-07).
@Tag("AC-CMP-07")
@Timeout(300)
class RetriesTest extends DialingRoom {

  private static final String AIGUL = "+77010000001";
  private static final String BOLAT = "+77010000002";
  private static final Duration PAUSE = Duration.ofMinutes(30);

  @Test
  void whoDidNotAnswerIsCalledAgainAfterThePause() throws IOException {
    script(AIGUL, CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER, CallOutcome.ANSWERED);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.NO_ANSWER, 2));
    passUntilCalls(1);
    endTheCall();

    assertThat(found(id).progress()).isEqualTo(new Progress(1, 0, 1, 0, 0, Map.of(), Map.of()));
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
    script(AIGUL, CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.BUSY, 2));

    passDay(id);

    assertThat(desk.attempts).hasSize(3);
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.BUSY, 1L));
  }

  @Test
  @Tag("AC-SCN-06")
  void whomAMachineAnsweredForIsCalledAgain() throws IOException {
    desk.script.put(
        new Msisdn(AIGUL),
        new ArrayDeque<>(
            List.of(
                AttemptResult.of(CallOutcome.ANSWERED, "", Instant.EPOCH, true),
                AttemptResult.of(CallOutcome.ANSWERED, "", Instant.EPOCH, false))));
    CampaignId id = started(again(list("87010000001\n"), RetryReason.MACHINE, 3));

    passDay(id);

    assertThat(desk.attempts).hasSize(2);
    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.ANSWERED, 1L));
  }

  @Test
  void whoIsDueComesBeforeWhoWasNeverCalled() throws IOException {
    script(AIGUL, CallOutcome.BUSY, CallOutcome.ANSWERED);
    CampaignOrder order = again(list("87010000001\n87010000002\n"), RetryReason.BUSY, 1);
    CampaignId id = started(order);
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
    script(AIGUL, CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER, CallOutcome.NO_ANSWER);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.NO_ANSWER, 1));
    passUntilCalls(1);
    endTheCall();
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
    script(AIGUL, CallOutcome.UNREACHABLE);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.UNREACHABLE, 3));
    passUntilCalls(1);
    endTheCall();

    var _ = await(campaigns.cancel(id, "owner", "enough"));
    clock.advance(PAUSE.multipliedBy(2));
    turns(4);

    assertThat(desk.attempts).hasSize(1);
    assertThat(found(id).progress())
        .isEqualTo(new Progress(1, 0, 0, 0, 1, Map.of(CallOutcome.UNREACHABLE, 1L), Map.of()));
  }

  @Test
  void aCallThatEndsAfterTheCancelIsNotRepeated() throws IOException {
    script(AIGUL, CallOutcome.BUSY);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.BUSY, 3));
    passUntilCalls(1);
    var _ = await(campaigns.cancel(id, "owner", "enough"));
    endTheCall();

    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.BUSY, 1L));
    assertThat(found(id).progress().waiting()).isZero();
  }

  @Test
  @Tag("AC-CON-03")
  void whoWithdrawsWhileHeWaitsIsCalledNoMore() throws IOException {
    script(AIGUL, CallOutcome.NO_ANSWER);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.NO_ANSWER, 3));
    passUntilCalls(1);
    endTheCall();
    suppress(AIGUL, Consent.WITHDRAWN);

    passDay(id);

    assertThat(desk.attempts).hasSize(1);
    assertThat(found(id).progress().excluded()).isEqualTo(Map.of(Exclusion.WITHDRAWN, 1L));
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-CMP-10")
  void aPausedCampaignCallsNobodyAgain() throws IOException {
    script(AIGUL, CallOutcome.BUSY, CallOutcome.ANSWERED);
    CampaignId id = started(again(list("87010000001\n"), RetryReason.BUSY, 1));
    passUntilCalls(1);
    endTheCall();
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
        script("+7701000000" + i, CallOutcome.BUSY, CallOutcome.BUSY, CallOutcome.BUSY);
      }
      CampaignId id = started(again(list, RetryReason.BUSY, 1));
      int before = desk.attempts.size();
      Plug plug = Plug.in(store, statement);
      try {
        passDay(id);
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(store);
      if (pulled) {
        desk.forgetCalls();
        boot();
        assertThat(dialer.recover()).isBetween(0, 3);
        passDay(id);
      }

      Map<String, Integer> calls = new HashMap<>();
      desk.numbers()
          .subList(before, desk.numbers().size())
          .forEach(number -> calls.merge(number, 1, Integer::sum));
      assertThat(calls.values()).allMatch(count -> count <= 2);
      Campaign campaign = found(id);
      assertThat(campaign.state()).isEqualTo(CampaignState.COMPLETED);
      assertThat(campaign.progress().done()).isEqualTo(3);
      clock.advance(Duration.ofMinutes(31));
    }
    assertThat(openAttempts()).isZero();
  }

  /// Several days with 400 contacts, outcomes by chance, a restart at every seventh ended call.
  @ParameterizedTest
  @ValueSource(longs = {20261129, 7})
  @Tag("AC-CMP-03")
  void keepsToThePolicyForDays(long seed) throws IOException {
    desk.random = new Random(seed);
    Map<RetryReason, Retry> retries =
        Map.of(
            RetryReason.BUSY, new Retry(2, Duration.ofMinutes(15), true),
            RetryReason.NO_ANSWER, new Retry(3, Duration.ofHours(5), false),
            RetryReason.REJECTED, new Retry(1, Duration.ofHours(20), false));
    CampaignOrder order = with(order(List.of(list(numbers(400))), "Привет", 20, 600), retries, 4);
    CampaignId id = started(order);
    Map<String, List<Instant>> calls = new HashMap<>();
    int seen = 0;
    for (int i = 0; i < 20_000 && !found(id).state().isOver(); i++) {
      var _ = dialer.turn();
      for (Attempt attempt : desk.attempts.subList(seen, desk.attempts.size())) {
        assertThat(order.schedule().isOpen(clock.instant())).isTrue();
        calls.computeIfAbsent(attempt.callee().e164(), _ -> new ArrayList<>()).add(clock.instant());
      }
      seen = desk.attempts.size();
      Progress now = found(id).progress();
      assertThat(now.pending() + now.waiting() + now.active() + now.done())
          .isEqualTo(now.recipients());
      clock.set(desk.nextEnd().orElse(clock.instant().plusSeconds(60)));
      desk.endDue();
      if (i % 7 == 0 && desk.nextEnd().isEmpty()) {
        var _ = dialer.turn();
        seen = desk.attempts.size();
        if (desk.nextEnd().isEmpty()) {
          boot();
          assertThat(dialer.recover()).isZero();
        }
      }
    }

    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().done()).isEqualTo(400);
    assertThat(calls.values())
        .allSatisfy(times -> {
          assertThat(times).hasSizeLessThanOrEqualTo(4);
          for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i)))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(15));
          }
        });
    assertThat(calls.values()).anyMatch(times -> times.size() == 4);
    assertThat(openAttempts()).isZero();
  }

  private static CampaignOrder again(ContactListId list, RetryReason reason, int times) {
    return with(
        order(List.of(list), "Привет", 3, 5000),
        Map.of(reason, new Retry(times, PAUSE, false)),
        RetryPolicy.MOST_ATTEMPTS);
  }

  static CampaignOrder with(
      CampaignOrder order, Map<RetryReason, Retry> retries, int mostAttempts) {
    return new CampaignOrder(
        order.name(),
        order.category(),
        order.senderName(),
        order.senderContact(),
        order.lists(),
        order.prompt(),
        order.schedule(),
        order.channels(),
        order.callsPerMinute(),
        order.ringing(),
        order.recordingBasis(),
        order.asking(),
        MachineRule.HANG_UP,
        new RetryPolicy(mostAttempts, retries));
  }

  private void script(String number, CallOutcome... outcomes) {
    ArrayDeque<AttemptResult> results = new ArrayDeque<>();
    for (CallOutcome outcome : outcomes) {
      results.add(AttemptResult.of(outcome, "scripted", Instant.EPOCH, false));
    }
    desk.script.put(new Msisdn(number), results);
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
