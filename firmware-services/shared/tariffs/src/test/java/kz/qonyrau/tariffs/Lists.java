package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Tenge;

/// Price lists for tests: those of the examples, and any that a seed gives.
final class Lists {

  /// The base price of the examples: 12.00 per part.
  static final TariffVersion V1 = parts("V1", "2026-09-01T00:00", "12.00");

  /// 8.00 per part from September to December.
  static final BenefitTariff BENEFIT =
      new BenefitTariff(
          "benefit-1",
          UUID.fromString("00000000-0000-4000-8000-000000000001"),
          V1,
          List.of(new BenefitLine(ServiceCode.SMS_PART, new BigDecimal("8.00"), Optional.empty())),
          Tenge.of("1000000.00"),
          LocalDate.parse("2026-09-05"),
          LocalDate.parse("2026-12-31"),
          Optional.empty());

  private Lists() {}

  /// A moment in Astana, as the examples give them.
  static Instant astana(String local) {
    return AstanaTime.instantOf(LocalDateTime.parse(local));
  }

  /// A version with one price, per part of a text message.
  static TariffVersion parts(String id, String publishedInAstana, String price) {
    return new TariffVersion(
        id, astana(publishedInAstana), List.of(counted(ServiceCode.SMS_PART, price, 1, 1)));
  }

  static TariffVersion version(String id, TariffLine... lines) {
    return new TariffVersion(id, Instant.parse("2026-09-01T00:00:00Z"), List.of(lines));
  }

  static TariffLine counted(ServiceCode service, String price, long unit, long step) {
    return new TariffLine(
        service, new BillingUnit.Pieces(unit, step), new BigDecimal(price), Tenge.ZERO);
  }

  static TariffLine timed(String price, Duration unit, Duration step, String minimum) {
    return new TariffLine(
        ServiceCode.CALL_TIME,
        new BillingUnit.Time(unit, step),
        new BigDecimal(price),
        Tenge.of(minimum));
  }

  /// Any version of that name: some services, any prices, units, steps and minimums.
  static TariffVersion any(Random random, String id, Instant publishedAt) {
    List<TariffLine> lines = new ArrayList<>();
    for (ServiceCode service : ServiceCode.values()) {
      if (random.nextInt(3) > 0 || (lines.isEmpty() && service == ServiceCode.XTRACK_PLAN)) {
        lines.add(anyLine(random, service));
      }
    }
    Optional<String> conditions =
        random.nextBoolean() ? Optional.empty() : Optional.of(anyText(random));
    return new TariffVersion(id, publishedAt, conditions, lines);
  }

  static ServiceCode anyService(Random random) {
    List<ServiceCode> all = List.of(ServiceCode.values());
    return all.get(random.nextInt(all.size()));
  }

  static TariffLine anyLine(Random random, ServiceCode service) {
    BillingUnit billing =
        service.isTimed()
            ? new BillingUnit.Time(
                Duration.ofMillis(1000 + random.nextInt(3_600_000)),
                Duration.ofMillis(1 + random.nextInt(90_000)))
            : new BillingUnit.Pieces(1 + random.nextInt(1000), 1 + random.nextInt(50));
    return new TariffLine(
        service,
        billing,
        BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(5))
            .min(new BigDecimal(99_999)),
        new Tenge(random.nextInt(4) * (long) random.nextInt(2000)));
  }

  static Quantity anyUse(Random random, ServiceCode service) {
    return service.isTimed()
        ? Quantity.of(Duration.ofMillis(random.nextInt(7_200_000)))
        : Quantity.of(random.nextInt(20_000));
  }

  private static String anyText(Random random) {
    StringBuilder text = new StringBuilder("%");
    for (int length = random.nextInt(60); length > 0; length--) {
      text.appendCodePoint("aЖә \n\"\\/é漢😀".codePoints().toArray()[random.nextInt(11)]);
    }
    return text.toString();
  }
}
