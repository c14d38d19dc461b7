package kz.qonyrau.campaigns;

import java.util.List;

/// What became of a wish about a campaign. Only [Done] has changed anything.
public sealed interface CampaignResult {

  record Done(Campaign campaign) implements CampaignResult {}

  record NoSuchCampaign() implements CampaignResult {}

  record WrongState(CampaignState state) implements CampaignResult {}

  /// The campaign cannot start, for each of these reasons.
  record Blocked(List<Blocker> blockers) implements CampaignResult {

    public Blocked {
      blockers = List.copyOf(blockers);
    }
  }
}
