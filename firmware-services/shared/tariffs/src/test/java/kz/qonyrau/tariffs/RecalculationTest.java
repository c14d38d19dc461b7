package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecalculationTest {

  @Tag("SH-TAR-14")
  @ParameterizedTest
  @CsvSource({
    // balance, adjustment, shortfall, resulting balance
    "400.00, 400.00, 0.00, 0.00",
    "399.99, 400.00, 0.01, -0.01",
    "0.00, 400.00, 400.00, -400.00",
    "-100.00, 400.00, 400.00, -500.00",
    "-100.00, 0.00, 0.00, -100.00",
  })
  void theShortfallIsWhatTheBalanceDoesNotCover(
      String balance, String adjustment, String shortfall, String result) {
    Recalculation preview =
        new Recalculation(1, Tenge.ZERO, Tenge.of(adjustment), Tenge.of(balance));

    assertThat(preview.shortfall()).isEqualTo(Tenge.of(shortfall));
    assertThat(preview.resultingBalance()).isEqualTo(Tenge.of(result));
  }

  /// The sums are those of the annex, and each line is what its moment's version says.
  @Tag("SH-TAR-12")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theAdjustmentIsTheSumOfBaseLessTheSumOfBenefit(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Catalogue catalogue = anyPrices(random);
      EarlyExit exit = new EarlyExit(Lists.BENEFIT, catalogue, Lists.astana("2026-11-01T12:00"));
      List<BenefitItem> items = new ArrayList<>();
      Tenge base = Tenge.ZERO;
      Tenge benefit = Tenge.ZERO;
      for (int count = random.nextInt(200); count > 0; count--) {
        long parts = random.nextInt(6);
        Instant moment = Lists.astana("2026-09-05T00:00").plusSeconds(random.nextInt(57 * 86_400));
        Tenge charged = Lists.BENEFIT.rate(ServiceCode.SMS_PART, Quantity.of(parts)).amount();
        items.add(new BenefitItem("i", ServiceCode.SMS_PART, Quantity.of(parts), moment, charged));
        base = base.plus(catalogue.inForce(moment).price(ServiceCode.SMS_PART, Quantity.of(parts)));
        benefit = benefit.plus(charged);
      }

      Recalculation preview = exit.recalculate(exit.annex(items.stream()), Tenge.of("1000.00"));

      assertThat(preview.adjustment())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(base.minus(benefit).isNegative() ? Tenge.ZERO : base.minus(benefit));
      assertThat(preview.baseCost()).isEqualTo(base);
      assertThat(preview.benefitCost()).isEqualTo(benefit);
      assertThat(preview.resultingBalance())
          .isEqualTo(preview.balance().minus(preview.adjustment()));
    }
  }

  private static Catalogue anyPrices(Random random) {
    Catalogue catalogue = Catalogue.of(List.of(Lists.V1));
    for (int day = 10; day < 30; day += 1 + random.nextInt(8)) {
      String price = BigDecimal.valueOf(60_000 + random.nextInt(90_000), 4).toPlainString();
      catalogue = catalogue.publish(Lists.parts("d" + day, "2026-09-" + day + "T00:00", price));
    }
    return catalogue;
  }
}
