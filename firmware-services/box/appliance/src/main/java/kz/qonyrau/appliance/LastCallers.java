package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.util.Optional;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.callbacks.WhoCalled;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.vocabulary.Msisdn;

/// Answers from the call log, and with what the campaign says of its sender (AC-WHO-04).
record LastCallers(Calls calls, Campaigns campaigns) implements WhoCalled {

  @Override
  public Future<Optional<Caller>> last(Msisdn number) {
    return calls
        .lastTo(number)
        .compose(found ->
            found
                .map(call ->
                    campaigns
                        .find(call.campaign())
                        .map(campaign -> campaign.map(one -> caller(call, one))))
                .orElseGet(() -> Future.succeededFuture(Optional.empty())));
  }

  private static Caller caller(PlacedCall call, Campaign campaign) {
    return new Caller(
        new CallBack.Contact(call.id(), call.campaign(), call.startedAt()),
        campaign.order().senderName(),
        campaign.order().senderContact(),
        campaign.order().language());
  }
}
