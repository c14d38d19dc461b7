package kz.qonyrau.notices;

import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// What is known of a customer's money at one moment.
///
/// @param balance all that he has, as far as the box knows; below zero if he owes
/// @param usualDay what is spent on a usual day; empty while nothing is known of that
public record Funds(Tenge balance, Optional<Tenge> usualDay) {}
