package kz.qonyrau.tariffs;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// A plan that was paid for a period. What it costs and by which version stays until the period
/// ends, whatever is published meanwhile (SH-TAR-07, SH-TAR-08); the next period is bought anew.
///
/// @param bought the plan, the number of periods, the price and the version
/// @param firstDay in Astana; the day of activation
/// @param lastDay in Astana; the plan ends when it does
/// @param fee whether it is due if no use was made of it
public record PaidPlan(RatedItem bought, LocalDate firstDay, LocalDate lastDay, Fee fee) {

  /// When a subscription fee is due (SH-TAR-16).
  public enum Fee {
    /// Whatever the use. The rule, unless a plan says otherwise.
    WHATEVER_THE_USE,
    /// Only if the plan was used.
    IF_USED
  }

  /// @throws IllegalArgumentException if what was bought is not a plan, or the period has no day
  public PaidPlan {
    if (!bought.service().isPlan()) {
      throw new IllegalArgumentException(bought.service() + " is not a plan");
    }
    if (lastDay.isBefore(firstDay)) {
      throw new IllegalArgumentException("lastDay must not be before " + firstDay + ": " + lastDay);
    }
  }

  /// Sells a plan at the price in force when it is paid.
  ///
  /// @throws IllegalArgumentException if nothing was published by then, or the version has no price
  ///   for the plan, or as the constructor
  public static PaidPlan buy(
      Catalogue catalogue,
      ServiceCode plan,
      long periods,
      Instant paidAt,
      LocalDate firstDay,
      LocalDate lastDay) {
    RatedItem bought = catalogue.inForce(paidAt).rate(plan, Quantity.of(periods));
    return new PaidPlan(bought, firstDay, lastDay, Fee.WHATEVER_THE_USE);
  }

  /// Whether the plan holds at that moment.
  public boolean covers(Instant moment) {
    LocalDate day = AstanaTime.dateOf(moment);
    return !day.isBefore(firstDay) && !day.isAfter(lastDay);
  }

  /// The version whose prices and conditions hold for the plan at that moment; empty outside the
  /// period.
  public Optional<String> version(Instant moment) {
    return covers(moment) ? Optional.of(bought.tariffVersion()) : Optional.empty();
  }

  /// What is due for the period.
  public Tenge due(boolean used) {
    return switch (fee) {
      case WHATEVER_THE_USE -> bought.amount();
      case IF_USED -> used ? bought.amount() : Tenge.ZERO;
    };
  }
}
