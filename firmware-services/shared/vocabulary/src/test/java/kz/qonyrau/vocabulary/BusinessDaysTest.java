package kz.qonyrau.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusinessDaysTest {

  @ParameterizedTest
  @CsvSource({
    // A Tuesday in Astana; the three days are Wednesday to Friday.
    "2026-11-24T05:00:00Z, 3, 2026-11-27T19:00:00Z",
    // A minute before midnight there, and a minute after.
    "2026-11-24T18:59:00Z, 3, 2026-11-27T19:00:00Z",
    "2026-11-24T19:01:00Z, 3, 2026-11-30T19:00:00Z",
    // A Friday and a Saturday: the weekend does not count.
    "2026-11-27T05:00:00Z, 3, 2026-12-02T19:00:00Z",
    "2026-11-28T05:00:00Z, 1, 2026-11-30T19:00:00Z",
    // Independence Day is a Wednesday.
    "2026-12-15T05:00:00Z, 1, 2026-12-17T19:00:00Z",
    // Nauryz is from Saturday to Monday and moves to Tuesday and Wednesday.
    "2026-03-20T05:00:00Z, 1, 2026-03-26T19:00:00Z",
    // Over the turn of the year.
    "2026-12-31T05:00:00Z, 2, 2027-01-06T19:00:00Z"
  })
  void aTermEndsWithItsLastBusinessDay(Instant set, int days, Instant end) {
    assertThat(BusinessDays.endOf(set, days)).isEqualTo(end);
  }

  @Test
  void weekendsAndHolidaysAreNone() {
    assertThat(BusinessDays.isOne(LocalDate.parse("2026-11-24"))).isTrue();
    assertThat(BusinessDays.isOne(LocalDate.parse("2026-11-28"))).isFalse();
    assertThat(BusinessDays.isOne(LocalDate.parse("2026-12-16"))).isFalse();
    assertThatThrownBy(() -> BusinessDays.endOf(Instant.EPOCH, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BusinessDays.endOf(Instant.EPOCH, 101))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
