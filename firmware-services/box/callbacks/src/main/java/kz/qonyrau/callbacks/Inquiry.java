package kz.qonyrau.callbacks;

import java.time.Instant;
import kz.qonyrau.vocabulary.CampaignId;

/// Somebody asked the provider who had called him, and was told of this campaign (AC-WHO-05). Who
/// he is, is not kept with it.
///
/// @param at when the box answered
/// @param campaign the newest that called him in the time that he asked about
public record Inquiry(Instant at, CampaignId campaign) {}
