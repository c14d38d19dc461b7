package kz.qonyrau.ledger;

import kz.qonyrau.vocabulary.Tenge;

/// A place for money, as the ledger sees it.
///
/// @param balance what it holds; below zero only if it may be overdrawn
/// @param mayOverdraw whether transfers may take it below zero; holds never do (SH-BAL-08)
public record Wallet(WalletId id, Tenge balance, boolean mayOverdraw) {}
