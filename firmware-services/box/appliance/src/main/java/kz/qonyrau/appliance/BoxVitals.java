package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kz.qonyrau.calls.Calls;
import kz.qonyrau.campaigns.Capacity;
import kz.qonyrau.ledger.Balance;
import kz.qonyrau.ledger.BookHead;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.wire.Vitals;

/// Measures how the box is doing, for its heartbeat.
final class BoxVitals implements Supplier<Future<Vitals>> {

  private static final int ALARM_PERCENT = 90;

  private final String version;
  private final Path data;
  private final Supplier<TelephonyState> telephony;
  private final Supplier<Capacity> capacity;
  private final LongSupplier outboxDepth;
  private final Supplier<ClockTrust> trust;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Instant started;

  BoxVitals(
      String version,
      Path data,
      Supplier<TelephonyState> telephony,
      Supplier<Capacity> capacity,
      LongSupplier outboxDepth,
      Supplier<ClockTrust> trust,
      Ledger ledger,
      InstantSource clock) {
    this.version = version;
    this.data = data;
    this.telephony = telephony;
    this.capacity = capacity;
    this.outboxDepth = outboxDepth;
    this.trust = trust;
    this.ledger = ledger;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public Future<Vitals> get() {
    return ledger
        .balance(Calls.PAYER)
        .compose(balance -> ledger.head().map(head -> now(balance, head)));
  }

  private Vitals now(Balance balance, BookHead head) {
    TelephonyState phones = telephony.get();
    // Not a FileStore, which there is none of where no mount point is known, as below a chroot.
    File disk = data.toFile();
    long total = disk.getTotalSpace(); // 0 if it cannot be known
    long used = total - (total == 0 ? 0 : disk.getUsableSpace());
    List<String> alarms = new ArrayList<>();
    if (phones.asterisk() != AsteriskPhase.READY) {
      alarms.add("ASTERISK_DOWN");
    } else if (!phones.trunk().reachable()) {
      alarms.add("TRUNK_LOST");
    }
    Capacity possible = capacity.get();
    if (possible.isBelowFloor()) {
      alarms.add("BELOW_FLOOR");
    }
    if (!trust.get().isTrusted()) {
      alarms.add("CLOCK_UNTRUSTED");
    }
    if (total > 0 && used * 100 >= total * ALARM_PERCENT) {
      alarms.add("DISK_FULL");
    }
    return new Vitals(
        version,
        Duration.between(started, clock.instant()),
        phones.asterisk().name(),
        phones.trunk().reachable(),
        phones.trunk().activeCalls(),
        phones.trunk().channelLimit(),
        possible.callsPerMinute(),
        outboxDepth.getAsLong(),
        balance.available(),
        balance.held(),
        head.hash(),
        head.rows(),
        used,
        total,
        alarms);
  }
}
