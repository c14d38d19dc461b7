package kz.qonyrau.ledger;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.Tenge;

/// A process of its own that holds, captures and releases until it is killed, and tells on its
/// output what the ledger has answered. A line without a point at its end was cut. Arguments: JDBC
/// URL, round.
final class KilledLedger {

  static final WalletId BANK = new WalletId("central/leases");
  static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  static final WalletId PROVIDER = new WalletId("provider/usage");

  private static final int CALLS_AT_ONCE = 8;

  private KilledLedger() {}

  public static void main(String[] arguments) throws InterruptedException {
    int round = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Store store =
        Store.open(
            new StoreSettings(arguments[0], 1, Duration.ofSeconds(10), Optional.empty()),
            List.of("LEDGER"));
    Ledger ledger = new Ledger(store, Clock.systemUTC());
    for (WalletId id : List.of(BANK, CUSTOMER, PROVIDER)) {
      var _ = ledger.openWallet(id, id.equals(BANK)).await();
    }
    var _ =
        ledger
            .transfer(
                new Transfer(
                    "lease/" + round, BANK, CUSTOMER, Tenge.of("1000000.00"), "round " + round))
            .await();
    out.println("FUNDED lease/" + round + " .");
    Thread[] callers = new Thread[CALLS_AT_ONCE];
    for (int caller = 0; caller < CALLS_AT_ONCE; caller++) {
      String prefix = "call/" + round + "/" + caller + "/";
      Random random = new Random(round * 100L + caller);
      callers[caller] =
          Thread.ofPlatform().start(() -> callUntilKilled(ledger, prefix, random, out));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void callUntilKilled(
      Ledger ledger, String prefix, Random random, PrintStream out) {
    for (int n = 0; ; n++) {
      String id = prefix + n;
      HoldResult held = ledger.hold(new Hold(id, CUSTOMER, Tenge.of("2.00"))).await();
      if (!(held instanceof HoldResult.Held)) {
        out.println("WRONG " + held);
        return;
      }
      out.println("HELD " + id + " .");
      long cost = random.nextInt(201);
      SettleResult settled = ledger.capture(id, new Tenge(cost), PROVIDER).await();
      if (!(settled instanceof SettleResult.Settled)) {
        out.println("WRONG " + settled);
        return;
      }
      out.println("SETTLED " + id + " " + cost + " .");
    }
  }
}
