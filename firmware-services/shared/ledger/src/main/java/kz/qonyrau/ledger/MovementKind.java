package kz.qonyrau.ledger;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What a row of the book is to the one whose money it moves.
public enum MovementKind {
  /// Money came in.
  TOP_UP,
  /// Money went out by name, as a correction does.
  TRANSFER,
  /// Charged from what was set aside.
  CAPTURE,
  /// Set aside for an item.
  HOLD,
  /// More set aside for the same item.
  EXTENSION,
  /// Given back from what was set aside.
  RELEASE;

  /// What changes how much there is: income and expenses.
  public static final Set<MovementKind> MONEY =
      Collections.unmodifiableSet(EnumSet.of(TOP_UP, TRANSFER, CAPTURE));

  /// What only changes how much of it is free.
  public static final Set<MovementKind> RESERVATIONS =
      Collections.unmodifiableSet(EnumSet.of(HOLD, EXTENSION, RELEASE));

  /// Whether it is neither income nor expense.
  public boolean isReservation() {
    return RESERVATIONS.contains(this);
  }
}
