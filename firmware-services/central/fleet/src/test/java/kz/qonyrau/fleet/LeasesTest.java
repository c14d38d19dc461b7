package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import kz.qonyrau.billing.DecisionResult;
import kz.qonyrau.billing.Measure;
import kz.qonyrau.billing.ProposalResult;
import kz.qonyrau.billing.WalletKind;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("SH-BAL-15")
@OnEachDatabase
class LeasesTest {

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-09-01T04:00:00Z");
  private StagedFleet stage;

  @BeforeEach
  void openTheFleet() {
    stage = new StagedFleet(database.store(), keys, clock);
  }

  @Test
  @Tag("EX-BAL-6")
  void twoBoxesSpendAtMostWhatWasSetAsideAndAPenaltyTakesTheRestBack() {
    StagedFleet.StagedBox a = stage.enrol("40000.00");
    StagedFleet.StagedBox b = stage.enrol("30000.00");
    stage.topUp("100000.00");
    assertThat(a.seen().money().left()).isEqualTo(Tenge.of("40000.00"));
    assertThat(b.seen().money().left()).isEqualTo(Tenge.of("30000.00"));
    assertThat(stage.free()).isEqualTo(3_000_000);

    penalty("100000.00");
    revoke(a);
    revoke(b);

    assertThat(stage.free()).as("all of the wallet is gone").isZero();
    assertThat(a.seen().money().granted()).isEqualTo(Tenge.ZERO);

    // What both had spent before they heard of it.
    a.spends("40000.00");
    b.spends("30000.00");

    assertThat(stage.free() + a.left() + b.left()).isEqualTo(-7_000_000);
    assertThat(a.seen().money().granted()).as("no new lease").isEqualTo(Tenge.ZERO);
    assertThat(answer(stage.ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  private void penalty(String amount) {
    ProposalResult proposed =
        answer(
            stage
                .billing
                .approvals()
                .propose(
                    new Measure.Penalty(
                        stage.organisation(), WalletKind.AUTOCALL, Tenge.of(amount)),
                    "violation 12",
                    "billing"));
    if (!(proposed instanceof ProposalResult.Proposed(var proposal))) {
      throw new AssertionError("not proposed: " + proposed);
    }
    assertThat(answer(stage.billing.approvals().approve(proposal.id(), "", "billing2")))
        .isInstanceOf(DecisionResult.Decided.class);
  }

  private void revoke(StagedFleet.StagedBox box) {
    assertThat(answer(stage.fleet.leases().revoke(box.id, "penalty", "fleet")))
        .isEqualTo(new Leases.Result.Done(Tenge.ZERO));
  }

  @Test
  void renewsWhenThirtyPercentAreLeftAndNotBefore() {
    StagedFleet.StagedBox box = stage.enrol("1000.00");
    stage.topUp("5000.00");
    assertThat(box.seen().money().leaseVersion()).isEqualTo(1);

    box.spends("699.99");
    assertThat(box.seen().money().leaseVersion()).isEqualTo(1);
    assertThat(box.left()).isEqualTo(30_001);

    box.spends("0.01");
    assertThat(box.seen().money().leaseVersion()).isEqualTo(2);
    assertThat(box.left()).isEqualTo(100_000);
    assertThat(stage.free()).isEqualTo(500_000 - 100_000 - 70_000);
  }

  @Test
  void givesWhatThereIsAndTheRestWithTheNextTopUp() {
    StagedFleet.StagedBox box = stage.enrol("1000.00");
    stage.topUp("100.00");
    assertThat(box.left()).isEqualTo(10_000);
    assertThat(stage.free()).isZero();

    stage.topUp("5000.00");
    assertThat(box.left()).isEqualTo(100_000);
    assertThat(stage.free()).isEqualTo(410_000);
  }

  @Test
  void renewsTheTimeOfALeaseWhenThirtyPercentOfItAreLeft() {
    StagedFleet.StagedBox box = stage.enrol("1000.00");
    stage.topUp("5000.00");
    clock.advance(Duration.ofDays(62));
    box.beats(UUID.randomUUID().toString(), 1, 1, 1, 0);
    assertThat(box.seen().money().leaseVersion()).isEqualTo(1);

    clock.advance(Duration.ofDays(1));
    box.beats(UUID.randomUUID().toString(), 1, 1, 1, 0);

    BoxMoney renewed = box.seen().money();
    assertThat(renewed.leaseVersion()).isEqualTo(2);
    assertThat(renewed.granted()).isEqualTo(Tenge.of("1000.00"));
    assertThat(renewed.leaseExpires()).contains(clock.instant().plus(Duration.ofDays(90)));
  }

  @Test
  void aHigherTargetIsFilledAtOnceIfLittleIsLeftAndALowerOneTakesNothingBack() {
    StagedFleet.StagedBox box = stage.enrol("1000.00");
    stage.topUp("50000.00");

    assertThat(target(box, "10000.00")).isEqualTo(new Leases.Result.Done(Tenge.of("10000.00")));
    assertThat(target(box, "10.00")).isEqualTo(new Leases.Result.Done(Tenge.of("10000.00")));
    assertThat(stage.free()).isEqualTo(4_000_000);
  }

  private Leases.Result target(StagedFleet.StagedBox box, String target) {
    return answer(stage.fleet.leases().setTarget(box.id, Tenge.of(target), "more calls", "fleet"));
  }

  @Test
  void aRefusedBoxGivesBackWhatNobodyCanReportAnyMoreAndGetsNoLease() {
    StagedFleet.StagedBox box = stage.enrol("1000.00");
    stage.topUp("5000.00");
    box.spends("100.00");

    assertThat(answer(stage.fleet.revoke(box.id, "stolen", "fleet")))
        .isInstanceOf(RevocationResult.Revoked.class);

    assertThat(stage.free()).isEqualTo(490_000);
    assertThat(target(box, "10.00")).isEqualTo(new Leases.Result.BoxRefused());
    assertThat(answer(stage.fleet.leases().revoke(BoxId.random(), "x", "fleet")))
        .isEqualTo(new Leases.Result.NoSuchBox());
  }

  @Test
  void whereverThePowerFailsTheLeaseAndItsPostingStandTogether() {
    StagedFleet.StagedBox box = stage.enrol("1000.00");
    stage.topUp("100000.00");
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(box.send(TopicKind.USAGE, box.usage("700.00")));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());

      BoxMoney money = box.seen().money();
      assertThat(box.left())
          .as("before statement %s", statement)
          .isEqualTo(money.left().tiyn())
          .isEqualTo(100_000);
      assertThat(stage.free()).isEqualTo(10_000_000 - money.granted().tiyn());
    }
    assertThat(answer(stage.ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }
}
