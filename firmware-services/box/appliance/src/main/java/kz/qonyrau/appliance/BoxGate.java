package kz.qonyrau.appliance;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import kz.qonyrau.campaigns.DialingGate;
import kz.qonyrau.campaigns.GateState;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseStanding;

/// Whether the box may dial, and how much: a box that is to go on (PLT-22), a clock that can be
/// believed (PLT-15), the license (PLT-09) and what it suspends (SH-SUS-01), the lease (SH-BAL-15),
/// and a telephony that is there; and whether there is room for recordings (PLT-17).
final class BoxGate implements DialingGate {

  /// The module of the license without which nothing is dialled.
  static final String MODULE = "calls";

  private final BooleanSupplier retiring;
  private final Supplier<ClockTrust> clock;
  private final Supplier<LicenseStanding> license;
  private final Supplier<LeaseStanding> lease;
  private final Supplier<TelephonyState> telephony;
  private final BooleanSupplier mayRecord;

  BoxGate(
      BooleanSupplier retiring,
      Supplier<ClockTrust> clock,
      Supplier<LicenseStanding> license,
      Supplier<LeaseStanding> lease,
      Supplier<TelephonyState> telephony,
      BooleanSupplier mayRecord) {
    this.retiring = retiring;
    this.clock = clock;
    this.license = license;
    this.lease = lease;
    this.telephony = telephony;
    this.mayRecord = mayRecord;
  }

  @Override
  public GateState state() {
    if (retiring.getAsBoolean()) {
      return new GateState.Stopped(IdleReason.RETIRING);
    }
    if (!clock.get().isTrusted()) {
      return new GateState.Stopped(IdleReason.CLOCK_UNTRUSTED);
    }
    return switch (license.get()) {
      case LicenseStanding.Valid(LicenseDocument held) -> licensed(held);
      case LicenseStanding.InGrace(LicenseDocument held, var _) -> licensed(held);
      case LicenseStanding.Expired _,
          LicenseStanding.NotYet _,
          LicenseStanding.WrongBox _,
          LicenseStanding.BadSignature _,
          LicenseStanding.None _ ->
          new GateState.Stopped(IdleReason.LICENSE);
    };
  }

  private GateState licensed(LicenseDocument held) {
    if (held.modules().contains(MODULE) && held.suspension(MODULE).isPresent()) {
      return new GateState.Stopped(IdleReason.SUSPENDED);
    }
    if (!held.allows(MODULE)) {
      return new GateState.Stopped(IdleReason.LICENSE);
    }
    return switch (lease.get()) {
      case EXPIRED -> new GateState.Stopped(IdleReason.LEASE_EXPIRED);
      case OWING -> new GateState.Stopped(IdleReason.NO_FUNDS);
      case GOOD -> paidFor(held);
    };
  }

  private GateState paidFor(LicenseDocument held) {
    TelephonyState now = telephony.get();
    if (now.asterisk() != AsteriskPhase.READY || !now.trunk().reachable()) {
      return new GateState.Stopped(IdleReason.TELEPHONY_DOWN);
    }
    return new GateState.Open(
        Math.min(held.limits().channels(), now.trunk().channelLimit()),
        held.limits().callsPerMinute(),
        mayRecord.getAsBoolean());
  }
}
