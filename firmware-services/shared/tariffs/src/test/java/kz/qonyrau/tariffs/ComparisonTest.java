package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SH-TAR-06")
class ComparisonTest {

  @Test
  void showsBothVersionsServiceByService() {
    TariffLine parts = Lists.counted(ServiceCode.SMS_PART, "12.00", 1, 1);
    TariffLine dearer = Lists.counted(ServiceCode.SMS_PART, "15.00", 1, 1);
    TariffLine calls = Lists.timed("24.00", Duration.ofMinutes(1), Duration.ofSeconds(1), "0.00");
    TariffLine characters = Lists.counted(ServiceCode.TTS_CHARS, "150.00", 1000, 1);
    TariffLine plan = Lists.counted(ServiceCode.XTRACK_PLAN, "45000.00", 1, 1);
    Tariff yours = new Tariff(Lists.version("V1", plan, parts, calls));
    Tariff published = new Tariff(Lists.version("V2", calls, characters, dearer));

    Comparison comparison = Comparison.of(yours, published);

    assertThat(comparison.rows())
        .containsExactly(
            new Comparison.Row(
                ServiceCode.SMS_PART, Optional.of(parts), Optional.of(dearer), PriceChange.DEARER),
            new Comparison.Row(
                ServiceCode.CALL_TIME, Optional.of(calls), Optional.of(calls), PriceChange.SAME),
            new Comparison.Row(
                ServiceCode.TTS_CHARS,
                Optional.empty(),
                Optional.of(characters),
                PriceChange.ADDED),
            new Comparison.Row(
                ServiceCode.XTRACK_PLAN, Optional.of(plan), Optional.empty(), PriceChange.REMOVED));
    assertThat(comparison.differences()).hasSize(3);
    assertThat(comparison.switchesVersion()).isTrue();
    assertThat(Comparison.of(yours, yours).switchesVersion()).isFalse();
    assertThat(Comparison.of(yours, yours).differences()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // price, unit s, step s, minimum; the same of the new version; what becomes of it
    "24.00, 60, 1, 0.00,   24.00, 60, 1, 0.00,   SAME",
    "60.00, 60, 1, 0.00,   1.00, 1, 1, 0.00,     SAME",
    "0.00, 60, 1, 0.00,    0.00, 1, 7, 0.00,     SAME",
    "24.00, 60, 1, 0.00,   24.0001, 60, 1, 0.00, DEARER",
    "24.00, 60, 1, 0.00,   24.00, 59, 1, 0.00,   DEARER",
    "24.00, 60, 1, 0.00,   24.00, 60, 60, 0.00,  DEARER",
    "24.00, 60, 1, 0.00,   24.00, 60, 1, 0.01,   DEARER",
    "0.00, 60, 7, 0.00,    1.00, 60, 1, 0.00,    DEARER",
    "24.00, 60, 1, 0.00,   23.99, 60, 1, 0.00,   CHEAPER",
    "24.00, 60, 60, 0.00,  24.00, 60, 20, 0.00,  CHEAPER",
    "24.00, 60, 1, 5.00,   24.00, 60, 1, 4.99,   CHEAPER",
    "24.00, 60, 60, 0.00,  20.00, 60, 60, 9.00,  DEPENDS_ON_USE",
    "24.00, 60, 60, 0.00,  25.00, 60, 1, 0.00,   DEPENDS_ON_USE",
    "24.00, 60, 10, 0.00,  24.00, 60, 15, 0.00,  DEPENDS_ON_USE",
  })
  void saysWhatBecomesOfTheCost(
      String price,
      long unit,
      long step,
      String minimum,
      String newPrice,
      long newUnit,
      long newStep,
      String newMinimum,
      PriceChange change) {
    TariffLine before =
        Lists.timed(price, Duration.ofSeconds(unit), Duration.ofSeconds(step), minimum);
    TariffLine after =
        Lists.timed(newPrice, Duration.ofSeconds(newUnit), Duration.ofSeconds(newStep), newMinimum);

    assertThat(PriceChange.between(before, after)).isEqualTo(change);
  }

  /// Whatever is used, dearer never costs less and cheaper never costs more.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsItsWordForEveryUse(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      ServiceCode service = Lists.anyService(random);
      TariffLine before = Lists.anyLine(random, service);
      TariffLine after = related(random, before);
      PriceChange change = PriceChange.between(before, after);
      for (int use = 0; use < 20; use++) {
        Quantity used = Lists.anyUse(random, service);
        Tenge costBefore = before.rate(used, "V1").amount();
        Tenge costAfter = after.rate(used, "V2").amount();

        assertThat(costAfter.compareTo(costBefore))
            .as("seed %d, round %d: %s, %s, %s: %s", seed, round, before, after, used, change)
            .isIn(allowed(change));
      }
    }
  }

  private static List<Integer> allowed(PriceChange change) {
    return switch (change) {
      case SAME -> List.of(0);
      case DEARER -> List.of(0, 1);
      case CHEAPER -> List.of(0, -1);
      case DEPENDS_ON_USE -> List.of(-1, 0, 1);
      case ADDED, REMOVED -> List.of();
    };
  }

  /// Another line of the service that shares some of its terms, so that every answer comes up.
  private static TariffLine related(Random random, TariffLine line) {
    TariffLine other = Lists.anyLine(random, line.service());
    return new TariffLine(
        line.service(),
        random.nextInt(3) > 0 ? line.billing() : other.billing(),
        random.nextInt(3) > 0 ? line.price() : other.price(),
        random.nextInt(3) > 0 ? line.minimum() : other.minimum());
  }
}
