package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.ContactListId;
import kz.qonyrau.vocabulary.Msisdn;

/// Everything that the box knows of a number, whatever list it came with and whatever campaign
/// called it. A number of which nothing is known has a card, too, which is empty.
///
/// @param leftAlone why no campaign may reach it, `WITHDRAWN` or `BLOCKED`
/// @param listings where it stands, the newest list first
/// @param blocks why it is left alone, one for each block list
/// @param campaigns whose recipient it is, the newest first; [ContactCards#MOST] at most
/// @param calls to it, the newest first; [ContactCards#MOST] of them at most. `total` counts all
/// @param cappedUntil until when it has been called as often as the rules for all campaigns allow
public record ContactCard(
    Msisdn number,
    Optional<Consent> leftAlone,
    List<Listing> listings,
    List<Suppressions.Entry> blocks,
    List<InCampaign> campaigns,
    Page<Called> calls,
    Optional<Instant> cappedUntil) {

  public ContactCard {
    listings = List.copyOf(listings);
    blocks = List.copyOf(blocks);
    campaigns = List.copyOf(campaigns);
  }

  /// The number in a list, as the contact's first one or another.
  ///
  /// @param contact with what is true of its consent now
  /// @param attestation who answers for the list, if anybody does
  public record Listing(
      ContactListId list, String name, Contact contact, Optional<Attestation> attestation) {}

  /// The number in a campaign, as the recipient's first one or another.
  ///
  /// @param recipient where it stands there, without its calls
  public record InCampaign(CampaignId campaign, CampaignState state, Recipient recipient) {}

  /// A call to the number.
  public record Called(CampaignId campaign, Recipient.Try call) {}
}
