package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EarlyExitTest {

  private static final TariffVersion V2 = Lists.parts("V2", "2026-10-01T00:00", "15.00");
  private static final Catalogue ONE_PRICE = Catalogue.of(List.of(Lists.V1));
  private static final Catalogue TWO_PRICES = Catalogue.of(List.of(Lists.V1, V2));
  private static final Tenge PREPAID = Lists.BENEFIT.prepayment();
  private static final Instant EXIT = Lists.astana("2026-11-01T12:00");
  private static final Instant SEPTEMBER = Lists.astana("2026-09-20T12:00");
  private static final Instant OCTOBER = Lists.astana("2026-10-20T12:00");

  @DisplayName("EX-TAR-4 benefit exit, money left")
  @Tag("EX-TAR-4")
  @Tag("SH-TAR-12")
  @Tag("SH-TAR-13")
  @Tag("SH-TAR-15")
  @Test
  void exitWithMoneyLeft() {
    Recalculation preview = leave(ONE_PRICE, parts(50_000, SEPTEMBER));

    assertThat(preview)
        .isEqualTo(
            new Recalculation(
                50_000, Tenge.of("400000.00"), Tenge.of("600000.00"), Tenge.of("600000.00")));
    assertThat(preview.adjustment()).isEqualTo(Tenge.of("200000.00"));
    assertThat(preview.resultingBalance()).isEqualTo(Tenge.of("400000.00"));
    assertThat(preview.refundable()).isEqualTo(Tenge.of("0.00"));
    ConfirmedRecalculation confirmed = preview.confirmed("admin", EXIT);
    assertThat(confirmed.entry()).isEqualTo(Tenge.of("-200000.00"));
    assertThat(confirmed.receivable()).isEmpty();
    PinHistory pins =
        PinHistory.NONE.credited(
            CreditKind.CUSTOMER_PAYMENT, ONE_PRICE, Lists.astana("2026-09-05T10:00"));
    assertThat(
            pins.rating(ONE_PRICE, EXIT)
                .map(tariff -> tariff.price(ServiceCode.SMS_PART, Quantity.of(1))))
        .contains(Tenge.of("12.00"));
  }

  @DisplayName("EX-TAR-5 base price changed during the benefit")
  @Tag("EX-TAR-5")
  @Tag("SH-TAR-12")
  @Test
  void basePriceChangedDuringTheBenefit() {
    List<AnnexLine> annex =
        new EarlyExit(Lists.BENEFIT, TWO_PRICES, EXIT)
            .annex(Stream.concat(parts(20_000, SEPTEMBER), parts(30_000, OCTOBER)))
            .toList();

    Recalculation preview =
        new EarlyExit(Lists.BENEFIT, TWO_PRICES, EXIT)
            .recalculate(annex.stream(), Tenge.of("600000.00"));

    assertThat(baseCost(annex, "V1")).isEqualTo(Tenge.of("240000.00"));
    assertThat(baseCost(annex, "V2")).isEqualTo(Tenge.of("450000.00"));
    assertThat(preview.baseCost()).isEqualTo(Tenge.of("690000.00"));
    assertThat(preview.benefitCost()).isEqualTo(Tenge.of("400000.00"));
    assertThat(preview.adjustment()).isEqualTo(Tenge.of("290000.00"));
  }

  @DisplayName("EX-TAR-6 benefit exit, shortfall")
  @Tag("EX-TAR-6")
  @Tag("SH-TAR-14")
  @Test
  void exitWithAShortfall() {
    Recalculation preview = leave(ONE_PRICE, parts(100_000, SEPTEMBER));

    assertThat(preview.benefitCost()).isEqualTo(Tenge.of("800000.00"));
    assertThat(preview.balance()).isEqualTo(Tenge.of("200000.00"));
    assertThat(preview.baseCost()).isEqualTo(Tenge.of("1200000.00"));
    assertThat(preview.adjustment()).isEqualTo(Tenge.of("400000.00"));
    assertThat(preview.resultingBalance()).isEqualTo(Tenge.of("-200000.00"));
    assertThat(preview.shortfall()).isEqualTo(Tenge.of("200000.00"));
    assertThat(preview.confirmed("admin", EXIT).receivable()).contains(Tenge.of("200000.00"));
    assertThatThrownBy(() -> preview.confirmed(" ", EXIT)).hasMessageContaining("admin");
  }

  @DisplayName("EX-TAR-7 exit before any service")
  @Tag("EX-TAR-7")
  @Test
  void exitBeforeAnyService() {
    Recalculation preview = leave(ONE_PRICE, Stream.empty());

    assertThat(preview.items()).isZero();
    assertThat(preview.adjustment()).isEqualTo(Tenge.of("0.00"));
    assertThat(preview.resultingBalance()).isEqualTo(PREPAID);
    assertThat(preview.refundable()).isEqualTo(Tenge.of("0.00"));
  }

  @Tag("SH-TAR-13")
  @Test
  void nothingIsPaidBackWhereTheBasePriceFellBelowTheBenefits() {
    Catalogue fallen = ONE_PRICE.publish(Lists.parts("V2", "2026-10-01T00:00", "7.00"));

    Recalculation preview = leave(fallen, parts(1000, OCTOBER));

    assertThat(preview.baseCost()).isEqualTo(Tenge.of("7000.00"));
    assertThat(preview.adjustment()).isEqualTo(Tenge.ZERO);
    assertThat(preview.resultingBalance()).isEqualTo(preview.balance());
    assertThat(preview.confirmed("admin", EXIT).entry()).isEqualTo(Tenge.ZERO);
  }

  /// Lines are made one at a time, and none is kept.
  @Tag("SH-TAR-12")
  @Test
  void aMillionItemsPassThrough() {
    EarlyExit exit = new EarlyExit(Lists.BENEFIT, TWO_PRICES, EXIT);
    AtomicLong asked = new AtomicLong();
    AtomicLong written = new AtomicLong();
    AtomicLong furthestApart = new AtomicLong();
    Stream<BenefitItem> items =
        LongStream.range(0, 1_000_000)
            .peek(_ -> asked.incrementAndGet())
            .mapToObj(i -> part(i, i % 2 == 0 ? SEPTEMBER : OCTOBER));

    Recalculation preview =
        exit.recalculate(
            exit.annex(items)
                .peek(_ -> {
                  long apart = asked.get() - written.getAndIncrement();
                  furthestApart.accumulateAndGet(apart, Math::max);
                }),
            Tenge.ZERO);

    assertThat(preview.items()).isEqualTo(1_000_000);
    assertThat(preview.baseCost()).isEqualTo(Tenge.of("13500000.00"));
    assertThat(preview.benefitCost()).isEqualTo(Tenge.of("8000000.00"));
    assertThat(written).hasValue(1_000_000);
    assertThat(furthestApart).hasValue(1);
  }

  @Test
  void refusesItemsThatAreNotOfTheBenefitAndNamesThem() {
    EarlyExit exit = new EarlyExit(Lists.BENEFIT, ONE_PRICE, EXIT);
    BenefitItem call =
        new BenefitItem(
            "item-7",
            ServiceCode.CALL_TIME,
            Quantity.of(Duration.ofMinutes(1)),
            SEPTEMBER,
            Tenge.ZERO);
    BenefitItem timed =
        new BenefitItem(
            "item-8",
            ServiceCode.SMS_PART,
            Quantity.of(Duration.ofMinutes(1)),
            SEPTEMBER,
            Tenge.ZERO);

    refuses(exit, call, "item-7");
    refuses(exit, timed, "item-8");
    refuses(
        exit, part(1, Lists.astana("2026-09-04T23:59:59.999")), "not rendered under the benefit");
    refuses(
        exit, part(1, Lists.astana("2026-11-01T12:00:00.001")), "not rendered under the benefit");
    refuses(
        new EarlyExit(Lists.BENEFIT, Catalogue.of(List.of(V2)), EXIT),
        part(1, SEPTEMBER),
        "no tariff was in force");
  }

  @Test
  void onlyABenefitThatRunsIsLeftEarly() {
    for (String moment : List.of("2026-09-04T23:59:59.999", "2027-01-01T00:00")) {
      assertThatThrownBy(() -> new EarlyExit(Lists.BENEFIT, ONE_PRICE, Lists.astana(moment)))
          .hasMessageContaining("cannot be left early");
    }
  }

  /// Leaves with what the prepayment has left.
  private static Recalculation leave(Catalogue catalogue, Stream<BenefitItem> items) {
    EarlyExit exit = new EarlyExit(Lists.BENEFIT, catalogue, EXIT);
    List<BenefitItem> all = items.toList();
    Tenge charged = all.stream().map(BenefitItem::charged).reduce(Tenge.ZERO, Tenge::plus);
    return exit.recalculate(exit.annex(all.stream()), PREPAID.minus(charged));
  }

  private static Stream<BenefitItem> parts(long count, Instant renderedAt) {
    return LongStream.range(0, count).mapToObj(i -> part(i, renderedAt));
  }

  private static BenefitItem part(long number, Instant renderedAt) {
    return new BenefitItem(
        "part-" + number, ServiceCode.SMS_PART, Quantity.of(1), renderedAt, Tenge.of("8.00"));
  }

  private static Tenge baseCost(List<AnnexLine> annex, String version) {
    return annex.stream()
        .map(AnnexLine::base)
        .filter(item -> item.tariffVersion().equals(version))
        .map(RatedItem::amount)
        .reduce(Tenge.ZERO, Tenge::plus);
  }

  private static void refuses(EarlyExit exit, BenefitItem item, String saying) {
    assertThatThrownBy(() -> exit.annex(Stream.of(item)).toList())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(saying);
  }
}
