package kz.qonyrau.ledger;

import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.Tenge;

/// What is spent on a usual day (SH-BAL-18): the mean of the last days on which anything was spent.
/// Days off are left out, so a business that rests at weekends is warned as early on Monday as on
/// Friday.
public final class UsualDay {

  /// What was usual longer ago is not usual now: so many days are looked at.
  public static final int LONGEST_AGO_DAYS = 35;

  /// So many on which anything was spent are enough.
  public static final int DAYS = 7;

  private UsualDay() {}

  /// The mean, rounded half-up to a tiyn; empty if nothing was spent on any day.
  ///
  /// @param spent what was spent on each complete day, newest first, never below zero
  public static Optional<Tenge> of(List<Tenge> spent) {
    List<Tenge> days = spent.stream().filter(Tenge::isPositive).limit(DAYS).toList();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    Tenge sum = days.stream().reduce(Tenge.ZERO, Tenge::plus);
    return Optional.of(new Tenge((sum.tiyn() + days.size() / 2) / days.size()));
  }
}
