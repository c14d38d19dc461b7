package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import kz.qonyrau.campaigns.AttemptResult.NotDialled;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Turns are made by the test and the clock stands still between them, so everything here is
/// decided by the script and its seed.
@Timeout(300)
class DialerTest extends DialingRoom {

  @Test
  @Tag("AC-CMP-01")
  @Tag("AC-CMP-07")
  @Tag("AC-CON-08")
  void callsEveryoneOnceWithHisOwnWords() throws IOException {
    ContactListId list = list("номер,имя\n87010000001,{имя} $1\n87010000002,Асель\n");
    CampaignId id = started(order(List.of(list), "Здравствуйте, {имя}!", 10, 600));

    settle(id);

    assertThat(desk.attempts.stream().map(attempt -> ((Prompt.SpokenText) attempt.prompt()).text()))
        .containsExactlyInAnyOrder("Здравствуйте, {имя} $1!", "Здравствуйте, Асель!");
    Campaign campaign = found(id);
    assertThat(campaign.state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(campaign.progress().done()).isEqualTo(2);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.ALL_DONE));
  }

  @Test
  @Tag("AC-CMP-04")
  void writesEveryChangeOfStateIntoTheLog() throws IOException {
    CampaignId id = started(order(List.of(list("87010000001\n")), "Привет", 10, 600));
    settle(id);

    assertThat(await(campaigns.log(id)).orElseThrow().stream().map(CampaignEvent::state))
        .containsExactly(
            CampaignState.DRAFT,
            CampaignState.CHECKING,
            CampaignState.READY,
            CampaignState.SCHEDULED,
            CampaignState.RUNNING,
            CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-REC-01")
  @Tag("EX-AC-20")
  void recordsNothingUnlessThereIsALawfulBasis() throws IOException {
    ContactListId list = list("87010000001\n");
    CampaignOrder silent = order(List.of(list), "Привет", 10, 600);
    CampaignOrder recorded =
        new CampaignOrder(
            silent.name(),
            silent.category(),
            silent.senderName(),
            silent.senderContact(),
            silent.lists(),
            silent.prompt(),
            silent.schedule(),
            silent.channels(),
            silent.callsPerMinute(),
            silent.ringing(),
            Optional.of("announced in the message"),
            Optional.empty(),
            MachineRule.CARRY_ON,
            RetryPolicy.NONE);

    settle(started(silent));
    clock.advance(Duration.ofMinutes(31));
    settle(started(recorded));

    assertThat(desk.attempts.stream().map(Attempt::record)).containsExactly(false, true);
  }

  @Test
  @Tag("AC-CMP-06")
  @Tag("AC-CON-03")
  void estimatesBeforeTheStart() throws IOException {
    ContactListId one = list("87010000001\n87010000002\n87010000003\n");
    ContactListId two = list("87010000003\n87010000004\n");
    suppress("+77010000002", Consent.BLOCKED);
    CampaignId id = CampaignId.random();
    var _ = await(campaigns.create(id, order(List.of(one, two), "Привет", 1, 600), "owner"));

    Estimate estimate = await(campaigns.estimate(id, MESSAGE, PRICING)).orElseThrow();

    assertThat(estimate.recipients()).isEqualTo(3);
    assertThat(estimate.excluded()).isEqualTo(Map.of(Exclusion.BLOCKED, 1L));
    assertThat(estimate.perCall()).isEqualTo(MESSAGE);
    assertThat(estimate.dialing()).isEqualTo(Duration.ofSeconds(75));
    assertThat(estimate.end()).contains(Instant.parse("2026-11-24T04:01:15Z"));
    assertThat(estimate.cost()).isEqualTo(Tenge.of("36.00"));
    assertThat(estimate.blockers()).isEmpty();
  }

  @Test
  @Tag("AC-CON-02")
  @Tag("AC-CMP-02")
  @Tag("AC-CAL-05")
  void doesNotStartWhatMayNotBeStarted() throws IOException {
    ContactListId list = imported("номер,имя\n87010000001,Асель\n");
    clock.set(Instant.parse("2027-06-01T00:00:00Z"));
    CampaignId id = CampaignId.random();
    var _ = await(campaigns.create(id, order(List.of(list), "Привет, {сумма}", 1, 600), "owner"));

    assertThat(await(campaigns.start(id, "owner", Duration.ofMillis(1999))))
        .isEqualTo(
            new CampaignResult.Blocked(
                List.of(
                    Blocker.LIST_NOT_ATTESTED,
                    Blocker.NO_WINDOW,
                    Blocker.MESSAGE_TOO_SHORT,
                    Blocker.UNKNOWN_VARIABLE)));
    assertThat(found(id).state()).isEqualTo(CampaignState.DRAFT);
  }

  @Test
  @Tag("AC-STT-05")
  void doesNotStartWhatItCouldNotUnderstand() throws IOException {
    Locale kazakh = Locale.of("kk");
    CampaignOrder order =
        asking(
            order(List.of(list("номер,имя\n87010000001,Асель\n")), "Придёте?", 1, 600),
            question(List.of(Locale.of("ru"), kazakh), "Ждём вас"),
            MachineRule.CARRY_ON);
    CampaignId id = CampaignId.random();
    var _ = await(campaigns.create(id, order, "owner"));

    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.NO_SPEECH_MODEL)));
    assertThat(campaigns.unheard(order)).containsExactly(kazakh);
    assertThat(await(campaigns.estimate(id, MESSAGE, PRICING)).orElseThrow().blockers())
        .containsExactly(Blocker.NO_SPEECH_MODEL);
  }

  @Test
  @Tag("AC-CON-08")
  void knowsTheVariablesOfRepliesHintsAndGoodbyes() throws IOException {
    CampaignOrder order =
        asking(
            order(List.of(list("87010000001\n")), "Придёте?", 1, 600),
            question(List.of(Locale.of("ru")), "Ждём вас"),
            MachineRule.CARRY_ON);
    CampaignId id = CampaignId.random();
    var _ = await(campaigns.create(id, order, "owner"));

    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.UNKNOWN_VARIABLE)));
  }

  @Test
  void aQuestionTakesTheTimeOfItsAnswer() throws IOException {
    CampaignId id = CampaignId.random();
    CampaignOrder order =
        asking(
            order(List.of(list("номер,имя\n87010000001,Асель\n")), "Придёте?", 1, 600),
            question(List.of(Locale.of("ru")), "Ждём вас"),
            MachineRule.CARRY_ON);
    var _ = await(campaigns.create(id, order, "owner"));

    assertThat(await(campaigns.estimate(id, MESSAGE, PRICING)).orElseThrow().perCall())
        .isEqualTo(MESSAGE.plusSeconds(6));
  }

  @Test
  @Tag("AC-TTS-05")
  @Tag("AC-CON-08")
  void makesAllThatAQuestionSaysReadyAheadEachOnce() throws IOException {
    Locale russian = Locale.of("ru");
    CampaignId id =
        started(
            asking(
                order(
                    List.of(list("номер,имя\n87010000001,{имя} $1\n87010000002,Асель\n")),
                    "Придёте?",
                    10,
                    600),
                question(List.of(russian), "Ждём вас, {имя}"),
                MachineRule.LEAVE_MESSAGE));

    settle(id);

    assertThat(desk.asked.stream().map(prompt -> ((Prompt.SpokenText) prompt).text()))
        .containsExactlyInAnyOrder(
            "Придёте?",
            "Вас не слышно",
            "Ждём вас, {имя} $1",
            "До свидания, {имя} $1",
            "Ждём вас, Асель",
            "До свидания, Асель");
    Attempt attempt =
        desk.attempts.stream()
            .filter(one -> one.callee().e164().endsWith("1"))
            .findFirst()
            .orElseThrow();
    assertThat(attempt.machines()).isEqualTo(MachineRule.LEAVE_MESSAGE);
    assertThat(attempt.asking().orElseThrow().answers().getFirst().replies())
        .isEqualTo(Map.of(russian, "Ждём вас, {имя} $1"));
    assertThat(attempt.asking().orElseThrow().silence().goodbye())
        .contains("До свидания, {имя} $1");
  }

  @Test
  void saysWhichWordsNobodyCanSayToACall() throws IOException {
    Locale russian = Locale.of("ru");
    CampaignOrder order =
        asking(
            order(List.of(list("87010000001\n")), "Придёте?", 1, 600),
            new Asking(
                List.of(russian),
                Duration.ofSeconds(6),
                false,
                List.of(
                    new ExpectedAnswer(
                        "Да",
                        Optional.empty(),
                        Map.of(russian, List.of("да", "да абырвалг")),
                        Map.of()),
                    new ExpectedAnswer(
                        "5", Optional.empty(), Map.of(russian, List.of("5")), Map.of())),
                Fallback.NONE,
                Fallback.NONE),
            MachineRule.CARRY_ON);

    assertThat(campaigns.faults(order))
        .containsExactly(
            new PhraseFault.UnknownWord(0, russian, 1, "абырвалг"),
            new PhraseFault.Malformed(1, russian, 0));
  }

  @Test
  @Tag("AC-CON-03")
  void advertisesOnlyToThoseWhoAgreed() throws IOException {
    CampaignOrder order = order(List.of(list("87010000001\n")), "Привет", 1, 600);
    CampaignOrder advertising =
        new CampaignOrder(
            order.name(),
            Category.ADVERTISING,
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
            order.machines(),
            order.retries());
    CampaignId id = CampaignId.random();
    var _ = await(campaigns.create(id, advertising, "owner"));

    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.NO_RECIPIENTS)));
  }

  @Test
  @Tag("AC-CON-03")
  void aWithdrawalIsEffectiveBeforeTheNextAttempt() throws IOException {
    CampaignId id =
        started(order(List.of(list("87010000001\n87010000002\n87010000003\n")), "Привет", 1, 600));
    turns(3);
    suppress("+77010000002", Consent.WITHDRAWN);

    settle(id);

    assertThat(desk.numbers()).containsExactly("+77010000001", "+77010000003");
    assertThat(found(id).progress().excluded()).isEqualTo(Map.of(Exclusion.WITHDRAWN, 1L));
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-CMP-10")
  void beginsNothingOnceAPauseOrACancelIsConfirmed() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(50))), "Привет", 100, 5000));
    turns(2);
    clock.advance(Duration.ofMillis(100));
    turns(1);
    var _ = await(campaigns.pause(id, "owner", "lunch"));
    int before = desk.attempts.size();

    clock.advance(Duration.ofSeconds(5));
    turns(3);

    assertThat(desk.attempts).hasSize(before).hasSizeLessThan(50);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.PAUSED));
    var _ = await(campaigns.resume(id, "owner", "back"));
    clock.advance(Duration.ofMillis(200));
    turns(2);
    assertThat(desk.attempts).hasSizeGreaterThan(before);
    int later = desk.attempts.size();
    var _ = await(campaigns.cancel(id, "owner", "enough"));
    clock.advance(Duration.ofMinutes(1));
    desk.endDue();
    turns(3);
    assertThat(desk.attempts).hasSize(later);
    assertThat(found(id).state()).isEqualTo(CampaignState.CANCELLED);
    assertThat(found(id).progress().done()).isEqualTo(later);
    assertThat(found(id).progress().pending()).isEqualTo(50 - later);
  }

  @Test
  @Tag("AC-CMP-03")
  @Tag("EX-AC-9")
  void callsOnlyInsideTheWindowAndGoesOnInTheNext() throws IOException {
    clock.set(Instant.parse("2026-11-24T03:59:59Z"));
    CampaignId id = started(order(List.of(list(numbers(3))), "Привет", 10, 20));
    turns(4);
    assertThat(desk.attempts).isEmpty();
    assertThat(dialer.explain(id))
        .isEqualTo(Idle.until(IdleReason.NO_WINDOW, Instant.parse("2026-11-24T04:00:00Z")));

    clock.set(Instant.parse("2026-11-24T15:59:59Z"));
    turns(4);
    assertThat(desk.attempts).hasSize(1);

    clock.set(Instant.parse("2026-11-24T16:00:00Z"));
    turns(4);
    assertThat(desk.attempts).hasSize(1);
    assertThat(found(id).progress().active()).isEqualTo(1);

    clock.set(Instant.parse("2026-11-25T04:00:00Z"));
    desk.endDue();
    turns(4);
    assertThat(desk.attempts).hasSize(2);
    assertThat(found(id).state()).isEqualTo(CampaignState.RUNNING);
  }

  @Test
  @Tag("AC-CMP-03")
  void expiresWhenNoWindowIsLeft() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(3))), "Привет", 10, 20));
    turns(3);

    clock.set(Instant.parse("2027-01-01T00:00:00Z"));
    turns(1);
    assertThat(found(id).state()).isEqualTo(CampaignState.RUNNING);
    desk.endDue();
    turns(3);

    assertThat(found(id).state()).isEqualTo(CampaignState.EXPIRED_SCHEDULE);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.EXPIRED_SCHEDULE));
  }

  @Test
  @Tag("AC-CAL-09")
  void twoCampaignsLeaveANumberAloneForHalfAnHour() throws IOException {
    CampaignId first = started(order(List.of(list("87010000001\n")), "Привет", 10, 600));
    CampaignId second = started(order(List.of(list("87010000001\n")), "Снова", 10, 600));
    turns(4);
    assertThat(desk.attempts).hasSize(1);
    clock.advance(Duration.ofSeconds(40));
    desk.endDue();
    Instant ended = clock.instant();
    turns(4);
    CampaignId waiting = desk.attempts.getFirst().campaign().equals(first) ? second : first;
    clock.advance(Duration.ofSeconds(15));
    turns(2);

    assertThat(desk.attempts).hasSize(1);
    assertThat(dialer.explain(waiting).reason()).isEqualTo(IdleReason.NUMBERS_RESTING);

    clock.set(ended.plus(Duration.ofMinutes(30)).minusMillis(1));
    turns(2);
    assertThat(desk.attempts).hasSize(1);
    clock.advance(Duration.ofMillis(1));
    turns(2);
    assertThat(desk.attempts).hasSize(2);
  }

  @Test
  @Tag("EX-BAL-5")
  @Tag("SH-BAL-05")
  void waitsForMoneyAndGoesOnByItself() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(2))), "Привет", 1, 600));
    funds = false;
    desk.broke = true;
    turns(6);
    assertThat(found(id).state()).isEqualTo(CampaignState.SUSPENDED_FUNDS);
    assertThat(found(id).progress().pending()).isEqualTo(2);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_FUNDS));
    int asked = desk.attempts.size();

    clock.advance(Duration.ofMinutes(5));
    turns(3);
    assertThat(desk.attempts).hasSize(asked);

    funds = true;
    desk.broke = false;
    clock.advance(Duration.ofSeconds(60));
    settle(id);

    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(id).progress().done()).isEqualTo(2);
  }

  @Test
  @Tag("AC-TTS-05")
  void nobodyIsRungBeforeTheVoiceHasSpoken() throws IOException {
    Promise<Boolean> spoken = Promise.promise();
    desk.ready = spoken.future();
    CampaignId id = started(order(List.of(list(numbers(3))), "Привет", 3, 600));

    turns(5);

    assertThat(desk.asked).hasSize(1);
    assertThat(desk.attempts).isEmpty();
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.PREPARING));
    spoken.complete(true);
    settle(id);
    assertThat(desk.attempts).hasSize(3);
  }

  @Test
  @Tag("AC-TTS-05")
  @Tag("AC-CON-08")
  void personalPromptsAreMadeInStretchesWhileOthersAreHeard() throws IOException {
    StringBuilder contacts = new StringBuilder("номер,имя\n");
    for (int i = 0; i < 50; i++) {
      contacts.append("8701%07d,Имя%d\n".formatted(i, i));
    }
    Promise<Boolean> first = Promise.promise();
    Promise<Boolean> second = Promise.promise();
    desk.ready = first.future();
    CampaignId id =
        started(order(List.of(list(contacts.toString())), "Здравствуйте, {имя}!", 50, 5000));
    turns(5);
    assertThat(desk.asked).hasSize(20);
    assertThat(desk.attempts).isEmpty();
    assertThat(dialer.standing(id).voiced()).contains(new Standing.Voiced(0, 50));

    desk.ready = second.future();
    first.complete(true);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofSeconds(1));
      turns(1);
    }

    assertThat(desk.attempts).hasSize(20);
    assertThat(desk.asked).hasSize(40);
    assertThat(dialer.standing(id).voiced()).contains(new Standing.Voiced(20, 50));
    desk.ready = Future.succeededFuture(true);
    second.fail(new IllegalArgumentException("these names cannot be said"));
    settle(id);
    assertThat(desk.attempts).hasSize(50);
    assertThat(desk.asked).hasSize(50).doesNotHaveDuplicates();
    assertThat(dialer.standing(id).voiced()).isEmpty();
  }

  @Test
  @Tag("AC-TTS-05")
  void aVoiceThatDoesNotSpeakPausesTheCampaignAndCostsNobodyHisCall() throws IOException {
    desk.ready = Future.succeededFuture(false);
    CampaignId id = started(order(List.of(list(numbers(3))), "Привет", 3, 600));

    turns(5);

    assertThat(desk.attempts).isEmpty();
    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_VOICE));
    desk.ready = Future.succeededFuture(true);
    clock.advance(Duration.ofMinutes(1));
    assertThat(await(campaigns.resume(id, "owner", "the voice is back")))
        .isInstanceOf(CampaignResult.Done.class);
    settle(id);
    assertThat(found(id).progress().done()).isEqualTo(3);
  }

  @Test
  @Tag("AC-TTS-05")
  void aVoiceThatFallsSilentUnderwayPausesTheCampaignAndThoseLeftAreCalledLater()
      throws IOException {
    CampaignId id = started(order(List.of(list(numbers(3))), "Привет", 1, 600));
    desk.broke = true;
    desk.stop = NotDialled.NO_PROMPT;

    turns(4);

    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
    assertThat(found(id).progress().pending()).isEqualTo(3);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_VOICE));
    boot();
    assertThat(dialer.recover()).isZero();
    turns(1);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.NO_VOICE));
    desk.broke = false;
    assertThat(await(campaigns.resume(id, "owner", "the voice is back")))
        .isInstanceOf(CampaignResult.Done.class);
    settle(id);
    assertThat(found(id).progress().done()).isEqualTo(3);
  }

  @Test
  @Tag("SH-SUS-07")
  @Tag("EX-SUS-2")
  void aSuspensionPausesAndLosesNothing() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(10))), "Привет", 1, 20));
    turns(3);
    clock.advance(Duration.ofSeconds(40));
    desk.endDue();
    assertThat(await(campaigns.suspendAll("office", "violation"))).containsExactly(id);
    turns(3);
    assertThat(found(id).progress().done()).isEqualTo(1);
    assertThat(await(campaigns.resume(id, "owner", "please")))
        .isEqualTo(new CampaignResult.WrongState(CampaignState.SUSPENDED_ADMIN));

    var _ = await(campaigns.liftSuspension("office", "resolved"));
    turns(3);
    assertThat(found(id).state()).isEqualTo(CampaignState.PAUSED);
    var _ = await(campaigns.resume(id, "owner", "go on"));
    turns(3);
    assertThat(desk.numbers()).hasSize(2).doesNotHaveDuplicates();

    var _ = await(campaigns.suspendAll("office", "violation"));
    clock.set(Instant.parse("2026-11-24T17:00:00Z"));
    desk.endDue();
    var _ = await(campaigns.liftSuspension("office", "resolved"));
    turns(3);
    assertThat(found(id).state()).isEqualTo(CampaignState.SCHEDULED);
    clock.set(Instant.parse("2026-11-25T04:00:00Z"));
    turns(3);
    assertThat(found(id).state()).isEqualTo(CampaignState.RUNNING);
    assertThat(desk.numbers()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void saysWhyNothingIsDialled() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(5))), "Привет", 2, 20));
    gate = new GateState.Stopped(IdleReason.LICENSE);
    turns(4);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.LICENSE));
    assertThat(desk.attempts).isEmpty();

    gate = new GateState.Open(10, 5000);
    turns(2);
    assertThat(desk.attempts).hasSize(1);
    assertThat(dialer.explain(id))
        .isEqualTo(Idle.until(IdleReason.RATE, clock.instant().plusSeconds(3)));
    clock.advance(Duration.ofSeconds(3));
    turns(1);
    assertThat(desk.attempts).hasSize(2);
    assertThat(dialer.explain(id)).isEqualTo(Idle.because(IdleReason.CHANNELS_BUSY));
  }

  @Test
  @Tag("AC-CMP-07")
  void aRestartDialsNobodyTwice() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(6))), "Привет", 3, 5000));
    turns(2);
    clock.advance(Duration.ofSeconds(1));
    turns(2);
    List<Attempt> underWay = List.copyOf(desk.attempts);
    assertThat(underWay).hasSize(3);
    desk.known.put(
        underWay.getFirst().id(),
        AttemptResult.of(CallOutcome.ANSWERED, "Q.850 16", clock.instant(), false));
    desk.forgetCalls();

    boot();
    int resolved = dialer.recover();

    assertThat(resolved).isEqualTo(3);
    assertThat(found(id).progress().outcomes())
        .isEqualTo(Map.of(CallOutcome.ANSWERED, 1L, CallOutcome.PLATFORM_FAULT, 2L));
    settle(id);
    assertThat(desk.numbers()).hasSize(6).doesNotHaveDuplicates();
    assertThat(found(id).progress().done()).isEqualTo(6);
  }

  @Test
  void aDeskThatThrowsIsAFaultOfThePlatform() throws IOException {
    CampaignId id = started(order(List.of(list(numbers(1))), "Привет", 3, 5000));
    desk.failing = true;

    settle(id);

    assertThat(found(id).progress().outcomes()).isEqualTo(Map.of(CallOutcome.PLATFORM_FAULT, 1L));
  }

  /// Pulls the plug before the first statement of a campaign's life, then before the second, and on
  /// until it gets through. Each time the program starts anew, and nobody is dialled twice.
  @Test
  @Tag("AC-CMP-07")
  void losesNobodyWhicheverStatementIsTheLast() throws IOException {
    ContactListId list = list(numbers(3));
    boolean pulled = true;
    for (int statement = 1; pulled; statement += 3) {
      CampaignId id = started(order(List.of(list), "Привет", 3, 5000));
      int before = desk.attempts.size();
      Plug plug = Plug.in(store, statement);
      try {
        settle(id);
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(store);

      if (pulled) {
        desk.forgetCalls();
        boot();
        assertThat(dialer.recover()).isBetween(0, 3);
        settle(id);
      }

      List<String> dialled = desk.numbers().subList(before, desk.numbers().size());
      assertThat(dialled).doesNotHaveDuplicates();
      Campaign campaign = found(id);
      assertThat(campaign.state()).isEqualTo(CampaignState.COMPLETED);
      assertThat(campaign.progress().done()).isEqualTo(3);
      clock.advance(Duration.ofMinutes(31));
    }
    assertThat(openAttempts()).isZero();
  }

  /// A day with 10 000 contacts and two campaigns, one of which reaches half of the other's.
  @ParameterizedTest
  @ValueSource(longs = {20261124})
  @Tag("AC-CMP-03")
  @Tag("AC-CMP-07")
  @Tag("AC-CAL-01")
  @Tag("AC-CAL-09")
  void getsThroughADay(long seed) throws IOException {
    Random random = new Random(seed);
    desk.random = random;
    clock.set(Instant.parse("2026-11-24T03:50:00Z"));
    ContactListId all = list(numbers(9_000));
    ContactListId half = list(numbers(1_000));
    int cap = 60;
    gate = new GateState.Open(90, 1200);
    CampaignId large = started(order(List.of(all), "Привет", cap, 1000));
    CampaignId small = started(order(List.of(half), "Снова", 40, 300));
    TreeMap<Instant, Integer> starts = new TreeMap<>();
    Instant last = Instant.parse("2026-11-24T16:00:00Z");
    int most = 0;
    while (clock.instant().isBefore(last)
        && !(found(large).state().isOver() && found(small).state().isOver())) {
      int before = desk.attempts.size();
      Optional<Instant> next = dialer.turn();
      int placed = desk.attempts.size() - before;
      if (placed > 0) {
        starts.merge(clock.instant(), placed, Integer::sum);
      }
      Map<CampaignId, Integer> active = desk.active();
      most = Math.max(most, active.values().stream().mapToInt(Integer::intValue).sum());
      assertThat(active.getOrDefault(large, 0)).isLessThanOrEqualTo(cap);
      assertThat(active.getOrDefault(small, 0)).isLessThanOrEqualTo(40);
      if (random.nextInt(5_000) == 0) {
        desk.forgetCalls();
        boot();
        assertThat(dialer.recover()).isNotNegative();
      }
      Instant step = clock.instant().plusMillis(500);
      if (next.isPresent() && next.get().isBefore(step)) {
        step = next.get();
      }
      Instant due = desk.nextEnd().orElse(step);
      clock.set(due.isBefore(step) ? due : step);
      desk.endDue();
    }

    assertThat(found(large).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(small).state()).isEqualTo(CampaignState.COMPLETED);
    assertThat(found(large).progress().done()).isEqualTo(9_000);
    assertThat(found(small).progress().done()).isEqualTo(1_000);
    assertThat(most).isLessThanOrEqualTo(90);
    Set<String> once = new HashSet<>();
    for (Attempt attempt : desk.attempts) {
      assertThat(once.add(attempt.campaign() + " " + attempt.callee().e164())).isTrue();
    }
    assertThat(starts.firstKey()).isAfterOrEqualTo(Instant.parse("2026-11-24T04:00:00Z"));
    starts.forEach((at, _) ->
        assertThat(
                starts.subMap(at, at.plusSeconds(60)).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum())
            .isLessThanOrEqualTo(1200));
    assertThat(desk.overlaps).isZero();
    assertThat(openAttempts()).isZero();
  }

  private static final CallPricing PRICING =
      new CallPricing() {
        @Override
        public Tenge answeredCall(CampaignOrder order, Duration answered) {
          return Tenge.of("12.00");
        }

        @Override
        public String tariffVersion() {
          return "2026-11";
        }
      };

  private static CampaignOrder asking(CampaignOrder order, Asking asking, MachineRule machines) {
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
        Optional.of(asking),
        machines,
        order.retries());
  }

  private static Asking question(List<Locale> languages, String reply) {
    Locale first = languages.getFirst();
    return new Asking(
        languages,
        Duration.ofSeconds(6),
        true,
        List.of(
            new ExpectedAnswer(
                "Да",
                Optional.of('1'),
                languages.size() > 1
                    ? Map.of(first, List.of("да"), languages.get(1), List.of("иә"))
                    : Map.of(first, List.of("да")),
                Map.of(first, reply)),
            new ExpectedAnswer("Нет", Optional.of('2'), Map.of(first, List.of("нет")), Map.of())),
        new Fallback(1, Optional.of("Вас не слышно"), Optional.of("До свидания, {имя}")),
        Fallback.NONE);
  }
}
