package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.Notice;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.SuspensionScope;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@OnEachDatabase
@Tag("SH-SUS-01")
@Tag("SH-SUS-02")
class SuspensionsTest {

  private static final SuspensionScope EVERYTHING = new SuspensionScope.Everything();
  private static final SuspensionScope CALLS = new SuspensionScope.Module("calls");
  private static final SuspensionScope TRUNK = new SuspensionScope.Trunk("t0000000a");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:10:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;
  private Suspensions suspensions;

  @BeforeEach
  void enrolOneBox() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    stage.topUp("5000.00");
    suspensions = stage.fleet.suspensions();
  }

  private Suspensions.Result suspend(SuspensionScope scope, SuspensionGround ground, String note) {
    return answer(suspensions.suspend(box.id, scope, ground, note, "fleet"));
  }

  private Suspensions.Result restore(SuspensionScope scope) {
    return answer(suspensions.restore(box.id, scope, "cause is gone", "fleet"));
  }

  private LicenseDocument license() {
    return box.seen().license().orElseThrow();
  }

  private List<Notice> told() {
    return answer(stage.fleet.views().notices(stage.organisation(), 100)).stream()
        .filter(notice -> notice.code().endsWith("SUSPENDED") || notice.code().endsWith("RESTORED"))
        .toList();
  }

  private List<SuspensionScope> open() {
    return answer(suspensions.open()).stream().map(OpenSuspension::scope).toList();
  }

  @Test
  void standsInTheNextLicenseAndIsLiftedAlone() {
    assertThat(suspend(CALLS, SuspensionGround.SECURITY_EMERGENCY, "abused"))
        .isInstanceOfSatisfying(
            Suspensions.Result.Done.class,
            done -> assertThat(done.license().allows("calls")).isFalse());
    assertThat(suspend(EVERYTHING, SuspensionGround.UNPAID_PLAN, "debt"))
        .isInstanceOf(Suspensions.Result.Done.class);
    assertThat(suspend(CALLS, SuspensionGround.ABUSE, "again"))
        .isEqualTo(new Suspensions.Result.Unchanged());
    assertThat(open()).containsExactlyInAnyOrder(CALLS, EVERYTHING);

    assertThat(restore(CALLS)).isInstanceOf(Suspensions.Result.Done.class);

    LicenseDocument license = license();
    assertThat(license.version()).isEqualTo(4);
    assertThat(license.suspensions())
        .singleElement()
        .extracting(Suspension::scope, Suspension::ground)
        .containsExactly(EVERYTHING, "UNPAID_PLAN");
    assertThat(restore(CALLS)).isEqualTo(new Suspensions.Result.Unchanged());
    assertThat(open()).containsExactly(EVERYTHING);
    awaitSent(license);
  }

  private void awaitSent(LicenseDocument license) {
    Eventually.await(
        Duration.ofSeconds(10),
        "the box was sent the last license",
        () ->
            stage.sent.stream()
                .filter(sent -> sent.topic().kind() == TopicKind.LICENCE)
                .map(sent ->
                    LicenseDocument.parse(
                        SignedDocument.parse(Schemas.LICENSE, sent.envelope().body())))
                .anyMatch(license::equals));
  }

  @Test
  void aNewLicenseDoesNotLiftIt() {
    var _ = suspend(EVERYTHING, SuspensionGround.UNPAID_PLAN, "debt");
    var _ =
        answer(
            stage.fleet.issueLicense(
                box.id,
                new LicenseTerms(
                    clock.instant().plus(Duration.ofDays(9)),
                    Set.of("calls"),
                    new LicenseLimits(1, 20)),
                "fleet"));

    assertThat(license().allows("calls")).isFalse();
  }

  @Test
  @Tag("EX-SUS-1")
  void oneTrunkIsShutAndNothingElseAndTheOwnerIsTold() {
    assertThat(suspend(TRUNK, SuspensionGround.INTRUSION, "abused from outside"))
        .isEqualTo(new Suspensions.Result.NoSuchTrunk());
    box.beats("00000000-0000-4000-8000-000000000001", 1, 1, 1, 0);

    assertThat(suspend(TRUNK, SuspensionGround.INTRUSION, "abused from outside"))
        .isInstanceOf(Suspensions.Result.Done.class);

    LicenseDocument license = license();
    assertThat(license.allows("calls")).isTrue();
    assertThat(license.suspensions())
        .containsExactly(
            new Suspension(TRUNK, "INTRUSION", clock.instant(), "abused from outside"));
    awaitSent(license);
    assertThat(told())
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.code()).isEqualTo("TRUNK_SUSPENDED");
          assertThat(notice.subject()).contains(box.seen().site() + ": Carrier");
          assertThat(notice.at()).isEqualTo(clock.instant());
        });
    OpenSuspension task = answer(suspensions.open()).getFirst();
    assertThat(task.name()).isEqualTo("Carrier");
    assertThat(task.by()).isEqualTo("fleet");

    clock.advance(Duration.ofMinutes(10));
    assertThat(restore(TRUNK)).isInstanceOf(Suspensions.Result.Done.class);

    assertThat(license().suspensions()).isEmpty();
    assertThat(told())
        .extracting(Notice::code)
        .containsExactly("TRUNK_RESTORED", "TRUNK_SUSPENDED");
    assertThat(open()).isEmpty();
    assertThat(answer(stage.fleet.views().timeline(box.id, 10)))
        .extracting(TimelineEntry::kind, TimelineEntry::detail)
        .contains(
            tuple("SUSPENDED", "trunk Carrier (t0000000a), INTRUSION: abused from outside"),
            tuple("RESTORED", "trunk Carrier (t0000000a): cause is gone"));
  }

  @Test
  void eachTimeIsToldAnew() {
    for (int i = 0; i < 2; i++) {
      var _ = suspend(EVERYTHING, SuspensionGround.DOCUMENTS_MISSING, "send them");
      clock.advance(Duration.ofMinutes(1));
      var _ = restore(EVERYTHING);
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(told())
        .extracting(Notice::code)
        .containsExactly(
            "SERVICE_RESTORED", "SERVICE_SUSPENDED", "SERVICE_RESTORED", "SERVICE_SUSPENDED");
    assertThat(told()).extracting(Notice::subject).containsOnly(Optional.of(box.seen().site()));
  }

  @Test
  void whatTheLicenseCannotHoldIsRefusedAndNothingIsWritten() {
    IntStream.range(0, 30)
        .mapToObj(i -> new SuspensionScope.Module("module" + i))
        .forEach(scope -> {
          var _ = suspend(scope, SuspensionGround.ABUSE, "too much");
        });

    assertThat(suspend(CALLS, SuspensionGround.ABUSE, "too much"))
        .isInstanceOf(Suspensions.Result.Refused.class);
    assertThat(open()).hasSize(30).doesNotContain(CALLS);
    assertThat(
            answer(
                suspensions.suspend(
                    BoxId.random(), CALLS, SuspensionGround.ABUSE, "nobody", "fleet")))
        .isEqualTo(new Suspensions.Result.NoSuchBox());
  }

  @Test
  void aPowerCutAtAnyStatementLeavesTheLicenseAndTheRegisterOfOneMind() {
    for (int statement = 1; cutAt(statement); statement++) {
      assertThat(license().suspensions().stream().map(Suspension::scope).toList())
          .isEqualTo(open());
      if (open().isEmpty()) {
        assertThat(suspend(CALLS, SuspensionGround.ABUSE, "cut"))
            .isInstanceOf(Suspensions.Result.Done.class);
      }
      assertThat(restore(CALLS)).isInstanceOf(Suspensions.Result.Done.class);
    }
    assertThat(open()).containsExactly(CALLS);
  }

  /// @return whether the power was cut
  private boolean cutAt(int statement) {
    Plug plug = Plug.in(database.store(), statement);
    try {
      var _ = suspend(CALLS, SuspensionGround.ABUSE, "cut");
    } catch (Plug.Pulled _) {
      // What a power cut looks like from here.
    }
    Plug.remove(database.store());
    return plug.isPulled();
  }
}
