package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PaidPlanTest {

  private static final Catalogue CATALOGUE =
      Catalogue.of(
          List.of(
              plans("P1", "2026-09-01T00:00", "40000.00"),
              plans("P2", "2026-10-01T00:00", "45000.00")));
  private static final LocalDate FIRST = LocalDate.parse("2026-09-15");
  private static final LocalDate LAST = LocalDate.parse("2026-12-14");

  @Tag("SH-TAR-07")
  @Tag("SH-TAR-08")
  @Test
  void aPublicationDoesNotTouchAPeriodThatIsPaid() {
    PaidPlan plan = buy("2026-09-15T18:00");
    PaidPlan next = buy("2026-12-10T18:00");

    assertThat(plan.bought().amount()).isEqualTo(Tenge.of("120000.00"));
    assertThat(plan.version(Lists.astana("2026-09-15T00:00"))).contains("P1");
    assertThat(plan.version(Lists.astana("2026-12-14T23:59:59.999"))).contains("P1");
    assertThat(plan.version(Lists.astana("2026-12-15T00:00"))).isEmpty();
    assertThat(plan.version(Lists.astana("2026-09-14T23:59:59.999"))).isEmpty();
    assertThat(next.bought().amount()).isEqualTo(Tenge.of("135000.00"));
    assertThat(next.bought().tariffVersion()).isEqualTo("P2");
  }

  @Tag("SH-TAR-16")
  @Test
  void theFeeIsDueWhateverTheUse() {
    PaidPlan plan = buy("2026-09-15T18:00");
    PaidPlan otherwise = new PaidPlan(plan.bought(), FIRST, LAST, PaidPlan.Fee.IF_USED);

    assertThat(plan.due(true)).isEqualTo(Tenge.of("120000.00"));
    assertThat(plan.due(false)).isEqualTo(Tenge.of("120000.00"));
    assertThat(otherwise.due(true)).isEqualTo(Tenge.of("120000.00"));
    assertThat(otherwise.due(false)).isEqualTo(Tenge.ZERO);
  }

  @Test
  void refusesWhatIsNotAPlan() {
    RatedItem parts =
        new Tariff(Lists.parts("V1", "2026-09-01T00:00", "12.00"))
            .rate(ServiceCode.SMS_PART, Quantity.of(1));

    assertThatThrownBy(() -> new PaidPlan(parts, FIRST, LAST, PaidPlan.Fee.WHATEVER_THE_USE))
        .hasMessageContaining("SMS_PART");
    assertThatThrownBy(() ->
            new PaidPlan(
                buy("2026-09-15T18:00").bought(), LAST, FIRST, PaidPlan.Fee.WHATEVER_THE_USE))
        .hasMessageContaining("lastDay");
    assertThatThrownBy(() -> buy("2026-08-31T18:00")).hasMessageContaining("no tariff");
  }

  private static PaidPlan buy(String paidInAstana) {
    return PaidPlan.buy(
        CATALOGUE, ServiceCode.XTRACK_PLAN, 3, Lists.astana(paidInAstana), FIRST, LAST);
  }

  private static TariffVersion plans(String id, String publishedInAstana, String price) {
    return new TariffVersion(
        id,
        Lists.astana(publishedInAstana),
        List.of(Lists.counted(ServiceCode.XTRACK_PLAN, price, 1, 1)));
  }
}
