package kz.qonyrau.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.AstanaTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows, days off, caps and the zone at moments that stand in tables. What is expected there was
/// found by trying every minute, which is not how the product finds it.
@Tag("AC-CMP-02")
@Tag("AC-CMP-03")
class FrozenClockTest {

  private static final Set<LocalDate> DAYS_OFF =
      lines("days-off.csv").map(LocalDate::parse).collect(Collectors.toSet());

  private static Stream<String> lines(String name) {
    try (InputStream in = FrozenClockTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @Test
  void theTablesHoldAHundredMoments() {
    long moments =
        Stream.of("timetables.csv", "caps.csv")
            .flatMap(FrozenClockTest::lines)
            .filter(line -> !line.startsWith("#"))
            .count();

    assertThat(moments).isGreaterThanOrEqualTo(100);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "timetables.csv", delimiter = ';')
  void windowsOpenWhenTheyShould(
      String windows, String onDaysOff, LocalDateTime now, String open, String next) {
    Timetable timetable =
        Timetable.of(
            new Schedule(
                Stream.of(windows.split(" \\+ ", -1)).map(FrozenClockTest::window).toList(),
                onDaysOff.equals("DIAL")),
            DAYS_OFF);
    Instant at = AstanaTime.instantOf(now);

    assertThat(timetable.isOpen(at)).isEqualTo(open.equals("OPEN"));
    assertThat(timetable.opens(at).map(when -> AstanaTime.at(when).toLocalDateTime()))
        .isEqualTo(
            next.equals("NEVER") ? Optional.empty() : Optional.of(LocalDateTime.parse(next)));
    if (timetable.isOpen(at)) {
      Instant end = timetable.closes(at).orElseThrow();
      assertThat(timetable.isOpen(end.minusMillis(1))).isTrue();
      assertThat(timetable.isOpen(end)).isFalse();
    }
  }

  private static Window window(String text) {
    String[] parts = text.split(" ", -1);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : parts[0].split(",", -1)) {
      String[] ends = part.split("-", -1);
      IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
          .mapToObj(DayOfWeek::of)
          .forEach(days::add);
    }
    String[] hours = parts[1].split("-", -1);
    String[] dates = parts[2].split("\\.\\.", -1);
    return new Window(
        LocalDate.parse(dates[0]),
        LocalDate.parse(dates[1]),
        days,
        LocalTime.parse(hours[0]),
        LocalTime.parse(hours[1]));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "caps.csv", delimiter = ';')
  @Tag("AC-CAL-09")
  void aNumberIsCalledAgainWhenItMayBe(
      String limits, String starts, LocalDateTime now, String until) {
    List<Integer> most = Stream.of(limits.split(" ", -1)).map(Integer::valueOf).toList();
    ContactRules rules = new ContactRules(Duration.ZERO, most.get(0), most.get(1), most.get(2));
    List<Instant> began =
        Stream.of(starts.split(" ", -1))
            .map(LocalDateTime::parse)
            .map(AstanaTime::instantOf)
            .toList();

    assertThat(
            CallCaps.at(AstanaTime.instantOf(now), rules)
                .until(began)
                .map(when -> AstanaTime.at(when).toLocalDateTime().toString() + ":00"))
        .isEqualTo(until.equals("NOW") ? Optional.empty() : Optional.of(until));
  }

  @ParameterizedTest
  @Tag("PLT-16")
  @CsvSource({
    "2024-02-29T17:59:59Z, 2024-02-29T23:59:59",
    "2024-02-29T18:00:00Z, 2024-02-29T23:00:00",
    "2024-02-29T19:00:00Z, 2024-03-01T00:00:00",
    "2026-01-01T00:00:00Z, 2026-01-01T05:00:00",
    "2026-03-29T01:00:00Z, 2026-03-29T06:00:00",
    "2026-10-25T01:00:00Z, 2026-10-25T06:00:00",
    "2027-07-01T20:30:00Z, 2027-07-02T01:30:00",
  })
  void theZoneIsFiveHoursAheadSinceMarch2024(Instant at, LocalDateTime civil) {
    assertThat(AstanaTime.at(at).toLocalDateTime()).isEqualTo(civil);
  }

  @Test
  @Tag("PLT-16")
  void zoneDataOfBeforeMarch2024AreRefused() {
    AstanaTime.requireFreshZoneData(AstanaTime.ZONE);

    assertThatThrownBy(() -> AstanaTime.requireFreshZoneData(ZoneId.of("Asia/Omsk")))
        .hasMessageContaining("TZDATA_STALE");
  }
}
