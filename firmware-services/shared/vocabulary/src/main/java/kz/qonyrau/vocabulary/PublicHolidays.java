package kz.qonyrau.vocabulary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The public holidays of Kazakhstan as far as they are known in advance, from a table that holds
/// from which year to which a day is one. A holiday on a Saturday or a Sunday moves to the next
/// workday, where the table says that it moves.
///
/// The days of the lunar calendar, and workdays that a government decree moves, are known a year
/// ahead at most; people add them.
public final class PublicHolidays {

  /// What a day is called to which another one moved.
  public static final String MOVED = "MOVED_HOLIDAY";

  private record Rule(MonthDay day, String name, boolean moves, int from, int to) {}

  private static final List<Rule> RULES = read();

  private PublicHolidays() {}

  private static List<Rule> read() {
    try (InputStream in = PublicHolidays.class.getResourceAsStream("public-holidays.csv")) {
      if (in == null) {
        throw new IllegalStateException("the program has no public-holidays.csv");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(PublicHolidays::rule)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Rule rule(String line) {
    String[] cells = line.split(";", -1);
    return new Rule(
        MonthDay.parse("--" + cells[0]),
        cells[1],
        cells[2].equals("MOVES"),
        Integer.parseInt(cells[3]),
        cells[4].isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(cells[4]));
  }

  /// Those of a year, in order, each with a code that pages translate.
  public static SortedMap<LocalDate, String> of(int year) {
    SortedMap<LocalDate, String> days = new TreeMap<>();
    List<LocalDate> moving = new ArrayList<>();
    for (Rule rule : RULES) {
      if (year >= rule.from && year <= rule.to) {
        LocalDate date = rule.day.atYear(year);
        days.put(date, rule.name);
        if (rule.moves && isWeekend(date)) {
          moving.add(date);
        }
      }
    }
    for (LocalDate date : moving) {
      LocalDate to = date;
      while (isWeekend(to) || days.containsKey(to)) {
        to = to.plusDays(1);
      }
      days.put(to, MOVED);
    }
    return Collections.unmodifiableSortedMap(days);
  }

  static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
