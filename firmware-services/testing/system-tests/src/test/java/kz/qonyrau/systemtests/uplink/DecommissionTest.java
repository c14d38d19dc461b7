package kz.qonyrau.systemtests.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.fleet.Box;
import kz.qonyrau.fleet.BoxState;
import kz.qonyrau.fleet.Command;
import kz.qonyrau.fleet.Commands;
import kz.qonyrau.fleet.TimelineEntry;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.uplink.Retirement;
import kz.qonyrau.uplink.Retirement.Stage;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.CommandAnswer;
import kz.qonyrau.wire.CommandOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The end of a box, between it and a real central that refuses it as soon as it knows.
@Timeout(120)
@Tag("PLT-22")
class DecommissionTest {

  @TempDir private Path directory;
  private RunningCentral central;

  @BeforeEach
  void startCentral() throws InterruptedException, TimeoutException {
    central = new RunningCentral(directory.resolve("central"));
  }

  @AfterEach
  void stopCentral() {
    central.close();
  }

  private Box seen(BoxId id) {
    return Eventually.answer(central.fleet().views().box(id)).orElseThrow();
  }

  private Command decommission(BoxId id) {
    Commands.Result result =
        Eventually.answer(
            central
                .fleet()
                .commands()
                .give(
                    id,
                    CommandOrder.DECOMMISSION,
                    Duration.ofMinutes(10),
                    "the contract has ended",
                    "admin"));
    if (!(result instanceof Commands.Result.Given(Command command))) {
      throw new AssertionError(result);
    }
    return command;
  }

  private static void awaitStage(RunningBox box, Stage stage) {
    Eventually.await(
        Duration.ofSeconds(20),
        "the box is at " + stage,
        () ->
            box.uplink()
                .retirement()
                .state()
                .map(Retirement.State::stage)
                .equals(Optional.of(stage)));
  }

  private static void confirm(RunningBox box) {
    assertThat(Eventually.answer(box.uplink().retirement().confirm("owner")))
        .isEqualTo(Retirement.Confirmation.DONE);
  }

  @Test
  void everythingIsReportedBeforeTheAnswerAndErasedThoughNoReceiptForItComes() {
    try (RunningBox box = new RunningBox(directory.resolve("box"), central, Optional.empty())) {
      BoxId id = box.join(central.ticket("500.00")).id();
      box.report(20);
      Command command = decommission(id);
      awaitStage(box, Stage.OWNERS_TIME);
      assertThat(box.erased).isEmpty();
      assertThat(seen(id).state()).isEqualTo(BoxState.ONLINE);

      box.report(5);
      confirm(box);
      Eventually.await(Duration.ofSeconds(30), "it is to be erased", () -> !box.erased.isEmpty());

      assertThat(box.erased).containsExactly(command.document().id());
      assertThat(seen(id).state()).isEqualTo(BoxState.REVOKED);
      assertThat(seen(id).usageMessages()).isEqualTo(25);
      assertThat(seen(id).money().used()).isEqualTo(Tenge.of("300.00"));
      assertThat(Eventually.answer(central.fleet().commands().of(id, 10)))
          .extracting(Command::result)
          .containsExactly(Optional.of(CommandAnswer.Result.DONE));
      List<TimelineEntry> timeline = Eventually.answer(central.fleet().views().timeline(id, 50));
      assertThat(timeline).extracting(TimelineEntry::kind).contains("RETIRED");
    }
  }

  @Test
  void aProgramThatDiedAfterItsAnswerLearnsFromTheRefusalThatItArrived() {
    try (RunningBox box = new RunningBox(directory.resolve("box"), central, Optional.empty())) {
      BoxId id = box.join(central.ticket("0.00")).id();
      Command command = decommission(id);
      awaitStage(box, Stage.OWNERS_TIME);
      confirm(box);
      Eventually.await(Duration.ofSeconds(30), "it is to be erased", () -> !box.erased.isEmpty());
      assertThat(seen(id).state()).isEqualTo(BoxState.REVOKED);

      box.restart();

      Eventually.await(Duration.ofSeconds(30), "it is again", () -> box.erased.size() == 2);
      assertThat(box.erased).containsOnly(command.document().id());
    }
  }

  @Test
  void nothingIsErasedWhileTheLineIsDown() throws IOException {
    try (CuttableLink link = new CuttableLink(central.brokerPort());
        RunningBox box =
            new RunningBox(directory.resolve("box"), central, Optional.of(link.address()))) {
      BoxId id = box.join(central.ticket("0.00")).id();
      var _ = decommission(id);
      awaitStage(box, Stage.OWNERS_TIME);
      box.awaitEmptyOutbox(Duration.ofSeconds(20));
      link.cut();
      confirm(box);
      awaitStage(box, Stage.ANSWERED);

      box.restart();
      Eventually.await(
          Duration.ofSeconds(20),
          "it has tried to reach central",
          () -> box.uplink().status().fault().isPresent());
      assertThat(box.erased).isEmpty();
      link.mend();

      Eventually.await(Duration.ofSeconds(30), "it is to be erased", () -> !box.erased.isEmpty());
      assertThat(seen(id).state()).isEqualTo(BoxState.REVOKED);
    }
  }
}
