package kz.qonyrau.campaigns;

import static kz.qonyrau.vocabulary.CallOutcome.ANSWERED;
import static kz.qonyrau.vocabulary.CallOutcome.BUSY;
import static kz.qonyrau.vocabulary.CallOutcome.INVALID_NUMBER;
import static kz.qonyrau.vocabulary.CallOutcome.NO_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Contacts with more than one number: which is dialled when, and which never.
final class OtherNumbersTest extends DialingRoom {

  private static final String MOBILE = "+77010000001";
  private static final String HOME = "+77272500001";
  private static final String WORK = "+77272500002";
  private static final String THREE = "телефон;дом;работа\n" + MOBILE + ";" + HOME + ";" + WORK;
  private static final String TWO = "телефон;дом\n" + MOBILE + ";" + HOME;

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
  @Tag("AC-CMP-07")
  void theNextCallGoesToTheNextNumberRoundAndRoundAndOneResultIsFinal() throws IOException {
    desk.ends(MOBILE, NO_ANSWER, ANSWERED);
    desk.ends(HOME, NO_ANSWER);
    desk.ends(WORK, NO_ANSWER);
    CampaignId id = started(otherAfter(THREE, RetryReason.NO_ANSWER, 5));

    pass(Duration.ofMinutes(40));

    assertThat(desk.numbers()).containsExactly(MOBILE, HOME, WORK, MOBILE);
    Recipient recipient = only(id);
    assertThat(recipient.number().e164()).isEqualTo(MOBILE);
    assertThat(recipient.others()).containsExactly(new Msisdn(HOME), new Msisdn(WORK));
    assertThat(recipient.calls().stream().map(call -> call.number().e164()))
        .containsExactly(MOBILE, HOME, WORK, MOBILE);
    assertThat(recipient.outcome()).contains(ANSWERED);
    assertThat(found(id).progress().outcomes()).containsExactly(Map.entry(ANSWERED, 1L));
  }

  @Test
  @Tag("AC-CMP-07")
  void theNumberOfAttemptsHoldsOverAllNumbers() throws IOException {
    desk.ends(MOBILE, NO_ANSWER, NO_ANSWER, NO_ANSWER);
    desk.ends(HOME, NO_ANSWER, NO_ANSWER, NO_ANSWER);
    CampaignId id =
        started(
            OrderDraft.to(list(TWO))
                .retries(new RetryPolicy(3, other(RetryReason.NO_ANSWER, 10, 5))));

    pass(Duration.ofMinutes(60));

    assertThat(desk.numbers()).containsExactly(MOBILE, HOME, MOBILE);
    assertThat(found(id).state()).isEqualTo(CampaignState.COMPLETED);
  }

  @Test
  @Tag("AC-CMP-07")
  void aContactWithOneNumberIsCalledThereAfterThePause() throws IOException {
    desk.ends(MOBILE, BUSY, ANSWERED);
    CampaignId id = started(otherAfter("телефон\n" + MOBILE, RetryReason.BUSY, 1));
    pass(Duration.ofMinutes(4));
    assertThat(desk.numbers()).containsExactly(MOBILE);

    pass(Duration.ofMinutes(2));

    assertThat(desk.numbers()).containsExactly(MOBILE, MOBILE);
    assertThat(only(id).outcome()).contains(ANSWERED);
  }

  @Test
  @Tag("AC-CMP-07")
  void aNumberThatDoesNotExistGivesWayAtOnceAndIsDialledNoMore() throws IOException {
    desk.ends(MOBILE, INVALID_NUMBER);
    desk.ends(HOME, NO_ANSWER, NO_ANSWER, ANSWERED);
    CampaignId id =
        started(
            OrderDraft.to(list(TWO))
                .retries(
                    new RetryPolicy(
                        9,
                        Map.of(
                            RetryReason.INVALID_NUMBER,
                            new Retry(3, Duration.ZERO, false, NextNumber.OTHER),
                            RetryReason.NO_ANSWER,
                            new Retry(5, Duration.ofMinutes(5), false, NextNumber.OTHER)))));
    pass(Duration.ofSeconds(30));
    assertThat(desk.numbers()).containsExactly(MOBILE, HOME);

    pass(Duration.ofMinutes(30));

    assertThat(desk.numbers()).containsExactly(MOBILE, HOME, HOME, HOME);
    assertThat(only(id).outcome()).contains(ANSWERED);
  }

  @Test
  @Tag("AC-CMP-07")
  void whereNoNumberExistsThatIsTheResult() throws IOException {
    desk.ends(MOBILE, INVALID_NUMBER);
    desk.ends(HOME, INVALID_NUMBER);
    CampaignId id =
        started(
            OrderDraft.to(list(TWO))
                .retries(new RetryPolicy(9, other(RetryReason.INVALID_NUMBER, 9, 0))));

    settle(id);

    assertThat(desk.numbers()).containsExactly(MOBILE, HOME);
    assertThat(only(id).outcome()).contains(INVALID_NUMBER);
    assertThatThrownBy(() ->
            new RetryPolicy(
                2,
                Map.of(
                    RetryReason.INVALID_NUMBER,
                    new Retry(1, Duration.ZERO, false, NextNumber.SAME))))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("OTHER");
  }

  @Test
  @Tag("AC-CMP-07")
  void whoDeclinedAtOneNumberKeepsHisPauseThere() throws IOException {
    desk.ends(MOBILE, CallOutcome.REJECTED, ANSWERED);
    desk.ends(HOME, INVALID_NUMBER);
    var _ =
        started(
            OrderDraft.to(list(TWO))
                .retries(
                    new RetryPolicy(
                        9,
                        Map.of(
                            RetryReason.REJECTED,
                            new Retry(2, Duration.ofMinutes(60), false, NextNumber.OTHER),
                            RetryReason.INVALID_NUMBER,
                            new Retry(3, Duration.ZERO, false, NextNumber.OTHER)))));

    pass(Duration.ofMinutes(59));
    assertThat(desk.numbers()).containsExactly(MOBILE);
    pass(Duration.ofMinutes(3));

    assertThat(desk.numbers()).containsExactly(MOBILE, HOME, MOBILE);
  }

  @ParameterizedTest
  @EnumSource(BlockList.class)
  @Tag("AC-SPM-08")
  @Tag("AC-CON-03")
  void aBlockedTelephoneIsPassedOverAndAPersonIsLeftAlone(BlockList block) throws IOException {
    desk.ends(HOME, ANSWERED);
    block(MOBILE, block);
    OrderDraft draft = OrderDraft.to(list(TWO));
    Estimate estimate = estimate(drafted(draft));
    if (block.isPersonal()) {
      assertThat(estimate.recipients()).isZero();
      assertThat(await(campaigns.start(drafted(draft), "owner", MESSAGE)))
          .isEqualTo(new CampaignResult.Blocked(List.of(Blocker.NO_RECIPIENTS)));
      return;
    }
    CampaignId id = started(draft);
    settle(id);

    assertThat(desk.numbers()).containsExactly(HOME);
    assertThat(only(id).outcome()).contains(ANSWERED);
    assertThat(estimate.recipients()).isEqualTo(1);
    assertAddsUp(id);
  }

  @ParameterizedTest
  @EnumSource(BlockList.class)
  @Tag("AC-CON-04")
  @Tag("AC-CON-03")
  void anEntryForTheOtherNumberHoldsForThePersonIfItIsHis(BlockList block) throws IOException {
    desk.ends(MOBILE, NO_ANSWER, ANSWERED);
    CampaignId id = started(otherAfter(TWO, RetryReason.NO_ANSWER, 3));
    pass(Duration.ofMinutes(1));
    assertThat(desk.numbers()).containsExactly(MOBILE);

    block(HOME, block);
    pass(Duration.ofMinutes(10));

    if (block.isPersonal()) {
      assertThat(desk.numbers()).containsExactly(MOBILE);
      assertThat(only(id).exclusion().map(Enum::name)).contains(block.status().name());
    } else {
      assertThat(desk.numbers()).containsExactly(MOBILE, MOBILE);
      assertThat(only(id).outcome()).contains(ANSWERED);
    }
    assertAddsUp(id);
  }

  @Test
  @Tag("AC-CON-04")
  void whoWithdrawsAtOneNumberIsCalledAtNoneByTheNextCampaign() throws IOException {
    ContactListId list = list(TWO + "\n+77010000002;");
    suppress(HOME, Consent.WITHDRAWN);
    desk.ends("+77010000002", ANSWERED);

    CampaignId id = started(OrderDraft.to(list));
    settle(id);

    assertThat(desk.numbers()).containsExactly("+77010000002");
    assertThat(people(id, "").getFirst().exclusion()).contains(Exclusion.WITHDRAWN);
    assertAddsUp(id);
    assertThat(await(lists.contacts(list, 0, 10, "")).orElseThrow().items().getFirst().calls())
        .isEqualTo(Consent.WITHDRAWN);
  }

  @Test
  @Tag("AC-SPM-08")
  void whoHasNoNumberLeftIsBlocked() throws IOException {
    block(MOBILE, BlockList.OWN);
    GateState open = gate;
    gate = new GateState.Stopped(IdleReason.LICENSE);
    CampaignId id = started(OrderDraft.to(list(TWO)));
    turns(3);
    block(HOME, BlockList.CENTER);
    gate = open;

    settle(id);

    assertThat(desk.numbers()).isEmpty();
    assertThat(only(id).exclusion()).contains(Exclusion.BLOCKED);
    assertAddsUp(id);
  }

  @Test
  @Tag("AC-CAL-09")
  void theCapCountsTheNumberThatIsDialled() throws IOException {
    var _ = await(rules.setContacts(new ContactRules(Duration.ZERO, 1, 0, 0)));
    desk.ends(MOBILE, NO_ANSWER);
    desk.ends(HOME, NO_ANSWER);
    CampaignId id = started(otherAfter(TWO, RetryReason.NO_ANSWER, 5));

    pass(Duration.ofMinutes(20));

    assertThat(desk.numbers()).containsExactly(MOBILE, HOME);
    assertThat(only(id).state()).isEqualTo(Recipient.State.CAPPED);
    assertAddsUp(id);
  }

  @Test
  @Tag("AC-CON-01")
  void nobodyIsCalledTwiceAtANumberThatTwoContactsShare() throws IOException {
    ContactListId first =
        list("телефон;дом\n" + MOBILE + ";+77010000003\n+77010000002;" + HOME + "\n");
    ContactListId second =
        list("телефон;дом\n+77010000003;+77272500009\n+77010000004;" + HOME + "\n");
    for (String number : List.of(MOBILE, "+77010000002", "+77010000003", "+77010000004")) {
      desk.ends(number, NO_ANSWER, NO_ANSWER);
    }
    desk.ends(HOME, ANSWERED);
    desk.ends("+77272500009", ANSWERED);
    CampaignId id =
        started(
            OrderDraft.to(first, second)
                .retries(new RetryPolicy(2, other(RetryReason.NO_ANSWER, 1, 5))));

    pass(Duration.ofMinutes(20));

    assertThat(desk.numbers().stream().filter(HOME::equals)).hasSize(1);
    List<Recipient> all = people(id, "");
    assertThat(all.get(0).others()).isEmpty();
    assertThat(all.get(1).others()).containsExactly(new Msisdn(HOME));
    assertThat(all.get(2).others()).containsExactly(new Msisdn("+77272500009"));
    assertThat(all.get(3).others()).isEmpty();
    assertThat(desk.numbers().stream().filter("+77010000003"::equals)).hasSize(1);
    assertThat(people(id, HOME))
        .extracting(one -> one.number().e164())
        .containsExactly("+77010000002");
    assertAddsUp(id);
  }

  @Test
  @Tag("AC-CMP-07")
  void anAttemptDialsOnceAndTheNumberIsKnownWhicheverStatementIsTheLast() throws IOException {
    var _ = await(rules.setContacts(new ContactRules(Duration.ZERO, 0, 0, 0)));
    for (int statement = 1; ; statement++) {
      desk.attempts.clear();
      desk.ends(MOBILE, NO_ANSWER);
      desk.ends(HOME, ANSWERED);
      CampaignId id = started(otherAfter(TWO, RetryReason.NO_ANSWER, 3));
      boolean cut = powerIsCut(statement, () -> pass(Duration.ofMinutes(8)));
      settle(id);

      Recipient recipient = only(id);
      assertThat(recipient.state()).isEqualTo(Recipient.State.DONE);
      assertThat(desk.attempts.stream().map(Attempt::id)).doesNotHaveDuplicates();
      for (Attempt attempt : desk.attempts) {
        assertThat(recipient.calls())
            .anyMatch(
                call -> call.call().equals(attempt.id()) && call.number().equals(attempt.callee()));
      }
      if (!cut) {
        assertThat(desk.numbers()).containsExactly(MOBILE, HOME);
        assertThat(statement).isGreaterThan(10);
        return;
      }
    }
  }

  @Test
  @Tag("PLT-22")
  void furtherNumbersAreForgottenWithTheirRecipients() throws IOException {
    desk.ends(MOBILE, ANSWERED);
    CampaignId id = started(OrderDraft.to(list(TWO)));
    settle(id);
    clock.advance(Duration.ofDays(1));

    assertThat(await(campaigns.forgetPeople(clock.instant(), (_, _) -> {})).intValue())
        .isEqualTo(1);

    List<String> left =
        await(
            store.read(handle ->
                handle
                    .createQuery("SELECT number FROM campaign.recipient_other")
                    .mapTo(String.class)
                    .list()));
    assertThat(left).isEmpty();
  }

  private OrderDraft otherAfter(String file, RetryReason reason, int times) throws IOException {
    return OrderDraft.to(list(file)).retries(new RetryPolicy(20, other(reason, times, 5)));
  }

  private static Map<RetryReason, Retry> other(RetryReason reason, int times, int minutes) {
    return Map.of(reason, new Retry(times, Duration.ofMinutes(minutes), false, NextNumber.OTHER));
  }

  private void block(String number, BlockList list) {
    var _ = await(suppressions.add(List.of(new Msisdn(number)), list, "a test", "test"));
  }

  private Recipient only(CampaignId id) {
    List<Recipient> people = people(id, "");
    assertThat(people).hasSize(1);
    return people.getFirst();
  }

  private List<Recipient> people(CampaignId id, String search) {
    return await(campaigns.recipients(id, Optional.empty(), search, 0, 100)).orElseThrow().items();
  }

  private void assertAddsUp(CampaignId id) {
    // A breakdown that does not add up cannot be made.
    Breakdown breakdown = await(campaigns.breakdown(id, dialer.standing(id))).orElseThrow();
    assertThat(breakdown.contacts()).isEqualTo(people(id, "").size());
  }

  private Estimate estimate(CampaignId id) {
    return await(campaigns.estimate(id, MESSAGE, PRICING, Tenge.of("1000.00"), gate)).orElseThrow();
  }
}
