package kz.qonyrau.vocabulary;

import java.time.Instant;
import java.time.LocalDate;

/// Terms in business days: every day of Astana that is neither a Saturday nor a Sunday nor one of
/// [PublicHolidays].
public final class BusinessDays {

  private BusinessDays() {}

  /// Whether people work on a day.
  public static boolean isOne(LocalDate day) {
    return !PublicHolidays.isWeekend(day) && !PublicHolidays.of(day.getYear()).containsKey(day);
  }

  /// When a term ends: with the last of its days, of which the first is the one after the day on
  /// which it was set.
  ///
  /// @param set when it was set
  /// @param days how many business days it has, 1 to 100
  /// @return the midnight of Astana that ends it
  /// @throws IllegalArgumentException if `days` is out of its range
  public static Instant endOf(Instant set, int days) {
    if (days < 1 || days > 100) {
      throw new IllegalArgumentException("a term has 1 to 100 business days, not " + days);
    }
    LocalDate day = AstanaTime.dateOf(set);
    for (int left = days; left > 0; ) {
      day = day.plusDays(1);
      if (isOne(day)) {
        left--;
      }
    }
    return AstanaTime.instantOf(day.plusDays(1).atStartOfDay());
  }
}
