package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.HeldPeriod;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purged;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whom campaigns of long ago were to reach is forgotten, and what they came to is not.
@Timeout(120)
@Tag("SH-RET-01")
@Tag("SH-RET-03")
class ForgottenPeopleTest extends DialingRoom {

  private static final Msisdn ARMAN = new Msisdn("+77010000001");

  private static final Standing NOBODY =
      new Standing(
          new Idle(IdleReason.ALL_DONE, Optional.empty()),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0);

  private final List<Purged> proofs = new ArrayList<>();
  private List<HeldPeriod> holds = List.of();

  private CampaignId over(ContactListId list) {
    CampaignId campaign = started(OrderDraft.to(list));
    settle(campaign);
    assertThat(await(campaigns.find(campaign)).orElseThrow().state().isOver()).isTrue();
    return campaign;
  }

  private long people(CampaignId campaign) {
    return await(campaigns.recipients(campaign, Optional.empty(), "", 0, 10)).orElseThrow().total();
  }

  private Overdue before(Instant moment) {
    return new Overdue(clock, _ -> moment, _ -> holds);
  }

  private int forget(Instant before) {
    return await(campaigns.forgetPeople(before(before), (_, proof) -> proofs.add(proof)));
  }

  @Test
  void thePeopleGoAndTheCountsStay() throws IOException {
    ContactListId list = list("номер\n87010000001\n87010000002\n");
    desk.ends(ARMAN.e164(), CallOutcome.BUSY);
    CampaignId old = over(list);
    Campaign before = await(campaigns.find(old)).orElseThrow();
    Breakdown breakdown = await(campaigns.breakdown(old, NOBODY)).orElseThrow();
    clock.advance(Duration.ofHours(2));
    CampaignId newer = over(list);

    assertThat(forget(before.endedAt().orElseThrow())).isZero();
    assertThat(forget(before.endedAt().orElseThrow().plusMillis(1))).isEqualTo(2);
    assertThat(forget(before.endedAt().orElseThrow().plusMillis(1))).isZero();

    assertThat(people(old)).isZero();
    assertThat(people(newer)).isEqualTo(2);
    assertThat(await(campaigns.find(old))).contains(before);
    assertThat(await(campaigns.breakdown(old, NOBODY))).contains(breakdown);
    ContactCard card = await(new ContactCards(store, rules, clock).card(ARMAN));
    assertThat(card.campaigns())
        .extracting(ContactCard.InCampaign::campaign)
        .containsExactly(newer);
    assertThat(proofs)
        .singleElement()
        .satisfies(proof -> {
          assertThat(proof.what()).isEqualTo("CAMPAIGN_PEOPLE");
          assertThat(proof.count()).isEqualTo(2);
          assertThat(proof.newest()).isEqualTo(before.endedAt().orElseThrow());
        });
  }

  @Test
  @Tag("SH-RET-02")
  void thePeopleOfACampaignStayWhileAnyOfItsCallsIsOnLegalHold() throws IOException {
    CampaignId held = over(list("номер\n87010000001\n"));
    Campaign before = await(campaigns.find(held)).orElseThrow();
    Instant ended = before.endedAt().orElseThrow();
    clock.advance(Duration.ofHours(2));
    CampaignId newer = over(list("номер\n87010000002\n"));
    Instant later = clock.instant().plus(Duration.ofDays(1));
    holds = List.of(new HeldPeriod("h", ended, ended.plusSeconds(1), Optional.empty()));

    assertThat(forget(later)).isEqualTo(1);
    assertThat(people(held)).isEqualTo(1);
    assertThat(people(newer)).isZero();

    holds = List.of(new HeldPeriod("h", ended, ended.plusSeconds(1), Optional.of(later)));
    assertThat(forget(later)).isEqualTo(1);
    assertThat(people(held)).isZero();
    assertThat(proofs).extracting(Purged::keptBy).containsExactly(List.of(), List.of("h"));
  }

  @Test
  void aCampaignThatStillRunsIsLeftAlone() throws IOException {
    ContactListId list = list("номер\n87010000001\n");
    CampaignId campaign = started(OrderDraft.to(list));

    assertThat(forget(clock.instant().plus(Duration.ofDays(1000)))).isZero();

    assertThat(await(campaigns.find(campaign))).isPresent();
  }

  @Test
  void nobodyGoesWithoutAProof() throws IOException {
    CampaignId campaign = over(list("номер\n87010000001\n"));
    Instant later = clock.instant().plus(Duration.ofDays(1));

    assertThatThrownBy(() ->
            await(
                campaigns.forgetPeople(
                    before(later),
                    (_, _) -> {
                      throw new IllegalStateException("the log is full");
                    })))
        .hasMessageContaining("the log is full");

    assertThat(people(campaign)).isEqualTo(1);
  }
}
