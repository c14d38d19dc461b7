package kz.qonyrau.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "77001234567", "+0700", "+7700123456789012", "+7700 123", "+٧٧٠٠١٢٣"})
  void aNumberIsE164OrNothing(String text) {
    assertThatThrownBy(() -> new Msisdn(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNumberDoesNotPrintItself() {
    assertThat(new Msisdn("+77001234567")).hasToString("+770…67");
  }

  @ParameterizedTest
  @CsvSource({"12.00,1200", "0.01,1", "-3,-300", "92233720368547758.07,9223372036854775807"})
  void readsSumsAsPeopleWriteThem(String text, long tiyn) {
    assertThat(Tenge.of(text)).isEqualTo(new Tenge(tiyn));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.001", "92233720368547758.08", "twelve", "", "1e400"})
  void refusesSumsItCannotHold(String text) {
    assertThatThrownBy(() -> Tenge.of(text))
        .isInstanceOf(ArithmeticException.class.getSuperclass());
  }

  @Tag("SH-BAL-01")
  @ParameterizedTest
  @CsvSource({"0.005,1", "0.0049,0", "-0.005,-1", "1.0150,102", "12.3456,1235"})
  void roundsHalfUp(String tenge, long tiyn) {
    assertThat(Tenge.rounded(new BigDecimal(tenge))).isEqualTo(new Tenge(tiyn));
  }

  @Test
  void overflowIsAnErrorAndNotANegativeBalance() {
    assertThatThrownBy(() -> new Tenge(Long.MAX_VALUE).plus(new Tenge(1)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void astanaIsFiveHoursAheadOfUtc() {
    assertThat(AstanaTime.instantOf(LocalDateTime.parse("2026-11-24T09:00:00")))
        .isEqualTo(Instant.parse("2026-11-24T04:00:00Z"));
  }

  @Tag("PLT-16")
  @Tag("EX-PLT-5")
  @Test
  void refusesZoneDataFromBefore2024() {
    AstanaTime.requireFreshZoneData(AstanaTime.ZONE);

    assertThatThrownBy(() -> AstanaTime.requireFreshZoneData(ZoneId.of("+06:00")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TZDATA_STALE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "00000000-0000-0000-0000-00000000000G", "../../etc/passwd"})
  void anIdIsAUuidOrNothing(String text) {
    assertThatThrownBy(() -> new CallId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("call id");
  }
}
