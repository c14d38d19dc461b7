package kz.qonyrau.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.OutboxMessage;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.Retirement.Confirmation;
import kz.qonyrau.uplink.Retirement.Stage;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandAnswer.Result;
import kz.qonyrau.wire.CommandDocument.Outline;
import kz.qonyrau.wire.LegalHold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The end of a box by order of central, from the order to the moment in which everything may be
/// erased.
@Timeout(120)
@Tag("PLT-22")
class RetirementTest {

  private static final BoxId BOX = BoxId.random();
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final Duration TIME = Duration.ofDays(14);

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "AUDIT", "UPLINK");

  private final SteppedClock clock = SteppedClock.at(NOW);

  /// What central vouched for.
  private Instant word = NOW;

  private final Outbox outbox = new Outbox(clock);
  private SmallPurse purse = new SmallPurse();
  private boolean startedAgain;
  private ScriptedOrders orders = new ScriptedOrders(database.store());
  private Retirement retirement = retirement();
  private Commands commands = commands();

  @BeforeEach
  void start() {
    orders = new ScriptedOrders(database.store());
    restart();
  }

  /// As after a start of the program.
  private void restart() {
    retirement = retirement();
    commands = commands();
    var _ = answer(retirement.load().map(true));
  }

  private Retirement retirement() {
    return new Retirement(database.store(), outbox, TIME, clock);
  }

  private Commands commands() {
    return new Commands(
        database.store(),
        outbox,
        new AuditLog(database.store(), clock),
        BOX,
        new CreditLine(database.store(), outbox, purse, BOX, Optional::empty),
        orders,
        retirement,
        () -> word,
        clock);
  }

  private static Outline order(String order) {
    return new Outline(
        BOX,
        UUID.randomUUID().toString(),
        order,
        NOW,
        NOW.plus(Duration.ofMinutes(10)),
        "aigerim",
        "the contract has ended");
  }

  private void take(Outline order) {
    var _ = answer(commands.take(order, clock.instant()).map(true));
  }

  private void work() {
    var _ = answer(commands.carryOutNext(clock.instant()).map(true));
  }

  private boolean goOn(boolean refused) {
    return answer(commands.retire(refused));
  }

  private Stage stage() {
    return retirement.state().orElseThrow().stage();
  }

  private void begin() {
    begin(order("DECOMMISSION"));
  }

  private void begin(Outline order) {
    take(order);
    work();
    Eventually.await(Duration.ofSeconds(20), "it has begun", () -> retirement.state().isPresent());
  }

  private List<QueuedMessage> waiting() {
    return answer(database.store().read(handle -> outbox.next(handle, 0, 1000)));
  }

  private List<CommandAnswer> answers() {
    return waiting().stream()
        .filter(message -> message.kind().equals("ack"))
        .map(message -> CommandAnswer.parse(new String(message.body(), UTF_8)))
        .toList();
  }

  private void awaitAnswers(int count) {
    Eventually.await(
        Duration.ofSeconds(20),
        count + " answers",
        () -> {
          work();
          return answers().size() == count;
        });
  }

  /// Central's receipt for all that waits.
  private void receipt() {
    List<String> ids = waiting().stream().map(QueuedMessage::id).toList();
    int removed = answer(database.store().write(handle -> outbox.acknowledge(handle, ids)));
    assertThat(removed).isEqualTo(ids.size());
  }

  @Test
  void pausesGivesTheLeaseBackAndWaitsForTheOwner() {
    assertThat(retirement.isUnderWay()).isFalse();

    Outline order = order("DECOMMISSION");
    begin(order);

    assertThat(retirement.isUnderWay()).isTrue();
    assertThat(retirement.state())
        .contains(
            new Retirement.State(
                order.id(),
                "the contract has ended",
                NOW,
                NOW.plus(TIME),
                Optional.empty(),
                Stage.OWNERS_TIME));
    assertThat(orders.done).containsExactly("pause " + NOW);
    assertThat(purse.given).containsExactly("return/" + order.id() + " 5.00");
    assertThat(waiting()).extracting(QueuedMessage::kind).containsExactly("ledger");

    restart();
    assertThat(retirement.isUnderWay()).isTrue();
    assertThat(stage()).isEqualTo(Stage.OWNERS_TIME);
  }

  @Test
  @Tag("PLT-13")
  void otherOrdersAreCarriedOutMeanwhileAndItDoesNotExpire() {
    begin();
    clock.advance(Duration.ofDays(1));
    word = clock.instant();
    take(
        new Outline(
            BOX,
            UUID.randomUUID().toString(),
            "SEND_STATEMENT",
            clock.instant(),
            clock.instant().plusSeconds(600),
            "aigerim",
            "to compare"));
    awaitAnswers(1);

    assertThat(goOn(false)).isFalse();
    assertThat(answers()).extracting(CommandAnswer::result).containsExactly(Result.DONE);
    assertThat(stage()).isEqualTo(Stage.OWNERS_TIME);
  }

  private void license(long version, List<LegalHold> holds) {
    LegalHolds book = new LegalHolds(new AuditLog(database.store(), clock), clock);
    var _ =
        answer(
            database
                .store()
                .write(handle -> {
                  book.follow(handle, LegalHoldsTest.license(BOX, version, holds));
                  return true;
                }));
  }

  private static List<LegalHold> hold() {
    return List.of(LegalHoldsTest.hold(UUID.randomUUID().toString(), Optional.empty()));
  }

  @Test
  @Tag("SH-RET-02")
  @Tag("SH-SUS-05")
  void itDoesNotBeginWhileALegalHoldStands() {
    license(1, hold());
    Outline order = order("DECOMMISSION");
    take(order);
    awaitAnswers(1);

    assertThat(answers().getFirst().result()).isEqualTo(Result.FAILED);
    assertThat(retirement.isUnderWay()).isFalse();
    assertThat(purse.given).isEmpty();
  }

  @Test
  @Tag("SH-RET-02")
  @Tag("SH-SUS-05")
  void itGoesNoFurtherWhileALegalHoldStandsAndOnWhenItIsLifted() {
    begin();
    license(1, hold());
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.ON_HOLD);
    word = NOW.plus(TIME).plusSeconds(1);
    clock.set(word);
    // Not even where central refuses the box for good.
    assertThat(goOn(true)).isFalse();
    assertThat(goOn(true)).isFalse();
    restart();
    assertThat(goOn(true)).isFalse();
    assertThat(stage()).isEqualTo(Stage.OWNERS_TIME);

    license(2, List.of());
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.DONE);
    assertThat(goOn(true)).isTrue();
  }

  @Test
  void aSecondSuchOrderFailsAndTheFirstGoesOn() {
    Outline first = order("DECOMMISSION");
    begin(first);
    Outline second = order("DECOMMISSION");
    take(second);
    awaitAnswers(1);

    assertThat(answers().getFirst().commandId()).isEqualTo(second.id());
    assertThat(answers().getFirst().result()).isEqualTo(Result.FAILED);
    assertThat(retirement.state().orElseThrow().commandId()).isEqualTo(first.id());
    assertThat(purse.given).hasSize(1);
    assertThat(waiting()).extracting(QueuedMessage::kind).containsExactly("ledger", "ack");
  }

  @Test
  void anOrderThatComesTooLateBeginsNothing() {
    clock.advance(Duration.ofMinutes(10));
    take(order("DECOMMISSION"));

    assertThat(answers()).extracting(CommandAnswer::result).containsExactly(Result.EXPIRED);
    work();
    assertThat(retirement.isUnderWay()).isFalse();
  }

  @Test
  void theOwnerConfirmsOnce() {
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.NOT_RETIRING);
    begin();
    List<Retirement.State> told = new ArrayList<>();
    retirement.onChange(told::add);

    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.DONE);
    assertThat(answer(retirement.confirm("another"))).isEqualTo(Confirmation.OVER);

    assertThat(stage()).isEqualTo(Stage.LAST_REPORTS);
    assertThat(retirement.state().orElseThrow().confirmedBy()).contains("owner");
    assertThat(told).extracting(Retirement.State::stage).containsExactly(Stage.LAST_REPORTS);
  }

  @Test
  @Tag("PLT-15")
  void aClockThatIsAheadDoesNotEndTheOwnersTime() {
    begin();
    clock.advance(Duration.ofDays(400));

    assertThat(goOn(false)).isFalse();
    assertThat(stage()).isEqualTo(Stage.OWNERS_TIME);

    word = NOW.plus(TIME);
    assertThat(goOn(false)).isFalse();
    assertThat(stage()).isEqualTo(Stage.LAST_REPORTS);
    assertThat(retirement.state().orElseThrow().confirmedBy()).isEmpty();
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.OVER);
  }

  @Test
  @Tag("SH-BAL-15")
  void answersLastWhenNothingIsHeldNothingIsLeftAndCentralHasEverything() {
    Outline order = order("DECOMMISSION");
    begin(order);
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.DONE);
    purse.held = Tenge.of("2.00");
    receipt();
    assertThat(goOn(false)).isFalse();
    assertThat(waiting()).as("a call holds money").isEmpty();

    purse.held = Tenge.ZERO;
    purse.available = Tenge.of("1.50");
    report();
    assertThat(goOn(false)).isFalse();
    assertThat(goOn(false)).isFalse();
    assertThat(waiting())
        .as("the call's usage, then what it did not need")
        .extracting(QueuedMessage::kind)
        .containsExactly("usage", "ledger");
    assertThat(purse.given.getLast()).isEqualTo("return/" + order.id() + "/2 1.50");

    receipt();
    assertThat(goOn(false)).isFalse();
    assertThat(answers()).extracting(CommandAnswer::result).containsExactly(Result.DONE);
    assertThat(stage()).isEqualTo(Stage.ANSWERED);
    assertThat(goOn(false)).as("central does not have the answer yet").isFalse();

    restart();
    assertThat(goOn(false)).isFalse();
    receipt();
    assertThat(goOn(false)).isTrue();
    restart();
    assertThat(goOn(false)).as("a death before it was noted down").isTrue();
  }

  private void report() {
    var _ =
        answer(
            database
                .store()
                .write(handle ->
                    Long.toString(
                        outbox.put(
                            handle,
                            new OutboxMessage(
                                UUID.randomUUID().toString(), "usage", new byte[] {'{', '}'})))));
  }

  @Test
  void aRefusalByCentralStandsForTheReceiptThatCannotComeAnyMore() {
    begin();
    receipt();
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.DONE);
    assertThat(goOn(false)).isFalse();
    assertThat(stage()).isEqualTo(Stage.ANSWERED);

    assertThat(goOn(true)).isTrue();
  }

  @Test
  void aRefusalBeforeTheAnswerErasesNothingUntilTheTimeIsOver() {
    begin();
    assertThat(goOn(true)).isFalse();
    assertThat(stage()).isEqualTo(Stage.OWNERS_TIME);
    assertThat(answer(retirement.confirm("owner"))).isEqualTo(Confirmation.DONE);
    assertThat(goOn(true)).isFalse();
    assertThat(answers()).isEmpty();

    clock.advance(TIME);

    assertThat(goOn(false)).as("central may take it back yet").isFalse();
    assertThat(goOn(true)).isTrue();
  }

  @Test
  void aBoxThatCentralRefusesBeforeTheOwnerConfirmedWaitsForHimAsLong() {
    begin();
    clock.advance(TIME.minusSeconds(1));
    assertThat(goOn(true)).isFalse();
    clock.advance(Duration.ofSeconds(1));

    assertThat(goOn(true)).isFalse();
    assertThat(stage()).isEqualTo(Stage.LAST_REPORTS);
    assertThat(goOn(true)).isTrue();
  }

  /// Pulls the plug before the first statement of a box's end, then before the second, and on until
  /// none is left. Either nothing has begun and central hears that it failed, or it goes to its
  /// end.
  @Test
  @Tag("PLT-06")
  void endsOnceOrNotAtAllWhicheverStatementIsTheLastBeforeADeath() {
    boolean pulled = true;
    int ended = 0;
    for (int statement = 1; pulled; statement++) {
      purse = new SmallPurse();
      start();
      take(order("DECOMMISSION"));
      Plug plug = Plug.in(database.store(), statement);
      startedAgain = false;

      Set<String> seen = new LinkedHashSet<>();
      Eventually.await(
          Duration.ofSeconds(20),
          "it ends or fails, with the plug pulled before statement " + statement,
          () -> livesOn(plug, seen));
      pulled = plug.isPulled();

      if (seen.contains("erase")) {
        assertThat(List.copyOf(seen)).endsWith("ack DONE", "erase").doesNotContain("ack FAILED");
        ended++;
      } else {
        assertThat(seen).containsExactly("ack FAILED");
        assertThat(retirement.isUnderWay()).isFalse();
      }
      assertThat(purse.given.stream().filter(given -> !given.endsWith(" 0.00")))
          .as("money goes back once")
          .hasSizeLessThanOrEqualTo(1);
      database.close();
    }
    assertThat(ended).isGreaterThan(5);
  }

  /// A moment in the life of the program; where it dies it is started again.
  ///
  /// @param seen what central was sent
  /// @return whether this is the end
  private boolean livesOn(Plug plug, Set<String> seen) {
    try {
      work();
      if (retirement.isUnderWay()) {
        var _ = answer(retirement.confirm("owner"));
        if (goOn(false)) {
          seen.add("erase");
          return true;
        }
      }
    } catch (Plug.Pulled _) {
      // What a power cut looks like from here.
    }
    if (plug.isPulled() && !startedAgain) {
      startedAgain = true;
      Plug.remove(database.store());
      restart();
    }
    for (QueuedMessage message : waiting()) {
      seen.add(
          message.kind().equals("ack")
              ? "ack " + CommandAnswer.parse(new String(message.body(), UTF_8)).result()
              : message.kind() + " " + message.id());
    }
    receiptUnlessPulled();
    return seen.contains("ack FAILED");
  }

  private void receiptUnlessPulled() {
    try {
      receipt();
    } catch (Plug.Pulled _) {
      // Central sends it again.
    }
  }
}
