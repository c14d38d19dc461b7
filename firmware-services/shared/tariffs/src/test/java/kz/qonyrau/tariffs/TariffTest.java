package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TariffTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// Time up to the step, then one rounding, half-up.
  @Tag("SH-BAL-01")
  @ParameterizedTest
  @CsvSource({
    // price per minute, step s, used ms, amount
    "24.0000, 1, 0, 0.00",
    "24.0000, 1, 1, 0.40",
    "24.0000, 1, 1000, 0.40",
    "24.0000, 1, 1001, 0.80",
    "24.0000, 60, 1, 24.00",
    "24.0000, 60, 60001, 48.00",
    "0.3000, 1, 1000, 0.01",
    "0.2999, 1, 1000, 0.00",
    "0.3000, 1, 3000, 0.02",
    "17.3331, 1, 59000, 17.04",
    "1.1111, 10, 61000, 1.30",
    "99999.9999, 60, 60000, 100000.00",
    "0.0000, 1, 60000, 0.00",
  })
  void roundsOncePerItem(String price, int stepSeconds, long usedMillis, String amount) {
    Tariff tariff = tariff(price, Duration.ofSeconds(stepSeconds), MINUTE, "0.00");

    assertThat(tariff.price(ServiceCode.CALL_TIME, Duration.ofMillis(usedMillis)))
        .isEqualTo(Tenge.of(amount));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00", "1, 12.00", "30000, 12.00", "30001, 12.40", "60000, 24.00"})
  void anythingUsedCostsTheMinimumAtLeast(long usedMillis, String amount) {
    Tariff tariff = tariff("24.0000", Duration.ofSeconds(1), MINUTE, "12.00");

    assertThat(tariff.price(ServiceCode.CALL_TIME, Duration.ofMillis(usedMillis)))
        .isEqualTo(Tenge.of(amount));
  }

  @Tag("SH-TAR-04")
  @Test
  void anItemKeepsWhatItsPriceWasMadeFrom() {
    Tariff tariff = tariff("17.3331", Duration.ofSeconds(10), MINUTE, "0.00");

    RatedItem item = tariff.rate(ServiceCode.CALL_TIME, Duration.ofMillis(58_999));

    assertThat(item)
        .isEqualTo(
            new RatedItem(
                ServiceCode.CALL_TIME,
                Quantity.of(MINUTE),
                new BillingUnit.Time(MINUTE, Duration.ofSeconds(10)),
                new BigDecimal("17.3331"),
                Tenge.of("17.33"),
                "v1"));
    assertThat(item.quantity()).isEqualTo(MINUTE);
    assertThat(item.unit()).isEqualTo(MINUTE);
  }

  /// Holding step by step never holds less than the item costs in the end, and never more than one
  /// step beyond it.
  @Tag("SH-BAL-06")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theStepsAddUpToThePriceOfTheWhole(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Tariff tariff =
          tariff(
              BigDecimal.valueOf(random.nextInt(1_000_000), 4).toPlainString(),
              Duration.ofMillis(1 + random.nextInt(70_000)),
              Duration.ofSeconds(1 + random.nextInt(3600)),
              BigDecimal.valueOf(random.nextInt(2000), 2).toPlainString());
      Duration step = tariff.step(ServiceCode.CALL_TIME);
      Tenge held = Tenge.ZERO;
      Duration used = Duration.ZERO;
      for (int steps = random.nextInt(50); steps >= 0; steps--) {
        held = held.plus(tariff.priceOfNextStep(ServiceCode.CALL_TIME, used));
        used = used.plus(step);
      }

      assertThat(held)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(tariff.price(ServiceCode.CALL_TIME, used));
    }
  }

  /// The prices of two versions stand side by side; each charge names its own.
  @Tag("EX-TAR-1")
  @Tag("SH-TAR-04")
  @Test
  void aNewVersionDoesNotChangeWhatTheOldOneCosts() {
    Tariff first = tariff("12.00", MINUTE, MINUTE, "0.00");
    Tariff second =
        new Tariff(
            new TariffVersion(
                "v2",
                Instant.parse("2026-09-09T19:00:00Z"),
                List.of(Lists.timed("15.00", MINUTE, MINUTE, "0.00"))));

    RatedItem before = first.rate(ServiceCode.CALL_TIME, Duration.ofMinutes(200));
    RatedItem after = second.rate(ServiceCode.CALL_TIME, Duration.ofMinutes(1));

    assertThat(before.amount()).isEqualTo(Tenge.of("2400.00"));
    assertThat(before.tariffVersion()).isEqualTo("v1");
    assertThat(after.amount()).isEqualTo(Tenge.of("15.00"));
    assertThat(after.tariffVersion()).isEqualTo("v2");
  }

  @Test
  void refusesUseThatCannotBe() {
    Tariff tariff = tariff("24.0000", MINUTE, MINUTE, "0.00");

    assertThatThrownBy(() -> tariff.price(ServiceCode.CALL_TIME, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tariff.price(ServiceCode.CALL_TIME, Duration.ofDays(367)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tariff.price(ServiceCode.STT_TIME, MINUTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("STT_TIME");
  }

  /// Every item is rounded by itself, so a bill is the sum of what its lines show.
  @Tag("SH-BAL-01")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aBillIsTheSumOfItsRoundedItems(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      ServiceCode service = Lists.anyService(random);
      TariffLine line = Lists.anyLine(random, service);
      Tariff tariff = new Tariff(Lists.version("v1", line));
      BigDecimal exact = BigDecimal.ZERO;
      Tenge billed = Tenge.ZERO;
      int items = 1 + random.nextInt(20);
      for (int item = 0; item < items; item++) {
        Quantity used = Lists.anyUse(random, service);
        Tenge amount = tariff.price(service, used);
        billed = billed.plus(amount);
        exact = exact.add(naive(line, used));
      }

      assertThat(BigDecimal.valueOf(billed.tiyn(), 2).subtract(exact).abs())
          .as("seed %d, round %d, %s", seed, round, line)
          .isLessThanOrEqualTo(new BigDecimal("0.005").multiply(BigDecimal.valueOf(items)));
    }
  }

  /// What an item costs before it is rounded, computed another way.
  private static BigDecimal naive(TariffLine line, Quantity used) {
    BigDecimal amount =
        switch (line.billing()) {
          case BillingUnit.Time(Duration unit, Duration step) ->
              naive(line.price(), millis(used), unit.toMillis(), step.toMillis());
          case BillingUnit.Pieces(long unit, long step) ->
              naive(line.price(), pieces(used), unit, step);
        };
    BigDecimal minimum = BigDecimal.valueOf(line.minimum().tiyn(), 2);
    return millis(used) + pieces(used) == 0 ? BigDecimal.ZERO : amount.max(minimum);
  }

  private static BigDecimal naive(BigDecimal price, long used, long unit, long step) {
    long steps = used / step + (used % step > 0 ? 1 : 0);
    return price
        .multiply(BigDecimal.valueOf(steps))
        .multiply(BigDecimal.valueOf(step))
        .divide(BigDecimal.valueOf(unit), 20, RoundingMode.DOWN);
  }

  private static long millis(Quantity used) {
    return used instanceof Quantity.Time(Duration time) ? time.toMillis() : 0;
  }

  private static long pieces(Quantity used) {
    return used instanceof Quantity.Pieces(long pieces) ? pieces : 0;
  }

  private static Tariff tariff(String price, Duration step, Duration unit, String minimum) {
    return new Tariff(
        new TariffVersion(
            "v1",
            Instant.parse("2026-09-01T00:00:00Z"),
            List.of(Lists.timed(price, unit, step, minimum))));
  }
}
