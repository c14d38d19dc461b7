package kz.qonyrau.tariffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinHistoryTest {

  private static final TariffVersion V1 = Lists.parts("V1", "2026-09-01T00:00", "12.00");
  private static final TariffVersion V2 = Lists.parts("V2", "2026-09-10T00:00", "15.00");
  private static final TariffVersion V3 = Lists.parts("V3", "2026-09-20T00:00", "14.00");
  private static final Catalogue CATALOGUE = Catalogue.of(List.of(V1, V2, V3));

  /// An account that first paid on 5 September, at V1.
  private static final PinHistory ACCOUNT =
      PinHistory.NONE.credited(
          CreditKind.CUSTOMER_PAYMENT, CATALOGUE, Lists.astana("2026-09-05T12:00"));

  @DisplayName("EX-TAR-1 old tariff until next top-up")
  @Tag("EX-TAR-1")
  @Tag("SH-TAR-03")
  @Tag("SH-TAR-04")
  @Test
  void oldTariffUntilTheNextTopUp() {
    Tenge balance = Tenge.of("6000.00");

    RatedItem sent = rate(ACCOUNT, "2026-09-11T11:00:00", 200);
    balance = balance.minus(sent.amount());

    assertThat(sent.amount()).isEqualTo(Tenge.of("2400.00"));
    assertThat(sent.tariffVersion()).isEqualTo("V1");
    assertThat(balance).isEqualTo(Tenge.of("3600.00"));

    PinHistory toppedUp =
        ACCOUNT.credited(
            CreditKind.CUSTOMER_PAYMENT, CATALOGUE, Lists.astana("2026-09-12T10:00:00"));
    balance = balance.plus(Tenge.of("10000.00"));

    assertThat(balance).isEqualTo(Tenge.of("13600.00"));
    assertThat(rate(toppedUp, "2026-09-12T09:59:59", 1).amount()).isEqualTo(Tenge.of("12.00"));
    assertThat(rate(toppedUp, "2026-09-12T10:00:00", 1).amount()).isEqualTo(Tenge.of("15.00"));
    RatedItem after = rate(toppedUp, "2026-09-12T10:00:01", 1);
    assertThat(after.amount()).isEqualTo(Tenge.of("15.00"));
    assertThat(after.tariffVersion()).isEqualTo("V2");
  }

  @DisplayName("EX-TAR-2 compensation does not switch")
  @Tag("EX-TAR-2")
  @Tag("SH-TAR-05")
  @Test
  void compensationDoesNotSwitch() {
    Tenge returned = rate(ACCOUNT, "2026-09-11T11:00:00", 10).amount();

    PinHistory compensated =
        ACCOUNT.credited(CreditKind.COMPENSATION, CATALOGUE, Lists.astana("2026-09-11T12:00"));

    assertThat(returned).isEqualTo(Tenge.of("120.00"));
    assertThat(compensated.at(Lists.astana("2026-09-11T13:00")))
        .contains(new Pin("V1", Lists.astana("2026-09-05T12:00")));
  }

  @DisplayName("EX-TAR-3 published again before top-up")
  @Tag("EX-TAR-3")
  @Tag("SH-TAR-03")
  @Test
  void publishedAgainBeforeTheTopUp() {
    PinHistory toppedUp =
        ACCOUNT.credited(CreditKind.CUSTOMER_PAYMENT, CATALOGUE, Lists.astana("2026-09-21T09:00"));

    assertThat(rate(toppedUp, "2026-09-21T08:59:59", 1).tariffVersion()).isEqualTo("V1");
    assertThat(rate(toppedUp, "2026-09-21T09:00:00", 1).amount()).isEqualTo(Tenge.of("14.00"));
    assertThat(toppedUp.pins()).extracting(Pin::version).containsExactly("V1", "V3");
  }

  @Tag("SH-TAR-05")
  @ParameterizedTest
  @EnumSource(CreditKind.class)
  void onlyTheCustomersPaymentMovesThePin(CreditKind kind) {
    PinHistory after = ACCOUNT.credited(kind, CATALOGUE, Lists.astana("2026-09-12T10:00"));

    assertThat(after.pins()).hasSize(kind == CreditKind.CUSTOMER_PAYMENT ? 2 : 1);
  }

  @Tag("SH-TAR-03")
  @Test
  void nothingRatesAnAccountBeforeItsFirstTopUp() {
    assertThat(PinHistory.NONE.rating(CATALOGUE, Lists.astana("2026-09-05T12:00"))).isEmpty();
    assertThat(ACCOUNT.rating(CATALOGUE, Lists.astana("2026-09-05T11:59:59"))).isEmpty();
    assertThatThrownBy(() -> Pin.afterTopUp(CATALOGUE, Lists.astana("2026-08-31T00:00")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTopUpAtTheSameVersionLeavesThePinWhereItWas() {
    assertThat(
            ACCOUNT.credited(
                CreditKind.CUSTOMER_PAYMENT, CATALOGUE, Lists.astana("2026-09-06T12:00")))
        .isEqualTo(ACCOUNT);
  }

  @Test
  void refusesAHistoryThatCannotBe() {
    Pin first = new Pin("V1", Instant.ofEpochMilli(2));

    assertThatThrownBy(() -> new PinHistory(List.of(first, new Pin("V2", first.since()))))
        .hasMessageContaining("pins[1].since");
    assertThatThrownBy(
            () -> new PinHistory(List.of(first, new Pin("V1", first.since().plusMillis(1)))))
        .hasMessageContaining("pins[1].version");
    assertThatThrownBy(() ->
            ACCOUNT
                .credited(CreditKind.CUSTOMER_PAYMENT, CATALOGUE, Lists.astana("2026-09-21T09:00"))
                .credited(CreditKind.CUSTOMER_PAYMENT, CATALOGUE, Lists.astana("2026-09-12T09:00")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new PinHistory(List.of(new Pin("V9", first.since()))).rating(CATALOGUE, first.since()))
        .hasMessageContaining("V9");
  }

  /// Against a walk over everything that happened, in the order of time.
  @Tag("SH-TAR-03")
  @Tag("SH-TAR-05")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ratesAsAWalkOverAllCreditsDoes(long seed) {
    Random random = new Random(seed);
    Instant now = V1.publishedAt();
    PinHistory history = PinHistory.NONE;
    List<Instant> payments = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      now = now.plusSeconds(random.nextInt(20_000));
      List<CreditKind> kinds = List.of(CreditKind.values());
      CreditKind kind = kinds.get(random.nextInt(kinds.size()));
      history = history.credited(kind, CATALOGUE, now);
      if (kind == CreditKind.CUSTOMER_PAYMENT) {
        payments.add(now);
      }
      Instant rendered = now.minusSeconds(random.nextInt(2_000_000));

      assertThat(history.rating(CATALOGUE, rendered).map(Tariff::version))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(
              payments.reversed().stream()
                  .filter(paid -> !paid.isAfter(rendered))
                  .findFirst()
                  .map(paid -> CATALOGUE.inForce(paid).version()));
    }
  }

  private static RatedItem rate(PinHistory history, String renderedInAstana, long parts) {
    return history
        .rating(CATALOGUE, Lists.astana(renderedInAstana))
        .orElseThrow()
        .rate(ServiceCode.SMS_PART, Quantity.of(parts));
  }
}
