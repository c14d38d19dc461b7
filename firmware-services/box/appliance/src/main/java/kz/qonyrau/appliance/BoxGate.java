package kz.qonyrau.appliance;

import java.util.function.Supplier;
import kz.qonyrau.campaigns.DialingGate;
import kz.qonyrau.campaigns.GateState;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseStanding;

/// Whether the box may dial, and how much: the license (PLT-09), and a telephony that is there.
final class BoxGate implements DialingGate {

  /// The module of the license without which nothing is dialled.
  static final String MODULE = "calls";

  private final Supplier<LicenseStanding> license;
  private final Supplier<TelephonyState> telephony;

  BoxGate(Supplier<LicenseStanding> license, Supplier<TelephonyState> telephony) {
    this.license = license;
    this.telephony = telephony;
  }

  @Override
  public GateState state() {
    LicenseStanding standing = license.get();
    if (!standing.allows(MODULE)) {
      return new GateState.Stopped(IdleReason.LICENSE);
    }
    TelephonyState now = telephony.get();
    if (now.asterisk() != AsteriskPhase.READY || !now.trunk().reachable()) {
      return new GateState.Stopped(IdleReason.TELEPHONY_DOWN);
    }
    return switch (standing) {
      case LicenseStanding.Valid(LicenseDocument held) -> open(held, now);
      case LicenseStanding.InGrace(LicenseDocument held, var _) -> open(held, now);
      case LicenseStanding.Expired _,
          LicenseStanding.NotYet _,
          LicenseStanding.WrongBox _,
          LicenseStanding.BadSignature _,
          LicenseStanding.None _ ->
          new GateState.Stopped(IdleReason.LICENSE);
    };
  }

  private static GateState open(LicenseDocument held, TelephonyState now) {
    return new GateState.Open(
        Math.min(held.limits().channels(), now.trunk().channelLimit()),
        held.limits().callsPerMinute());
  }
}
