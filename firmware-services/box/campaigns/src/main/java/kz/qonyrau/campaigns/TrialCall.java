package kz.qonyrau.campaigns;

import java.util.Optional;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;

/// A trial call that this run of the program has placed.
///
/// @param campaign [TrialCalls#CODES] if it says a code
/// @param result empty while it goes on
public record TrialCall(CallId id, CampaignId campaign, Optional<AttemptResult> result) {}
