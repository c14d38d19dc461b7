package kz.qonyrau.campaigns;

import java.time.Instant;

/// What new campaigns are made after: what is said, when, how fast, and who is called again.
///
/// @param id a UUID
/// @param name 1 to 120 characters, unlike that of any other template
/// @param order as the campaign had it; its lists, and the days of its windows, are that
///   campaign's, and a new one gets its own
/// @param keptBy the login of who made it
public record CampaignTemplate(
    String id, String name, CampaignOrder order, Instant keptAt, String keptBy) {}
