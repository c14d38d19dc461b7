package kz.qonyrau.campaigns;

import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;

/// Knows what calls cost at the tariff in force.
public interface CallPricing {

  /// The price of one answered call of this campaign, with everything that is used in it.
  ///
  /// @param answered from the answer to the end, above zero
  Tenge answeredCall(CampaignOrder order, Duration answered);

  String tariffVersion();
}
