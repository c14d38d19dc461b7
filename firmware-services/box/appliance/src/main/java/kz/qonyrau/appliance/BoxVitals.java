package kz.qonyrau.appliance;

import io.vertx.core.Future;
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
import kz.qonyrau.telephony.TrunkStanding;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.Vitals;

/// Measures how the box is doing, for its heartbeat.
final class BoxVitals implements Supplier<Future<Vitals>> {

  private final String version;
  private final StorageWatch storage;
  private final Supplier<TelephonyState> telephony;
  private final Supplier<Capacity> capacity;
  private final LongSupplier outboxDepth;
  private final Supplier<ClockTrust> trust;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Instant started;

  BoxVitals(
      String version,
      StorageWatch storage,
      Supplier<TelephonyState> telephony,
      Supplier<Capacity> capacity,
      LongSupplier outboxDepth,
      Supplier<ClockTrust> trust,
      Ledger ledger,
      InstantSource clock) {
    this.version = version;
    this.storage = storage;
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
    StorageWatch.Usage disk = storage.usage();
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
    switch (storage.level()) {
      case GOOD -> {}
      case FILLING -> alarms.add("DISK_FILLING");
      case FULL -> alarms.add("DISK_FULL");
    }
    return new Vitals(
        version,
        Duration.between(started, clock.instant()),
        phones.asterisk().name(),
        phones.trunk().reachable(),
        phones.trunks().stream().map(BoxVitals::trunk).toList(),
        phones.trunk().activeCalls(),
        phones.trunk().channelLimit(),
        possible.callsPerMinute(),
        outboxDepth.getAsLong(),
        balance.available(),
        balance.held(),
        head.hash(),
        head.rows(),
        disk.used(),
        disk.total(),
        alarms);
  }

  private static TrunkVitals trunk(TrunkStanding trunk) {
    return new TrunkVitals(
        trunk.id().value(),
        trunk.name(),
        trunk.condition().name(),
        trunk.activeCalls(),
        trunk.channelLimit(),
        trunk.score());
  }
}
