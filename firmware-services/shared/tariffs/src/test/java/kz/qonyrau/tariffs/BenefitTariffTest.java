package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.tariffs.BenefitFailure.PeriodOver;
import kz.qonyrau.tariffs.BenefitFailure.PrepaymentMissing;
import kz.qonyrau.tariffs.BenefitFailure.VolumeBehind;
import kz.qonyrau.tariffs.BenefitTariff.Confirmation;
import kz.qonyrau.vocabulary.Tenge;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenefitTariffTest {

  private static final UUID ACCOUNT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final TariffVersion BASE =
      new TariffVersion(
          "V1",
          Lists.astana("2026-09-01T00:00"),
          List.of(
              Lists.counted(ServiceCode.SMS_PART, "12.00", 1, 1),
              Lists.timed("24.00", Duration.ofMinutes(1), Duration.ofSeconds(1), "3.00")));
  private static final Confirmation CONFIRMATION =
      new Confirmation(Lists.astana("2026-09-03T12:00"), Lists.astana("2026-09-03T12:05"));
  private static final LocalDate FIRST = LocalDate.parse("2026-09-05");
  private static final LocalDate LAST = LocalDate.parse("2026-09-14");
  private static final Tenge MILLION = Tenge.of("1000000.00");

  /// Ten days: 1 000 000.00 in advance, 100 000 parts, ten hours of calls.
  private static final BenefitTariff BENEFIT =
      benefit(
              line(ServiceCode.SMS_PART, "8.00", Quantity.of(100_000)),
              line(ServiceCode.CALL_TIME, "20.00", Quantity.of(Duration.ofHours(10))))
          .confirmed(CONFIRMATION);

  @Tag("SH-TAR-10")
  @Test
  void ratesAtTheReducedPriceWithTheBaseLinesUnitStepAndMinimum() {
    assertThat(BENEFIT.rate(ServiceCode.SMS_PART, Quantity.of(50_000)).amount())
        .isEqualTo(Tenge.of("400000.00"));
    assertThat(BENEFIT.rate(ServiceCode.CALL_TIME, Quantity.of(Duration.ofMillis(60_001))))
        .isEqualTo(
            new RatedItem(
                ServiceCode.CALL_TIME,
                Quantity.of(Duration.ofSeconds(61)),
                new BillingUnit.Time(Duration.ofMinutes(1), Duration.ofSeconds(1)),
                new BigDecimal("20.00"),
                Tenge.of("20.33"),
                "benefit-1"));
    assertThat(BENEFIT.rate(ServiceCode.CALL_TIME, Quantity.of(Duration.ofSeconds(1))).amount())
        .isEqualTo(Tenge.of("3.00"));
    assertThatThrownBy(() -> BENEFIT.rate(ServiceCode.STT_TIME, Quantity.of(Duration.ZERO)))
        .hasMessageContaining("STT_TIME");
  }

  @Tag("SH-TAR-10")
  @Test
  void itsMoneyIsNeverPaidOut() {
    assertThat(BENEFIT.restrictions())
        .containsExactlyInAnyOrder(Restriction.NO_WITHDRAWAL, Restriction.NO_REFUND);
  }

  @Tag("SH-TAR-11")
  @ParameterizedTest
  @CsvSource({
    // Astana, parts used, hours of calls used
    "2026-09-05T00:00, 0, 0",
    "2026-09-05T23:59:59.999, 0, 0",
    "2026-09-06T00:00, 10000, 1",
    "2026-09-14T23:59:59.999, 90000, 9",
  })
  void appliesWhileAllConditionsAreMet(String moment, long parts, long hours) {
    assertThat(BENEFIT.watch(progress("1000000.00", parts, hours), Lists.astana(moment)))
        .isEqualTo(new BenefitStanding.Applies());
  }

  @Tag("SH-TAR-11")
  @Test
  void namesEachConditionThatFails() {
    assertThat(failures(progress("999999.99", 10_000, 1), "2026-09-06T12:00"))
        .containsExactly(new PrepaymentMissing(MILLION, Tenge.of("999999.99")));
    assertThat(failures(progress("1000000.00", 9_999, 1), "2026-09-06T00:00"))
        .containsExactly(
            new VolumeBehind(ServiceCode.SMS_PART, Quantity.of(10_000), Quantity.of(9_999)));
    assertThat(failures(progress("1000000.00", 100_000, 10), "2026-09-15T00:00"))
        .containsExactly(new PeriodOver(LAST));
    assertThat(failures(new BenefitProgress(Tenge.ZERO, Map.of()), "2027-09-15T00:00"))
        .containsExactly(
            new PrepaymentMissing(MILLION, Tenge.ZERO),
            new VolumeBehind(ServiceCode.SMS_PART, Quantity.of(100_000), Quantity.of(0)),
            new VolumeBehind(
                ServiceCode.CALL_TIME,
                Quantity.of(Duration.ofHours(10)),
                Quantity.of(Duration.ZERO)),
            new PeriodOver(LAST));
  }

  /// The two agreements are separate, and both are needed.
  @Tag("SH-TAR-10")
  @Test
  void doesNotApplyBeforeItIsConfirmedAndBegins() {
    BenefitTariff offered = benefit(line(ServiceCode.SMS_PART, "8.00", Quantity.of(1)));
    BenefitProgress good = progress("1000000.00", 100_000, 10);

    assertThat(offered.watch(good, Lists.astana("2026-09-06T00:00")))
        .isEqualTo(new BenefitStanding.Unconfirmed());
    assertThat(BENEFIT.watch(good, Lists.astana("2026-09-03T12:04:59")))
        .isEqualTo(new BenefitStanding.Unconfirmed());
    assertThat(BENEFIT.watch(good, Lists.astana("2026-09-04T23:59:59.999")))
        .isEqualTo(new BenefitStanding.NotStarted(FIRST));
    assertThatThrownBy(() -> BENEFIT.confirmed(CONFIRMATION))
        .isInstanceOf(IllegalStateException.class);
  }

  @Tag("SH-TAR-10")
  @Test
  void refusesWhatIsNoBenefitAndNamesTheField() {
    BenefitLine parts = line(ServiceCode.SMS_PART, "8.00", Quantity.of(1));

    refused("lines[0].price", () -> benefit(priced("12.00")));
    refused("lines[0].price", () -> benefit(priced("12.0001")));
    refused("lines[0].price", () -> benefit(priced("-0.01")));
    refused("lines[0].price", () -> benefit(priced("8.00001")));
    refused("lines[1].service", () -> benefit(parts, parts));
    refused("lines[0].service", () -> benefit(line(ServiceCode.TTS_CHARS, "1.00", Quantity.of(1))));
    refused("lines", BenefitTariffTest::benefit);
    refused("committed", () -> line(ServiceCode.SMS_PART, "8.00", Quantity.of(0)));
    refused(
        "committed", () -> line(ServiceCode.SMS_PART, "8.00", Quantity.of(Duration.ofHours(1))));
    refused("committed", () -> line(ServiceCode.CALL_TIME, "8.00", Quantity.of(1)));
    refused(
        "committed",
        () -> line(ServiceCode.CALL_TIME, "8.00", Quantity.of(Duration.ofSeconds(Long.MAX_VALUE))));
    refused("committed", () -> line(ServiceCode.SMS_PART, "8.00", Quantity.of(Long.MAX_VALUE)));
    refused("id", () -> benefit("V1", MILLION, LAST, parts));
    refused("id", () -> benefit("+77001234567", MILLION, LAST, parts));
    refused("prepayment", () -> benefit("b", Tenge.of("-0.01"), LAST, parts));
    refused("prepayment", () -> benefit("b", Tenge.ZERO, LAST, priced("8.00")));
    refused("lastDay", () -> benefit("b", MILLION, FIRST.minusDays(1), parts));
    assertThatThrownBy(
            () -> new BenefitProgress(Tenge.ZERO, Map.of(ServiceCode.CALL_TIME, Quantity.of(1))))
        .hasMessageContaining("CALL_TIME");
  }

  private static void refused(String field, ThrowingCallable making) {
    assertThatExceptionOfType(InvalidTariffException.class)
        .isThrownBy(making)
        .extracting(InvalidTariffException::field)
        .isEqualTo(field);
  }

  private static List<BenefitFailure> failures(BenefitProgress progress, String inAstana) {
    BenefitStanding standing = BENEFIT.watch(progress, Lists.astana(inAstana));
    return ((BenefitStanding.Failed) standing).failures();
  }

  private static BenefitProgress progress(String prepaid, long parts, long hours) {
    return new BenefitProgress(
        Tenge.of(prepaid),
        Map.of(
            ServiceCode.SMS_PART,
            Quantity.of(parts),
            ServiceCode.CALL_TIME,
            Quantity.of(Duration.ofHours(hours))));
  }

  private static BenefitLine priced(String price) {
    return new BenefitLine(ServiceCode.SMS_PART, new BigDecimal(price), Optional.empty());
  }

  private static BenefitLine line(ServiceCode service, String price, Quantity committed) {
    return new BenefitLine(service, new BigDecimal(price), Optional.of(committed));
  }

  private static BenefitTariff benefit(BenefitLine... lines) {
    return benefit("benefit-1", MILLION, LAST, lines);
  }

  private static BenefitTariff benefit(
      String id, Tenge prepayment, LocalDate last, BenefitLine... lines) {
    return new BenefitTariff(
        id, ACCOUNT, BASE, List.of(lines), prepayment, FIRST, last, Optional.empty());
  }
}
