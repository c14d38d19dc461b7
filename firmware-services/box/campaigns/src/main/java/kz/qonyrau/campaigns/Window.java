package kz.qonyrau.campaigns;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;

/// Hours of some weekdays in which calls may begin, in civil time of Astana.
///
/// A window across midnight belongs to the day on which it opens (AC-CMP-03): 22:00–02:00 on
/// Mondays lasts until Tuesday 02:00, also where Monday is its last date. The opening second is
/// inside, the closing second is not.
///
/// @param dateTo the last date on which it opens
/// @param end earlier than `start` means the next day; midnight means the end of the day; equal to
///   `start` means 24 hours
public record Window(
    LocalDate dateFrom, LocalDate dateTo, Set<DayOfWeek> weekdays, LocalTime start, LocalTime end) {

  /// @throws IllegalArgumentException if the dates are reversed or no weekday is named
  public Window {
    weekdays = Set.copyOf(weekdays);
    if (dateTo.isBefore(dateFrom)) {
      throw new IllegalArgumentException("a window's dates end before they begin");
    }
    if (weekdays.isEmpty()) {
      throw new IllegalArgumentException("a window needs a weekday");
    }
  }
}
