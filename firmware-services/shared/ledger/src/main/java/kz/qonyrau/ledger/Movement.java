package kz.qonyrau.ledger;

import java.time.Instant;
import kz.qonyrau.vocabulary.Tenge;

/// One row of the book as the one sees it whose money it moves (SH-BAL-03).
///
/// @param row the number of the row in the book
/// @param id of the transfer, the hold or the extension that caused it
/// @param amount above zero for income; of a reservation, above zero for what it gives back
/// @param total available and held together, as the book stood after the row
/// @param available what could be spent, as the book stood after the row
/// @param reason what was said about a transfer, else empty
public record Movement(
    long row,
    Instant at,
    MovementKind kind,
    String id,
    Tenge amount,
    Tenge total,
    Tenge available,
    String reason) {}
