package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicenseLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@OnEachDatabase
@Tag("AC-CAL-03")
class NumberPoolTest {

  private static final Msisdn FIRST = new Msisdn("+77172694000");
  private static final Msisdn SECOND = new Msisdn("+77172694001");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:10:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;
  private NumberPool pool;

  @BeforeEach
  void enrolOneBox() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    pool = stage.fleet.numbers();
  }

  private NumberPool.Result assign(Msisdn number, BoxId to) {
    return answer(pool.assign(number, to, "contract 17", "fleet"));
  }

  private Optional<List<Msisdn>> licensed(StagedFleet.StagedBox of) {
    return of.seen().license().flatMap(LicenseDocument::numbers);
  }

  private void license(StagedFleet.StagedBox of) {
    var _ =
        answer(
            stage.fleet.issueLicense(
                of.id,
                new LicenseTerms(
                    clock.instant().plus(Duration.ofDays(9)),
                    Set.of("calls"),
                    new LicenseLimits(1, 20)),
                "fleet"));
  }

  @Test
  void aBoxLearnsFromItsLicenseWhatItMayShowAndKeepsItThroughOtherLicenses() {
    assertThat(answer(pool.add(List.of(FIRST, SECOND), "fleet"))).containsExactly(FIRST, SECOND);
    assertThat(answer(pool.add(List.of(SECOND), "fleet"))).isEmpty();
    assertThat(licensed(box)).isEmpty();

    assertThat(assign(FIRST, box.id)).isEqualTo(new NumberPool.Result.Done(Optional.of(box.id)));
    assertThat(licensed(box)).contains(List.of(FIRST));

    license(box);
    assertThat(assign(SECOND, box.id)).isInstanceOf(NumberPool.Result.Done.class);
    assertThat(licensed(box)).contains(List.of(FIRST, SECOND));

    assertThat(answer(pool.release(FIRST, "contract is over", "fleet")))
        .isInstanceOf(NumberPool.Result.Done.class);
    assertThat(answer(pool.release(SECOND, "contract is over", "fleet")))
        .isInstanceOf(NumberPool.Result.Done.class);
    // Not as before the first one: the box must not fall back to numbers of its own.
    assertThat(licensed(box)).contains(List.of());
  }

  @Test
  void aNumberIsOneBoxsAtATimeAndLeavesThePoolOnlyWhenItIsFree() {
    StagedFleet.StagedBox other = stage.enrol("0.00");
    var _ = answer(pool.add(List.of(FIRST), "fleet"));
    var _ = assign(FIRST, box.id);

    assertThat(assign(FIRST, other.id)).isEqualTo(new NumberPool.Result.AssignedTo(box.id));
    assertThat(assign(FIRST, box.id)).isEqualTo(new NumberPool.Result.AssignedTo(box.id));
    assertThat(answer(pool.remove(FIRST))).isEqualTo(new NumberPool.Result.AssignedTo(box.id));
    PoolNumber.Assignment assignment = answer(pool.all()).getFirst().assignment().orElseThrow();
    assertThat(assignment.box()).isEqualTo(box.id);
    assertThat(assignment.note()).isEqualTo("contract 17");
    assertThat(assignment.site()).isEqualTo(box.seen().site());

    var _ = answer(pool.release(FIRST, "moved", "fleet"));
    assertThat(answer(pool.release(FIRST, "moved", "fleet")))
        .isEqualTo(new NumberPool.Result.Free());
    assertThat(assign(FIRST, other.id)).isInstanceOf(NumberPool.Result.Done.class);
    assertThat(licensed(other)).contains(List.of(FIRST));
    assertThat(licensed(box)).contains(List.of());
    var _ = answer(pool.release(FIRST, "moved", "fleet"));
    assertThat(answer(pool.remove(FIRST))).isEqualTo(new NumberPool.Result.Done(Optional.empty()));
    assertThat(answer(pool.all())).isEmpty();
  }

  @Test
  void whatIsNotThereAndWhatIsRefusedIsSaid() {
    var _ = answer(pool.add(List.of(SECOND), "fleet"));
    assertThat(assign(FIRST, box.id)).isEqualTo(new NumberPool.Result.NoSuchNumber());
    assertThat(answer(pool.remove(FIRST))).isEqualTo(new NumberPool.Result.NoSuchNumber());
    assertThat(answer(pool.release(FIRST, "why", "fleet")))
        .isEqualTo(new NumberPool.Result.NoSuchNumber());
    assertThat(assign(SECOND, BoxId.random())).isEqualTo(new NumberPool.Result.NoSuchBox());
    var _ = answer(stage.fleet.revoke(box.id, "stolen", "fleet"));
    assertThat(assign(SECOND, box.id)).isEqualTo(new NumberPool.Result.BoxRefused());
  }

  @Test
  void aBoxHasAsManyNumbersAsALicenseHolds() {
    List<Msisdn> many =
        IntStream.rangeClosed(0, LicenseDocument.MOST_NUMBERS)
            .mapToObj(i -> new Msisdn("+7717%07d".formatted(i)))
            .toList();
    var _ = answer(pool.add(many, "fleet"));
    for (Msisdn number : many.subList(0, LicenseDocument.MOST_NUMBERS)) {
      assertThat(assign(number, box.id)).isInstanceOf(NumberPool.Result.Done.class);
    }

    assertThat(assign(many.getLast(), box.id))
        .isEqualTo(new NumberPool.Result.TooMany(LicenseDocument.MOST_NUMBERS));
    assertThat(licensed(box).orElseThrow()).hasSize(LicenseDocument.MOST_NUMBERS);
  }

  @Test
  void twoAdminsAtOnceGiveANumberToOneBoxOnly() throws InterruptedException {
    StagedFleet.StagedBox other = stage.enrol("0.00");
    var _ = answer(pool.add(List.of(FIRST), "fleet"));
    CountDownLatch both = new CountDownLatch(2);
    List<Future<NumberPool.Result>> results =
        List.of(
            pool.assign(FIRST, box.id, "one", "fleet"),
            pool.assign(FIRST, other.id, "two", "fleet"));
    results.forEach(result -> result.onComplete(_ -> both.countDown()));
    both.await();

    assertThat(results.stream().map(Future::result))
        .hasAtLeastOneElementOfType(NumberPool.Result.Done.class)
        .hasAtLeastOneElementOfType(NumberPool.Result.AssignedTo.class);
  }
}
