package kz.qonyrau.calls;

/// A cell of the site's own matrix of verdicts.
///
/// @param verdict what the box took them for
/// @param truth what a person found
/// @param calls how many, 1 or more
public record JudgedCalls(AnsweredBy verdict, AnsweredBy truth, long calls) {}
