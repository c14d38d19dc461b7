package kz.qonyrau.campaigns;

import java.time.Instant;

/// A change of a campaign's state.
///
/// @param by a person's login, or `system`
public record CampaignEvent(Instant at, CampaignState state, String by, String why) {}
