package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import kz.qonyrau.appliance.ClockTrust.Synchronisation;
import kz.qonyrau.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges the clock whenever somebody asks, by what is known to have passed (PLT-15). May be asked
/// from any thread; never blocks.
final class ClockWatch implements Supplier<ClockTrust> {

  private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

  private final InstantSource clock;
  private final Ledger ledger;
  private final Supplier<Synchronisation> synchronisation;
  private final Supplier<Instant> lastWord;
  private final AtomicReference<Instant> newestRow = new AtomicReference<>(Instant.EPOCH);
  private final AtomicReference<ClockTrust> told = new AtomicReference<>(ClockTrust.TRUSTED);

  ClockWatch(
      InstantSource clock,
      Ledger ledger,
      Supplier<Synchronisation> synchronisation,
      Supplier<Instant> lastWord) {
    this.clock = clock;
    this.ledger = ledger;
    this.synchronisation = synchronisation;
    this.lastWord = lastWord;
  }

  /// Reads the time of the book's newest row anew. To be done before anything is dialled, and every
  /// second.
  Future<Void> look() {
    return ledger.newestAt().onSuccess(at -> at.ifPresent(newestRow::set)).mapEmpty();
  }

  @Override
  public ClockTrust get() {
    ClockTrust now =
        ClockTrust.judge(clock.instant(), synchronisation.get(), newestRow.get(), lastWord.get());
    if (told.getAndSet(now) != now) {
      if (now.isTrusted()) {
        log.atInfo().log("the clock is right again; the box may dial");
      } else {
        log.atWarn()
            .addKeyValue("why", now)
            .addKeyValue("clock", clock.instant())
            .addKeyValue("newestRow", newestRow.get())
            .addKeyValue("lastWord", lastWord.get())
            .log("the clock cannot be trusted; nothing is dialled");
      }
    }
    return now;
  }
}
