package kz.qonyrau.console;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Problem;

/// Periods of days in Astana, as requests name them.
final class Days {

  private Days() {}

  /// The day of that field, if it is given.
  ///
  /// @throws Problem naming the field if there is no such day
  static Optional<LocalDate> of(Asked asked, String field) {
    return asked
        .text(field)
        .map(text -> {
          try {
            return LocalDate.parse(text);
          } catch (DateTimeException noSuchDay) {
            throw Problem.invalid(
                List.of(
                    new Problem.Field(
                        field, "NO_SUCH_DAY", "Must be a day of the calendar, as 2026-11-30.")));
          }
        });
  }

  /// @throws Problem naming the field if the period ends before it begins
  static void requireForward(LocalDate from, LocalDate to) {
    if (to.isBefore(from)) {
      throw refused(
          "to",
          "PERIOD_BACKWARDS",
          "The period ends before it begins: set `to` to the day of `from` or a later one.");
    }
  }

  static Problem refused(String field, String code, String fix) {
    return Problem.unprocessable(code, fix, List.of(new Problem.Field(field, code, fix)));
  }
}
