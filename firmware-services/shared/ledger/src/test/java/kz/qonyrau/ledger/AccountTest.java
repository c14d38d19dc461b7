package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
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

/// A small book with everything in it: a top-up, a call that was extended and charged, one that was
/// not charged, one that runs, and a correction.
@Timeout(60)
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class AccountTest {

  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId CUSTOMER = new WalletId("customer/AUTOCALL");
  private static final WalletId PROVIDER = new WalletId("provider/usage");
  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");
  private static final Set<MovementKind> ALL = EnumSet.allOf(MovementKind.class);

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final SteppedClock clock = SteppedClock.at(NOON);
  private Ledger ledger;
  private Account account;
  private long head;

  @BeforeEach
  void writesTheBook() {
    ledger = new Ledger(database.store(), clock);
    account = ledger.account(CUSTOMER);
    List<Wallet> opened =
        List.of(
            answer(ledger.openWallet(BANK, true)),
            answer(ledger.openWallet(CUSTOMER, false)),
            answer(ledger.openWallet(PROVIDER, false)));
    assertThat(opened).hasSize(3);
    transfer("lease/1", BANK, CUSTOMER, "100.00");
    hold("call/1", "30.00");
    HoldResult extended = answer(ledger.extend("call/1", "call/1/1", Tenge.of("5.00")));
    assertThat(extended).isInstanceOf(HoldResult.Held.class);
    clock.advance(Duration.ofMinutes(1));
    SettleResult charged = answer(ledger.capture("call/1", Tenge.of("31.00"), PROVIDER));
    assertThat(charged).isInstanceOf(SettleResult.Settled.class);
    hold("call/2", "20.00");
    SettleResult released = answer(ledger.release("call/2"));
    assertThat(released).isInstanceOf(SettleResult.Settled.class);
    clock.advance(Duration.ofMinutes(1));
    hold("call/3", "10.00");
    transfer("correction/1", CUSTOMER, BANK, "9.00");
    head = answer(ledger.head()).rows();
  }

  @Tag("SH-BAL-03")
  @Test
  void showsIncomeAndExpensesWithWhatWasLeft() {
    assertThat(page(MovementKind.MONEY, Span.ALWAYS))
        .containsExactly(
            movement(9, 2, MovementKind.TRANSFER, "correction/1", "-9.00", "60.00", "50.00"),
            movement(4, 1, MovementKind.CAPTURE, "call/1", "-31.00", "69.00", "65.00"),
            movement(1, 0, MovementKind.TOP_UP, "lease/1", "100.00", "100.00", "100.00"));
    assertThat(answer(account.turnover(Span.ALWAYS, head)))
        .isEqualTo(turnover("0.00", "100.00", "40.00", "60.00"));
    assertThat(answer(ledger.balance(CUSTOMER)).total()).isEqualTo(Tenge.of("60.00"));
  }

  @Tag("SH-BAL-03")
  @Test
  void showsReservationsOnlyToWhoAsksForThem() {
    List<Movement> rows = page(ALL, Span.ALWAYS);

    assertThat(rows.stream().map(Movement::kind))
        .containsExactly(
            MovementKind.TRANSFER,
            MovementKind.HOLD,
            MovementKind.RELEASE,
            MovementKind.HOLD,
            MovementKind.RELEASE,
            MovementKind.CAPTURE,
            MovementKind.EXTENSION,
            MovementKind.HOLD,
            MovementKind.TOP_UP);
    assertThat(rows.get(6))
        .isEqualTo(movement(3, 0, MovementKind.EXTENSION, "call/1/1", "-5.00", "100.00", "65.00"));
    assertThat(answer(account.tally(MovementKind.RESERVATIONS, Span.ALWAYS, head)))
        .isEqualTo(new Tally(6, Tenge.ZERO, Tenge.ZERO));
  }

  @Tag("SH-BAL-03")
  @Test
  void aPeriodBeginsWithWhatWasThereAndEndsWithWhatIsLeft() {
    Span minute = new Span(NOON.plusSeconds(60), NOON.plusSeconds(120));

    assertThat(answer(account.turnover(minute, head)))
        .isEqualTo(turnover("100.00", "0.00", "31.00", "69.00"));
    assertThat(page(MovementKind.MONEY, minute)).hasSize(1);
    assertThat(answer(account.turnover(new Span(NOON, NOON), head)))
        .isEqualTo(turnover("0.00", "0.00", "0.00", "0.00"));
    assertThatThrownBy(() -> new Span(NOON, NOON.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Tag("SH-BAL-03")
  @Test
  void whatIsWrittenMeanwhileDoesNotDisturb() {
    transfer("lease/2", BANK, CUSTOMER, "500.00");

    assertThat(answer(account.turnover(Span.ALWAYS, head)))
        .isEqualTo(turnover("0.00", "100.00", "40.00", "60.00"));
    assertThat(page(MovementKind.MONEY, Span.ALWAYS)).hasSize(3);
  }

  @Tag("SH-BAL-03")
  @Test
  void findsMovementsByTheBeginningOfTheirId() {
    assertThat(named("call/1", "nothing", "call/1/")).containsExactly(5L, 4L, 3L, 2L);
    assertThat(named("'; DROP TABLE ledger.transfer", "%", "☎️")).isEmpty();
    assertThat(answer(account.named(ALL, List.of("call/"), head, 3))).isEmpty();
    assertThat(answer(account.ofRows(List.of(4L, 2L, 77L))))
        .extracting(Movement::row)
        .containsExactly(4L, 2L);
  }

  private List<Movement> page(Set<MovementKind> kinds, Span span) {
    return answer(account.page(kinds, span, head, OptionalLong.empty(), 100));
  }

  private List<Long> named(String... beginnings) {
    return answer(account.named(ALL, List.of(beginnings), head, 10)).orElseThrow().stream()
        .map(Movement::row)
        .toList();
  }

  private static Turnover turnover(String opening, String income, String expenses, String closing) {
    return new Turnover(Tenge.of(opening), Tenge.of(income), Tenge.of(expenses), Tenge.of(closing));
  }

  private static Movement movement(
      long row,
      long minutes,
      MovementKind kind,
      String id,
      String amount,
      String total,
      String available) {
    boolean transfer = kind == MovementKind.TRANSFER || kind == MovementKind.TOP_UP;
    return new Movement(
        row,
        NOON.plus(Duration.ofMinutes(minutes)),
        kind,
        id,
        Tenge.of(amount),
        Tenge.of(total),
        Tenge.of(available),
        transfer ? "why" : "");
  }

  private void transfer(String id, WalletId from, WalletId to, String amount) {
    TransferResult result =
        answer(ledger.transfer(new Transfer(id, from, to, Tenge.of(amount), "why")));
    assertThat(result).isInstanceOf(TransferResult.Transferred.class);
  }

  private void hold(String id, String amount) {
    HoldResult result = answer(ledger.hold(new Hold(id, CUSTOMER, Tenge.of(amount))));
    assertThat(result).isInstanceOf(HoldResult.Held.class);
  }
}
