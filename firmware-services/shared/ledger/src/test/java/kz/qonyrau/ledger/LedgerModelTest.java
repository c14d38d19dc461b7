package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import kz.qonyrau.store.Store;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random steps against the ledger and against a few maps that do the same sums.
@Timeout(120)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class LedgerModelTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId PROVIDER = new WalletId("provider/usage");
  private static final List<WalletId> WALLETS =
      List.of(BANK, PROVIDER, new WalletId("customer/A"), new WalletId("customer/B"));

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final Map<WalletId, Long> balances = new HashMap<>();
  private final Map<String, Transfer> transfers = new HashMap<>();
  private final Map<String, ModelHold> holds = new HashMap<>();
  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");

  private static final class ModelHold {

    private final Hold asked;
    private final Map<String, Long> extensions = new HashMap<>();
    private long held;
    private long captured;
    private HoldState state = HoldState.HELD;
    private Instant grownAt;

    ModelHold(Hold asked, Instant at) {
      this.asked = asked;
      this.grownAt = at;
      this.held = asked.amount().tiyn();
    }
  }

  @Tag("SH-BAL-01")
  @Tag("SH-BAL-06")
  @Tag("SH-BAL-07")
  @Tag("SH-BAL-08")
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithAMapOfBalances(long seed) {
    Store store = database.store();
    Ledger ledger = new Ledger(store, clock);
    Random random = new Random(seed);
    for (WalletId id : WALLETS) {
      Wallet wallet = answer(ledger.openWallet(id, id.equals(BANK)));
      balances.put(id, wallet.balance().tiyn());
    }

    List<String> trace = new ArrayList<>();
    for (int n = 0; n < 600; n++) {
      clock.advance(Duration.ofMillis(random.nextInt(1000)));
      // Every tenth step loses its power somewhere and is asked for again.
      boolean cut = random.nextInt(10) == 0;
      if (cut) {
        Plug plug = Plug.in(store, 1 + random.nextInt(9));
        assertThat(plug.isPulled()).isFalse();
      }
      trace.add(step(ledger, random));
      if (cut) {
        Plug.remove(store);
      }
      if (n % 50 == 0) {
        assertThat(balancesOf(ledger)).as("seed %d, %s", seed, trace).isEqualTo(balances);
      }
    }

    assertThat(balancesOf(ledger)).as("seed %d", seed).isEqualTo(balances);
    Verdict verdict = answer(ledger.verify());
    assertThat(verdict).as("seed %d", seed).isInstanceOf(Verdict.Sound.class);
    List<HeldMoney> open = answer(ledger.openHolds());
    assertThat(open)
        .as("seed %d", seed)
        .hasSize((int) holds.values().stream().filter(h -> h.state == HoldState.HELD).count());
  }

  private Map<WalletId, Long> balancesOf(Ledger ledger) {
    Map<WalletId, Long> found = new HashMap<>();
    for (WalletId id : WALLETS) {
      Balance balance = answer(ledger.balance(id));
      found.put(id, balance.available().tiyn());
      assertThat(balance.held().tiyn())
          .isEqualTo(
              holds.values().stream()
                  .filter(hold -> hold.state == HoldState.HELD && hold.asked.wallet().equals(id))
                  .mapToLong(hold -> hold.held)
                  .sum());
    }
    return found;
  }

  private String step(Ledger ledger, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> {
        WalletId debit = WALLETS.get(random.nextInt(WALLETS.size()));
        WalletId credit = WALLETS.get(random.nextInt(WALLETS.size()));
        if (debit.equals(credit)) {
          yield "nothing";
        }
        Transfer transfer =
            new Transfer("t" + random.nextInt(80), debit, credit, amount(random), "");
        TransferResult result = persist(() -> answer(ledger.transfer(transfer)));
        check(transfer, result);
        yield transfer + " " + result;
      }
      case 1 -> {
        Hold hold =
            new Hold(
                "h" + random.nextInt(80),
                WALLETS.get(random.nextInt(WALLETS.size())),
                amount(random));
        HoldResult result = persist(() -> answer(ledger.hold(hold)));
        check(hold, result);
        yield hold + " " + result;
      }
      case 2 -> {
        String id = "h" + random.nextInt(80);
        ModelHold hold = holds.get(id);
        if (hold == null) {
          yield "nothing";
        }
        String extension = id + "/" + random.nextInt(3);
        Tenge more = amount(random);
        HoldResult result = persist(() -> answer(ledger.extend(id, extension, more)));
        check(hold, extension, more.tiyn(), result);
        yield "extend " + extension + " " + more + " " + result;
      }
      case 3 -> {
        String id = "h" + random.nextInt(80);
        Tenge amount = new Tenge(random.nextInt(4) == 0 ? 0 : amount(random).tiyn());
        SettleResult result = persist(() -> answer(ledger.capture(id, amount, PROVIDER)));
        check(holds.get(id), amount.tiyn(), result);
        yield "capture " + id + " " + amount + " " + result;
      }
      case 4 -> {
        Instant before = clock.instant().minusSeconds(random.nextInt(60, 120));
        List<HeldMoney> expired = persist(() -> answer(ledger.expire(before)));
        check(before, expired);
        yield "expire " + expired;
      }
      default -> {
        String id = "h" + random.nextInt(80);
        SettleResult result = persist(() -> answer(ledger.release(id)));
        check(holds.get(id), 0, result);
        yield "release " + id + " " + result;
      }
    };
  }

  private static Tenge amount(Random random) {
    return new Tenge(1 + random.nextInt(random.nextBoolean() ? 10 : 1000));
  }

  /// Asks again after a power cut. What the cut left behind is nothing, so the answer is that of a
  /// first time.
  private static <T> T persist(Supplier<T> step) {
    try {
      return step.get();
    } catch (Plug.Pulled _) {
      return step.get();
    }
  }

  private void check(Transfer transfer, TransferResult result) {
    Transfer earlier = transfers.get(transfer.id());
    long amount = transfer.amount().tiyn();
    switch (result) {
      case TransferResult.Transferred _ -> {
        assertThat(earlier).isNull();
        transfers.put(transfer.id(), transfer);
        move(transfer.debit(), transfer.credit(), amount);
      }
      case TransferResult.AlreadyTransferred _ -> assertThat(earlier).isEqualTo(transfer);
      case TransferResult.IdTaken(Transfer holder) -> assertThat(earlier).isEqualTo(holder);
      case TransferResult.NotEnoughFunds(Tenge available) -> {
        assertThat(earlier).isNull();
        assertThat(balances).containsEntry(transfer.debit(), available.tiyn());
        assertThat(available.tiyn()).isLessThan(amount);
        assertThat(transfer.debit()).isNotEqualTo(BANK);
      }
      case TransferResult.NoSuchWallet _ -> throw new AssertionError("every wallet is open");
    }
  }

  private void check(Hold asked, HoldResult result) {
    ModelHold earlier = holds.get(asked.id());
    switch (result) {
      case HoldResult.Held(Tenge held, var _) -> {
        assertThat(earlier).isNull();
        assertThat(held).isEqualTo(asked.amount());
        holds.put(asked.id(), new ModelHold(asked, clock.instant()));
        add(asked.wallet(), -held.tiyn());
        assertThat(balances.get(asked.wallet())).isNotNegative();
      }
      case HoldResult.AlreadyHeld(Tenge held, var _) -> {
        ModelHold there = there(earlier, HoldState.HELD);
        assertThat(there.asked).isEqualTo(asked);
        assertThat(held.tiyn()).isEqualTo(there.held);
      }
      case HoldResult.NotEnoughFunds(Tenge available) -> {
        assertThat(earlier).isNull();
        assertThat(balances).containsEntry(asked.wallet(), available.tiyn());
        assertThat(available).isLessThan(asked.amount());
      }
      case HoldResult.HoldIsOver(HoldState state) ->
          assertThat(there(earlier, state).asked).isEqualTo(asked);
      case HoldResult.IdTaken _ ->
          assertThat(earlier).isNotNull().extracting(hold -> hold.asked).isNotEqualTo(asked);
      case HoldResult.NoSuchWallet _ -> throw new AssertionError("every wallet is open");
    }
  }

  private void check(ModelHold hold, String extension, long more, HoldResult result) {
    @Nullable Long earlier = hold.extensions.get(extension);
    switch (result) {
      case HoldResult.Held(Tenge held, var _) -> {
        assertThat(earlier).isNull();
        hold.extensions.put(extension, more);
        hold.held += more;
        hold.grownAt = clock.instant();
        add(there(hold, HoldState.HELD).asked.wallet(), -more);
        assertThat(held.tiyn()).isEqualTo(hold.held);
        assertThat(balances.get(hold.asked.wallet())).isNotNegative();
      }
      case HoldResult.AlreadyHeld(Tenge held, var _) -> {
        assertThat(earlier).isEqualTo(more);
        assertThat(held.tiyn()).isEqualTo(there(hold, HoldState.HELD).held);
      }
      case HoldResult.NotEnoughFunds(Tenge available) -> {
        assertThat(balances).containsEntry(hold.asked.wallet(), available.tiyn());
        assertThat(available.tiyn()).isLessThan(more);
      }
      case HoldResult.HoldIsOver(HoldState state) -> {
        assertThat(state).isNotEqualTo(HoldState.HELD);
        assertThat(hold.state).isEqualTo(state);
      }
      case HoldResult.IdTaken _ -> assertThat(earlier).isNotNull().isNotEqualTo(more);
      case HoldResult.NoSuchWallet _ -> throw new AssertionError("every wallet is open");
    }
  }

  private void check(@Nullable ModelHold hold, long amount, SettleResult result) {
    switch (result) {
      case SettleResult.Settled(Tenge captured, Tenge released, var _) -> {
        ModelHold there = there(hold, HoldState.HELD);
        assertThat(captured.tiyn()).isEqualTo(amount);
        assertThat(released.tiyn()).isEqualTo(there.held - amount);
        there.captured = amount;
        there.state = amount > 0 ? HoldState.CAPTURED : HoldState.RELEASED;
        add(PROVIDER, amount);
        add(there.asked.wallet(), released.tiyn());
      }
      case SettleResult.AlreadySettled(Tenge captured, Tenge released) -> {
        assertThat(hold).isNotNull();
        ModelHold there = there(hold, hold.state);
        assertThat(there.state).isNotEqualTo(HoldState.HELD);
        assertThat(captured.tiyn()).isEqualTo(there.captured);
        assertThat(released.tiyn()).isEqualTo(there.held - there.captured);
      }
      case SettleResult.NoSuchHold _ -> assertThat(hold).isNull();
      case SettleResult.MoreThanHeld(Tenge held) -> {
        assertThat(held.tiyn()).isEqualTo(there(hold, HoldState.HELD).held).isLessThan(amount);
      }
    }
  }

  private void check(Instant before, List<HeldMoney> expired) {
    List<ModelHold> old =
        holds.values().stream()
            .filter(hold -> hold.state == HoldState.HELD && hold.grownAt.isBefore(before))
            .toList();
    assertThat(expired)
        .extracting(HeldMoney::id)
        .containsExactlyInAnyOrderElementsOf(old.stream().map(hold -> hold.asked.id()).toList());
    for (ModelHold hold : old) {
      hold.state = HoldState.EXPIRED;
      add(hold.asked.wallet(), hold.held);
    }
  }

  private static ModelHold there(@Nullable ModelHold hold, HoldState state) {
    if (hold == null || hold.state != state) {
      throw new AssertionError("the model has no hold in the state " + state);
    }
    return hold;
  }

  private void move(WalletId debit, WalletId credit, long amount) {
    add(debit, -amount);
    add(credit, amount);
  }

  private void add(WalletId wallet, long change) {
    balances.merge(wallet, change, Math::addExact);
  }
}
