package kz.qonyrau.vocabulary;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// The civil time of Astana, in which every business rule is read. The only place that knows a
/// zone; instants are stored in UTC.
public final class AstanaTime {

  /// UTC+05:00 since 1 March 2024.
  public static final ZoneId ZONE = ZoneId.of("Asia/Almaty");

  private static final ZoneOffset EXPECTED = ZoneOffset.ofHours(5);
  private static final Instant WITNESS = Instant.parse("2026-07-01T00:00:00Z");

  private AstanaTime() {}

  public static ZonedDateTime at(Instant instant) {
    return instant.atZone(ZONE);
  }

  public static LocalDate dateOf(Instant instant) {
    return at(instant).toLocalDate();
  }

  public static Instant instantOf(LocalDateTime astana) {
    return astana.atZone(ZONE).toInstant();
  }

  /// Refuses time-zone data from before March 2024 (PLT-16). Call it before any schedule is read.
  ///
  /// @throws IllegalStateException with the code `TZDATA_STALE` if `zone` is not UTC+05:00 in 2026
  public static void requireFreshZoneData(ZoneId zone) {
    ZoneOffset found = zone.getRules().getOffset(WITNESS);
    if (!found.equals(EXPECTED)) {
      throw new IllegalStateException(
          "TZDATA_STALE: "
              + zone
              + " is UTC"
              + found
              + " in 2026 instead of UTC+05:00; update the time-zone data of this Java runtime");
    }
  }
}
