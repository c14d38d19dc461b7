package kz.qonyrau.ledger;

import static kz.qonyrau.ledger.KilledLedger.BANK;
import static kz.qonyrau.ledger.KilledLedger.CUSTOMER;
import static kz.qonyrau.ledger.KilledLedger.PROVIDER;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the ledger has answered is on the disk, whatever happens to the process next.
@Tag("PLT-06")
@Tag("SH-BAL-07")
@Timeout(180)
class LedgerKillTest {

  /// `-Dkills=50` by command.
  private static final int ROUNDS = Integer.getInteger("kills", 3);

  private static final long SEED = 20261124;

  @TempDir Path directory;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");

  @Test
  void aKilledProcessLosesNothingThatItWasAnswered() throws Exception {
    Random random = new Random(SEED);
    String url = "jdbc:derby:" + directory.resolve("db");
    Answered answered = new Answered();
    for (int round = 1; round <= ROUNDS; round++) {
      runAndKill(url, round, 20 + random.nextInt(400), answered);

      try (Store store = open(url)) {
        Ledger ledger = new Ledger(store, clock);
        Verdict verdict = answer(ledger.verify());
        assertThat(verdict).as("seed %d, round %d", SEED, round).isInstanceOf(Verdict.Sound.class);
        answered.requireIn(ledger);
        settleWhatIsOpen(ledger);
        requireTheSumsToAgree(ledger, round);
      }
    }
    assertThat(answered.settled()).isPositive();
  }

  /// The files as they are while the store is open: what a power cut would leave.
  @Test
  void anAbandonedStoreLosesNothingThatItAnswered() throws IOException {
    Path copy = directory.resolve("copy");
    try (Store store = open("jdbc:derby:" + directory.resolve("db"))) {
      Ledger ledger = new Ledger(store, clock);
      for (WalletId id : List.of(BANK, CUSTOMER, PROVIDER)) {
        Wallet wallet = answer(ledger.openWallet(id, id.equals(BANK)));
        assertThat(wallet.id()).isEqualTo(id);
      }
      TransferResult funded =
          answer(ledger.transfer(new Transfer("lease/1", BANK, CUSTOMER, Tenge.of("100.00"), "")));
      HoldResult first = answer(ledger.hold(new Hold("call/1", CUSTOMER, Tenge.of("30.00"))));
      HoldResult second = answer(ledger.hold(new Hold("call/2", CUSTOMER, Tenge.of("30.00"))));
      SettleResult settled = answer(ledger.capture("call/1", Tenge.of("12.00"), PROVIDER));
      assertThat(List.of(funded, first, second, settled)).hasSize(4);
      copy(directory.resolve("db"), copy);
    }

    try (Store store = open("jdbc:derby:" + copy)) {
      Ledger ledger = new Ledger(store, clock);
      Balance balance = answer(ledger.balance(CUSTOMER));
      Verdict verdict = answer(ledger.verify());
      List<HeldMoney> open = answer(ledger.openHolds());

      assertThat(balance).isEqualTo(new Balance(Tenge.of("58.00"), Tenge.of("30.00")));
      assertThat(verdict).isInstanceOf(Verdict.Sound.class);
      assertThat(open).extracting(HeldMoney::id).containsExactly("call/2");
    }
  }

  private void runAndKill(String url, int round, int lines, Answered answered) throws Exception {
    ProcessBuilder process =
        Answered.process(
            "-Dderby.stream.error.file=" + directory.resolve("killed.log"),
            KilledLedger.class.getName(),
            url,
            Integer.toString(round));
    answered.runAndKill(process, lines);
  }

  /// What a box does after a restart: every item that was under way gets one end.
  private static void settleWhatIsOpen(Ledger ledger) {
    List<HeldMoney> open = answer(ledger.openHolds());
    assertThat(open).hasSizeLessThanOrEqualTo(8);
    for (HeldMoney hold : open) {
      SettleResult released = answer(ledger.release(hold.id()));
      assertThat(released).isInstanceOf(SettleResult.Settled.class);
    }
  }

  private static void requireTheSumsToAgree(Ledger ledger, int rounds) {
    Balance customer = answer(ledger.balance(CUSTOMER));
    Balance provider = answer(ledger.balance(PROVIDER));
    assertThat(customer.held()).isEqualTo(Tenge.ZERO);
    assertThat(customer.total().plus(provider.total()))
        .isEqualTo(Tenge.of("1000000.00").times(rounds));
    Verdict verdict = answer(ledger.verify());
    assertThat(verdict).isInstanceOf(Verdict.Sound.class);
  }

  private static Store open(String url) {
    return Store.open(
        new StoreSettings(url, 1, Duration.ofSeconds(10), Optional.empty()), List.of("LEDGER"));
  }

  private static void copy(Path from, Path to) throws IOException {
    var _ =
        Files.walkFileTree(
            from,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                  throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                  throws IOException {
                if (!file.getFileName().toString().endsWith(".lck")) {
                  Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
              }
            });
  }
}
