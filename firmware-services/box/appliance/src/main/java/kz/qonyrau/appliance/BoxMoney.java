package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import kz.qonyrau.calls.CallSettings;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Asking;
import kz.qonyrau.campaigns.CallPricing;
import kz.qonyrau.campaigns.CampaignOrder;
import kz.qonyrau.campaigns.Campaigns;
import kz.qonyrau.campaigns.FundsGauge;
import kz.qonyrau.campaigns.TrialCalls;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;

/// Answers the campaigns' questions about money: what a call costs, and whether the next one fits.
final class BoxMoney implements FundsGauge, CallPricing {

  private final Ledger ledger;
  private final Campaigns campaigns;
  private final Supplier<Tariff> tariff;
  private final CallSettings settings;

  BoxMoney(Ledger ledger, Campaigns campaigns, Supplier<Tariff> tariff, CallSettings settings) {
    this.ledger = ledger;
    this.campaigns = campaigns;
    this.tariff = tariff;
    this.settings = settings;
  }

  /// {@inheritDoc}
  ///
  /// The next call fits if what it holds at first is there (SH-BAL-05).
  @Override
  public Future<Boolean> nextCallFits(CampaignId campaign) {
    return used(campaign)
        .compose(services ->
            ledger
                .balance(Calls.PAYER)
                .map(balance ->
                    !services.isEmpty()
                        && balance.available().compareTo(price(services, settings.paidAhead()))
                            >= 0));
  }

  /// What a call uses; nothing if there is no such campaign.
  private Future<Set<ServiceCode>> used(CampaignId campaign) {
    return campaign.equals(TrialCalls.CODES)
        ? Future.succeededFuture(EnumSet.of(ServiceCode.CALL_TIME))
        : campaigns
            .find(campaign)
            .map(found ->
                found.map(one -> services(one.order())).orElse(EnumSet.noneOf(ServiceCode.class)));
  }

  @Override
  public Tenge answeredCall(CampaignOrder order, Duration answered) {
    return price(services(order), answered);
  }

  private Tenge price(Set<ServiceCode> services, Duration answered) {
    Tariff rates = tariff.get();
    return services.stream()
        .filter(rates::covers)
        .map(service -> rates.price(service, answered))
        .reduce(Tenge.ZERO, Tenge::plus);
  }

  @Override
  public String tariffVersion() {
    return tariff.get().versionId();
  }

  private static Set<ServiceCode> services(CampaignOrder order) {
    Set<ServiceCode> services = EnumSet.of(ServiceCode.CALL_TIME);
    if (order.record()) {
      services.add(ServiceCode.REC_TIME);
    }
    if (order.asking().filter(Asking::listens).isPresent()) {
      services.add(ServiceCode.STT_TIME);
    }
    return services;
  }
}
