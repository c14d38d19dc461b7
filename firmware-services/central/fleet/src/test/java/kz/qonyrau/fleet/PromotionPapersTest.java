package kz.qonyrau.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.cases.Promotion;
import kz.qonyrau.cases.PromotionResult;
import kz.qonyrau.cases.PromotionState;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionOutlet;
import kz.qonyrau.wire.ReportedWithdrawal;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What boxes are told of published recordings, and what comes of a withdrawal at a box.
@Timeout(60)
@OnEachDatabase
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
class PromotionPapersTest {

  private static final CallId CALL = CallId.random();

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T05:00:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;
  private StagedFleet.StagedBox anothers;
  private String id = "";

  @BeforeEach
  void publishARecording() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    anothers = stage.enrolForAnother();
    beats(box);
    beats(anothers);
    id =
        done(
            stage.promotions.enter(
                new Promotion.Consent(
                    box.id,
                    CALL,
                    new PromotedRecording.TelegramMessage("-100123", 42),
                    clock.instant(),
                    "Айгүл",
                    Set.of(PromotionOutlet.SITE)),
                "complaints"));
    var _ =
        done(
            stage.promotions.publish(
                id,
                new Promotions.PublicationOrder(
                    PromotionOutlet.SITE, "qonyrau.kz/examples", clock.instant()),
                "complaints"));
  }

  private static String done(io.vertx.core.Future<PromotionResult> result) {
    return ((PromotionResult.Done) answer(result)).promotion().id();
  }

  private void beats(StagedFleet.StagedBox one) {
    one.beats(UUID.randomUUID().toString(), 1, 1, 1, 0);
  }

  private List<PromotedRecording> takes(StagedFleet.StagedBox one) {
    List<PromotedRecording> recordings = one.published().open(one.opening);
    one.promotion = one.published().version();
    beats(one);
    return recordings;
  }

  private Envelope withdrawal(StagedFleet.StagedBox from, String consent) {
    CaseReport report =
        CaseReport.of(
            from.id,
            consent,
            new ReportedWithdrawal(clock.instant(), "owner"),
            from.toldOfComplaints().reports());
    return from.message(
        UUID.randomUUID().toString(), Schemas.CASE, new String(report.body(), UTF_8));
  }

  private void sends(StagedFleet.StagedBox from, Envelope message) {
    assertThat(answer(from.send(TopicKind.CASE, message))).isPresent();
  }

  private Promotion promotion() {
    return answer(stage.promotions.find(id)).orElseThrow();
  }

  private List<String> alarms() {
    return answer(
        database
            .store()
            .read(handle ->
                handle.createQuery("SELECT code FROM fleet.alarm").mapTo(String.class).list()));
  }

  @Test
  void theBoxIsToldSealedAndNobodyElseIs() {
    PromotedRecording told = takes(box).getFirst();

    assertThat(told.call()).isEqualTo(CALL);
    assertThat(told.message().id()).isEqualTo(42);
    assertThat(told.publications().getFirst().place()).isEqualTo("qonyrau.kz/examples");
    assertThat(count("SELECT COUNT(*) FROM fleet.promotion")).isEqualTo(1);
    for (StagedFleet.Sent one : stage.sent) {
      assertThat(new String(one.envelope().bytes(), UTF_8))
          .doesNotContain("100123", "qonyrau.kz/examples", "Айгүл");
    }
    assertThat(count("SELECT COUNT(*) FROM fleet.document WHERE kind = 'promotion'")).isEqualTo(1);
  }

  @Test
  void theOwnerWithdrawsOnceHoweverOftenItComes() {
    assertThat(takes(box)).hasSize(1);
    clock.advance(Duration.ofDays(1));
    Envelope message = withdrawal(box, id);

    sends(box, message);
    clock.advance(Duration.ofHours(1));
    sends(box, message);
    sends(box, withdrawal(box, id));

    assertThat(promotion().state()).isEqualTo(PromotionState.TO_REMOVE);
    PromotedRecording told = takes(box).getFirst();
    assertThat(told.withdrawal().orElseThrow().due())
        .isEqualTo(clock.instant().minus(Duration.ofHours(1)).plus(Promotions.REMOVAL));
    assertThat(alarms()).isEmpty();
  }

  @Test
  void whatNamesNoConsentOfThisBoxIsAnsweredAndChangesNothing() {
    Promotion before = promotion();

    sends(anothers, withdrawal(anothers, id));
    sends(box, withdrawal(box, UUID.randomUUID().toString()));

    assertThat(promotion()).isEqualTo(before);
    assertThat(alarms()).containsExactlyInAnyOrder("CASE_FOREIGN", "CASE_UNKNOWN");
  }

  @Test
  void whatIsSealedForAnotherIsParkedAndChangesNothing() {
    Promotion before = promotion();
    CaseReport forged =
        CaseReport.of(
            box.id,
            id,
            new ReportedWithdrawal(clock.instant(), "owner"),
            OpeningKey.random().sealing());

    sends(
        box,
        box.message(UUID.randomUUID().toString(), Schemas.CASE, new String(forged.body(), UTF_8)));

    assertThat(promotion()).isEqualTo(before);
    assertThat(alarms()).containsExactly("BODY_MALFORMED");
  }

  @Test
  void whatABoxCannotReadOrHasLostIsToldAgain() {
    assertThat(takes(box)).hasSize(1);
    box.opening = OpeningKey.random();
    beats(box);
    assertThat(takes(box)).hasSize(1);

    box.promotion = 0;
    int before = stage.sent.size();
    beats(box);
    Eventually.await(
        Duration.ofSeconds(10),
        "it is sent again",
        () ->
            List.copyOf(stage.sent).stream()
                .skip(before)
                .anyMatch(one -> one.topic().kind() == TopicKind.PROMOTION));

    box.promotion = box.published().version() + 7;
    beats(box);
    assertThat(box.published().version()).isGreaterThan(box.promotion);
    assertThat(takes(box)).hasSize(1);
  }

  @Test
  void whatIsNotRemovedInTimeRaisesAnAlarm() {
    sends(box, withdrawal(box, id));
    clock.advance(Promotions.REMOVAL);
    var _ = answer(stage.fleet.sweep());
    assertThat(alarms()).doesNotContain("PROMOTION_OVERDUE");

    clock.advance(Duration.ofSeconds(1));
    var _ = answer(stage.fleet.sweep());
    var _ = answer(stage.fleet.sweep());

    assertThat(alarms()).containsOnlyOnce("PROMOTION_OVERDUE");
    assertThat(count("SELECT times FROM fleet.alarm WHERE code = 'PROMOTION_OVERDUE'"))
        .isEqualTo(1);
  }

  /// A report is taken whole or not at all, whichever statement is the last before a death.
  @Test
  void aWithdrawalIsOneWhole() {
    Envelope message = withdrawal(box, id);
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(box.send(TopicKind.CASE, message));
      } catch (Plug.Pulled _) {
        assertThat(plug.isPulled()).isTrue();
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      if (promotion().state() == PromotionState.STANDING) {
        assertThat(messages(message)).isZero();
      }
    }
    assertThat(promotion().state()).isEqualTo(PromotionState.TO_REMOVE);
    assertThat(messages(message)).isEqualTo(1);
  }

  private long messages(Envelope message) {
    return count("SELECT COUNT(*) FROM fleet.message WHERE msg_id = '" + message.msgId() + "'");
  }

  private long count(String query) {
    return answer(
        database.store().read(handle -> handle.createQuery(query).mapTo(Long.class).one()));
  }
}
