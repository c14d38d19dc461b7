package kz.qonyrau.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.campaigns.Attestation;
import kz.qonyrau.campaigns.BlockList;
import kz.qonyrau.campaigns.CampaignState;
import kz.qonyrau.campaigns.Consent;
import kz.qonyrau.campaigns.ContactCard;
import kz.qonyrau.campaigns.ContactCards;
import kz.qonyrau.campaigns.Exclusion;
import kz.qonyrau.campaigns.Recipient;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;

/// A number wherever the box knows it: found among all lists, and told of whole.
final class ContactRoutes {

  private record ListNameView(String id, String name) {}

  private record HitView(String number, List<ListNameView> lists) {}

  private record FoundView(List<HitView> items, boolean more) {}

  private record OriginView(String text, String statedBy, Instant statedAt) {}

  private record ListingView(
      String listId,
      String listName,
      String number,
      List<String> otherNumbers,
      Consent consentCalls,
      Map<String, String> variables,
      Optional<OriginView> origin) {}

  private record BlockView(BlockList list, String reason, String by, Instant since) {}

  private record InCampaignView(
      String campaignId,
      String campaignName,
      CampaignState campaignState,
      Recipient.State state,
      Optional<CallOutcome> outcome,
      Optional<Exclusion> exclusion,
      Optional<Instant> dueAt) {}

  private record CallView(
      String callId,
      String campaignId,
      String campaignName,
      Instant startedAt,
      Optional<CallOutcome> outcome,
      boolean byMachine) {}

  private record CardView(
      String number,
      Optional<Consent> leftAlone,
      Optional<Instant> cappedUntil,
      List<ListingView> lists,
      List<BlockView> blocks,
      List<InCampaignView> campaigns,
      long callsTotal,
      List<CallView> calls) {}

  private final ContactCards cards;
  private final CampaignNames names;

  ContactRoutes(ContactCards cards, CampaignNames names) {
    this.cards = cards;
    this.names = names;
  }

  Desk on(Desk desk) {
    return desk.on("findContacts", this::find).on("contactCard", this::card);
  }

  private Answer find(Asked asked) {
    ContactCards.Found found =
        cards.find(asked.text("search").orElse(""), asked.whole("size", 20)).await();
    return Answer.ok(
        new FoundView(
            found.hits().stream()
                .map(hit ->
                    new HitView(
                        hit.number().e164(),
                        hit.lists().stream()
                            .map(list -> new ListNameView(list.id().value(), list.name()))
                            .toList()))
                .toList(),
            found.more()));
  }

  private Answer card(Asked asked) {
    ContactCard card = cards.card(asked.id("number", digits -> new Msisdn("+" + digits))).await();
    return Answer.ok(
        new CardView(
            card.number().e164(),
            card.leftAlone(),
            card.cappedUntil(),
            card.listings().stream().map(ContactRoutes::view).toList(),
            card.blocks().stream()
                .map(
                    entry -> new BlockView(entry.list(), entry.reason(), entry.by(), entry.since()))
                .toList(),
            card.campaigns().stream().map(this::view).toList(),
            card.calls().total(),
            card.calls().items().stream().map(this::view).toList()));
  }

  private static ListingView view(ContactCard.Listing listing) {
    return new ListingView(
        listing.list().value(),
        listing.name(),
        listing.contact().number().e164(),
        listing.contact().others().stream().map(Msisdn::e164).toList(),
        listing.contact().calls(),
        listing.contact().variables(),
        listing.attestation().map(ContactRoutes::view));
  }

  private static OriginView view(Attestation attestation) {
    return new OriginView(attestation.origin(), attestation.statedBy(), attestation.statedAt());
  }

  private InCampaignView view(ContactCard.InCampaign one) {
    Recipient recipient = one.recipient();
    return new InCampaignView(
        one.campaign().value(),
        names.of(one.campaign()),
        one.state(),
        recipient.state(),
        recipient.outcome(),
        recipient.exclusion(),
        recipient.due());
  }

  private CallView view(ContactCard.Called called) {
    Recipient.Try call = called.call();
    return new CallView(
        call.call().value(),
        called.campaign().value(),
        names.of(called.campaign()),
        call.startedAt(),
        call.outcome(),
        call.byMachine());
  }
}
