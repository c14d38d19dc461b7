package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.CsvSource;

/// Changes the tables behind the ledger's back. Lines 1 to 3 are top-ups, 4 to 6 one call, 7 and 8
/// another, 9 an open hold, 10 and 11 top-ups.
@Tag("SH-BAL-01")
@Tag("SH-BAL-16")
@Timeout(60)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class LedgerTamperTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  private static final WalletId PROVIDER = new WalletId("provider/usage");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");
  private Ledger ledger;

  @BeforeEach
  void writesABook() {
    ledger = new Ledger(database.store(), clock);
    for (WalletId id : List.of(BANK, CUSTOMER, PROVIDER)) {
      Wallet wallet = answer(ledger.openWallet(id, id.equals(BANK)));
      assertThat(wallet.id()).isEqualTo(id);
    }
    IntStream.rangeClosed(1, 3).forEach(this::topUp);
    hold("call/1");
    assertThat(Map.of("call/1", answer(ledger.capture("call/1", Tenge.of("4.00"), PROVIDER))))
        .containsOnlyKeys("call/1");
    hold("call/2");
    assertThat(Map.of("call/2", answer(ledger.release("call/2")))).containsOnlyKeys("call/2");
    hold("call/3");
    IntStream.rangeClosed(4, 5).forEach(this::topUp);
    assertThat(verdict()).isInstanceOf(Verdict.Sound.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2|UPDATE ledger.transfer SET amount_tiyn = 1 WHERE line = 2",
        "2|UPDATE ledger.transfer SET reason = 'gift' WHERE line = 2",
        "2|UPDATE ledger.transfer SET posted_at_ms = posted_at_ms + 1 WHERE line = 2",
        "2|UPDATE ledger.transfer SET credit_wallet = 'provider/usage' WHERE line = 2",
        "2|UPDATE ledger.transfer SET id = 'lease/9' WHERE line = 2",
        "5|UPDATE ledger.transfer SET debit_after_tiyn = 0 WHERE line = 5",
        "5|UPDATE ledger.transfer SET hold_id = 'call/2' WHERE line = 5",
        "3|UPDATE ledger.transfer SET previous_hash = hash WHERE line = 3",
        "3|UPDATE ledger.transfer SET hash = previous_hash WHERE line = 3",
        "2|DELETE FROM ledger.transfer WHERE line = 2",
        "1|DELETE FROM ledger.transfer WHERE line = 1",
        "11|DELETE FROM ledger.transfer WHERE line = 11",
        "10|DELETE FROM ledger.transfer WHERE line >= 10",
        "2|UPDATE ledger.transfer SET line = 99 WHERE line = 2;"
            + "UPDATE ledger.transfer SET line = 2 WHERE line = 3;"
            + "UPDATE ledger.transfer SET line = 3 WHERE line = 99",
        "12|UPDATE ledger.transfer SET line = 12 WHERE line = 11",
      })
  void namesTheFirstRowThatIsWrong(long row, String change) {
    tamper(change);

    // A row moved to the end leaves a gap at its old place.
    long first = row == 12 ? 11 : row;
    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Broken.class, broken -> assertThat(broken.firstRow()).isEqualTo(first));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hold call/1|UPDATE ledger.hold SET captured_tiyn = 100, released_tiyn = 900 WHERE id = 'call/1'",
        "hold call/2|UPDATE ledger.hold SET wallet = 'central/leases' WHERE id = 'call/2'",
        "hold call/3|UPDATE ledger.hold SET state = 'RELEASED', released_tiyn = 1000 WHERE id = 'call/3'",
        "hold call/2|UPDATE ledger.hold SET state = 'EXPIRED' WHERE id = 'call/2'",
        "hold call/3|DELETE FROM ledger.hold WHERE id = 'call/3'",
        "hold call/2|DELETE FROM ledger.hold WHERE id = 'call/2'",
        "wallet central/leases|UPDATE ledger.wallet SET balance_tiyn = balance_tiyn + CASE id"
            + " WHEN 'central/leases' THEN -5 ELSE 5 END"
            + " WHERE id IN ('central/leases', 'customer/AUTOCALL')",
      })
  void saysWhichWalletOrHoldDisagreesWithTheRows(String what, String change) {
    tamper(change);

    assertThat(verdict())
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> {
              assertThat(broken.firstRow()).isZero();
              assertThat(broken.why()).startsWith(what);
            });
  }

  @Test
  void seesAHoldThatNoRowKnows() {
    tamper(
        "INSERT INTO ledger.hold (id, line, wallet, held_tiyn, captured_tiyn, released_tiyn, state,"
            + " held_at_ms, grown_at_ms)"
            + " VALUES ('call/9', 1, 'customer/AUTOCALL', 5, 0, 0, 'HELD', 0, 0)");

    assertThat(verdict()).isEqualTo(new Verdict.Broken(0, "there are 4 holds and rows of 3"));
  }

  @Test
  void seesMoneyFromNowhere() {
    tamper(
        "UPDATE ledger.wallet SET balance_tiyn = balance_tiyn + 700 WHERE id = 'provider/usage'");

    assertThat(verdict()).isEqualTo(new Verdict.Unbalanced(Tenge.of("7.00")));
  }

  @Test
  void seesRowsCutOffTogetherWithTheirHead() {
    tamper("DELETE FROM ledger.transfer WHERE line = 11");
    tamper("UPDATE ledger.book SET last_line = 10");

    assertThat(verdict()).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void theWriterStopsOverABalanceItDidNotLeave() {
    tamper("UPDATE ledger.book SET last_line = 5");

    assertThat(verdict()).isInstanceOf(Verdict.Broken.class);
    assertThatThrownBy(() -> topUp(6)).isInstanceOf(RuntimeException.class);
  }

  private void tamper(String change) {
    for (String statement : change.split(";", -1)) {
      int rows = answer(database.store().write(handle -> handle.execute(statement)));
      assertThat(rows).isPositive();
    }
  }

  private Verdict verdict() {
    return answer(ledger.verify());
  }

  private void topUp(int number) {
    clock.advance(Duration.ofSeconds(1));
    TransferResult result =
        answer(
            ledger.transfer(
                new Transfer("lease/" + number, BANK, CUSTOMER, Tenge.of("10.00"), "top-up")));
    assertThat(result).isInstanceOf(TransferResult.Transferred.class);
  }

  private void hold(String id) {
    HoldResult result = answer(ledger.hold(new Hold(id, CUSTOMER, Tenge.of("10.00"))));
    assertThat(result).isInstanceOf(HoldResult.Held.class);
  }
}
