package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.campaigns.Breakdown.Part;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a campaign would come to, and what is in the way of its start.
@Timeout(60)
class StartTest extends DialingRoom {

  private static final Tenge PLENTY = Tenge.of("1000.00");

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

  @Test
  @Tag("AC-CMP-06")
  @Tag("AC-CON-03")
  void estimatesBeforeTheStart() throws IOException {
    ContactListId one = list("87010000001\n87010000002\n87010000003\n");
    ContactListId two = list("87010000003\n87010000004\n");
    suppress("+77010000002", Consent.BLOCKED);
    CampaignId id = drafted(OrderDraft.to(one, two).channels(1));

    Estimate estimate = await(campaigns.estimate(id, MESSAGE, PRICING, PLENTY, gate)).orElseThrow();

    assertThat(estimate.recipients()).isEqualTo(3);
    assertThat(estimate.excluded()).isEqualTo(Map.of(Exclusion.BLOCKED, 1L));
    assertThat(estimate.perCall()).isEqualTo(MESSAGE);
    assertThat(estimate.dialing()).isEqualTo(Duration.ofSeconds(75));
    assertThat(estimate.end()).contains(Instant.parse("2026-11-24T04:01:15Z"));
    assertThat(estimate.cost()).isEqualTo(Tenge.of("36.00"));
    assertThat(estimate.blockers()).isEmpty();
    assertThat(estimate.dryRun())
        .isEqualTo(
            new Breakdown(
                5,
                List.of(
                    new Part(Reason.BLOCKED, 1, Optional.empty()),
                    new Part(Reason.IN_TURN, 3, Optional.empty()),
                    new Part(Reason.DUPLICATE, 1, Optional.empty()))));
  }

  @Test
  @Tag("AC-CMP-06")
  void aDryRunSaysWhatTheFirstMomentBrings() throws IOException {
    CampaignId other = started(OrderDraft.to(list("87010000001\n87010000002\n")));
    pass(Duration.ofMinutes(10));
    assertThat(found(other).progress().done()).isEqualTo(2);
    CampaignId id = drafted(OrderDraft.to(list(numbers(5))));

    assertThat(dryRun(id, Tenge.of("30.00")))
        .isEqualTo(
            new Breakdown(
                5,
                List.of(
                    new Part(Reason.NUMBER_RESTING, 2, Optional.empty()),
                    new Part(Reason.IN_TURN, 2, Optional.empty()),
                    new Part(Reason.NO_FUNDS, 1, Optional.empty()))));
    var _ = await(rules.setContacts(new ContactRules(Duration.ZERO, 1, 0, 0)));
    assertThat(dryRun(id, PLENTY))
        .isEqualTo(
            new Breakdown(
                5,
                List.of(
                    new Part(Reason.CAP_REACHED, 2, Optional.empty()),
                    new Part(Reason.IN_TURN, 3, Optional.empty()))));

    gate = new GateState.Stopped(IdleReason.TELEPHONY_DOWN);
    assertThat(dryRun(id, PLENTY))
        .isEqualTo(new Breakdown(5, List.of(new Part(Reason.TELEPHONY_DOWN, 5, Optional.empty()))));
    clock.set(Instant.parse("2026-11-24T17:00:00Z"));
    assertThat(dryRun(id, PLENTY))
        .isEqualTo(
            new Breakdown(
                5,
                List.of(
                    new Part(
                        Reason.NO_WINDOW, 5, Optional.of(Instant.parse("2026-11-25T04:00:00Z"))))));
  }

  private Breakdown dryRun(CampaignId id, Tenge available) {
    return await(campaigns.estimate(id, MESSAGE, PRICING, available, gate)).orElseThrow().dryRun();
  }

  @Test
  void aQuestionTakesTheTimeOfItsAnswer() throws IOException {
    CampaignId id =
        drafted(
            OrderDraft.to(list("номер,имя\n87010000001,Асель\n"))
                .asking(Questions.yesOrNo("Ждём вас", Questions.RUSSIAN)));

    assertThat(
            await(campaigns.estimate(id, MESSAGE, PRICING, PLENTY, gate)).orElseThrow().perCall())
        .isEqualTo(MESSAGE.plusSeconds(6));
  }

  @Test
  @Tag("AC-CON-02")
  @Tag("AC-CMP-02")
  @Tag("AC-CAL-05")
  void doesNotStartWhatMayNotBeStarted() throws IOException {
    ContactListId list = imported("номер,имя\n87010000001,Асель\n");
    clock.set(Instant.parse("2027-06-01T00:00:00Z"));
    CampaignId id = drafted(OrderDraft.to(list).saying("Привет, {сумма}").channels(1));

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
  @Tag("AC-CON-03")
  void advertisesOnlyToThoseWhoAgreed() throws IOException {
    CampaignId id = drafted(OrderDraft.to(list("87010000001\n")).category(Category.ADVERTISING));

    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.NO_RECIPIENTS)));
  }

  @Test
  @Tag("AC-CON-08")
  void knowsTheVariablesOfRepliesHintsAndGoodbyes() throws IOException {
    CampaignId id =
        drafted(
            OrderDraft.to(list("87010000001\n"))
                .asking(Questions.yesOrNo("Ждём вас", Questions.RUSSIAN)));

    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.UNKNOWN_VARIABLE)));
  }

  @Test
  @Tag("AC-STT-05")
  void doesNotStartWhatItCouldNotUnderstand() throws IOException {
    OrderDraft draft =
        OrderDraft.to(list("номер,имя\n87010000001,Асель\n"))
            .asking(Questions.yesOrNo("Ждём вас", Questions.RUSSIAN, Questions.KAZAKH));
    CampaignId id = drafted(draft);

    assertThat(await(campaigns.start(id, "owner", MESSAGE)))
        .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.NO_SPEECH_MODEL)));
    assertThat(campaigns.unheard(draft.order())).containsExactly(Questions.KAZAKH);
    assertThat(
            await(campaigns.estimate(id, MESSAGE, PRICING, PLENTY, gate)).orElseThrow().blockers())
        .containsExactly(Blocker.NO_SPEECH_MODEL);
  }

  @Test
  void saysWhichWordsNobodyCanSayToACall() throws IOException {
    OrderDraft draft =
        OrderDraft.to(list("87010000001\n"))
            .asking(
                new Asking(
                    List.of(Questions.RUSSIAN),
                    Duration.ofSeconds(6),
                    false,
                    List.of(
                        new ExpectedAnswer(
                            "Да",
                            Optional.empty(),
                            Map.of(Questions.RUSSIAN, List.of("да", "да абырвалг")),
                            Map.of()),
                        new ExpectedAnswer(
                            "5",
                            Optional.empty(),
                            Map.of(Questions.RUSSIAN, List.of("5")),
                            Map.of())),
                    Fallback.NONE,
                    Fallback.NONE));

    assertThat(campaigns.faults(draft.order()))
        .containsExactly(
            new PhraseFault.UnknownWord(0, Questions.RUSSIAN, 1, "абырвалг"),
            new PhraseFault.Malformed(1, Questions.RUSSIAN, 0));
  }
}
