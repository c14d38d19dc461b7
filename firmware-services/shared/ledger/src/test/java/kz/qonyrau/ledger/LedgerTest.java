package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class LedgerTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  private static final WalletId PROVIDER = new WalletId("provider/usage");
  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final SteppedClock clock = SteppedClock.at(NOON);
  private Ledger ledger;

  @BeforeEach
  void opensTheBook() {
    ledger = new Ledger(database.store(), clock);
    List<Wallet> opened =
        List.of(
            answer(ledger.openWallet(BANK, true)),
            answer(ledger.openWallet(CUSTOMER, false)),
            answer(ledger.openWallet(PROVIDER, false)));
    assertThat(opened).hasSize(3);
  }

  @Tag("SH-BAL-07")
  @Test
  void makesATransferOnceHoweverOftenItIsRetried() {
    Transfer topUp = topUp("lease/1", "50000.00");

    TransferResult first = answer(ledger.transfer(topUp));
    clock.advance(Duration.ofHours(1));
    TransferResult second = answer(ledger.transfer(topUp));

    assertThat(first).isEqualTo(new TransferResult.Transferred(NOON));
    assertThat(second).isEqualTo(new TransferResult.AlreadyTransferred(NOON));
    assertBalance("50000.00", "0.00");
  }

  @Tag("SH-BAL-07")
  @Test
  void refusesAnotherTransferUnderTheSameId() {
    Transfer topUp = topUp("lease/1", "50000.00");
    fund("lease/1", "50000.00");

    TransferResult other = answer(ledger.transfer(topUp("lease/1", "50000.01")));

    assertThat(other).isEqualTo(new TransferResult.IdTaken(topUp));
    assertBalance("50000.00", "0.00");
  }

  @Tag("SH-BAL-08")
  @Test
  void refusesToSpendMoreThanThereIsAndLeavesTheBalanceAlone() {
    fund("lease/1", "1.00");

    TransferResult result =
        answer(
            ledger.transfer(
                new Transfer("charge/1", CUSTOMER, PROVIDER, Tenge.of("1.01"), "too much")));

    assertThat(result).isEqualTo(new TransferResult.NotEnoughFunds(Tenge.of("1.00")));
    assertBalance("1.00", "0.00");
    assertSound();
  }

  @Tag("SH-BAL-08")
  @Test
  void holdsNothingOfAWalletThatIsOverdrawnForOtherReasons() {
    fund("lease/1", "1.00");

    HoldResult result = answer(ledger.hold(new Hold("call/1", BANK, new Tenge(1))));

    assertThat(result).isEqualTo(new HoldResult.NotEnoughFunds(Tenge.of("-1.00")));
  }

  @Test
  void namesTheWalletThatIsMissing() {
    WalletId nobody = new WalletId("customer/NOBODY");

    TransferResult transfer =
        answer(ledger.transfer(new Transfer("t", BANK, nobody, new Tenge(1), "")));
    HoldResult hold = answer(ledger.hold(new Hold("h", nobody, new Tenge(1))));

    assertThat(transfer).isEqualTo(new TransferResult.NoSuchWallet(nobody));
    assertThat(hold).isEqualTo(new HoldResult.NoSuchWallet(nobody));
  }

  @Tag("SH-BAL-06")
  @Test
  void capturesTheRealCostAndReleasesTheRest() {
    fund("lease/1", "100.00");
    hold("call/1", "30.00");
    assertBalance("70.00", "30.00");

    SettleResult settled = answer(ledger.capture("call/1", Tenge.of("12.34"), PROVIDER));
    SettleResult again = answer(ledger.capture("call/1", Tenge.of("12.34"), PROVIDER));

    assertThat(settled)
        .isEqualTo(new SettleResult.Settled(Tenge.of("12.34"), Tenge.of("17.66"), NOON));
    assertThat(again)
        .isEqualTo(new SettleResult.AlreadySettled(Tenge.of("12.34"), Tenge.of("17.66")));
    assertBalance("87.66", "0.00");
    assertSound();
  }

  @Tag("SH-BAL-06")
  @Test
  void givesBackWhatIsNotChargeable() {
    fund("lease/1", "100.00");
    hold("call/1", "30.00");
    hold("call/2", "20.00");

    SettleResult released = answer(ledger.release("call/1"));
    SettleResult free = answer(ledger.capture("call/2", Tenge.ZERO, PROVIDER));
    SettleResult late = answer(ledger.capture("call/1", Tenge.of("1.00"), PROVIDER));

    assertThat(released).isEqualTo(new SettleResult.Settled(Tenge.ZERO, Tenge.of("30.00"), NOON));
    assertThat(free).isEqualTo(new SettleResult.Settled(Tenge.ZERO, Tenge.of("20.00"), NOON));
    assertThat(late).isEqualTo(new SettleResult.AlreadySettled(Tenge.ZERO, Tenge.of("30.00")));
    assertBalance("100.00", "0.00");
    assertSound();
  }

  @Tag("SH-BAL-06")
  @Test
  void capturesNoMoreThanWasHeldUnlessItWasExtended() {
    fund("lease/1", "100.00");
    hold("call/1", "30.00");

    SettleResult tooMuch = answer(ledger.capture("call/1", Tenge.of("30.01"), PROVIDER));
    HoldResult extended = answer(ledger.extend("call/1", "call/1/2", Tenge.of("5.00")));
    HoldResult retried = answer(ledger.extend("call/1", "call/1/2", Tenge.of("5.00")));
    HoldResult other = answer(ledger.extend("call/1", "call/1/2", Tenge.of("6.00")));
    HoldResult beyond = answer(ledger.extend("call/1", "call/1/3", Tenge.of("65.01")));
    SettleResult settled = answer(ledger.capture("call/1", Tenge.of("35.00"), PROVIDER));
    HoldResult late = answer(ledger.extend("call/1", "call/1/2", Tenge.of("5.00")));

    assertThat(tooMuch).isEqualTo(new SettleResult.MoreThanHeld(Tenge.of("30.00")));
    assertThat(extended).isEqualTo(new HoldResult.Held(Tenge.of("35.00"), NOON));
    assertThat(retried).isEqualTo(new HoldResult.AlreadyHeld(Tenge.of("35.00"), NOON));
    assertThat(other).isEqualTo(new HoldResult.IdTaken("call/1/2"));
    assertThat(beyond).isEqualTo(new HoldResult.NotEnoughFunds(Tenge.of("65.00")));
    assertThat(settled).isEqualTo(new SettleResult.Settled(Tenge.of("35.00"), Tenge.ZERO, NOON));
    assertThat(late).isEqualTo(new HoldResult.HoldIsOver(HoldState.CAPTURED));
    assertBalance("65.00", "0.00");
    assertSound();
  }

  @Tag("SH-BAL-07")
  @Test
  void aHoldThatIsOverIsNotHeldAgainByARetry() {
    fund("lease/1", "100.00");
    hold("call/1", "30.00");
    HoldResult retried = answer(ledger.hold(new Hold("call/1", CUSTOMER, Tenge.of("30.00"))));
    HoldResult other = answer(ledger.hold(new Hold("call/1", CUSTOMER, Tenge.of("31.00"))));
    SettleResult released = answer(ledger.release("call/1"));
    HoldResult late = answer(ledger.hold(new Hold("call/1", CUSTOMER, Tenge.of("30.00"))));

    assertThat(retried).isEqualTo(new HoldResult.AlreadyHeld(Tenge.of("30.00"), NOON));
    assertThat(other).isEqualTo(new HoldResult.IdTaken("call/1"));
    assertThat(released).isInstanceOf(SettleResult.Settled.class);
    assertThat(late).isEqualTo(new HoldResult.HoldIsOver(HoldState.RELEASED));
    assertBalance("100.00", "0.00");
  }

  @Tag("SH-BAL-06")
  @Test
  void moneyOfWhichNobodyHasHeardSinceIsGivenBack() {
    fund("lease/1", "100.00");
    hold("call/1", "30.00");
    hold("call/2", "20.00");
    clock.advance(Duration.ofHours(1));
    HoldResult extended = answer(ledger.extend("call/2", "call/2/2", Tenge.of("5.00")));

    List<HeldMoney> expired = answer(ledger.expire(NOON.plusMillis(1)));

    assertThat(extended).isInstanceOf(HoldResult.Held.class);
    assertThat(expired).extracting(HeldMoney::id).containsExactly("call/1");
    assertThat(answer(ledger.findHold("call/1")).map(HeldMoney::state)).contains(HoldState.EXPIRED);
    assertBalance("75.00", "25.00");
    assertThat(answer(ledger.expire(NOON.plusMillis(1)))).as("again").isEmpty();
    assertThat(answer(ledger.capture("call/1", Tenge.of("30.00"), PROVIDER)))
        .as("who comes too late takes nothing")
        .isEqualTo(new SettleResult.AlreadySettled(Tenge.ZERO, Tenge.of("30.00")));
    assertThat(answer(ledger.extend("call/1", "call/1/2", Tenge.of("1.00"))))
        .isEqualTo(new HoldResult.HoldIsOver(HoldState.EXPIRED));
    assertSound();
  }

  @Tag("SH-BAL-05")
  @Tag("EX-BAL-5")
  @Test
  void theNextItemMustFit() {
    fund("lease/1", "11.99");

    HoldResult tooLittle = answer(ledger.hold(new Hold("part/1", CUSTOMER, Tenge.of("12.00"))));
    fund("lease/2", "0.01");
    HoldResult enough = answer(ledger.hold(new Hold("part/1", CUSTOMER, Tenge.of("12.00"))));
    HoldResult second = answer(ledger.hold(new Hold("part/2", CUSTOMER, Tenge.of("12.00"))));

    assertThat(tooLittle).isEqualTo(new HoldResult.NotEnoughFunds(Tenge.of("11.99")));
    assertThat(enough).isEqualTo(new HoldResult.Held(Tenge.of("12.00"), NOON));
    assertThat(second).isEqualTo(new HoldResult.NotEnoughFunds(Tenge.ZERO));
  }

  @Tag("SH-BAL-05")
  @Test
  void thirtyHoldsAtOnceOnCreditForOneHoldExactlyOnce() {
    fund("lease/1", "12.00");

    List<Future<HoldResult>> attempts =
        IntStream.range(0, 30)
            .mapToObj(n -> ledger.hold(new Hold("call/" + n, CUSTOMER, Tenge.of("12.00"))))
            .toList();

    List<HoldResult> results = attempts.stream().map(attempt -> answer(attempt)).toList();
    assertThat(results)
        .filteredOn(HoldResult.Held.class::isInstance)
        .containsExactly(new HoldResult.Held(Tenge.of("12.00"), NOON));
    assertThat(results).filteredOn(new HoldResult.NotEnoughFunds(Tenge.ZERO)::equals).hasSize(29);
    assertSound();
  }

  @Tag("SH-BAL-01")
  @Test
  void aBalanceThatWouldNotFitIsRefusedAndNothingMoves() {
    fund("lease/1", "92233720368547758.07");

    assertThatThrownBy(() -> answer(ledger.transfer(topUp("lease/2", "0.01"))))
        .isInstanceOf(ArithmeticException.class);

    assertBalance("92233720368547758.07", "0.00");
    assertSound();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void movesNoAmountThatIsNotAboveZero(long tiyn) {
    Tenge amount = new Tenge(tiyn);
    fund("lease/1", "10.00");
    hold("call/1", "5.00");

    assertThatThrownBy(() -> new Transfer("t", BANK, CUSTOMER, amount, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hold("h", CUSTOMER, amount))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> answer(ledger.extend("call/1", "e", amount)))
        .isInstanceOf(IllegalArgumentException.class);
    if (amount.isNegative()) {
      assertThatThrownBy(() -> answer(ledger.capture("call/1", amount, PROVIDER)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertBalance("5.00", "5.00");
  }

  @Test
  void heldMoneyIsMovedByTheLedgerAlone() {
    WalletId held = CUSTOMER.held();

    assertThatThrownBy(() -> new Transfer("t", held, PROVIDER, new Tenge(1), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Hold("h", held, new Tenge(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> answer(ledger.openWallet(held, true)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> answer(ledger.capture("h", new Tenge(1), held)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "x\u0000", "ключ", "line\nbreak"})
  void refusesIdsThatAreNotOfTheirForm(String id) {
    assertThatThrownBy(() -> new Hold(id, CUSTOMER, new Tenge(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transfer(id, BANK, CUSTOMER, new Tenge(1), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WalletId(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void openingAWalletAgainFindsItAsItIs() {
    fund("lease/1", "10.00");

    Wallet found = answer(ledger.openWallet(CUSTOMER, false));

    assertThat(found).isEqualTo(new Wallet(CUSTOMER, Tenge.of("10.00"), false));
    assertThatThrownBy(() -> answer(ledger.openWallet(CUSTOMER, true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("may not be overdrawn");
  }

  @Test
  void findsTheHoldsThatNobodySettled() {
    fund("lease/1", "100.00");
    hold("call/1", "30.00");
    hold("call/2", "20.00");
    SettleResult released = answer(ledger.release("call/1"));
    assertThat(released).isInstanceOf(SettleResult.Settled.class);

    List<HeldMoney> open = answer(ledger.openHolds());
    Optional<HeldMoney> settled = answer(ledger.findHold("call/1"));
    Optional<HeldMoney> unknown = answer(ledger.findHold("call/3"));

    assertThat(open)
        .containsExactly(
            new HeldMoney(
                "call/2",
                CUSTOMER,
                Tenge.of("20.00"),
                Tenge.ZERO,
                Tenge.ZERO,
                HoldState.HELD,
                NOON));
    assertThat(settled.map(HeldMoney::state)).contains(HoldState.RELEASED);
    assertThat(unknown).isEmpty();
  }

  private static Transfer topUp(String id, String amount) {
    return new Transfer(id, BANK, CUSTOMER, Tenge.of(amount), "top-up");
  }

  private void fund(String id, String amount) {
    TransferResult result = answer(ledger.transfer(topUp(id, amount)));
    assertThat(result).isInstanceOf(TransferResult.Transferred.class);
  }

  private void hold(String id, String amount) {
    HoldResult result = answer(ledger.hold(new Hold(id, CUSTOMER, Tenge.of(amount))));
    assertThat(result).isInstanceOf(HoldResult.Held.class);
  }

  private void assertBalance(String available, String held) {
    Balance balance = answer(ledger.balance(CUSTOMER));
    assertThat(balance).isEqualTo(new Balance(Tenge.of(available), Tenge.of(held)));
  }

  private void assertSound() {
    Verdict verdict = answer(ledger.verify());
    assertThat(verdict).isInstanceOf(Verdict.Sound.class);
  }
}
