package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import kz.qonyrau.vocabulary.CampaignId;

/// Knows whether the money covers one more call (SH-BAL-05).
public interface FundsGauge {

  /// Whether the next call of this campaign would get its hold now. Asked every few seconds while
  /// the campaign is suspended.
  Future<Boolean> nextCallFits(CampaignId campaign);
}
