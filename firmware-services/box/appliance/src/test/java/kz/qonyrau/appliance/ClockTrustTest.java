package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.appliance.ClockTrust.Synchronisation;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("PLT-15")
@Timeout(60)
class ClockTrustTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");
  private static final WalletId BANK = new WalletId("central/leases");
  private static final WalletId PAYER = new WalletId("customer/AUTOCALL");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  private final SteppedClock clock = SteppedClock.at(NOON);
  private final Ledger ledger = new Ledger(database.store(), clock);
  private final AtomicReference<Synchronisation> synchronisation =
      new AtomicReference<>(Synchronisation.ONCE);
  private final AtomicReference<Instant> lastWord = new AtomicReference<>(Instant.EPOCH);
  private final ClockWatch watch =
      new ClockWatch(clock, ledger, synchronisation::get, lastWord::get);

  @BeforeEach
  void writeARow() {
    var _ = answer(ledger.openWallet(BANK, true));
    var _ = answer(ledger.openWallet(PAYER, false));
    var _ = answer(watch.look().map(true));
    assertThat(watch.get()).isEqualTo(ClockTrust.TRUSTED);
    var _ = answer(ledger.transfer(new Transfer("lease/1", BANK, PAYER, Tenge.of("1.00"), "")));
    var _ = answer(watch.look().map(true));
  }

  @Test
  void isNotBelievedBehindTheNewestRowAndAgainWhenItIsRight() {
    clock.set(NOON.minusSeconds(5));
    assertThat(watch.get()).isEqualTo(ClockTrust.TRUSTED);
    clock.set(NOON.minusSeconds(5).minusMillis(1));
    assertThat(watch.get()).isEqualTo(ClockTrust.BEHIND_LEDGER);
    clock.set(Instant.EPOCH);
    assertThat(watch.get()).isEqualTo(ClockTrust.BEHIND_LEDGER);

    clock.set(NOON.plusSeconds(1));

    assertThat(watch.get()).isEqualTo(ClockTrust.TRUSTED);
  }

  @Test
  void isNotBelievedBehindCentralsWord() {
    lastWord.set(NOON.plusSeconds(3600));
    assertThat(watch.get()).isEqualTo(ClockTrust.BEHIND_CENTRAL);

    clock.advance(Duration.ofMinutes(60));

    assertThat(watch.get()).isEqualTo(ClockTrust.TRUSTED);
  }

  @Test
  void isNotBelievedIfItWasNeverSynchronised() {
    synchronisation.set(Synchronisation.NEVER);
    assertThat(watch.get()).isEqualTo(ClockTrust.NEVER_SYNCHRONISED);

    synchronisation.set(Synchronisation.ONCE);

    assertThat(watch.get()).isEqualTo(ClockTrust.TRUSTED);
  }

  @Test
  void whereNobodyCanBeAskedWhatIsKnownToHavePassedCounts() {
    synchronisation.set(Synchronisation.UNKNOWN);
    assertThat(watch.get()).isEqualTo(ClockTrust.TRUSTED);

    lastWord.set(NOON.plusSeconds(6));

    assertThat(watch.get()).isEqualTo(ClockTrust.BEHIND_CENTRAL);
  }
}
