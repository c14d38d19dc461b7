package kz.qonyrau.promotions;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.promotions.PublishedRecording.State;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotedRecording.Publication;
import kz.qonyrau.wire.PromotedRecording.TelegramMessage;
import kz.qonyrau.wire.PromotedRecording.Withdrawal;
import kz.qonyrau.wire.PromotionOutlet;
import kz.qonyrau.wire.ReportedWithdrawal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a box knows of published recordings, and what it tells central, over a real database and
/// outbox.
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
@Timeout(60)
class PromotionsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  private static final BoxId BOX = BoxId.random();
  private static final OpeningKey CENTRAL = OpeningKey.random();
  private static final CallId CALL = CallId.random();

  @RegisterExtension
  private final TemporaryStore database = TemporaryStore.with("OUTBOX", "PROMOTION");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final Outbox outbox = new Outbox(clock);
  private Optional<CentralSeal> seal = Optional.of(new CentralSeal(BOX, CENTRAL.sealing()));
  private int changes;
  private final Promotions promotions = promotions();

  private Promotions promotions() {
    Promotions made = new Promotions(database.store(), outbox, () -> seal, clock);
    made.onChange(() -> changes++);
    return made;
  }

  private static PromotedRecording published(long message) {
    return new PromotedRecording(
        UUID.nameUUIDFromBytes(("consent " + message).getBytes(StandardCharsets.UTF_8)).toString(),
        CALL,
        new TelegramMessage("-100123", message),
        NOW.minus(Duration.ofDays(2)).plusSeconds(message),
        Set.of(PromotionOutlet.SITE),
        Optional.empty(),
        List.of(
            new Publication(
                PromotionOutlet.SITE,
                "qonyrau.kz/examples",
                NOW.minus(Duration.ofDays(1)),
                Optional.empty())));
  }

  private static PromotedRecording withdrawn(PromotedRecording one, Optional<Instant> removedAt) {
    Publication published = one.publications().getFirst();
    return new PromotedRecording(
        one.id(),
        one.call(),
        one.message(),
        one.consentedAt(),
        one.allowed(),
        Optional.of(new Withdrawal(NOW, NOW.plus(Duration.ofDays(3)))),
        List.of(new Publication(published.outlet(), published.place(), published.at(), removedAt)));
  }

  private void take(PromotedRecording... told) {
    var _ = answer(promotions.take(List.of(told)));
  }

  private PublishedRecording only() {
    List<PublishedRecording> found = answer(promotions.of(CALL));
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<CaseReport> told() {
    return answer(database.store().read(handle -> outbox.next(handle, 0, 100))).stream()
        .map(QueuedMessage::body)
        .map(body -> CaseReport.parse(new String(body, StandardCharsets.UTF_8)))
        .toList();
  }

  @Test
  void keepsWhatCentralSaysAndWhatItDoesNotNameIsOver() {
    PromotedRecording first = published(1);
    take(first);
    take(first);
    assertThat(changes).isEqualTo(1);
    assertThat(only()).isEqualTo(new PublishedRecording(first, true, Optional.empty()));
    assertThat(only().state()).isEqualTo(State.STANDING);

    take(withdrawn(first, Optional.empty()));
    assertThat(only().state()).isEqualTo(State.TO_REMOVE);
    take(withdrawn(first, Optional.of(NOW)), published(2));
    assertThat(answer(promotions.newest()))
        .extracting(PublishedRecording::state)
        .containsExactly(State.STANDING, State.ENDED);
    take(published(2));
    take();
    assertThat(answer(promotions.newest()))
        .extracting(PublishedRecording::state)
        .containsExactly(State.ENDED, State.ENDED);
    take(published(2));
    assertThat(answer(promotions.newest()).getFirst().state()).isEqualTo(State.STANDING);
    assertThat(answer(promotions.of(CallId.random()))).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void theOwnerAsksOnceAndWaitsForCentral() {
    PromotedRecording one = published(1);
    take(one);

    var _ = answer(promotions.withdraw(one.id(), "owner"));
    clock.advance(Duration.ofHours(1));
    var _ = answer(promotions.withdraw(one.id(), "another"));
    take(one);
    var _ = answer(promotions.tellWhatWaits());

    assertThat(only().state()).isEqualTo(State.ASKED);
    CaseReport report = told().getFirst();
    assertThat(told()).hasSize(1);
    assertThat(report.caseId()).isEqualTo(one.id());
    assertThat(report.withdrawal(BOX, CENTRAL)).isEqualTo(new ReportedWithdrawal(NOW, "owner"));
    take(withdrawn(one, Optional.empty()));
    assertThat(only().state()).isEqualTo(State.TO_REMOVE);
    assertThat(answer(promotions.withdraw(one.id(), "owner")))
        .isEqualTo(new WithdrawalResult.Withdrawn(only()));
    assertThat(told()).hasSize(1);
  }

  @Test
  void nothingIsWithdrawnThatIsNotThereOrOver() {
    assertThat(answer(promotions.withdraw(UUID.randomUUID().toString(), "owner")))
        .isEqualTo(new WithdrawalResult.NoSuchConsent());
    take(published(1));
    take();
    assertThat(answer(promotions.withdraw(published(1).id(), "owner")))
        .isEqualTo(new WithdrawalResult.Withdrawn(only()));
    assertThat(told()).isEmpty();
  }

  @Test
  void aWithdrawalWaitsUntilCentralSaidWithWhatToSeal() {
    Optional<CentralSeal> later = seal;
    seal = Optional.empty();
    take(published(1));
    var _ = answer(promotions.withdraw(published(1).id(), "owner"));
    var _ = answer(promotions.tellWhatWaits());
    assertThat(only().state()).isEqualTo(State.ASKED);
    assertThat(told()).isEmpty();

    seal = later;
    clock.advance(Duration.ofDays(3));
    var _ = answer(promotions().tellWhatWaits());
    var _ = answer(promotions().tellWhatWaits());

    assertThat(told()).hasSize(1);
    assertThat(told().getFirst().withdrawal(BOX, CENTRAL).at()).isEqualTo(NOW);
  }

  /// Whichever statement is the last before a death: nothing is asked of which central is not told,
  /// and it is told once.
  @Test
  void eachStepIsOneWhole() {
    boolean pulled = true;
    for (int n = 1; pulled; n++) {
      int before = told().size();
      PromotedRecording one = published(n);
      pulled = cut(n, () -> take(one));
      assertThat(state(one)).isIn(Optional.empty(), Optional.of(State.STANDING));
      take(one);
      pulled |= cut(n, () -> withdraw(one));
      assertThat(told()).hasSize(before + (state(one).equals(Optional.of(State.ASKED)) ? 1 : 0));
      withdraw(one);
      assertThat(told()).hasSize(before + 1);
      assertThat(n).isLessThan(40);
    }
  }

  private void withdraw(PromotedRecording one) {
    var _ = answer(promotions.withdraw(one.id(), "owner"));
  }

  private Optional<State> state(PromotedRecording one) {
    return answer(promotions.of(CALL)).stream()
        .filter(known -> known.told().id().equals(one.id()))
        .map(PublishedRecording::state)
        .findFirst();
  }

  private boolean cut(int statement, Runnable step) {
    Plug plug = Plug.in(database.store(), statement);
    try {
      step.run();
    } catch (Plug.Pulled _) {
      // What a power cut looks like from here.
    }
    boolean pulled = plug.isPulled();
    Plug.remove(database.store());
    return pulled;
  }
}
