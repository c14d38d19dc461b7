package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("AC-CMP-02")
@Tag("AC-CMP-03")
class TimetableTest {

  private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

  @Test
  @Tag("EX-AC-9")
  void opensAndClosesAtTheExactSecondOfAstana() {
    Timetable schedule = schedule("2026-11-24", "2026-11-25", DAILY, "09:00", "21:00");

    assertThat(schedule.isOpen(at("2026-11-24T03:59:59Z"))).isFalse();
    assertThat(schedule.isOpen(at("2026-11-24T03:59:59.999Z"))).isFalse();
    assertThat(schedule.isOpen(at("2026-11-24T04:00:00Z"))).isTrue();
    assertThat(schedule.isOpen(at("2026-11-24T15:59:59Z"))).isTrue();
    assertThat(schedule.isOpen(at("2026-11-24T15:59:59.999Z"))).isTrue();
    assertThat(schedule.isOpen(at("2026-11-24T16:00:00Z"))).isFalse();
    assertThat(schedule.opens(at("2026-11-24T16:00:00Z"))).contains(at("2026-11-25T04:00:00Z"));
    assertThat(schedule.closes(at("2026-11-24T12:00:00Z"))).contains(at("2026-11-24T16:00:00Z"));
    assertThat(schedule.opens(at("2026-11-25T16:00:00Z"))).isEmpty();
  }

  @Test
  @Tag("EX-AC-9")
  void aWindowAcrossMidnightBelongsToTheDayOnWhichItOpens() {
    Timetable mondays =
        schedule("2026-11-23", "2026-11-30", EnumSet.of(DayOfWeek.MONDAY), "22:00", "02:00");

    // Monday 23 November 00:00–02:00 in Astana belongs to the Sunday before.
    assertThat(mondays.isOpen(at("2026-11-22T20:00:00Z"))).isFalse();
    assertThat(mondays.isOpen(at("2026-11-23T16:59:59Z"))).isFalse();
    assertThat(mondays.isOpen(at("2026-11-23T17:00:00Z"))).isTrue();
    assertThat(mondays.isOpen(at("2026-11-23T20:59:59Z"))).isTrue();
    assertThat(mondays.isOpen(at("2026-11-23T21:00:00Z"))).isFalse();
    assertThat(mondays.opens(at("2026-11-23T21:00:00Z"))).contains(at("2026-11-30T17:00:00Z"));
    // The last date's window still lasts into the day after.
    assertThat(mondays.isOpen(at("2026-11-30T20:59:59Z"))).isTrue();
    assertThat(mondays.opens(at("2026-11-30T21:00:00Z"))).isEmpty();
  }

  @Test
  void midnightAsAnEndIsTheEndOfTheDay() {
    Timetable schedule = schedule("2026-11-24", "2026-11-24", DAILY, "09:00", "00:00");

    assertThat(schedule.isOpen(at("2026-11-24T18:59:59Z"))).isTrue();
    assertThat(schedule.isOpen(at("2026-11-24T19:00:00Z"))).isFalse();
  }

  @Test
  void windowsThatTouchAreOne() {
    Timetable schedule =
        new Timetable(
            List.of(
                window("2026-11-24", "2026-11-24", DAILY, "09:00", "12:00"),
                window("2026-11-24", "2026-11-24", DAILY, "12:00", "13:00"),
                window("2026-11-24", "2026-11-24", DAILY, "12:30", "14:00")),
            Set.of());

    assertThat(schedule.closes(at("2026-11-24T04:00:00Z"))).contains(at("2026-11-24T09:00:00Z"));
  }

  @Test
  void findsAWindowThatIsYearsAway() {
    Timetable schedule =
        schedule("2031-01-01", "2031-12-31", EnumSet.of(DayOfWeek.SUNDAY), "10:00", "11:00");

    assertThat(schedule.opens(at("2026-11-24T00:00:00Z"))).contains(at("2031-01-05T05:00:00Z"));
  }

  @Test
  void saysWhenWorkIsDoneThatRestsOutsideTheWindows() {
    Timetable schedule = schedule("2026-11-24", "2026-11-26", DAILY, "09:00", "10:00");

    assertThat(schedule.ending(at("2026-11-24T04:30:00Z"), Duration.ofMinutes(100)))
        .contains(at("2026-11-26T04:10:00Z"));
    assertThat(schedule.ending(at("2026-11-24T04:30:00Z"), Duration.ofMinutes(151))).isEmpty();
  }

  @Test
  void refusesWhatIsNoWindow() {
    assertThatThrownBy(() -> window("2026-11-25", "2026-11-24", DAILY, "09:00", "10:00"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> window("2026-11-24", "2026-11-24", Set.of(), "09:00", "10:00"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  private static Instant at(String iso) {
    return Instant.parse(iso);
  }

  private static Timetable schedule(
      String from, String to, Set<DayOfWeek> days, String start, String end) {
    return new Timetable(List.of(window(from, to, days, start, end)), Set.of());
  }

  private static Window window(
      String from, String to, Set<DayOfWeek> days, String start, String end) {
    return new Window(
        LocalDate.parse(from),
        LocalDate.parse(to),
        days,
        LocalTime.parse(start),
        LocalTime.parse(end));
  }
}
