package kz.qonyrau.calls;

/// How many calls' questions went one way.
///
/// @param calls 1 or more
public record GivenAnswers(TurnResult result, long calls) {}
