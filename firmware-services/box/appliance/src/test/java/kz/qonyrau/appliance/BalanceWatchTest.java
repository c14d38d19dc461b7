package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.HoldResult;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.notices.KeptNotice;
import kz.qonyrau.notices.Notices;
import kz.qonyrau.notices.Warnings;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Warnings by what the box knows of its customer's money, over a real book.
@Tag("SH-BAL-18")
@Timeout(60)
class BalanceWatchTest {

  /// Tuesday, 9 o'clock in Astana.
  private static final Instant MORNING = Instant.parse("2026-11-24T04:00:00Z");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS", "NOTICE");

  private final SteppedClock clock = SteppedClock.at(MORNING);
  private final AtomicReference<Optional<LeaseDocument>> lease =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean retires = new AtomicBoolean();
  private Ledger ledger;
  private Credits credits;
  private Notices notices;

  @BeforeEach
  void openTheBook() {
    ledger = new Ledger(database.store(), clock);
    credits = new Credits(ledger, new Calls(database.store(), ledger, new Outbox(clock), clock));
    notices = new Notices(database.store(), clock);
    var _ = answer(credits.openWallets().map(true));
  }

  private void warnBelow(String... thresholds) {
    var _ =
        answer(
            notices.setWarnings(new Warnings(Stream.of(thresholds).map(Tenge::of).toList(), true)));
  }

  /// A lease comes into force, and is not posted yet.
  private LeaseDocument hear(long version, String total, String behind) {
    LeaseDocument document =
        new LeaseDocument(
            new BoxId("00000000-0000-4000-8000-000000000001"),
            version,
            Tenge.of(total),
            Tenge.of(behind),
            clock.instant(),
            clock.instant().plus(Duration.ofDays(30)));
    lease.set(Optional.of(document));
    return document;
  }

  private void post(long version, String total, String behind) {
    LeaseDocument document = hear(version, total, behind);
    var _ = answer(database.store().write(handle -> credits.post(handle, document)));
  }

  private void hold(String id, String tenge) {
    assertThat(answer(ledger.hold(new Hold(id, Calls.PAYER, Tenge.of(tenge)))))
        .isInstanceOf(HoldResult.Held.class);
  }

  private void spend(String tenge) {
    String id = "call/" + UUID.randomUUID();
    hold(id, tenge);
    var _ = answer(ledger.capture(id, Tenge.of(tenge), Calls.PROVIDER));
  }

  private UsualSpend usualSpend() {
    return new UsualSpend(ledger, clock);
  }

  /// As after a start of the program.
  private List<String> look() {
    BalanceWatch watch =
        new BalanceWatch(notices, ledger, usualSpend(), lease::get, over::get, retires::get);
    return answer(watch.look()).stream().map(BalanceWatchTest::inWords).toList();
  }

  private static String inWords(KeptNotice notice) {
    return notice.code() + " " + notice.amount().map(Tenge::toString).orElse("");
  }

  @Test
  void warnsOfWhatIsLeftAndHeldTogether() {
    warnBelow("1000.00");
    post(1, "1500.00", "0.00");
    hold("call/a", "600.00");
    assertThat(look()).isEmpty();

    spend("500.01");

    assertThat(look()).containsExactly("BALANCE_LOW 999.99");
    assertThat(look()).isEmpty();
  }

  @Test
  void isSilentWhileThereIsPlentyBehindTheLease() {
    warnBelow("1000.00");
    post(1, "300.00", "50000.00");
    spend("299.00");

    assertThat(look()).isEmpty();
  }

  @Test
  void whatIsBehindDoesNotCountOnceTheLeaseIsOver() {
    warnBelow("1000.00");
    post(1, "300.00", "50000.00");
    assertThat(look()).isEmpty();

    over.set(true);

    assertThat(look()).containsExactly("BALANCE_LOW 300.00");
    over.set(false);
    assertThat(look()).isEmpty();
    over.set(true);
    assertThat(look()).containsExactly("BALANCE_LOW 300.00");
  }

  @Test
  void aBoxThatNeverHadALeaseWarnsOfNothing() {
    warnBelow("1000.00");

    assertThat(look()).isEmpty();
    assertThat(answer(notices.undismissed())).isZero();
  }

  /// Between the moment when a lease is in force and the one when it is posted, its money is
  /// neither behind it any more nor in the book.
  @Test
  void aLeaseThatIsNotPostedYetIsNoLoss() {
    warnBelow("1000.00");
    post(1, "500.00", "700.00");
    var _ = hear(2, "1100.00", "100.00");

    assertThat(look()).isEmpty();
    post(2, "1100.00", "100.00");
    assertThat(look()).isEmpty();
  }

  @Test
  void moneyThatALeaseTakesBackCountsOnceWhereverItIs() {
    warnBelow("1000.00", "1300.00");
    post(1, "1200.00", "0.00");
    hold("call/a", "400.00");
    assertThat(look()).containsExactly("BALANCE_LOW 1200.00");

    post(2, "0.00", "1200.00");

    assertThat(look()).isEmpty();
    var _ = answer(ledger.release("call/a"));
    assertThat(look()).isEmpty();
    post(2, "0.00", "1200.00");
    assertThat(look()).isEmpty();
  }

  @Test
  void whatWasGivenBackIsStillTheCustomers() {
    warnBelow("1000.00");
    post(1, "1200.00", "0.00");
    clock.advance(Duration.ofMinutes(1));
    var returned = answer(database.store().write(handle -> credits.giveBack(handle, "return/1")));
    assertThat(returned).isEqualTo(Tenge.of("1200.00"));

    assertThat(look()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    post(2, "1200.00", "900.00");
    assertThat(look()).containsExactly("BALANCE_LOW 900.00");
  }

  @Test
  @Tag("PLT-22")
  void aBoxThatRetiresWarnsOfNothing() {
    warnBelow("1000.00");
    post(1, "300.00", "0.00");
    retires.set(true);

    assertThat(look()).isEmpty();
  }

  @Test
  void theOwnerIsWarnedWhenLessIsLeftThanAUsualDayTakes() {
    warnBelow();
    post(1, "1000.00", "0.00");
    spend("300.00");
    clock.advance(Duration.ofDays(1));
    spend("100.00");
    clock.advance(Duration.ofDays(3));
    assertThat(answer(usualSpend().ofADay())).contains(Tenge.of("200.00"));

    spend("400.00");
    assertThat(look()).isEmpty();
    spend("0.01");

    assertThat(look()).containsExactly("BALANCE_BELOW_DAY 199.99");
    assertThat(look()).isEmpty();
  }

  @Test
  void aDayIsOneOfAstana() {
    post(1, "1000.00", "0.00");
    clock.set(Instant.parse("2026-11-24T18:59:59.999Z"));
    spend("10.00");
    clock.set(Instant.parse("2026-11-24T19:00:00Z"));
    spend("30.00");
    assertThat(answer(usualSpend().ofADay())).contains(Tenge.of("10.00"));

    clock.set(Instant.parse("2026-11-25T19:00:00Z"));

    assertThat(answer(usualSpend().ofADay())).contains(Tenge.of("20.00"));
  }

  @Test
  void todayIsNotUsualYetAndLongAgoNotAnyMore() {
    post(1, "1000.00", "0.00");
    spend("10.00");
    assertThat(answer(usualSpend().ofADay())).isEmpty();

    clock.advance(Duration.ofDays(35));
    assertThat(answer(usualSpend().ofADay())).contains(Tenge.of("10.00"));
    clock.advance(Duration.ofDays(1));

    assertThat(answer(usualSpend().ofADay())).isEmpty();
  }

  @Test
  void theBookIsAskedOnceADay() {
    post(1, "1000.00", "0.00");
    spend("10.00");
    clock.advance(Duration.ofDays(1));
    UsualSpend usual = usualSpend();
    assertThat(answer(usual.ofADay())).contains(Tenge.of("10.00"));

    clock.advance(Duration.ofDays(-1));
    spend("30.00");
    clock.advance(Duration.ofDays(1));

    assertThat(answer(usual.ofADay())).contains(Tenge.of("10.00"));
    clock.advance(Duration.ofDays(1));
    assertThat(answer(usual.ofADay())).contains(Tenge.of("40.00"));
  }
}
