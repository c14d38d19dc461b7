package kz.qonyrau.campaigns;

/// A row of an upload that was not imported.
///
/// @param line the line of the file on which the row begins, counted from 1
/// @param text the beginning of the row, at most 200 characters
public record Reject(long line, RejectCode code, String detail, String text) {}
