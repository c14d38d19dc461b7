package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import kz.qonyrau.campaigns.GateState;
import kz.qonyrau.campaigns.IdleReason;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.TrunkState;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.SuspensionScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-09")
class BoxGateTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");

  @Test
  @Tag("SH-BAL-19")
  void isOpenAsFarAsLicenseAndTrunkAllow() {
    assertThat(gate(new LicenseStanding.Valid(license("calls")), AsteriskPhase.READY, true))
        .isEqualTo(new GateState.Open(8, 600));
  }

  @Test
  void staysOpenInTheGraceOfALicense() {
    LicenseStanding grace = new LicenseStanding.InGrace(license("calls"), NOW.plusSeconds(60));

    assertThat(gate(grace, AsteriskPhase.READY, true)).isInstanceOf(GateState.Open.class);
  }

  @Test
  void isShutWithoutALicenseForCalls() {
    GateState shut = new GateState.Stopped(IdleReason.LICENSE);

    assertThat(gate(new LicenseStanding.None(), AsteriskPhase.READY, true)).isEqualTo(shut);
    assertThat(gate(new LicenseStanding.Expired(license("calls"), NOW), AsteriskPhase.READY, true))
        .isEqualTo(shut);
    assertThat(gate(new LicenseStanding.Valid(license("market")), AsteriskPhase.READY, true))
        .isEqualTo(shut);
    assertThat(gate(new LicenseStanding.BadSignature(), AsteriskPhase.READY, true)).isEqualTo(shut);
  }

  @Test
  void isShutWhileNobodyCanBeCalled() {
    GateState shut = new GateState.Stopped(IdleReason.TELEPHONY_DOWN);
    LicenseStanding valid = new LicenseStanding.Valid(license("calls"));

    assertThat(gate(valid, AsteriskPhase.RESTARTING, true)).isEqualTo(shut);
    assertThat(gate(valid, AsteriskPhase.READY, false)).isEqualTo(shut);
  }

  @Test
  @Tag("PLT-15")
  void isShutWhileTheClockCannotBeTrusted() {
    assertThat(gate(ClockTrust.BEHIND_LEDGER, VALID, LeaseStanding.GOOD))
        .isEqualTo(new GateState.Stopped(IdleReason.CLOCK_UNTRUSTED));
  }

  @Test
  @Tag("SH-BAL-15")
  void isShutWhileTheLeaseMayNotBeSpent() {
    assertThat(gate(ClockTrust.TRUSTED, VALID, LeaseStanding.EXPIRED))
        .isEqualTo(new GateState.Stopped(IdleReason.LEASE_EXPIRED));
    assertThat(gate(ClockTrust.TRUSTED, VALID, LeaseStanding.OWING))
        .isEqualTo(new GateState.Stopped(IdleReason.NO_FUNDS));
  }

  @Test
  @Tag("SH-SUS-01")
  @Tag("SH-SUS-02")
  void isShutWhileCallsOrTheWholeBoxAreSuspendedAndNotForAnotherModule() {
    GateState shut = new GateState.Stopped(IdleReason.SUSPENDED);

    assertThat(gate(ClockTrust.TRUSTED, suspended(Optional.of("calls")), LeaseStanding.GOOD))
        .isEqualTo(shut);
    assertThat(gate(ClockTrust.TRUSTED, suspended(Optional.empty()), LeaseStanding.GOOD))
        .isEqualTo(shut);
    assertThat(gate(ClockTrust.TRUSTED, suspended(Optional.of("recording")), LeaseStanding.GOOD))
        .isInstanceOf(GateState.Open.class);
  }

  @Test
  @Tag("PLT-22")
  void isShutForGoodOnceTheBoxRetiresWhateverElseIsInTheWay() {
    GateState shut = new GateState.Stopped(IdleReason.RETIRING);

    assertThat(gate(true, ClockTrust.TRUSTED, VALID, LeaseStanding.GOOD)).isEqualTo(shut);
    assertThat(gate(true, ClockTrust.BEHIND_LEDGER, VALID, LeaseStanding.EXPIRED)).isEqualTo(shut);
  }

  private static final LicenseStanding VALID = new LicenseStanding.Valid(license("calls"));

  private static LicenseStanding suspended(Optional<String> module) {
    return new LicenseStanding.Valid(
        license(
            "calls",
            List.of(
                new Suspension(
                    SuspensionScope.of(module, Optional.empty()),
                    "SECURITY_EMERGENCY",
                    NOW,
                    "Somebody else calls."))));
  }

  private static GateState gate(LicenseStanding license, AsteriskPhase phase, boolean reachable) {
    return new BoxGate(
            () -> false,
            () -> ClockTrust.TRUSTED,
            () -> license,
            () -> LeaseStanding.GOOD,
            () -> telephony(phase, reachable),
            () -> true)
        .state();
  }

  private static GateState gate(ClockTrust clock, LicenseStanding license, LeaseStanding lease) {
    return gate(false, clock, license, lease);
  }

  private static GateState gate(
      boolean retiring, ClockTrust clock, LicenseStanding license, LeaseStanding lease) {
    return new BoxGate(
            () -> retiring,
            () -> clock,
            () -> license,
            () -> lease,
            () -> telephony(AsteriskPhase.READY, true),
            () -> true)
        .state();
  }

  private static TelephonyState telephony(AsteriskPhase phase, boolean reachable) {
    return new TelephonyState(
        phase,
        NOW,
        0,
        OptionalLong.empty(),
        Optional.empty(),
        new TrunkState(reachable, Optional.empty(), 0, 8),
        List.of(),
        new CallCounters(0, 0, 0));
  }

  private static LicenseDocument license(String module) {
    return license(module, List.of());
  }

  private static LicenseDocument license(String module, List<Suspension> suspensions) {
    return new LicenseDocument(
        new BoxId("00000000-0000-4000-8000-000000000001"),
        1,
        "Rehearsal LLP",
        Set.of(module),
        new LicenseLimits(30, 600),
        NOW.minus(Duration.ofDays(1)),
        NOW.plus(Duration.ofDays(1)),
        72,
        suspensions,
        List.of(),
        Optional.empty());
  }
}
