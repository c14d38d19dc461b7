package kz.qonyrau.calls;

import kz.qonyrau.vocabulary.Tenge;

/// How the customer's money stands at one moment.
///
/// @param spent what all calls cost that are reported to central, charged yet or not
/// @param held set aside for calls that are not over
/// @param available what is left to spend
public record Spending(Tenge spent, Tenge held, Tenge available) {}
