package kz.qonyrau.campaigns;

import java.util.List;

/// What became of a wish about a campaign. Only [Done] has changed anything.
public sealed interface CampaignResult {

  /// What was wished is so.
  ///
  /// @param campaign as it is now; for a deletion, as it was
  record Done(Campaign campaign) implements CampaignResult {}

  /// There is no campaign with that id.
  record NoSuchCampaign() implements CampaignResult {}

  /// A campaign in this state cannot be treated so.
  record WrongState(CampaignState state) implements CampaignResult {}

  /// The campaign cannot start, for each of these reasons.
  record Blocked(List<Blocker> blockers) implements CampaignResult {

    public Blocked {
      blockers = List.copyOf(blockers);
    }
  }
}
