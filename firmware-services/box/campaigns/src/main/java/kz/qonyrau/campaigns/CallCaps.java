package kz.qonyrau.campaigns;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.AstanaTime;

/// The limits of calls to one number that hold in a day, a week and a month. Pure.
///
/// @param limits those that there are
record CallCaps(List<Cap> limits) {

  /// One of them, for the stretch of time in which the instant lies that it was asked for.
  ///
  /// @param from the beginning of the stretch, included
  /// @param to its end, when calls are allowed again
  record Cap(Instant from, Instant to, int calls) {}

  /// The limits as they are at this instant.
  static CallCaps at(Instant now, ContactRules rules) {
    LocalDate today = AstanaTime.dateOf(now);
    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    LocalDate first = today.withDayOfMonth(1);
    return new CallCaps(
        Stream.of(
                cap(today, today.plusDays(1), rules.perDay()),
                cap(monday, monday.plusWeeks(1), rules.perWeek()),
                cap(first, first.plusMonths(1), rules.perMonth()))
            .flatMap(Optional::stream)
            .toList());
  }

  private static Optional<Cap> cap(LocalDate from, LocalDate to, OptionalInt calls) {
    return calls.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Cap(
                AstanaTime.instantOf(from.atStartOfDay()),
                AstanaTime.instantOf(to.atStartOfDay()),
                calls.getAsInt()));
  }

  /// The beginning of the longest stretch; calls of before do not matter. Empty without limits.
  Optional<Instant> since() {
    return limits.stream().map(Cap::from).min(Comparator.naturalOrder());
  }

  /// When a number may be called again.
  ///
  /// @param starts when calls to it began since [#since], in any order
  /// @return empty if it may be called now
  Optional<Instant> until(Collection<Instant> starts) {
    return limits.stream()
        .filter(
            cap -> starts.stream().filter(start -> !start.isBefore(cap.from)).count() >= cap.calls)
        .map(Cap::to)
        .max(Comparator.naturalOrder());
  }
}
