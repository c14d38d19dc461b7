package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.callbacks.Wishes;
import kz.qonyrau.campaigns.BlockList;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.Suppressions;
import kz.qonyrau.complaints.Complaints;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedComplaint;

/// Puts who asks for it on the list of those who withdrew, or enters his complaint.
record CallBackWishes(
    Suppressions suppressions, Complaints complaints, Campaigns campaigns, InstantSource clock)
    implements Wishes {

  /// In place of a person's login.
  static final String BY = "call-back line";

  @Override
  public Future<Void> leaveAlone(Msisdn number, String reason) {
    return suppressions.add(List.of(number), BlockList.SUBSCRIBER, reason, BY).mapEmpty();
  }

  /// {@inheritDoc}
  ///
  /// The complaint bears the id of the call in which it was made, so there is one for each.
  @Override
  public Future<Void> complain(
      Msisdn number, CallId callBack, CallBack.Contact contact, String text) {
    return campaign(contact.campaign())
        .compose(campaign ->
            complaints.enter(
                callBack.value(),
                new ReportedComplaint(
                    number,
                    ContactChannel.CALL,
                    contact.at(),
                    clock.instant(),
                    BY,
                    text,
                    campaign)))
        .mapEmpty();
  }

  private Future<Optional<ReportedComplaint.Campaign>> campaign(CampaignId id) {
    return campaigns
        .find(id)
        .map(found ->
            found
                .map(one -> one.progress().recipients())
                .filter(recipients -> recipients > 0)
                .map(recipients -> new ReportedComplaint.Campaign(id.value(), recipients)));
  }
}
