package kz.qonyrau.calls;

import java.util.Optional;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;

/// Which calls of the log are asked for; an empty part does not restrict.
public record CallFilter(Optional<CampaignId> campaign, Optional<CallOutcome> outcome) {

  public static final CallFilter ALL = new CallFilter(Optional.empty(), Optional.empty());
}
