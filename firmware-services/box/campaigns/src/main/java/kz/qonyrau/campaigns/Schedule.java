package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.AstanaTime;

/// When a campaign may begin calls. Pure.
///
/// @param windows 1 to 50; they may overlap
public record Schedule(List<Window> windows) {

  /// A window opens at least once a week, so looking further changes nothing.
  private static final int DAYS_OF_A_WEEK = 7;

  private static final int MOST_OPENINGS = 1_000;

  /// @throws IllegalArgumentException if there is no window or more than 50
  public Schedule {
    windows = List.copyOf(windows);
    if (windows.isEmpty() || windows.size() > 50) {
      throw new IllegalArgumentException("a schedule has 1 to 50 windows, not " + windows.size());
    }
  }

  /// Whether a call may begin at this instant.
  public boolean isOpen(Instant at) {
    return closingAfter(at).isPresent();
  }

  /// When the calls must stop that may begin now; empty if none may.
  public Optional<Instant> closes(Instant now) {
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
    return windows.stream()
        .flatMap(window -> openings(window, AstanaTime.dateOf(at).minusDays(1), 2))
        .filter(opening -> !opening.from.isAfter(at) && opening.to.isAfter(at))
        .map(Opening::to)
        .max(Comparator.naturalOrder());
  }

  /// When the next call may begin: `now` if one may begin now, empty if none ever may again.
  public Optional<Instant> opens(Instant now) {
    if (isOpen(now)) {
      return Optional.of(now);
    }
    return windows.stream()
        .flatMap(window -> {
          LocalDate today = AstanaTime.dateOf(now);
          LocalDate first = window.dateFrom().isAfter(today) ? window.dateFrom() : today;
          return openings(window, first, DAYS_OF_A_WEEK + 1);
        })
        .map(Opening::from)
        .filter(from -> from.isAfter(now))
        .min(Comparator.naturalOrder());
  }

  /// When work of this length is done that begins at the first chance from `now` on and rests
  /// outside the windows; empty if the windows do not suffice.
  public Optional<Instant> ending(Instant now, Duration work) {
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

  private static Stream<Opening> openings(Window window, LocalDate first, int days) {
    return first
        .datesUntil(first.plusDays(days))
        .filter(day -> !day.isBefore(window.dateFrom()) && !day.isAfter(window.dateTo()))
        .filter(day -> window.weekdays().contains(day.getDayOfWeek()))
        .map(day -> {
          LocalDateTime from = day.atTime(window.start());
          LocalDateTime to =
              window.end().isAfter(window.start())
                  ? day.atTime(window.end())
                  : day.plusDays(1).atTime(window.end());
          return new Opening(AstanaTime.instantOf(from), AstanaTime.instantOf(to));
        });
  }
}
