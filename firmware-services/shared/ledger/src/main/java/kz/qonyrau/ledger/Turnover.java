package kz.qonyrau.ledger;

import kz.qonyrau.vocabulary.Tenge;

/// A period in four sums; `opening` and `income` less `expenses` is `closing`, to the tiyn.
///
/// @param opening all that there was before, available and held together
/// @param income all that came in, never below zero
/// @param expenses all that went out, never below zero
/// @param closing all that there was at its end
public record Turnover(Tenge opening, Tenge income, Tenge expenses, Tenge closing) {}
