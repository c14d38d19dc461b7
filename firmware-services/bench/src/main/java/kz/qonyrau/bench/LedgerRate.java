package kz.qonyrau.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.HoldResult;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.SettleResult;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.TransferResult;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.vocabulary.Tenge;

/// How many pairs of hold and capture the ledger makes durable in a second for 64 callers, beside
/// the same double-entry work, without the chain of hashes, on a local PostgreSQL (SH-BAL-06); how
/// long a hold takes; and what the same costs when the book is long.
final class LedgerRate {

  private static final int CALLERS = Integer.getInteger("callers", 64);
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm-up", 8));
  private static final Duration MEASURED = Duration.ofSeconds(Integer.getInteger("seconds", 15));

  /// Rows of the long book; `-Drows=10000000` takes an hour or two to write, and 13 GB.
  private static final long ROWS = Long.getLong("rows", 1_000_000);

  private static final int AT_ONCE = 500;
  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  private static final WalletId PROVIDER = new WalletId("provider/usage");
  private static final Tenge PRICE = Tenge.of("12.00");

  private final AtomicLong ids = new AtomicLong();

  Figure run(Place place) throws Exception {
    Map<String, Double> details = new LinkedHashMap<>();
    Path database = place.data().resolve("ledger");
    Pairs ours;
    Pairs longer;
    try (Store store = open(database)) {
      Ledger ledger = new Ledger(store, Clock.systemUTC());
      begin(ledger);
      Pairs unused = pairs(ledger, WARM_UP);
      details.put("warmUpPairsPerSecond", unused.perSecond());
      ours = pairs(ledger, MEASURED);
      long rows = ledger.head().await().rows();
      details.put("rows", (double) rows);
      details.put("fillRowsPerSecond", fill(store, ledger, rows));
      Pairs settling = pairs(ledger, WARM_UP);
      details.put("longBookWarmUpPairsPerSecond", settling.perSecond());
      longer = pairs(ledger, MEASURED);
      details.put("longBookRows", (double) ledger.head().await().rows());
      details.put("longBookPairsPerSecond", longer.perSecond());
      details.put("longBookCost", ours.perSecond() / longer.perSecond());
      details.put("longBookHoldP99Ms", longer.holdMillis(0.99));
      details.put("verifySeconds", verified(ledger));
    }
    details.put("longBookMiB", size(database) / 1024.0 / 1024.0);
    details.put("holdP50Ms", ours.holdMillis(0.5));
    details.put("holdP99Ms", ours.holdMillis(0.99));
    PostgreSqlBook.Measured postgresql =
        PostgreSqlBook.measure(place.data().resolve("pg"), CALLERS, WARM_UP, MEASURED);
    Pairs theirs = postgresql.together();
    details.put("postgresqlManyWalletsPairsPerSecond", postgresql.apart().perSecond());
    details.put("ratioToManyWallets", ours.perSecond() / postgresql.apart().perSecond());
    details.put("postgresqlHoldP50Ms", theirs.holdMillis(0.5));
    details.put("postgresqlHoldP99Ms", theirs.holdMillis(0.99));
    return new Figure(
        "ledger",
        ours.perSecond(),
        "durable pairs of hold and capture per second, " + CALLERS + " callers",
        theirs.perSecond(),
        "the same postings without hashes on PostgreSQL, default durability, as many connections",
        ours.perSecond() / theirs.perSecond(),
        "value / baseline",
        details);
  }

  private static Store open(Path database) {
    return Store.open(
        new StoreSettings("jdbc:derby:" + database, 2, Duration.ofSeconds(10), Optional.empty()),
        List.of("LEDGER"));
  }

  private static void begin(Ledger ledger) {
    for (WalletId wallet : new WalletId[] {BANK, CUSTOMER, PROVIDER}) {
      var _ = ledger.openWallet(wallet, wallet.equals(BANK)).await();
    }
    Transfer credit =
        new Transfer("lease/1", BANK, CUSTOMER, Tenge.of("900000000000.00"), "for the benchmark");
    if (!(ledger.transfer(credit).await() instanceof TransferResult.Transferred)) {
      throw new IllegalStateException("the customer got no credit");
    }
  }

  private Pairs pairs(Ledger ledger, Duration length) throws InterruptedException {
    return Pairs.measure(
        CALLERS,
        length,
        () -> {
          String id = "call/" + ids.incrementAndGet();
          long begun = System.nanoTime();
          HoldResult held = ledger.hold(new Hold(id, CUSTOMER, PRICE)).await();
          long holdNanos = System.nanoTime() - begun;
          SettleResult settled = ledger.capture(id, PRICE, PROVIDER).await();
          if (!(held instanceof HoldResult.Held) || !(settled instanceof SettleResult.Settled)) {
            throw new IllegalStateException(held + ", " + settled);
          }
          return holdNanos;
        });
  }

  /// Makes the book long, many pairs to a commit.
  private double fill(Store store, Ledger ledger, long rows) {
    long begun = System.nanoTime();
    long written = rows;
    while (written < ROWS) {
      var _ =
          store
              .write(handle -> {
                for (int each = 0; each < AT_ONCE; each++) {
                  String id = "call/" + ids.incrementAndGet();
                  var _ = ledger.hold(handle, new Hold(id, CUSTOMER, PRICE));
                  var _ = ledger.capture(handle, id, PRICE, PROVIDER);
                }
                return AT_ONCE;
              })
              .mapEmpty()
              .await();
      written += 2L * AT_ONCE;
    }
    return (written - rows) / ((System.nanoTime() - begun) / 1e9);
  }

  private static double verified(Ledger ledger) {
    long begun = System.nanoTime();
    Verdict verdict = ledger.verify().await();
    if (!(verdict instanceof Verdict.Sound)) {
      throw new IllegalStateException("the book is not sound: " + verdict);
    }
    return (System.nanoTime() - begun) / 1e9;
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
