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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-09")
class BoxGateTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");

  @Test
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

  private static GateState gate(LicenseStanding license, AsteriskPhase phase, boolean reachable) {
    TelephonyState telephony =
        new TelephonyState(
            phase,
            NOW,
            0,
            OptionalLong.empty(),
            new TrunkState(reachable, Optional.empty(), 0, 8),
            new CallCounters(0, 0, 0));
    return new BoxGate(() -> license, () -> telephony).state();
  }

  private static LicenseDocument license(String module) {
    return new LicenseDocument(
        new BoxId("00000000-0000-4000-8000-000000000001"),
        1,
        "Rehearsal LLP",
        Set.of(module),
        new LicenseLimits(30, 600),
        NOW.minus(Duration.ofDays(1)),
        NOW.plus(Duration.ofDays(1)),
        72,
        List.of());
  }
}
