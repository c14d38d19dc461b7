package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.CampaignId;

/// A campaign and how far it has come.
public record Campaign(
    CampaignId id,
    CampaignOrder order,
    CampaignState state,
    Instant createdAt,
    String createdBy,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Progress progress) {}
