package kz.qonyrau.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.CommandOrder;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TopicKind;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@OnEachDatabase
class CommandsTest {

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

  private Command give(CommandOrder order) {
    Commands.Result result =
        answer(
            stage
                .fleet
                .commands()
                .give(box.id, order, CommandDocument.USUAL_VALIDITY, "maintenance", "fleet"));
    if (!(result instanceof Commands.Result.Given(Command command))) {
      throw new AssertionError("not given: " + result);
    }
    return command;
  }

  private void answers(Command command, CommandAnswer.Result result, Map<String, String> facts) {
    CommandAnswer answer = new CommandAnswer(command.document().id(), result, facts);
    assertThat(
            answer(
                box.send(
                    TopicKind.ACK,
                    box.message(
                        CommandAnswer.messageIdOf(answer.commandId()),
                        Schemas.ACK,
                        new String(answer.body(), UTF_8)))))
        .isPresent();
  }

  private List<SignedDocument> commandsSent() {
    return stage.sent.stream()
        .filter(sent -> sent.topic().kind() == TopicKind.COMMAND)
        .map(sent -> SignedDocument.parse(Schemas.COMMAND, sent.envelope().body()))
        .toList();
  }

  private Command last() {
    return answer(stage.fleet.commands().of(box.id, 1)).getFirst();
  }

  @Test
  @Tag("PLT-13")
  void isSignedSentAnsweredAndLogged() {
    Command command = give(CommandOrder.COLLECT_DIAGNOSTICS);

    assertThat(commandsSent())
        .singleElement()
        .satisfies(sent -> {
          assertThat(CommandDocument.parse(sent)).contains(command.document());
          assertThat(sent.isSignedBy(stage.provider())).isTrue();
        });
    answers(command, CommandAnswer.Result.DONE, Map.of("version", "0.1.0"));

    assertThat(last().result()).contains(CommandAnswer.Result.DONE);
    assertThat(last().facts()).containsExactly(Map.entry("version", "0.1.0"));
    assertThat(last().answeredAt()).contains(clock.instant());
    assertThat(answer(stage.fleet.views().timeline(box.id, 2)))
        .extracting(TimelineEntry::kind, TimelineEntry::by)
        .containsExactly(
            Tuple.tuple("COMMAND_ANSWERED", Optional.empty()),
            Tuple.tuple("COMMAND_GIVEN", Optional.of("fleet")));
  }

  @Test
  @Tag("PLT-13")
  void isSentAgainWithEachHeartbeatUntilItIsAnsweredOrExpires() {
    Command command = give(CommandOrder.SEND_STATEMENT);
    beat();
    assertThat(commandsSent()).hasSize(2);

    clock.advance(CommandDocument.USUAL_VALIDITY.minusMillis(1));
    beat();
    assertThat(commandsSent()).hasSize(3);
    assertThat(last().isOpen(clock.instant())).isTrue();

    clock.advance(Duration.ofMillis(1));
    beat();
    assertThat(commandsSent()).as("expired").hasSize(3);
    assertThat(last().isOpen(clock.instant())).isFalse();

    answers(command, CommandAnswer.Result.EXPIRED, Map.of());
    assertThat(last().result()).contains(CommandAnswer.Result.EXPIRED);
  }

  private void beat() {
    box.beats(UUID.randomUUID().toString(), 1, 1, 1, 0);
  }

  @Test
  @Tag("PLT-13")
  void anAnswerCountsOnceAndOnlyFromTheBoxThatWasAsked() {
    Command command = give(CommandOrder.PAUSE_CAMPAIGNS);
    StagedFleet.StagedBox other = stage.enrol("0.00");
    CommandAnswer forged =
        new CommandAnswer(command.document().id(), CommandAnswer.Result.FAILED, Map.of());
    var _ =
        answer(
            other.send(
                TopicKind.ACK,
                other.message(
                    UUID.randomUUID().toString(), Schemas.ACK, new String(forged.body(), UTF_8))));
    assertThat(last().result()).isEmpty();

    answers(command, CommandAnswer.Result.DONE, Map.of());
    answers(command, CommandAnswer.Result.DONE, Map.of());

    assertThat(
            answer(stage.fleet.views().timeline(box.id, 100)).stream()
                .filter(entry -> entry.kind().equals("COMMAND_ANSWERED")))
        .hasSize(1);
  }

  @Test
  @Tag("PLT-22")
  void whoGivesTheLeaseBackGetsNoNewOne() {
    var _ = give(CommandOrder.RETURN_LEASE);

    assertThat(box.seen().money().target()).isEqualTo(Tenge.ZERO);
    box.spends("900.00");
    assertThat(box.seen().money().granted()).isEqualTo(Tenge.of("1000.00"));
  }

  @Test
  @Tag("PLT-22")
  void aDecommissionedBoxIsRefusedAndItsLeaseIsFree() {
    Command command = give(CommandOrder.DECOMMISSION);
    box.spends("100.00");

    answers(command, CommandAnswer.Result.DONE, Map.of());

    assertThat(box.seen().state()).isEqualTo(BoxState.REVOKED);
    assertThat(stage.fleet.admissions().isAdmitted(box.id)).isFalse();
    assertThat(stage.free()).isEqualTo(490_000);
    assertThat(
            answer(
                stage
                    .fleet
                    .commands()
                    .give(box.id, CommandOrder.RESTART, Duration.ofMinutes(1), "x", "fleet")))
        .isEqualTo(new Commands.Result.BoxRefused());
  }

  @Test
  @Tag("PLT-13")
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() ->
            stage
                .fleet
                .commands()
                .give(box.id, CommandOrder.RESTART, Duration.ofDays(2), "x", "fleet"))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("expires");
    assertThatThrownBy(() ->
            stage
                .fleet
                .commands()
                .give(box.id, CommandOrder.RESTART, Duration.ofMinutes(1), " ", "fleet"))
        .hasMessageContaining("reason");
    assertThat(
            answer(
                stage
                    .fleet
                    .commands()
                    .give(
                        BoxId.random(), CommandOrder.RESTART, Duration.ofMinutes(1), "x", "fleet")))
        .isEqualTo(new Commands.Result.NoSuchBox());
  }
}
