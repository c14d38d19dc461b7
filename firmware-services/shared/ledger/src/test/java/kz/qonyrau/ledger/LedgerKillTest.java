package kz.qonyrau.ledger;

import static kz.qonyrau.ledger.KilledLedger.BANK;
import static kz.qonyrau.ledger.KilledLedger.CUSTOMER;
import static kz.qonyrau.ledger.KilledLedger.PROVIDER;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
    Map<String, Long> settled = new HashMap<>();
    Set<String> held = new HashSet<>();
    for (int round = 1; round <= ROUNDS; round++) {
      runAndKill(url, round, 20 + random.nextInt(400), held, settled);

      try (Store store = open(url)) {
        Ledger ledger = new Ledger(store, clock);
        Verdict verdict = answer(ledger.verify());
        assertThat(verdict).as("seed %d, round %d", SEED, round).isInstanceOf(Verdict.Sound.class);
        requireAnswered(ledger, held, settled);
        settleWhatIsOpen(ledger);
        requireTheSumsToAgree(ledger, round);
      }
    }
    assertThat(settled).isNotEmpty();
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

  private void runAndKill(
      String url, int round, int lines, Set<String> held, Map<String, Long> settled)
      throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dderby.stream.error.file=" + directory.resolve("killed.log"),
                KilledLedger.class.getName(),
                url,
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int read = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        read(line, held, settled);
        read++;
        if (read == lines) {
          // SIGKILL; through the handle, which leaves the pipe open to be read to its end.
          assertThat(process.toHandle().destroyForcibly()).isTrue();
        }
      }
      assertThat(read).as("lines of round %d", round).isGreaterThanOrEqualTo(lines);
      assertThat(process.waitFor()).isEqualTo(128 + 9);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void read(String line, Set<String> held, Map<String, Long> settled) {
    assertThat(line).doesNotStartWith("WRONG");
    String[] words = line.split(" ", -1);
    if (!words[words.length - 1].equals(".")) {
      return; // Cut by the kill.
    }
    switch (words[0]) {
      case "HELD" -> assertThat(held.add(words[1])).isTrue();
      case "SETTLED" -> assertThat(settled.put(words[1], Long.valueOf(words[2]))).isNull();
      default -> assertThat(words[0]).isEqualTo("FUNDED");
    }
  }

  private static void requireAnswered(Ledger ledger, Set<String> held, Map<String, Long> settled) {
    for (String id : held) {
      Optional<HeldMoney> hold = answer(ledger.findHold(id));
      assertThat(hold).as(id).isPresent();
      Long cost = settled.get(id);
      if (cost != null) {
        assertThat(hold.get().captured().tiyn()).as(id).isEqualTo(cost);
        assertThat(hold.get().state()).as(id).isNotEqualTo(HoldState.HELD);
      }
    }
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
