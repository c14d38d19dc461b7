package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.AstanaTime;

/// When calls may begin: the windows of a schedule, on a calendar with days off (AC-CMP-03). Pure.
///
/// A window belongs to the day on which it opens, and so do days off: one that opens on the eve of
/// a day off lasts across midnight as always.
///
/// @param windows of the schedule
/// @param daysOff on which no window opens, civil dates of Astana
record Timetable(List<Window> windows, Set<LocalDate> daysOff) {

  private static final int MOST_OPENINGS = 1_000;

  /// @param calendar the days off of this box
  static Timetable of(Schedule schedule, Set<LocalDate> calendar) {
    return new Timetable(schedule.windows(), schedule.onDaysOff() ? Set.of() : calendar);
  }

  Timetable {
    windows = List.copyOf(windows);
    daysOff = Set.copyOf(daysOff);
  }

  /// Whether a call may begin at this instant.
  boolean isOpen(Instant at) {
    return closingAfter(at).isPresent();
  }

  /// When the calls must stop that may begin now; empty if none may.
  Optional<Instant> closes(Instant now) {
    Optional<Instant> end = closingAfter(now);
    // Windows that touch are one.
    for (int i = 0; end.isPresent() && i < MOST_OPENINGS; i++) {
      Optional<Instant> further = closingAfter(end.get());
      if (further.isEmpty()) {
        return end;
      }
      end = further;
    }
    return end;
  }

  private Optional<Instant> closingAfter(Instant at) {
    LocalDate yesterday = AstanaTime.dateOf(at).minusDays(1);
    return windows.stream()
        .flatMap(window ->
            Stream.of(yesterday, yesterday.plusDays(1))
                .filter(day -> opensOn(window, day))
                .map(day -> opening(window, day)))
        .filter(opening -> !opening.from.isAfter(at) && opening.to.isAfter(at))
        .map(Opening::to)
        .max(Comparator.naturalOrder());
  }

  /// When the next call may begin: `now` if one may begin now, empty if none ever may again.
  Optional<Instant> opens(Instant now) {
    if (isOpen(now)) {
      return Optional.of(now);
    }
    return windows.stream()
        .flatMap(window -> nextOpening(window, now).stream())
        .min(Comparator.naturalOrder());
  }

  private Optional<Instant> nextOpening(Window window, Instant now) {
    LocalDate today = AstanaTime.dateOf(now);
    LocalDate day = window.dateFrom().isAfter(today) ? window.dateFrom() : today;
    // Every week has a day of the window's, and there are only so many days off.
    for (int i = 0; i <= 7 * (daysOff.size() + 2) && !day.isAfter(window.dateTo()); i++) {
      if (opensOn(window, day)) {
        Instant from = opening(window, day).from;
        if (from.isAfter(now)) {
          return Optional.of(from);
        }
      }
      day = day.plusDays(1);
    }
    return Optional.empty();
  }

  /// When work of this length is done that begins at the first chance from `now` on and rests
  /// outside the windows; empty if the windows do not suffice.
  Optional<Instant> ending(Instant now, Duration work) {
    Duration left = work;
    Instant at = now;
    for (int i = 0; i < MOST_OPENINGS; i++) {
      Optional<Instant> from = opens(at);
      if (from.isEmpty()) {
        return Optional.empty();
      }
      Instant to = closes(from.get()).orElseThrow();
      Duration room = Duration.between(from.get(), to);
      if (left.compareTo(room) <= 0) {
        return Optional.of(from.get().plus(left));
      }
      left = left.minus(room);
      at = to;
    }
    return Optional.empty();
  }

  private record Opening(Instant from, Instant to) {}

  private boolean opensOn(Window window, LocalDate day) {
    return !day.isBefore(window.dateFrom())
        && !day.isAfter(window.dateTo())
        && window.weekdays().contains(day.getDayOfWeek())
        && !daysOff.contains(day);
  }

  private static Opening opening(Window window, LocalDate day) {
    LocalDateTime from = day.atTime(window.start());
    LocalDateTime to =
        window.end().isAfter(window.start())
            ? day.atTime(window.end())
            : day.plusDays(1).atTime(window.end());
    return new Opening(AstanaTime.instantOf(from), AstanaTime.instantOf(to));
  }
}
