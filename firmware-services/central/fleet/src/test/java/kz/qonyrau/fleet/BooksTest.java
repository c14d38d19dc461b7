package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import kz.qonyrau.fleet.CheckedStatement.State;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.TopicKind;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("SH-BAL-16")
@OnEachDatabase
class BooksTest {

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:10:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;

  @BeforeEach
  void enrolOneBox() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    stage.topUp("5000.00");
  }

  private static BookStatement statement(
      long lease, String granted, String returned, String spent, String available, long rows) {
    return new BookStatement(
        BookStatement.Cause.DAILY,
        lease,
        Tenge.of(granted),
        Tenge.of(returned),
        Tenge.of(spent),
        Tenge.ZERO,
        Tenge.of(available),
        rows,
        "ab".repeat(32));
  }

  private CheckedStatement last() {
    return answer(stage.fleet.books().of(box.id, 1)).getFirst();
  }

  private List<String> mismatches() {
    return answer(stage.fleet.views().alarms(100)).stream()
        .filter(alarm -> alarm.kind().equals("LEDGER_MISMATCH"))
        .map(TimelineEntry::detail)
        .toList();
  }

  @Test
  void agreesWithWhatTheBoxReported() {
    box.spends("12.00");
    box.spends("30.50");
    box.states(statement(1, "1000.00", "0.00", "42.50", "957.50", 10));

    assertThat(last().state()).isEqualTo(State.AGREES);
    assertThat(last().spentHere()).contains(Tenge.of("42.50"));
    assertThat(mismatches()).isEmpty();
  }

  @Test
  void aTiynMoreOrLessIsAMismatchThatShowsBothSides() {
    box.spends("12.00");
    box.states(statement(1, "1000.00", "0.00", "12.01", "987.99", 10));

    assertThat(last().state()).isEqualTo(State.MISMATCH);
    assertThat(last().spentHere()).contains(Tenge.of("12.00"));
    assertThat(mismatches()).singleElement().asString().contains("12.01", "12.00");
  }

  @Test
  void aDifferenceThatAPersonAcceptedIsNotToldAgain() {
    box.spends("12.00");
    box.states(statement(1, "1000.00", "0.00", "12.01", "987.99", 10));
    assertThat(box.seen().booksDisagree()).isTrue();
    long seq = last().seq();

    assertThat(accept(seq)).isEqualTo(Books.Acceptance.ACCEPTED);
    assertThat(accept(seq)).isEqualTo(Books.Acceptance.NOT_OPEN);
    assertThat(accept(4711)).isEqualTo(Books.Acceptance.NO_SUCH_STATEMENT);
    assertThat(last().state()).isEqualTo(State.ACCEPTED);
    assertThat(last().finding()).isPresent();
    assertThat(box.seen().booksDisagree()).isFalse();
    assertThat(mismatches()).isEmpty();

    box.spends("5.00");
    box.states(statement(1, "1000.00", "0.00", "17.01", "982.99", 12));
    assertThat(last().state()).isEqualTo(State.AGREES);
    assertThat(accept(last().seq())).isEqualTo(Books.Acceptance.NOT_OPEN);
  }

  private Books.Acceptance accept(long seq) {
    return answer(stage.fleet.books().accept(box.id, seq, "a cent was rounded", "billing"));
  }

  @Test
  void waitsForMessagesThatWereSentBeforeItAndJudgesByThoseAlone() {
    Envelope first = box.usage("12.00");
    Envelope second = box.usage("8.00");
    Envelope stated = box.statement(statement(1, "1000.00", "0.00", "20.00", "980.00", 10));
    Envelope later = box.usage("5.00");
    var _ = answer(box.send(TopicKind.USAGE, later));
    var _ = answer(box.send(TopicKind.LEDGER, stated));
    var _ = answer(box.send(TopicKind.USAGE, first));
    answer(stage.fleet.sweep());
    assertThat(last().state()).isEqualTo(State.WAITING);

    var _ = answer(box.send(TopicKind.USAGE, second));
    answer(stage.fleet.sweep());

    assertThat(last().state()).isEqualTo(State.AGREES);
    assertThat(last().spentHere()).contains(Tenge.of("20.00"));
  }

  @Test
  void aGapThatStaysForAnHourIsAMismatch() {
    Envelope lost = box.usage("12.00");
    box.states(statement(1, "1000.00", "0.00", "12.00", "988.00", 10));
    clock.advance(Duration.ofMinutes(59));
    answer(stage.fleet.sweep());
    assertThat(last().state()).isEqualTo(State.WAITING);

    clock.advance(Duration.ofMinutes(1));
    answer(stage.fleet.sweep());

    assertThat(last().state()).isEqualTo(State.MISMATCH);
    assertThat(mismatches()).singleElement().asString().contains("1 messages before it");
    assertThat(lost.seq()).isEqualTo(1);
  }

  @Test
  void aBookThatHasFewerRowsThanBeforeWasSwapped() {
    box.states(statement(1, "1000.00", "0.00", "0.00", "1000.00", 10));
    box.states(statement(1, "1000.00", "0.00", "0.00", "1000.00", 9));
    assertThat(last().state()).isEqualTo(State.MISMATCH);
    assertThat(mismatches()).singleElement().asString().contains("9 rows", "10");
  }

  @Test
  void aHeartbeatWithFewerRowsThanTheLastStatementTellsSoAtOnce() {
    box.states(statement(1, "1000.00", "0.00", "0.00", "1000.00", 10));

    box.beats(UUID.randomUUID().toString(), 1, 1, 1, 3);

    assertThat(mismatches()).singleElement().asString().contains("3 rows", "10");
  }

  @Test
  void moneyThatNobodyGrantedIsAMismatch() {
    box.states(statement(1, "1500.00", "0.00", "0.00", "1500.00", 10));
    assertThat(last().finding().orElseThrow()).contains("1500.00", "1000.00");

    box.states(statement(7, "1000.00", "0.00", "0.00", "1000.00", 10));
    assertThat(last().finding().orElseThrow()).contains("lease 7");
  }

  @Test
  @Tag("PLT-22")
  void whatTheBoxGivesBackIsFreeAgainOnce() {
    box.spends("100.00");
    assertThat(answer(stage.fleet.leases().setTarget(box.id, Tenge.ZERO, "closing", "fleet")))
        .isInstanceOf(Leases.Result.Done.class);

    box.states(statement(1, "1000.00", "900.00", "100.00", "0.00", 12));
    box.states(statement(1, "1000.00", "900.00", "100.00", "0.00", 12));

    assertThat(last().state()).isEqualTo(State.AGREES);
    assertThat(box.left()).isZero();
    assertThat(stage.free()).isEqualTo(490_000);
    assertThat(box.seen().money().returned()).isEqualTo(Tenge.of("900.00"));
  }

  @Test
  void moreThanIsSetAsideIsNotTakenBackAndIsAMismatch() {
    box.states(statement(1, "1000.00", "1000.00", "0.00", "0.00", 12));
    assertThat(stage.free()).isEqualTo(500_000);

    box.states(statement(1, "2000.00", "2000.00", "0.00", "0.00", 13));

    assertThat(stage.free()).isEqualTo(500_000);
    assertThat(last().state()).isEqualTo(State.MISMATCH);
    assertThat(last().finding().orElseThrow()).contains("gave back 2000.00");
  }

  @Test
  void whatWasSpentBeforeARevokedLeaseArrivedIsNoMismatch() {
    assertThat(answer(stage.fleet.leases().revoke(box.id, "debt", "fleet")))
        .isInstanceOf(Leases.Result.Done.class);
    box.spends("400.00");
    // The second lease grants nothing; the box could give back 600 and had spent 400.
    box.states(statement(2, "400.00", "0.00", "400.00", "0.00", 20));

    assertThat(last().state()).isEqualTo(State.AGREES);
    assertThat(box.left()).isEqualTo(-40_000);
  }

  @Test
  void aStatementThatDoesNotAddUpIsParkedAndRaisesAnAlarm() {
    String sound =
        new String(
            statement(1, "1000.00", "0.00", "0.00", "1000.00", 10).body(), StandardCharsets.UTF_8);
    Envelope unsound =
        box.message(
            UUID.randomUUID().toString(),
            Schemas.LEDGER,
            sound.replace("\"spentTiyn\":0", "\"spentTiyn\":1"));

    assertThat(answer(box.send(TopicKind.LEDGER, unsound))).isPresent();

    assertThat(answer(stage.fleet.views().parked(10))).hasSize(1);
    assertThat(answer(stage.fleet.views().alarms(10)))
        .extracting(TimelineEntry::kind)
        .contains("BODY_MALFORMED");
    assertThat(answer(stage.fleet.books().of(box.id, 10))).isEmpty();
  }

  /// A box spends, states and restates; its messages come late, twice and in any order. In the end
  /// every statement agrees, and what it spent is booked to the tiyn.
  @Test
  void agreesWhateverOrderMessagesComeIn() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      long spentBefore = box.seen().money().used().tiyn();
      long spent = spentBefore;
      List<Envelope> messages = new ArrayList<>();
      List<TopicKind> kinds = new ArrayList<>();
      for (int n = 0; n < 12; n++) {
        if (random.nextInt(3) == 0) {
          BoxMoney money = box.seen().money();
          messages.add(
              box.statement(
                  new BookStatement(
                      BookStatement.Cause.DAILY,
                      money.leaseVersion(),
                      money.granted(),
                      Tenge.ZERO,
                      new Tenge(spent),
                      Tenge.ZERO,
                      money.granted().minus(new Tenge(spent)),
                      seed * 100 + n,
                      "cd".repeat(32))));
          kinds.add(TopicKind.LEDGER);
        } else {
          long tiyn = random.nextInt(300);
          spent += tiyn;
          messages.add(box.usage(new Tenge(tiyn).toString()));
          kinds.add(TopicKind.USAGE);
        }
      }
      List<Integer> order = new ArrayList<>();
      for (int n = 0; n < 12; n++) {
        order.addAll(Collections.nCopies(1 + random.nextInt(2), n));
      }
      Collections.shuffle(order, random);
      for (int n : order) {
        assertThat(answer(box.send(kinds.get(n), messages.get(n)))).isPresent();
      }
      answer(stage.fleet.sweep());

      assertThat(box.seen().money().used().tiyn()).as("seed %s", seed).isEqualTo(spent);
      assertThat(answer(stage.fleet.books().of(box.id, 500)))
          .as("seed %s", seed)
          .extracting(CheckedStatement::state, CheckedStatement::finding)
          .allMatch(each -> each.equals(Tuple.tuple(State.AGREES, Optional.empty())));
    }
    assertThat(mismatches()).isEmpty();
  }
}
