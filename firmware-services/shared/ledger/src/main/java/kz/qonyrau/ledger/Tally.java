package kz.qonyrau.ledger;

import java.util.Collection;
import kz.qonyrau.vocabulary.Tenge;

/// How many rows were found, and what they come to. Reservations count as rows and as no money.
///
/// @param income never below zero
/// @param expenses never below zero
public record Tally(long rows, Tenge income, Tenge expenses) {

  /// Nothing found.
  public static final Tally NONE = new Tally(0, Tenge.ZERO, Tenge.ZERO);

  /// Of movements that are at hand.
  public static Tally of(Collection<Movement> movements) {
    return movements.stream()
        .map(movement -> of(movement.kind(), 1, movement.amount()))
        .reduce(NONE, Tally::plus);
  }

  /// Of rows of one kind.
  ///
  /// @param sum below zero for what went out
  public static Tally of(MovementKind kind, long rows, Tenge sum) {
    if (kind.isReservation()) {
      return new Tally(rows, Tenge.ZERO, Tenge.ZERO);
    }
    return sum.isNegative()
        ? new Tally(rows, Tenge.ZERO, sum.negated())
        : new Tally(rows, sum, Tenge.ZERO);
  }

  /// Both together.
  public Tally plus(Tally other) {
    return new Tally(rows + other.rows, income.plus(other.income), expenses.plus(other.expenses));
  }
}
