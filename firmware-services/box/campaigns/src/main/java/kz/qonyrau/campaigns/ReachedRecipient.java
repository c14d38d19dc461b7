package kz.qonyrau.campaigns;

/// A recipient where he stands in his campaign.
///
/// @param row counted from 1, in the order of the campaign's lists
/// @param recipient without his calls
public record ReachedRecipient(int row, Recipient recipient) {}
