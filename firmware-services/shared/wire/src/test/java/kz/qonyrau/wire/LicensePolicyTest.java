package kz.qonyrau.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentInForce.Verdict;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.LicenseStanding.BadSignature;
import kz.qonyrau.wire.LicenseStanding.Expired;
import kz.qonyrau.wire.LicenseStanding.InGrace;
import kz.qonyrau.wire.LicenseStanding.None;
import kz.qonyrau.wire.LicenseStanding.NotYet;
import kz.qonyrau.wire.LicenseStanding.Valid;
import kz.qonyrau.wire.LicenseStanding.WrongBox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LicensePolicyTest {

  private static final BoxId BOX = BoxId.random();
  private static final Instant EXPIRES = Instant.parse("2026-12-01T00:00:00Z");
  private static final LicenseDocument LICENSE =
      new LicenseDocument(
          BOX,
          1,
          "Nomad Coffee",
          Set.of("calls", "recording"),
          new LicenseLimits(30, 1200),
          Instant.parse("2026-11-01T00:00:00Z"),
          EXPIRES,
          72,
          List.of(),
          Optional.empty());

  private final LicensePolicy policy = new LicensePolicy(BOX, SomeKeys.OF_PROVIDER);

  private LicenseStanding at(Instant now) {
    return policy.at(now, Instant.EPOCH, Optional.of(LICENSE.sign(SomeKeys.PROVIDER)));
  }

  @Test
  @Tag("EX-PLT-3")
  @Tag("PLT-09")
  void worksTenHoursAfterExpiryAndStopsASecondAfterTheGrace() {
    Instant end = EXPIRES.plus(Duration.ofDays(3));

    assertThat(at(EXPIRES.minusMillis(1))).isEqualTo(new Valid(LICENSE));
    assertThat(at(EXPIRES.plus(Duration.ofHours(10)))).isEqualTo(new InGrace(LICENSE, end));
    assertThat(at(EXPIRES.plus(Duration.ofHours(10))).mayWork()).isTrue();
    assertThat(at(end)).isEqualTo(new InGrace(LICENSE, end));
    assertThat(at(end.plusSeconds(1))).isEqualTo(new Expired(LICENSE, end));
    assertThat(at(end.plusSeconds(1)).mayWork()).isFalse();
  }

  @Test
  @Tag("PLT-09")
  void allowsOnlyModulesThatAreLicensed() {
    Instant now = EXPIRES.minusSeconds(1);

    assertThat(at(now).allows("calls")).isTrue();
    assertThat(at(now).allows("market")).isFalse();
    assertThat(at(EXPIRES.plus(Duration.ofDays(30))).allows("calls")).isFalse();
  }

  @Test
  void isNotYetGoodBeforeItBegins() {
    assertThat(at(Instant.parse("2026-10-31T23:59:59Z")))
        .isEqualTo(new NotYet(LICENSE, LICENSE.notBefore()));
  }

  @Test
  @Tag("PLT-15")
  void doesNotBelieveAClockThatWasTurnedBack() {
    Instant turnedBack = EXPIRES.minus(Duration.ofDays(10));
    Instant known = EXPIRES.plus(Duration.ofDays(4));

    assertThat(policy.at(turnedBack, known, Optional.of(LICENSE.sign(SomeKeys.PROVIDER))))
        .isInstanceOf(Expired.class);
  }

  @Test
  void knowsAnotherBoxsLicenseAForgedOneAndNone() {
    Instant now = EXPIRES.minusSeconds(1);
    SignedDocument genuine = LICENSE.sign(SomeKeys.PROVIDER);
    SignedDocument stretched =
        new SignedDocument(
            genuine.schema(),
            genuine.text().replace("2026-12-01", "2036-12-01"),
            genuine.signature());

    assertThat(
            new LicensePolicy(BoxId.random(), SomeKeys.OF_PROVIDER)
                .at(now, now, Optional.of(genuine)))
        .isEqualTo(new WrongBox(BOX));
    assertThat(policy.at(now, now, Optional.of(genuine))).isEqualTo(new Valid(LICENSE));
    assertThat(policy.at(now, now, Optional.of(stretched))).isEqualTo(new BadSignature());
    assertThat(policy.at(now, now, Optional.of(genuine))).isEqualTo(new Valid(LICENSE));
    assertThat(policy.at(now, now, Optional.of(LICENSE.sign(SomeKeys.DEVICE))))
        .isEqualTo(new BadSignature());
    assertThat(policy.at(now, now, Optional.empty())).isEqualTo(new None());
  }

  @Test
  void cannotPassALeaseOffAsALicense() {
    SignedDocument license = LICENSE.sign(SomeKeys.PROVIDER);
    SignedDocument renamed = new SignedDocument(Schemas.LEASE, license.text(), license.signature());

    assertThat(renamed.isSignedBy(SomeKeys.OF_PROVIDER)).isFalse();
  }

  @Test
  @Tag("PLT-10")
  void replacesADocumentOnlyByANewerOne() {
    SignedDocument text = SignedDocument.sign(Schemas.LICENSE, "{}", SomeKeys.PROVIDER);
    SignedDocument other = SignedDocument.sign(Schemas.LICENSE, "{ }", SomeKeys.PROVIDER);
    Optional<Versioned> held = Optional.of(new Versioned(5, text));

    assertThat(DocumentInForce.judge(Optional.empty(), new Versioned(1, text)))
        .isEqualTo(new Verdict.Replace());
    assertThat(DocumentInForce.judge(held, new Versioned(6, other)))
        .isEqualTo(new Verdict.Replace());
    assertThat(DocumentInForce.judge(held, new Versioned(5, text)))
        .isEqualTo(new Verdict.Repeated());
    assertThat(DocumentInForce.judge(held, new Versioned(5, other)))
        .isEqualTo(new Verdict.Forked(5));
    assertThat(DocumentInForce.judge(held, new Versioned(4, text)))
        .isEqualTo(new Verdict.Older(5, 4));
  }

  @Test
  @Tag("SH-SUS-01")
  @Tag("SH-SUS-02")
  void aSuspensionOfOneModuleLeavesTheOthers() {
    LicenseStanding standing = suspended(Optional.of("calls"));

    assertThat(standing.allows("calls")).isFalse();
    assertThat(standing.allows("recording")).isTrue();
    assertThat(standing.suspension("calls"))
        .hasValueSatisfying(why -> assertThat(why.ground()).isEqualTo("SECURITY_EMERGENCY"));
    assertThat(standing.suspension("recording")).isEmpty();
  }

  @Test
  @Tag("SH-SUS-01")
  void aSuspensionOfTheBoxStopsEveryModule() {
    LicenseStanding standing = suspended(Optional.empty());

    assertThat(standing.allows("calls")).isFalse();
    assertThat(standing.allows("recording")).isFalse();
    assertThat(standing.suspension("anything")).isPresent();
  }

  private LicenseStanding suspended(Optional<String> module) {
    LicenseDocument license =
        new LicenseDocument(
            BOX,
            2,
            LICENSE.organisation(),
            LICENSE.modules(),
            LICENSE.limits(),
            LICENSE.notBefore(),
            EXPIRES,
            72,
            List.of(
                new Suspension(
                    SuspensionScope.of(module, Optional.empty()),
                    "SECURITY_EMERGENCY",
                    LICENSE.notBefore(),
                    "abused from outside")),
            Optional.empty());
    return policy.at(
        EXPIRES.minusSeconds(1), Instant.EPOCH, Optional.of(license.sign(SomeKeys.PROVIDER)));
  }
}
