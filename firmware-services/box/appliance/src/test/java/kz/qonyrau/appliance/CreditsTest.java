package kz.qonyrau.appliance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.LeaseDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("SH-BAL-15")
@Timeout(60)
class CreditsTest {

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  private final TemporaryStore store = TemporaryStore.with("LEDGER");
  private final Ledger ledger = new Ledger(store.store(), clock);
  private final Credits credits = new Credits(ledger);

  @BeforeEach
  void openTheWallets() throws TimeoutException {
    done(credits.openWallets());
    done(credits.openWallets());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aLeaseThatComesTwiceIsCreditedOnce() throws TimeoutException {
    done(credits.onLease(lease(1, "500.00")));
    done(credits.onLease(lease(1, "500.00")));

    assertThat(available()).isEqualTo(Tenge.of("500.00"));
  }

  @Test
  void aLeaseThatGotLostIsMadeGoodByTheNext() throws TimeoutException {
    done(credits.onLease(lease(1, "500.00")));
    done(credits.onLease(lease(3, "1200.00")));

    assertThat(available()).isEqualTo(Tenge.of("1200.00"));
  }

  @Tag("PLT-10")
  @Test
  void anOlderLeaseTakesNothingBack() throws TimeoutException {
    done(credits.onLease(lease(3, "1200.00")));
    done(credits.onLease(lease(1, "500.00")));

    assertThat(available()).isEqualTo(Tenge.of("1200.00"));
    assertThat(ledger.verify().await(30, SECONDS)).isInstanceOf(Verdict.Sound.class);
  }

  private LeaseDocument lease(long version, String total) {
    return new LeaseDocument(
        new BoxId("00000000-0000-4000-8000-000000000001"),
        version,
        Tenge.of(total),
        clock.instant(),
        clock.instant().plus(Duration.ofDays(30)));
  }

  private Tenge available() throws TimeoutException {
    return ledger.balance(Calls.PAYER).await(30, SECONDS).available();
  }

  private static void done(Future<?> future) throws TimeoutException {
    future.await(30, SECONDS);
  }
}
