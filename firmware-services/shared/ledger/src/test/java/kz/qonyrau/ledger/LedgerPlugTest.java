package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import kz.qonyrau.store.Store;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pulls the plug before the first statement of an operation, then before the second, and on until
/// one gets through. Each time the retry must find the book as if nothing had happened.
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class LedgerPlugTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId PROVIDER = new WalletId("provider/usage");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  /// Something that moves money. Each round has a wallet of its own with 100.00 in it.
  record Operation(
      String name,
      BiConsumer<Ledger, WalletId> before,
      BiFunction<Ledger, WalletId, Object> step,
      Balance after) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Operation> operations() {
    return List.of(
        new Operation(
            "transfer",
            (_, _) -> {},
            (ledger, wallet) ->
                answer(
                    ledger.transfer(
                        new Transfer(wallet + "/pay", wallet, PROVIDER, Tenge.of("10.00"), "fee"))),
            balance("90.00", "0.00")),
        new Operation(
            "hold",
            (_, _) -> {},
            (ledger, wallet) ->
                answer(ledger.hold(new Hold(wallet + "/call", wallet, Tenge.of("30.00")))),
            balance("70.00", "30.00")),
        new Operation(
            "extension",
            LedgerPlugTest::hold,
            (ledger, wallet) ->
                answer(ledger.extend(wallet + "/call", wallet + "/more", Tenge.of("5.00"))),
            balance("65.00", "35.00")),
        new Operation(
            "capture of a part",
            LedgerPlugTest::hold,
            (ledger, wallet) ->
                answer(ledger.capture(wallet + "/call", Tenge.of("10.00"), PROVIDER)),
            balance("90.00", "0.00")),
        new Operation(
            "capture of all",
            LedgerPlugTest::hold,
            (ledger, wallet) ->
                answer(ledger.capture(wallet + "/call", Tenge.of("30.00"), PROVIDER)),
            balance("70.00", "0.00")),
        new Operation(
            "release",
            LedgerPlugTest::hold,
            (ledger, wallet) -> answer(ledger.release(wallet + "/call")),
            balance("100.00", "0.00")));
  }

  private static Balance balance(String available, String held) {
    return new Balance(Tenge.of(available), Tenge.of(held));
  }

  private static void hold(Ledger ledger, WalletId wallet) {
    HoldResult held = answer(ledger.hold(new Hold(wallet + "/call", wallet, Tenge.of("30.00"))));
    assertThat(held).isInstanceOf(HoldResult.Held.class);
  }

  @Tag("PLT-06")
  @Tag("SH-BAL-07")
  @ParameterizedTest
  @MethodSource("operations")
  void losesNothingWhicheverStatementIsTheLast(Operation operation) {
    Store store = database.store();
    Ledger ledger = new Ledger(store, SteppedClock.at("2026-11-24T07:00:00Z"));
    open(ledger, BANK, true);
    open(ledger, PROVIDER, false);
    int rounds = 0;

    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      WalletId wallet = new WalletId("customer/" + statement);
      open(ledger, wallet, false);
      TransferResult funded =
          answer(
              ledger.transfer(
                  new Transfer(wallet + "/lease", BANK, wallet, Tenge.of("100.00"), "")));
      assertThat(funded).isInstanceOf(TransferResult.Transferred.class);
      operation.before.accept(ledger, wallet);

      Plug plug = Plug.in(store, statement);
      List<Object> made = attempt(operation, ledger, wallet);
      pulled = plug.isPulled();
      Plug.remove(store);
      Object retried = operation.step.apply(ledger, wallet);

      assertThat(made.isEmpty()).isEqualTo(pulled);
      assertThat(retried.getClass().getSimpleName().startsWith("Already")).isEqualTo(!pulled);
      Balance balance = answer(ledger.balance(wallet));
      assertThat(balance).as("plug before statement %d", statement).isEqualTo(operation.after);
      rounds++;
    }

    assertThat(rounds).isGreaterThan(6);
    Verdict verdict = answer(ledger.verify());
    assertThat(verdict).isInstanceOf(Verdict.Sound.class);
  }

  private static List<Object> attempt(Operation operation, Ledger ledger, WalletId wallet) {
    try {
      return List.of(operation.step.apply(ledger, wallet));
    } catch (Plug.Pulled _) {
      return List.of(); // What a power cut looks like from here.
    }
  }

  private static void open(Ledger ledger, WalletId id, boolean mayOverdraw) {
    Wallet wallet = answer(ledger.openWallet(id, mayOverdraw));
    assertThat(wallet.balance()).isEqualTo(Tenge.ZERO);
  }
}
