package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kz.qonyrau.tariffs.RatedItem;
import kz.qonyrau.tariffs.ServiceCode;
import kz.qonyrau.tariffs.Tariff;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaidTimeTest {

  private static final Set<ServiceCode> ALL =
      EnumSet.of(ServiceCode.CALL_TIME, ServiceCode.REC_TIME, ServiceCode.STT_TIME);

  /// Prices that do not come out even, so that rounding shows.
  private static final Tariff TARIFF =
      Tariff.parse(
          """
          {"version": "test-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
            {"service": "CALL_TIME", "price": "17.3331", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"},
            {"service": "REC_TIME", "price": "1.1111", "unit": "PT1M", "step": "PT10S", "minimum": "0.00"},
            {"service": "STT_TIME", "price": "5.9999", "unit": "PT1M", "step": "PT1M", "minimum": "0.00"}
          ]}
          """
              .getBytes(StandardCharsets.UTF_8));

  /// Whatever the call's length, what was held suffices for what it costs.
  @Tag("SH-BAL-06")
  @Tag("SH-BAL-08")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsHeldAlwaysCoversTheBill(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      PaidTime paid = new PaidTime(TARIFF, ALL, Duration.ofMillis(1000 + random.nextInt(90_000)));
      Tenge held = Tenge.ZERO;
      int stretches = 1 + random.nextInt(8);
      for (int stretch = 0; stretch < stretches; stretch++) {
        held = held.plus(paid.priceOfNext());
        paid.extend();
      }
      Duration answered = Duration.ofMillis(random.nextLong(paid.covered().toMillis() + 20_000));

      assertThat(sum(paid.bill(answered, ALL)))
          .as("seed %d, round %d, answered %s", seed, round, answered)
          .isLessThanOrEqualTo(held);
    }
  }

  @Test
  void timeBeyondWhatWasHeldIsNotCharged() {
    PaidTime paid = new PaidTime(TARIFF, ALL, Duration.ofMinutes(1));
    paid.extend();

    assertThat(paid.bill(Duration.ofMinutes(2), ALL))
        .isEqualTo(paid.bill(Duration.ofMinutes(1), ALL));
  }

  @Test
  void servicesThatWereNotDeliveredAreNotBilled() {
    PaidTime paid = new PaidTime(TARIFF, ALL, Duration.ofMinutes(1));
    paid.extend();

    assertThat(paid.bill(Duration.ofSeconds(10), Set.of(ServiceCode.CALL_TIME)))
        .extracting(RatedItem::service)
        .containsExactly(ServiceCode.CALL_TIME);
  }

  private static Tenge sum(List<RatedItem> bill) {
    return bill.stream().map(RatedItem::amount).reduce(Tenge.ZERO, Tenge::plus);
  }
}
