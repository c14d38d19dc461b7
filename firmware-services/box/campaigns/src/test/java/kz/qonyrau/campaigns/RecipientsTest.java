package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.campaigns.Recipient.State;
import kz.qonyrau.campaigns.Recipient.Try;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever looks at a campaign sees of everybody whether he was called, and if not, why.
@Timeout(120)
class RecipientsTest extends DialingRoom {

  @Test
  @Tag("AC-CMP-02")
  void theFirstAreCalledWhileTheLastAreStillBeingWrittenDown() throws IOException {
    int contacts = 5 * ListTable.BATCH;
    CampaignId id =
        started(OrderDraft.to(list(numbers(contacts))).channels(5).callsPerMinute(5000));

    turns(3);

    assertThat(desk.attempts).isNotEmpty();
    Breakdown breakdown = await(campaigns.breakdown(id, dialer.standing(id))).orElseThrow();
    assertThat(breakdown.contacts()).isEqualTo(contacts);
    assertThat(breakdown.parts())
        .extracting(Breakdown.Part::reason)
        .contains(Reason.IN_CALL, Reason.PREPARING);

    // The box dies meanwhile, and all the same everybody is written down once and called once.
    assertThat(crash()).isPositive();
    pass(Duration.ofMinutes(8));
    assertThat(found(id).progress().recipients()).isEqualTo(contacts);
    assertThat(desk.numbers()).doesNotHaveDuplicates();
  }

  @Test
  @Tag("AC-CMP-06")
  @Tag("AC-CMP-09")
  void everybodyHasAReason() throws IOException {
    desk.ends("+77010000000", CallOutcome.ANSWERED);
    desk.ends("+77010000001", CallOutcome.BUSY);
    suppress("+77010000002", Consent.BLOCKED);
    CampaignId id = started(again(5).channels(2));
    turns(3);
    clock.advance(Duration.ofMillis(20));
    Instant second = clock.instant();
    turns(1);
    assertThat(states(id))
        .containsExactly(State.ACTIVE, State.ACTIVE, State.EXCLUDED, State.PENDING, State.PENDING);

    gate = new GateState.Stopped(IdleReason.TELEPHONY_DOWN);
    clock.advance(Duration.ofSeconds(6));
    desk.endDue();
    turns(2);

    List<Recipient> all = page(id, Optional.empty(), "").items();
    Recipient answered = all.getFirst();
    assertThat(answered.state()).isEqualTo(State.DONE);
    assertThat(answered.outcome()).contains(CallOutcome.ANSWERED);
    assertThat(answered.due()).isEmpty();
    Recipient busy = all.get(1);
    assertThat(busy)
        .isEqualTo(
            new Recipient(
                new Msisdn("+77010000001"),
                List.of(),
                new Msisdn("+77010000001"),
                State.WAITING,
                Optional.of(CallOutcome.BUSY),
                Optional.empty(),
                Optional.of(clock.instant().plus(Duration.ofMinutes(10))),
                Optional.empty(),
                List.of(
                    new Try(
                        desk.attempts.get(1).id(),
                        new Msisdn("+77010000001"),
                        second,
                        Optional.of(CallOutcome.BUSY),
                        false))));
    assertThat(all.get(2).exclusion()).contains(Exclusion.BLOCKED);
    assertThat(all.get(2).outcome()).isEmpty();
    assertThat(all.get(3).calls()).isEmpty();
  }

  @Test
  @Tag("PLT-22")
  void areReadOneAfterTheOtherAsThePageShowsThem() throws IOException {
    CampaignId id = over();

    List<ReachedRecipient> read = new ArrayList<>();
    List<ReachedRecipient> page = await(campaigns.reached(id, 0, 7));
    while (!page.isEmpty()) {
      read.addAll(page);
      page = await(campaigns.reached(id, page.getLast().row(), 7));
    }

    assertThat(read).extracting(ReachedRecipient::row).isSorted().doesNotHaveDuplicates();
    assertThat(read)
        .extracting(ReachedRecipient::recipient)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("calls")
        .containsExactlyElementsOf(page(id, Optional.empty(), "").items());
    assertThat(await(campaigns.reached(CampaignId.random(), 0, 7))).isEmpty();
  }

  @Test
  void everyStateCanBeAskedForAndTheyAddUp() throws IOException {
    CampaignId id = over();

    long sum = 0;
    for (State state : State.values()) {
      Page<Recipient> page = page(id, Optional.of(state), "");
      assertThat(page.items()).allMatch(one -> one.state() == state).hasSize((int) page.total());
      sum += page.total();
    }
    assertThat(sum).isEqualTo(40).isEqualTo(page(id, Optional.empty(), "").total());
  }

  @Test
  @Tag("AC-CMP-10")
  void whoWasNotCalledWhenTheCampaignEndedIsCalledSo() throws IOException {
    CampaignId id = over();

    assertThat(page(id, Optional.of(State.NOT_CALLED), "").total()).isPositive();
    assertThat(page(id, Optional.of(State.PENDING), "").total()).isZero();
    assertThat(page(id, Optional.of(State.WAITING), "").total()).isZero();
    assertThat(page(id, Optional.of(State.DONE), "").items())
        .allSatisfy(one -> {
          assertThat(one.outcome()).isPresent();
          assertThat(one.due()).isEmpty();
          assertThat(one.calls()).isNotEmpty();
        });
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "0000007, 1",
        "+7 701 000 00 07, 1",
        "8 (701) 000-00-07, 1",
        "701000000, 10",
        "7, 40",
        "999, 0",
        "анна, 0",
        "' OR 1=1 --, 1"
      })
  void findsANumberHoweverItIsWritten(String search, int found) throws IOException {
    CampaignId id = over();

    assertThat(page(id, Optional.empty(), search).total()).isEqualTo(found);
    assertThat(page(id, Optional.empty(), search).items()).hasSize(found);
  }

  @Test
  void pagesFollowEachOtherInTheOrderOfTheList() throws IOException {
    CampaignId id = over();
    List<String> numbers = new ArrayList<>();
    for (int page = 0; page < 4; page++) {
      await(campaigns.recipients(id, Optional.empty(), "", page, 13))
          .orElseThrow()
          .items()
          .forEach(one -> numbers.add(one.number().e164()));
    }

    assertThat(numbers).hasSize(40).doesNotHaveDuplicates().isSorted();
    assertThat(await(campaigns.recipients(id, Optional.empty(), "", 9, 13)).orElseThrow().items())
        .isEmpty();
  }

  @Test
  void aDraftHasNobodyYetAndAStrangerNothing() throws IOException {
    CampaignId draft = drafted(OrderDraft.to(list(numbers(3))));

    assertThat(page(draft, Optional.empty(), "")).isEqualTo(new Page<>(0, List.of()));
    assertThat(await(campaigns.recipients(CampaignId.random(), Optional.empty(), "", 0, 50)))
        .isEmpty();
    assertThatThrownBy(() -> campaigns.recipients(draft, Optional.empty(), "", -1, 50))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// A campaign of 40 that was cancelled on its way.
  private CampaignId over() throws IOException {
    desk.random = new Random(4);
    suppress("+77010000009", Consent.WITHDRAWN);
    CampaignId id = started(again(40).channels(5));
    for (int i = 0; i < 12; i++) {
      turns(1);
      clock.advance(Duration.ofSeconds(2));
      desk.endDue();
    }
    var _ = await(campaigns.cancel(id, "owner", "enough"));
    clock.advance(Duration.ofSeconds(10));
    desk.endDue();
    turns(2);
    return id;
  }

  private Page<Recipient> page(CampaignId id, Optional<State> state, String search) {
    return await(campaigns.recipients(id, state, search, 0, 100)).orElseThrow();
  }

  private List<State> states(CampaignId id) {
    return page(id, Optional.empty(), "").items().stream().map(Recipient::state).toList();
  }

  private OrderDraft again(int recipients) throws IOException {
    return OrderDraft.to(list(numbers(recipients)))
        .callsPerMinute(5000)
        .retries(
            new RetryPolicy(
                2,
                Map.of(
                    RetryReason.BUSY,
                    new Retry(1, Duration.ofMinutes(10), false, NextNumber.SAME))));
  }
}
