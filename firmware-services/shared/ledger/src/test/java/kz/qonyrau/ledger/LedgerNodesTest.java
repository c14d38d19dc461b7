package kz.qonyrau.ledger;

import static kz.qonyrau.ledger.KilledLedger.BANK;
import static kz.qonyrau.ledger.KilledLedger.CUSTOMER;
import static kz.qonyrau.ledger.KilledLedger.PROVIDER;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.testdatabases.PostgreSqlServer;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One book on a PostgreSQL, and several nodes that write it.
@Tag("PLT-06")
@Tag("SH-BAL-01")
@Tag("SH-BAL-07")
@Timeout(300)
class LedgerNodesTest {

  /// `-Dkills=50 -Dcalls=10000` by command.
  private static final int KILLS = Integer.getInteger("kills", 3);

  private static final int CALLS = Integer.getInteger("calls", 500);
  private static final long SEED = 20261129;

  @TempDir Path directory;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");
  private final List<Store> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Store::close);
  }

  /// One node works through, the other is killed again and again and started anew.
  @Test
  void aNodeThatIsKilledCostsNeitherItselfNorTheOtherAnything() throws Exception {
    Random random = new Random(SEED);
    try (PostgreSqlServer server = PostgreSqlServer.durable()) {
      String url = server.newDatabase();
      Ledger ledger = new Ledger(open(url), clock);
      Path said = directory.resolve("said");
      Process steady =
          Answered.process(KilledLedger.class.getName(), url, "0", Integer.toString(CALLS))
              .redirectOutput(said.toFile())
              .start();
      Answered ofKilled = new Answered();
      Answered ofSteady = new Answered();
      try {
        for (int round = 1; round <= KILLS; round++) {
          ofKilled.runAndKill(
              Answered.process(KilledLedger.class.getName(), url, Integer.toString(round)),
              20 + random.nextInt(2 * CALLS / KILLS));
        }
        steady.getOutputStream().close();
        assertThat(steady.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(steady.exitValue()).isZero();
      } finally {
        steady.destroyForcibly();
      }
      try (Stream<String> lines = Files.lines(said)) {
        lines.forEach(ofSteady::read);
      }

      assertThat(ofSteady.settled()).isEqualTo(ofSteady.held()).isGreaterThanOrEqualTo(CALLS);
      assertThat(ofKilled.settled()).isPositive();
      ofSteady.requireIn(ledger);
      ofKilled.requireIn(ledger);
      requireTheSumsToAgree(ledger, ofSteady.charged() + ofKilled.charged());
    }
  }

  /// A kill leaves at most one answer of each caller unsaid: an open hold, or a charge.
  private static void requireTheSumsToAgree(Ledger ledger, long charged) {
    assertThat(answer(ledger.verify())).as("seed %d", SEED).isInstanceOf(Verdict.Sound.class);
    Balance customer = answer(ledger.balance(CUSTOMER));
    long provider = answer(ledger.balance(PROVIDER)).total().tiyn();
    int unsaid = KILLS * KilledLedger.CALLS_AT_ONCE;
    List<HeldMoney> open = answer(ledger.openHolds());
    assertThat(open).hasSizeLessThanOrEqualTo(unsaid);
    assertThat(customer.held()).isEqualTo(Tenge.of("2.00").times(open.size()));
    assertThat(provider).isBetween(charged, charged + 200L * (unsaid - open.size()));
    assertThat(customer.total().tiyn() + provider)
        .isEqualTo(Tenge.of("1000000.00").times(KILLS + 1).tiyn());
  }

  /// What a box repeats may come in at another node than the first time.
  @Test
  void theSameItemOnTwoNodesAtOnceMovesItsMoneyOnce() {
    String url = PostgreSqlServer.shared().newDatabase();
    List<Ledger> nodes = List.of(new Ledger(open(url), clock), new Ledger(open(url), clock));
    for (WalletId id : List.of(BANK, CUSTOMER, PROVIDER)) {
      assertThat(answer(nodes.getFirst().openWallet(id, id.equals(BANK))).id()).isEqualTo(id);
    }
    assertThat(
            answer(
                nodes
                    .getLast()
                    .transfer(new Transfer("lease/1", BANK, CUSTOMER, Tenge.of("30.00"), ""))))
        .isInstanceOf(TransferResult.Transferred.class);

    List<Future<HoldResult>> holds = new ArrayList<>();
    List<Future<SettleResult>> captures = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      String id = "call/" + n;
      for (Ledger node : nodes) {
        holds.add(node.hold(new Hold(id, CUSTOMER, Tenge.of("1.00"))));
        captures.add(node.capture(id, Tenge.of("0.60"), PROVIDER));
      }
    }
    List<HoldResult> held = holds.stream().map(hold -> answer(hold)).toList();
    List<SettleResult> settled = captures.stream().map(capture -> answer(capture)).toList();

    // After 49 calls at 0.60 there is not enough left to hold another 1.00.
    assertThat(held).filteredOn(HoldResult.Held.class::isInstance).hasSize(49);
    assertThat(settled).filteredOn(SettleResult.Settled.class::isInstance).hasSize(49);
    assertThat(answer(nodes.getLast().balance(CUSTOMER)))
        .isEqualTo(new Balance(Tenge.of("0.60"), Tenge.ZERO));
    assertThat(answer(nodes.getFirst().verify())).isInstanceOf(Verdict.Sound.class);
  }

  private Store open(String url) {
    Store store =
        Store.open(
            new StoreSettings(url, 2, Duration.ofSeconds(20), Optional.empty()), List.of("LEDGER"));
    opened.add(store);
    return store;
  }
}
