package kz.qonyrau.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.audit.AuditFilter;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandAnswer.Result;
import kz.qonyrau.wire.CommandDocument.Outline;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Tag("PLT-13")
class CommandsTest {

  private static final BoxId BOX = BoxId.random();
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "AUDIT", "UPLINK");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final Outbox outbox = new Outbox(clock);
  private final ScriptedOrders orders = new ScriptedOrders(database.store());
  private Commands commands = commands();

  /// As after a start of the program.
  private Commands commands() {
    return new Commands(
        database.store(),
        outbox,
        new AuditLog(database.store(), clock),
        BOX,
        new CreditLine(database.store(), outbox, new SmallPurse(), BOX, Optional::empty),
        orders,
        new Retirement(database.store(), outbox, Duration.ofDays(14), clock),
        clock::instant,
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
        "the customer asked for it");
  }

  private void take(Outline order) {
    var _ = answer(commands.take(order, clock.instant()).map(true));
  }

  private void work() {
    var _ = answer(commands.carryOutNext(clock.instant()).map(true));
  }

  private List<QueuedMessage> sent(String kind) {
    return answer(database.store().read(handle -> outbox.next(handle, 0, 1000))).stream()
        .filter(message -> message.kind().equals(kind))
        .toList();
  }

  private List<CommandAnswer> answers() {
    return sent("ack").stream()
        .map(message -> CommandAnswer.parse(new String(message.body(), UTF_8)))
        .toList();
  }

  private void awaitAnswers(int count) {
    Eventually.await(
        Duration.ofSeconds(20),
        count + " answers",
        () -> {
          work();
          return answers().size() >= count;
        });
    assertThat(answers()).hasSize(count);
  }

  private List<AuditEntry> audit() {
    return answer(
        new AuditLog(database.store(), clock)
            .entries(AuditFilter.everything(), Optional.empty(), 100));
  }

  @Test
  void isCarriedOutOnceHoweverOftenItComes() {
    Outline pause = order("PAUSE_CAMPAIGNS");
    take(pause);
    take(pause);
    awaitAnswers(1);
    take(pause);
    work();
    take(order("SEND_STATEMENT"));
    awaitAnswers(2);

    assertThat(answers().getFirst())
        .isEqualTo(new CommandAnswer(pause.id(), Result.DONE, Map.of()));
    assertThat(sent("ack").getFirst().id()).isEqualTo(CommandAnswer.messageIdOf(pause.id()));
    assertThat(orders.done).containsExactly("pause " + NOW);
    assertThat(sent("ledger")).hasSize(1);
  }

  @Test
  @Tag("PLT-18")
  void tellsInTheAuditLogWhoOrderedWhat() {
    Outline pause = order("PAUSE_CAMPAIGNS");
    take(pause);
    awaitAnswers(1);
    take(order("DANCE"));

    assertThat(audit())
        .extracting(AuditEntry::action)
        .containsExactly("COMMAND_REFUSED", "COMMAND_BEGUN");
    assertThat(audit().getLast().actor().login()).isEqualTo("central/aigerim");
    assertThat(audit().getLast().object()).isEqualTo("command/" + pause.id());
    assertThat(audit().getLast().reason()).isEqualTo("the customer asked for it");
  }

  @Test
  void answersWhatItDoesNotKnow() {
    take(order("DANCE"));

    assertThat(answers()).extracting(CommandAnswer::result).containsExactly(Result.UNKNOWN_ORDER);
  }

  @Test
  void doesNothingAfterItsTime() {
    clock.advance(Duration.ofMinutes(10));
    take(order("PAUSE_CAMPAIGNS"));
    assertThat(answers()).extracting(CommandAnswer::result).containsExactly(Result.EXPIRED);

    clock.set(NOW.plusSeconds(599));
    take(order("PAUSE_CAMPAIGNS"));
    clock.set(NOW.plusSeconds(600));
    awaitAnswers(2);

    assertThat(answers().getLast().result()).isEqualTo(Result.EXPIRED);
    assertThat(orders.done).isEmpty();
  }

  @Test
  void resumesWhatTheLastPausePaused() {
    take(order("RESUME_CAMPAIGNS"));
    awaitAnswers(1);
    take(order("PAUSE_CAMPAIGNS"));
    awaitAnswers(2);
    clock.advance(Duration.ofSeconds(30));
    take(order("PAUSE_CAMPAIGNS"));
    awaitAnswers(3);
    clock.advance(Duration.ofSeconds(30));
    take(order("RESUME_CAMPAIGNS"));
    awaitAnswers(4);

    assertThat(orders.done)
        .containsExactly(
            "resume nothing",
            "pause " + NOW,
            "pause " + NOW.plusSeconds(30),
            "resume " + NOW.plusSeconds(30));
  }

  @Test
  void answersWithFactsOrThatItFailed() {
    take(order("COLLECT_DIAGNOSTICS"));
    awaitAnswers(1);
    orders.broken = true;
    take(order("COLLECT_DIAGNOSTICS"));
    awaitAnswers(2);

    assertThat(answers())
        .extracting(CommandAnswer::result)
        .containsExactly(Result.DONE, Result.FAILED);
    assertThat(answers().getFirst().facts()).isEqualTo(Map.of("java", "25"));
  }

  @Test
  void aRestartIsAnsweredByTheProgramThatCameAfterIt() {
    take(order("RESTART"));
    work();
    Eventually.await(Duration.ofSeconds(20), "it restarts", () -> !orders.done.isEmpty());
    work();
    assertThat(answers()).isEmpty();

    commands = commands();
    awaitAnswers(1);

    assertThat(answers().getFirst().result()).isEqualTo(Result.DONE);
    assertThat(orders.done).containsExactly("restart");
  }

  @ParameterizedTest
  @Tag("PLT-06")
  @ValueSource(strings = {"PAUSE_CAMPAIGNS", "SEND_STATEMENT", "RETURN_LEASE"})
  void isDoneOnceWhicheverStatementIsTheLastBeforeADeath(String order) {
    boolean pulled = true;
    int answered = 0;
    for (int statement = 1; pulled && statement < 60; statement++) {
      Outline next = order(order);
      take(next);
      Plug plug = Plug.in(database.store(), statement);
      try {
        work();
      } catch (Plug.Pulled _) {
        assertThat(answers()).hasSize(answered);
      }
      Eventually.await(
          Duration.ofSeconds(20),
          "the plug is pulled or the answer is there",
          () -> plug.isPulled() || isAnswered(next));
      pulled = plug.isPulled();
      Plug.remove(database.store());
      commands = commands();
      answered++;
      int expected = answered;
      Eventually.await(
          Duration.ofSeconds(20),
          "it is answered",
          () -> {
            work();
            return isAnswered(next);
          });
      assertThat(answers()).hasSize(expected);
    }

    assertThat(pulled).isFalse();
    if (order.equals("PAUSE_CAMPAIGNS")) {
      assertThat(orders.done).hasSizeLessThanOrEqualTo(answered);
    } else {
      assertThat(sent("ledger"))
          .hasSizeLessThanOrEqualTo(answered)
          .extracting(QueuedMessage::id)
          .doesNotHaveDuplicates();
    }
  }

  private boolean isAnswered(Outline order) {
    return answers().stream().anyMatch(answer -> answer.commandId().equals(order.id()));
  }

  @Test
  @Tag("SH-BAL-16")
  void aStatementIsQueuedBeforeTheAnswerThatPromisesIt() {
    take(order("SEND_STATEMENT"));
    awaitAnswers(1);

    QueuedMessage statement = sent("ledger").getFirst();
    assertThat(BookStatement.parse(new String(statement.body(), UTF_8)).cause())
        .isEqualTo(BookStatement.Cause.ORDERED);
    assertThat(statement.seq()).isLessThan(sent("ack").getFirst().seq());
  }
}
