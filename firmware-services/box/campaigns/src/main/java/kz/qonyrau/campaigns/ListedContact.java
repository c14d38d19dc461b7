package kz.qonyrau.campaigns;

/// A contact where it stands in its list.
///
/// @param row counted from 1 without gaps, in the order of the customer's file
/// @param stated what the customer's file said of his consent; `contact` has what is true now
public record ListedContact(int row, Consent stated, Contact contact) {}
