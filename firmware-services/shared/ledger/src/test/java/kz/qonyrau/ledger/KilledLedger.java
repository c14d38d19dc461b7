package kz.qonyrau.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.Tenge;

/// A process of its own that holds, captures and releases until it is killed, and tells on its
/// output what the ledger has answered. A line without a point at its end was cut. Arguments: JDBC
/// URL, round, and if it shall end by itself once its input has ended, after how many calls at
/// least.
final class KilledLedger {

  static final WalletId BANK = new WalletId("central/leases");
  static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  static final WalletId PROVIDER = new WalletId("provider/usage");

  static final int CALLS_AT_ONCE = 8;

  private static final AtomicInteger settled = new AtomicInteger();
  private static volatile boolean mayEnd;

  private KilledLedger() {}

  public static void main(String[] arguments) throws InterruptedException, IOException {
    int calls = arguments.length > 2 ? Integer.parseInt(arguments[2]) : Integer.MAX_VALUE;
    int round = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
      out.println("WRONG " + failure);
      Runtime.getRuntime().halt(1);
    });
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
      callers[caller] = Thread.ofPlatform().start(() -> call(ledger, prefix, random, calls, out));
    }
    while (System.in.read() >= 0) {
      // Waits for the end.
    }
    mayEnd = true;
    for (Thread caller : callers) {
      caller.join();
    }
    store.close();
  }

  private static void call(
      Ledger ledger, String prefix, Random random, int calls, PrintStream out) {
    for (int n = 0; !mayEnd || settled.get() < calls; n++) {
      String id = prefix + n;
      HoldResult held = ledger.hold(new Hold(id, CUSTOMER, Tenge.of("2.00"))).await();
      if (!(held instanceof HoldResult.Held)) {
        out.println("WRONG " + held);
        return;
      }
      out.println("HELD " + id + " .");
      long cost = random.nextInt(201);
      SettleResult captured = ledger.capture(id, new Tenge(cost), PROVIDER).await();
      if (!(captured instanceof SettleResult.Settled)) {
        out.println("WRONG " + captured);
        return;
      }
      out.println("SETTLED " + id + " " + cost + " .");
      settled.incrementAndGet();
    }
  }
}
