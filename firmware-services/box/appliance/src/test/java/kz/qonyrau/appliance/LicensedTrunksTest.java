package kz.qonyrau.appliance;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.telephony.trunks.PasswordSeal;
import kz.qonyrau.telephony.trunks.Trunk;
import kz.qonyrau.telephony.trunks.TrunkResult;
import kz.qonyrau.telephony.trunks.TrunkTerms;
import kz.qonyrau.telephony.trunks.Trunks;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.SuspensionScope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@Tag("SH-SUS-02")
@Tag("EX-SUS-1")
class LicensedTrunksTest {

  private static final Instant NOON = Instant.parse("2026-11-24T07:00:00Z");

  private static final Msisdn NUMBER = new Msisdn("+77270000000");

  /// Trunks without a login have no password to seal.
  private static final PasswordSeal NOTHING =
      new PasswordSeal() {
        @Override
        public byte[] seal(byte[] plain, String context) {
          throw new AssertionError("nothing to seal");
        }

        @Override
        public byte[] open(byte[] sealed, String context) {
          throw new AssertionError("nothing to open");
        }
      };

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("TELEPHONY");

  private final Trunks trunks = new Trunks(database.store(), NOTHING, 100, List.of(NUMBER));
  private final TrunkId abused = added("Abused");
  private final TrunkId other = added("Other");
  private final AtomicReference<LicenseStanding> license =
      new AtomicReference<>(new LicenseStanding.None());
  private Optional<List<Msisdn>> numbers = Optional.empty();
  private final LicensedTrunks suspensions = new LicensedTrunks(license::get, trunks);

  private TrunkId added(String name) {
    TrunkResult result =
        answer(
            trunks.add(
                new TrunkTerms(
                    name,
                    "sip.example.kz",
                    5060,
                    TrunkTerms.Transport.UDP,
                    TrunkTerms.Media.PLAIN,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(TrunkTerms.Codec.ALAW),
                    10,
                    BigDecimal.ONE,
                    1,
                    NUMBER,
                    true)));
    return ((TrunkResult.Done) result).trunk().id();
  }

  private void holds(Suspension... all) {
    license.set(new LicenseStanding.Valid(license(all)));
    look();
  }

  private LicenseDocument license(Suspension... all) {
    return new LicenseDocument(
        new BoxId("00000000-0000-4000-8000-000000000001"),
        1,
        "Rehearsal LLP",
        Set.of("calls"),
        new LicenseLimits(30, 600),
        NOON.minus(Duration.ofDays(1)),
        NOON.plus(Duration.ofDays(1)),
        72,
        List.of(all),
        List.of(),
        numbers);
  }

  private void look() {
    var _ = answer(suspensions.look().map(true));
  }

  private Trunk now(TrunkId id) {
    return answer(trunks.find(id)).orElseThrow();
  }

  private static Suspension of(SuspensionScope scope) {
    return new Suspension(scope, "INTRUSION", NOON, "Strangers call through it.");
  }

  @Test
  void theTrunkIsShutForTheProvidersReasonAndTheOtherGoesOnUntilTheLicenseOpensIt() {
    holds(of(new SuspensionScope.Trunk(abused.value())));
    look();

    assertThat(now(abused).isOpen()).isFalse();
    assertThat(now(abused).suspension())
        .contains(new Trunk.Suspension(NOON, "Strangers call through it."));
    assertThat(now(other).isOpen()).isTrue();

    holds();
    assertThat(now(abused).isOpen()).isTrue();
  }

  @Test
  void suspensionsOfOtherThingsAndOfUnknownTrunksShutNoTrunk() {
    holds(
        of(new SuspensionScope.Everything()),
        of(new SuspensionScope.Module("calls")),
        of(new SuspensionScope.Trunk("t00000000")));

    assertThat(now(abused).isOpen()).isTrue();
    assertThat(now(other).isOpen()).isTrue();
  }

  @Test
  void aLicenseThatIsOverOpensNothing() {
    holds(of(new SuspensionScope.Trunk(abused.value())));

    license.set(new LicenseStanding.Expired(license(), NOON));
    look();
    license.set(new LicenseStanding.None());
    look();

    assertThat(now(abused).isOpen()).isFalse();
  }

  @Test
  @Tag("AC-CAL-03")
  void onlyNumbersThatTheProviderAssignedAreShownOnceHeHasAssignedAny() {
    holds();
    assertThat(answer(trunks.pool())).containsExactly(NUMBER);
    assertThat(now(abused).isOpen()).isTrue();

    Msisdn assigned = new Msisdn("+77172000001");
    numbers = Optional.of(List.of(assigned));
    holds();
    assertThat(answer(trunks.pool())).containsExactly(assigned);
    assertThat(now(abused).mayShow()).isFalse();
    assertThat(now(other).isOpen()).isFalse();

    numbers = Optional.of(List.of(assigned, NUMBER));
    holds();
    assertThat(now(other).isOpen()).isTrue();

    numbers = Optional.of(List.of());
    holds();
    assertThat(answer(trunks.pool())).isEmpty();
    assertThat(now(other).isOpen()).isFalse();
  }
}
