package kz.qonyrau.ledger;

import java.time.Instant;

/// A period of the book by the times of its rows.
///
/// @param from the first moment of it
/// @param until the first moment after it
public record Span(Instant from, Instant until) {

  /// From the first row to the last.
  public static final Span ALWAYS =
      new Span(Instant.ofEpochMilli(Long.MIN_VALUE), Instant.ofEpochMilli(Long.MAX_VALUE));

  /// @throws IllegalArgumentException if it ends before it begins
  public Span {
    if (until.isBefore(from)) {
      throw new IllegalArgumentException("a period that ends before it begins");
    }
  }

  /// Whether the moment is in it.
  public boolean contains(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }
}
