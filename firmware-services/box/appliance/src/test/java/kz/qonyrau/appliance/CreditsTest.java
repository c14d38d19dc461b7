package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Hold;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.Purse.Posting;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.LeaseDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SH-BAL-15")
@Timeout(60)
class CreditsTest {

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "LEDGER", "CALLS");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final Ledger ledger = new Ledger(database.store(), clock);
  private final Calls calls = new Calls(database.store(), ledger, new Outbox(clock), clock);
  private final Credits credits = new Credits(ledger, calls);

  @BeforeEach
  void openTheWallets() {
    var _ = answer(credits.openWallets().map(true));
    var _ = answer(credits.openWallets().map(true));
  }

  @Test
  void aLeaseThatComesTwiceIsCreditedOnce() {
    assertThat(post(1, "500.00").granted()).isEqualTo(Tenge.of("500.00"));
    assertThat(post(1, "500.00")).isEqualTo(new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.ZERO));

    assertThat(available()).isEqualTo(Tenge.of("500.00"));
  }

  @Test
  void aLeaseThatGotLostIsMadeGoodByTheNext() {
    var _ = post(1, "500.00");
    var _ = post(3, "1200.00");

    assertThat(available()).isEqualTo(Tenge.of("1200.00"));
  }

  @Tag("PLT-10")
  @Test
  void anOlderLeaseTakesNothingBack() {
    var _ = post(3, "1200.00");
    var _ = post(1, "500.00");

    assertThat(available()).isEqualTo(Tenge.of("1200.00"));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aSmallerLeaseTakesBackWhatIsThereAndTheRestWhenItComesFree() {
    var _ = post(1, "500.00");
    hold("call/a", "300.00");

    assertThat(post(2, "100.00"))
        .isEqualTo(new Posting(Tenge.ZERO, Tenge.of("200.00"), Tenge.of("200.00")));
    assertThat(post(2, "100.00"))
        .isEqualTo(new Posting(Tenge.ZERO, Tenge.ZERO, Tenge.of("200.00")));
    var _ = answer(ledger.capture("call/a", Tenge.of("80.00"), Calls.PROVIDER));
    assertThat(available()).isEqualTo(Tenge.of("220.00"));

    assertThat(post(2, "100.00"))
        .isEqualTo(new Posting(Tenge.ZERO, Tenge.of("200.00"), Tenge.ZERO));

    assertThat(available()).isEqualTo(Tenge.of("20.00"));
    BookStatement statement = statement(2);
    assertThat(statement.granted()).isEqualTo(Tenge.of("100.00"));
    assertThat(statement.spent()).isEqualTo(Tenge.of("80.00"));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void aRevokedLeaseNeverTakesBackWhatIsSpent() {
    var _ = post(1, "500.00");
    hold("call/a", "300.00");
    var _ = answer(ledger.capture("call/a", Tenge.of("300.00"), Calls.PROVIDER));

    assertThat(post(2, "0.00"))
        .isEqualTo(new Posting(Tenge.ZERO, Tenge.of("200.00"), Tenge.of("300.00")));

    assertThat(available()).isEqualTo(Tenge.ZERO);
    assertThat(post(3, "400.00").granted()).isEqualTo(Tenge.of("100.00"));
  }

  @Test
  void whatIsGivenBackIsNotGrantedAgain() {
    var _ = post(1, "500.00");
    hold("call/a", "120.00");

    assertThat(giveBack("return/1")).isEqualTo(Tenge.of("380.00"));
    assertThat(giveBack("return/2")).isEqualTo(Tenge.ZERO);
    var _ = post(1, "500.00");

    BookStatement statement = statement(1);
    assertThat(statement.granted()).isEqualTo(Tenge.of("500.00"));
    assertThat(statement.returned()).isEqualTo(Tenge.of("380.00"));
    assertThat(statement.held()).isEqualTo(Tenge.of("120.00"));
    assertThat(statement.available()).isEqualTo(Tenge.ZERO);
  }

  /// A statement cannot be made of a book that does not add up, so making one after each step is
  /// the test; what is granted must be the lease's total wherever nothing is owed.
  @ParameterizedTest
  @Tag("SH-BAL-16")
  @ValueSource(longs = {1, 2, 3})
  void theBookAddsUpWhateverLeasesComeWhileCallsRun(long seed) {
    Random random = new Random(seed);
    long version = 1;
    Tenge total = Tenge.of("100.00");
    var _ = post(version, total);
    for (int n = 0; n < 150; n++) {
      clock.advance(Duration.ofSeconds(1));
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          var _ =
              answer(
                  ledger.hold(
                      new Hold(
                          "call/" + CallId.random(),
                          Calls.PAYER,
                          new Tenge(1 + random.nextInt(3000)))));
        }
        case 2 -> settleOne(random);
        case 3 -> {
          total = new Tenge(random.nextInt(20_000));
          version++;
        }
        default -> {
          if (random.nextInt(4) == 0) {
            var _ = giveBack("return/" + n);
          }
        }
      }
      Posting posting = post(version, total);
      BookStatement statement = statement(version);
      assertThat(statement.granted()).as("step %s", n).isEqualTo(total.plus(posting.owed()));
    }
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  private void settleOne(Random random) {
    var holds = answer(ledger.openHolds());
    if (!holds.isEmpty()) {
      var hold = holds.get(random.nextInt(holds.size()));
      var _ =
          answer(
              ledger.capture(
                  hold.id(), new Tenge(random.nextLong(hold.held().tiyn() + 1)), Calls.PROVIDER));
    }
  }

  private void hold(String id, String tenge) {
    var _ = answer(ledger.hold(new Hold(id, Calls.PAYER, Tenge.of(tenge))));
  }

  private Posting post(long version, String total) {
    return post(version, Tenge.of(total));
  }

  private Posting post(long version, Tenge total) {
    LeaseDocument lease =
        new LeaseDocument(
            new BoxId("00000000-0000-4000-8000-000000000001"),
            version,
            total,
            Tenge.ZERO,
            clock.instant(),
            clock.instant().plus(Duration.ofDays(30)));
    return answer(database.store().write(handle -> credits.post(handle, lease)));
  }

  private Tenge giveBack(String id) {
    return answer(database.store().write(handle -> credits.giveBack(handle, id)));
  }

  private BookStatement statement(long version) {
    return answer(
        database.store().write(handle -> credits.statement(handle, Cause.ORDERED, version)));
  }

  private Tenge available() {
    return answer(ledger.balance(Calls.PAYER)).available();
  }
}
