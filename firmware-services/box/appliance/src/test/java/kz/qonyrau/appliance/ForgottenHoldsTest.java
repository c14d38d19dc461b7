package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.ledger.HeldMoney;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.HoldResult;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.Wallet;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Money that something held and forgot.
@Tag("SH-BAL-06")
class ForgottenHoldsTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");
  private final AtomicReference<Instant> lastWord = new AtomicReference<>(clock.instant());
  private Ledger ledger;
  private ForgottenHolds forgotten;

  @BeforeEach
  void holdMoney() {
    ledger = new Ledger(database.store(), clock);
    forgotten = new ForgottenHolds(ledger, lastWord::get);
    for (WalletId id : List.of(BANK, CUSTOMER)) {
      Wallet wallet = answer(ledger.openWallet(id, id.equals(BANK)));
      assertThat(wallet.balance()).isEqualTo(Tenge.ZERO);
    }
    assertThat(
            answer(
                ledger.transfer(
                    new Transfer("lease/1", BANK, CUSTOMER, Tenge.of("100.00"), "lease"))))
        .isInstanceOf(TransferResult.Transferred.class);
    assertThat(answer(ledger.hold(new Hold("call/1", CUSTOMER, Tenge.of("30.00")))))
        .isInstanceOf(HoldResult.Held.class);
  }

  private String available() {
    return answer(ledger.balance(CUSTOMER)).available().toString();
  }

  @Test
  void aClockThatJumpsAheadLetsGoOfNothing() {
    clock.advance(Duration.ofDays(400));

    assertThat(answer(forgotten.look())).isEmpty();
    assertThat(available()).isEqualTo("70.00");
  }

  @Test
  @ExpectedError("money was held for a day")
  void afterADayByCentralsClockItIsGivenBackOnce() {
    lastWord.set(clock.instant().plus(Duration.ofHours(24)).plusMillis(1));

    List<HeldMoney> given = answer(forgotten.look());

    assertThat(given).extracting(HeldMoney::id).containsExactly("call/1");
    assertThat(available()).isEqualTo("100.00");
    assertThat(answer(forgotten.look())).isEmpty();
  }
}
