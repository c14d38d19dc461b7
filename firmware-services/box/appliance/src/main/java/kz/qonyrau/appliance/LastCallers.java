package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import kz.qonyrau.callbacks.CallBack;
import kz.qonyrau.callbacks.WhoCalled;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.calls.PlacedCall;
import kz.qonyrau.campaigns.Campaign;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;

/// Answers from the call log, and with what the campaign says of its sender (AC-WHO-03, AC-WHO-04).
record LastCallers(Calls calls, Campaigns campaigns) implements WhoCalled {

  private static final int MOST_CALLS = 100;

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

  @Override
  public Future<List<Caller>> between(Msisdn number, Instant from, Instant until) {
    return calls
        .callsTo(number, from, until, MOST_CALLS)
        .compose(found -> {
          List<Future<Optional<Campaign>>> asked =
              found.stream().map(PlacedCall::campaign).distinct().map(campaigns::find).toList();
          return Future.all(asked)
              .map(_ -> {
                Map<CampaignId, Campaign> known =
                    asked.stream()
                        .flatMap(one -> one.result().stream())
                        .collect(Collectors.toMap(Campaign::id, Function.identity()));
                return found.stream()
                    .filter(call -> known.containsKey(call.campaign()))
                    .map(call -> caller(call, Objects.requireNonNull(known.get(call.campaign()))))
                    .toList();
              });
        });
  }

  private static Caller caller(PlacedCall call, Campaign campaign) {
    return new Caller(
        new CallBack.Contact(call.id(), call.campaign(), call.startedAt()),
        campaign.order().senderName(),
        campaign.order().senderContact(),
        campaign.order().language());
  }
}
