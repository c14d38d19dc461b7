package kz.qonyrau.ledger;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// One movement of one wallet (SH-BAL-03).
///
/// @param row the number of the row in the book
/// @param id of the transfer, the hold or the extension that caused it
/// @param counterpart the other wallet
/// @param change above zero for income
/// @param balance of this wallet after the movement
public record StatementLine(
    long row,
    Instant at,
    TransferKind kind,
    String id,
    WalletId counterpart,
    Tenge change,
    Tenge balance,
    String reason) {}
