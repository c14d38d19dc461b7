package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.tariffs.Rerating.Differs;
import kz.qonyrau.tariffs.Rerating.Same;
import kz.qonyrau.tariffs.Rerating.Why;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SH-TAR-17")
class ReratingTest {

  private static final Catalogue CATALOGUE =
      Catalogue.of(List.of(version("V1", 1, "24.00"), version("V2", 2, "30.00")));
  private static final Tariff V1 = CATALOGUE.find("V1").orElseThrow();

  @ParameterizedTest
  @CsvSource({
    // service, quantity, counted in, unit price, amount, version
    "CALL_TIME, 90, SECOND, 24.0000, 36.00, V1",
    "CALL_TIME, 0, SECOND, 24, 0.00, V1",
    "SMS_PART, 200, PART, 12.00, 2400.00, V1",
    "TTS_CHARS, 37, CHARACTER, 150.00, 5.55, V1",
  })
  void findsNothingWhereTheBoxWasRight(
      String service, long quantity, String in, String price, String amount, String version) {
    UsageLine line = line(service, quantity, in, price, amount, version);

    assertThat(Rerating.of(line, V1, CATALOGUE)).isEqualTo(new Same(Tenge.of(amount)));
  }

  @ParameterizedTest
  @CsvSource({
    // service, quantity, counted in, unit price, amount, version, why, due
    "CALL_TIME, 90, SECOND, 30.00, 45.00, V2, OTHER_VERSION, 36.00",
    "SMS_PART, 200, PART, 12.00, 2400.00, V2, OTHER_VERSION, 2400.00",
    "CALL_TIME, 90, SECOND, 24.00, 36.00, V9, UNKNOWN_VERSION, 36.00",
    "CALL_TIME, 90, SECOND, 24.00, 36.00, '', UNKNOWN_VERSION, 36.00",
    "CALL_TIME, 90, SECOND, 24.0001, 36.00, V1, OTHER_PRICE, 36.00",
    "CALL_TIME, 90, SECOND, 24.00, 36.01, V1, OTHER_AMOUNT, 36.00",
    "CALL_TIME, 90, SECOND, 24.00, 35.99, V1, OTHER_AMOUNT, 36.00",
    "CALL_TIME, 0, SECOND, 24.00, 0.40, V1, OTHER_AMOUNT, 0.00",
    "REC_TIME, 90, SECOND, 24.00, 36.00, V1, UNKNOWN_SERVICE,",
    "CALL-TIME, 90, SECOND, 24.00, 36.00, V1, UNKNOWN_SERVICE,",
    "CALL_TIME, 90, MINUTE, 24.00, 36.00, V1, UNUSABLE_QUANTITY,",
    "SMS_PART, 200, SECOND, 12.00, 2400.00, V1, UNUSABLE_QUANTITY,",
    "CALL_TIME, 999999999, SECOND, 24.00, 36.00, V1, UNUSABLE_QUANTITY,",
    "SMS_PART, 9223372036854775807, PART, 12.00, 36.00, V1, UNUSABLE_QUANTITY,",
  })
  void saysWhatDiffersAndByHowMuch(
      String service,
      long quantity,
      String in,
      String price,
      String amount,
      String version,
      Why why,
      String due) {
    UsageLine line = line(service, quantity, in, price, amount, version);

    assertThat(Rerating.of(line, V1, CATALOGUE))
        .isEqualTo(new Differs(why, Tenge.of(amount), Optional.ofNullable(due).map(Tenge::of)));
  }

  @Test
  void theDifferenceHasASign() {
    UsageLine tooMuch = line("CALL_TIME", 90, "SECOND", "30.00", "45.00", "V2");

    assertThat(Rerating.of(tooMuch, V1, CATALOGUE))
        .isInstanceOfSatisfying(
            Differs.class, found -> assertThat(found.missing()).contains(Tenge.of("-9.00")));
    assertThatThrownBy(() -> line("CALL_TIME", -1, "SECOND", "24.00", "0.00", "V1"))
        .hasMessageContaining("quantity");
  }

  /// A report counts whole seconds; whatever the step, a box that rated correctly is not accused.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithEveryBoxThatRatesAsItShould(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      ServiceCode service = Lists.anyService(random);
      TariffVersion version = Lists.version("v1", Lists.anyLine(random, service));
      Tariff tariff = new Tariff(version);
      RatedItem item = tariff.rate(service, Lists.anyUse(random, service));

      assertThat(Rerating.of(reported(item, item.amount()), tariff, Catalogue.of(List.of(version))))
          .as("seed %d, round %d, %s", seed, round, item)
          .isEqualTo(new Same(item.amount()));
    }
  }

  /// With steps of whole seconds nothing is lost in a report, and one tiyn is found.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsATiyn(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      BillingUnit billing =
          new BillingUnit.Time(
              Duration.ofSeconds(1 + random.nextInt(3600)),
              Duration.ofSeconds(1 + random.nextInt(60)));
      TariffVersion version =
          Lists.version(
              "v1",
              new TariffLine(
                  ServiceCode.CALL_TIME,
                  billing,
                  BigDecimal.valueOf(random.nextInt(1_000_000), 4),
                  Tenge.ZERO));
      Tariff tariff = new Tariff(version);
      RatedItem item =
          tariff.rate(ServiceCode.CALL_TIME, Duration.ofMillis(random.nextInt(3_600_000)));
      Tenge wrong = item.amount().plus(new Tenge(random.nextBoolean() ? 1 : -1));

      assertThat(Rerating.of(reported(item, wrong), tariff, Catalogue.of(List.of(version))))
          .as("seed %d, round %d, %s", seed, round, item)
          .isEqualTo(new Differs(Why.OTHER_AMOUNT, wrong, Optional.of(item.amount())));
    }
  }

  /// As a box reports: parts of a second count as one.
  private static UsageLine reported(RatedItem item, Tenge amount) {
    long quantity =
        switch (item.charged()) {
          case Quantity.Time(Duration time) -> time.plusMillis(999).toSeconds();
          case Quantity.Pieces(long pieces) -> pieces;
        };
    return new UsageLine(
        item.service().name(),
        quantity,
        item.service().countedIn(),
        item.unitPrice(),
        amount,
        item.tariffVersion());
  }

  private static UsageLine line(
      String service, long quantity, String in, String price, String amount, String version) {
    return new UsageLine(service, quantity, in, new BigDecimal(price), Tenge.of(amount), version);
  }

  private static TariffVersion version(String id, int day, String price) {
    return new TariffVersion(
        id,
        Instant.parse("2026-09-0" + day + "T00:00:00Z"),
        List.of(
            Lists.timed(price, Duration.ofMinutes(1), Duration.ofSeconds(1), "0.00"),
            Lists.counted(ServiceCode.SMS_PART, "12.00", 1, 1),
            Lists.counted(ServiceCode.TTS_CHARS, "150.00", 1000, 1)));
  }
}
