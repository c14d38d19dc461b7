package kz.qonyrau.ledger;

/// Where a book ends.
///
/// @param rows how many rows it has
/// @param hash SHA-256 of the newest row, 64 hexadecimal digits; the fixed hash before the first
///   row while the book is empty
public record BookHead(long rows, String hash) {}
