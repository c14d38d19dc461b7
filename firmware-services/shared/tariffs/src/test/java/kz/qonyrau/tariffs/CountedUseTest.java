package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedUseTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Tag("SH-BAL-01")
  @Tag("SH-TAR-01")
  @ParameterizedTest
  @CsvSource({
    // price, pieces that it is for, step, used, amount
    "12.00, 1, 1, 0, 0.00",
    "12.00, 1, 1, 200, 2400.00",
    "0.0049, 1, 1, 1, 0.00",
    "0.0050, 1, 1, 1, 0.01",
    "0.0050, 1, 1, 3, 0.02",
    "150.00, 1000, 1, 1, 0.15",
    "150.00, 1000, 1, 33, 4.95",
    "150.01, 1000, 1, 37, 5.55",
    "150.00, 1000, 100, 101, 30.00",
    "99999.9999, 1, 1, 999999999, 99999999800000.00",
  })
  void countsPieces(String price, long unit, long step, long used, String amount) {
    Tariff tariff =
        new Tariff(Lists.version("v1", Lists.counted(ServiceCode.TTS_CHARS, price, unit, step)));

    assertThat(tariff.price(ServiceCode.TTS_CHARS, Quantity.of(used))).isEqualTo(Tenge.of(amount));
  }

  @Tag("SH-TAR-04")
  @Test
  void countedUseKeepsWhatItsPriceWasMadeFrom() {
    Tariff tariff =
        new Tariff(Lists.version("v1", Lists.counted(ServiceCode.TTS_CHARS, "150.0", 1000, 100)));

    RatedItem item = tariff.rate(ServiceCode.TTS_CHARS, Quantity.of(101));

    assertThat(item)
        .isEqualTo(
            new RatedItem(
                ServiceCode.TTS_CHARS,
                Quantity.of(200),
                new BillingUnit.Pieces(1000, 100),
                new BigDecimal("150.00"),
                Tenge.of("30.00"),
                "v1"));
    assertThatThrownBy(item::quantity).hasMessageContaining("TTS_CHARS");
    assertThatThrownBy(item::unit).hasMessageContaining("TTS_CHARS");
  }

  @Test
  void refusesUseOfTheOtherKind() {
    Tariff parts = new Tariff(Lists.parts("v1", "2026-09-01T00:00", "12.00"));
    Tariff time = new Tariff(Lists.version("v1", Lists.timed("24.00", MINUTE, MINUTE, "0.00")));

    assertThatThrownBy(() -> parts.price(ServiceCode.SMS_PART, MINUTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> time.price(ServiceCode.CALL_TIME, Quantity.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parts.step(ServiceCode.SMS_PART))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Quantity.of(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> parts.price(ServiceCode.SMS_PART, Quantity.of(1_000_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// A second part is held for by its own price, once the first has covered the minimum.
  @Tag("SH-BAL-06")
  @Test
  void holdsPieceByPiece() {
    TariffLine line =
        new TariffLine(
            ServiceCode.SMS_PART,
            new BillingUnit.Pieces(1, 1),
            new BigDecimal("12.00"),
            Tenge.of("20.00"));
    Tariff tariff = new Tariff(Lists.version("v1", line));

    assertThat(tariff.priceOfNextStep(ServiceCode.SMS_PART, Quantity.of(0)))
        .isEqualTo(Tenge.of("20.00"));
    assertThat(tariff.priceOfNextStep(ServiceCode.SMS_PART, Quantity.of(1)))
        .isEqualTo(Tenge.of("4.00"));
    assertThat(tariff.priceOfNextStep(ServiceCode.SMS_PART, Quantity.of(2)))
        .isEqualTo(Tenge.of("12.00"));
  }
}
