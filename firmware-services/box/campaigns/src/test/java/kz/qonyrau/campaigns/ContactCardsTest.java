package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A number is found wherever it stands, and its card tells its whole history.
@Timeout(120)
class ContactCardsTest extends DialingRoom {

  private static final Msisdn ARMAN = new Msisdn("+77010000001");

  private ContactCards cards;

  @BeforeEach
  void openCards() {
    cards = new ContactCards(store, rules, clock);
  }

  private ContactCard card(Msisdn number) {
    return await(cards.card(number));
  }

  @Test
  @Tag("AC-CON-03")
  void tellsOfListsCampaignsCallsAndBlocks() throws IOException {
    ContactListId older = list("номер;имя\n87010000001;Арман\n87010000002;Аян\n");
    ContactListId newer = list("номер;город\n87010000001;Алматы\n");
    desk.ends(ARMAN.e164(), CallOutcome.BUSY, CallOutcome.ANSWERED);
    CampaignId first = started(OrderDraft.to(older));
    settle(first);
    clock.advance(ContactRules.USUAL.gap());
    CampaignId second = started(OrderDraft.to(newer));
    settle(second);
    var _ =
        await(suppressions.add(List.of(ARMAN), BlockList.COMPLAINT, "called at night", "office"));
    var _ = await(suppressions.add(List.of(ARMAN), BlockList.SUBSCRIBER, "key 9", "system"));
    CampaignId third = started(OrderDraft.to(older));
    settle(third);

    ContactCard card = card(ARMAN);

    assertThat(card.number()).isEqualTo(ARMAN);
    assertThat(card.leftAlone()).contains(Consent.BLOCKED);
    assertThat(card.blocks())
        .extracting(Suppressions.Entry::list)
        .containsExactly(BlockList.COMPLAINT, BlockList.SUBSCRIBER);
    assertThat(card.listings()).extracting(ContactCard.Listing::list).containsExactly(newer, older);
    assertThat(card.listings().getLast().contact().variables()).containsEntry("имя", "Арман");
    assertThat(card.listings().getLast().contact().calls()).isEqualTo(Consent.BLOCKED);
    assertThat(card.listings().getLast().attestation().orElseThrow().origin())
        .isEqualTo("Клиенты магазина");
    assertThat(card.campaigns())
        .extracting(ContactCard.InCampaign::campaign)
        .containsExactly(third, second, first);
    assertThat(card.campaigns())
        .extracting(one -> one.recipient().exclusion().isPresent())
        .containsExactly(true, false, false);
    assertThat(card.calls().total()).isEqualTo(2);
    assertThat(card.calls().items())
        .extracting(called -> called.call().outcome().orElseThrow())
        .containsExactly(CallOutcome.ANSWERED, CallOutcome.BUSY);
    assertThat(card.calls().items())
        .extracting(ContactCard.Called::campaign)
        .containsExactly(second, first);
  }

  @Test
  @Tag("AC-CON-07")
  void aDeletedListIsGoneFromTheCardAndItsCallsStay() throws IOException {
    ContactListId list = list("номер\n87010000001\n");
    desk.ends(ARMAN.e164(), CallOutcome.ANSWERED);
    settle(started(OrderDraft.to(list)));

    assertThat(await(lists.delete(list))).isInstanceOf(ListResult.Done.class);

    ContactCard card = card(ARMAN);
    assertThat(card.listings()).isEmpty();
    assertThat(card.campaigns()).hasSize(1);
    assertThat(card.calls().total()).isEqualTo(1);
    assertThat(await(cards.find("0000001", 20)).hits()).isEmpty();
    // No campaign calls him any more: what named the list cannot be started.
    CampaignId again = drafted(OrderDraft.to(list));
    assertThat(await(campaigns.start(again, "owner", MESSAGE)))
        .isEqualTo(
            new CampaignResult.Blocked(List.of(Blocker.NO_SUCH_LIST, Blocker.NO_RECIPIENTS)));
  }

  @Test
  void saysUntilWhenANumberHasBeenCalledOftenEnough() throws IOException {
    var _ =
        await(
            rules.setContacts(
                new ContactRules(
                    ContactRules.USUAL.gap(),
                    OptionalInt.of(1),
                    OptionalInt.empty(),
                    OptionalInt.empty())));
    assertThat(card(ARMAN).cappedUntil()).isEmpty();
    desk.ends(ARMAN.e164(), CallOutcome.ANSWERED);
    settle(started(OrderDraft.to(list("номер\n87010000001\n"))));

    assertThat(card(ARMAN).cappedUntil()).contains(Instant.parse("2026-11-24T19:00:00Z"));
  }

  @Test
  void ofAStrangerItSaysThatNothingIsKnown() {
    ContactCard card = card(new Msisdn("+77779999999"));

    assertThat(card.listings()).isEmpty();
    assertThat(card.blocks()).isEmpty();
    assertThat(card.campaigns()).isEmpty();
    assertThat(card.calls()).isEqualTo(new Page<>(0, List.of()));
    assertThat(card.leftAlone()).isEmpty();
    assertThat(card.cappedUntil()).isEmpty();
  }

  @Test
  void findsANumberInAllLists() throws IOException {
    ContactListId first = list("номер\n87010000001\n87010000002\n");
    ContactListId second = list("номер\n87020000001\n87010000001\n");
    // One that is not there yet, and one that is not there any more.
    var _ = await(lists.delete(list("номер\n87030000001\n")));

    ContactCards.Found found = await(cards.find("000 00 01", 20));

    assertThat(found.hits())
        .extracting(hit -> hit.number().e164())
        .containsExactly("+77010000001", "+77020000001");
    assertThat(found.hits().getFirst().lists())
        .extracting(ContactCards.ListName::id)
        .containsExactly(second, first);
    assertThat(found.more()).isFalse();
    assertThat(await(cards.find("8 701 000 00 02", 20)).hits()).hasSize(1);
    assertThat(await(cards.find("no digits", 20)).hits()).isEmpty();
  }

  @Test
  void ofManyItShowsSomeAndSaysThatThereAreMore() throws IOException {
    ContactListId list = list(numbers(NumberSearch.MOST + 5));

    assertThat(await(cards.find("701", 200)).hits()).hasSize(200);
    assertThat(await(cards.find("701", 200)).more()).isTrue();
    assertThat(await(lists.contacts(list, 0, 10, "7010")).orElseThrow())
        .satisfies(page -> {
          assertThat(page.total()).isEqualTo(NumberSearch.MOST);
          assertThat(page.items().getFirst().number().e164()).isEqualTo("+77010000000");
        });
    assertThat(await(lists.contacts(list, 5_000_000, 1000, "7010")).orElseThrow().items())
        .isEmpty();
  }

  @Test
  void everyListOfANumberIsNamedHoweverManyOthersFit() throws IOException {
    ContactListId older = list("номер\n87019999999\n");
    ContactListId many = list(numbers(50) + "8701" + "9999999\n");

    ContactCards.Hit last = await(cards.find("8 701 999", 1)).hits().getFirst();
    assertThat(last.lists()).extracting(ContactCards.ListName::id).containsExactly(many, older);
    // The newest list alone has more than are shown.
    assertThat(await(cards.find("701", 10)).hits())
        .extracting(hit -> hit.number().e164())
        .startsWith("+77010000000", "+77010000001")
        .hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 201})
  void refusesAnyOtherAmount(int most) {
    assertThatThrownBy(() -> cards.find("701", most))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 200");
  }
}
