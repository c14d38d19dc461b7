package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a campaign does from its start to its end, and what its owner and the office do to it on
/// the way. What else the dialer is about: [DialingWindowsTest], [IdleReasonsTest],
/// [SpokenAheadTest], [RestartTest], [DialingDayTest], [RetriesTest] and [WithdrawalTest].
@Timeout(60)
class DialerTest extends DialingRoom {

  @Test
  @Tag("AC-CMP-01")
  @Tag("AC-CMP-07")
  @Tag("AC-CON-08")
  void callsEveryoneOnceWithHisOwnWords() throws IOException {
    ContactListId list = list("номер,имя\n87010000001,{имя} $1\n87010000002,Асель\n");
    CampaignId id = started(OrderDraft.to(list).saying("Здравствуйте, {имя}!"));

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
    CampaignId id = started(OrderDraft.to(list("87010000001\n")));
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

    settle(started(OrderDraft.to(list)));
    clock.advance(Duration.ofMinutes(31));
    settle(started(OrderDraft.to(list).recorded("announced in the message")));

    assertThat(desk.attempts.stream().map(Attempt::record)).containsExactly(false, true);
  }

  @Test
  @Tag("AC-CON-03")
  void aWithdrawalIsEffectiveBeforeTheNextAttempt() throws IOException {
    CampaignId id =
        started(OrderDraft.to(list("87010000001\n87010000002\n87010000003\n")).channels(1));
    turns(3);
    suppress("+77010000002", Consent.WITHDRAWN);

    settle(id);

    assertThat(desk.numbers()).containsExactly("+77010000001", "+77010000003");
    assertThat(found(id).progress().excluded()).isEqualTo(Map.of(Exclusion.WITHDRAWN, 1L));
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-SPM-08")
  void whoIsComplainedOfMeanwhileIsSkippedBeforeAnyMoneyIsHeld() throws IOException {
    Msisdn complains = new Msisdn("+77010000002");
    CampaignId id =
        started(OrderDraft.to(list("87010000001\n87010000002\n87010000003\n")).channels(1));
    turns(3);
    boolean blocked =
        await(
            store.write(handle ->
                suppressions.block(
                    handle, complains, BlockList.COMPLAINT, "complaint 0a1b2c3d", "central")));
    assertThat(blocked).isTrue();

    settle(id);

    // The desk is what holds money, and never heard of him.
    assertThat(desk.numbers()).containsExactly("+77010000001", "+77010000003");
    assertThat(found(id).progress().excluded()).isEqualTo(Map.of(Exclusion.BLOCKED, 1L));
    boolean lifted =
        await(store.write(handle -> suppressions.unblock(handle, complains, BlockList.COMPLAINT)));
    Optional<Consent> left = await(store.read(handle -> Suppressions.status(handle, complains)));
    assertThat(lifted).isTrue();
    assertThat(left).isEmpty();
  }

  @Test
  @Tag("AC-CMP-10")
  void beginsNothingOnceAPauseOrACancelIsConfirmed() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(50))).channels(100).callsPerMinute(5000));
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
  @Tag("SH-SUS-07")
  @Tag("EX-SUS-2")
  void aSuspensionPausesAndLosesNothing() throws IOException {
    CampaignId id = started(OrderDraft.to(list(numbers(10))).channels(1).callsPerMinute(20));
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
}
