package kz.qonyrau.cases;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import kz.qonyrau.cases.PromotionResult.Refusal;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotedRecording.TelegramMessage;
import kz.qonyrau.wire.PromotionOutlet;
import kz.qonyrau.wire.ReportedWithdrawal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A recording is published only while its customer consents, and removed in time when he does not.
@Timeout(60)
@OnEachDatabase
@Tag("SH-NOT-11")
@Tag("AC-REC-06")
class PromotionsTest {

  private static final OrganisationId NOMAD = OrganisationId.random();
  private static final OrganisationId OTHER = OrganisationId.random();
  private static final BoxId BOX = BoxId.random();
  private static final BoxId OTHERS = BoxId.random();
  private static final CallId CALL = CallId.random();
  private static final String PLACE = "https://qonyrau.kz/examples";

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CASES");

  private final SteppedClock clock = SteppedClock.at("2026-11-24T05:00:00Z");
  private final List<BoxId> changed = new ArrayList<>();
  private Promotions promotions;

  @BeforeEach
  void open() {
    Map<BoxId, OrganisationId> owners = Map.of(BOX, NOMAD, OTHERS, OTHER);
    promotions =
        new Promotions(
            database.store(),
            (_, box) -> Optional.ofNullable(owners.get(box)),
            OpeningKey.random(),
            clock);
    promotions.onChange(changed::add);
  }

  private Promotion.Consent consent(BoxId box, CallId call, int message) {
    return new Promotion.Consent(
        box,
        call,
        new TelegramMessage("777", message),
        clock.instant(),
        "Айгүл",
        Set.of(PromotionOutlet.SITE));
  }

  private Promotion entered(BoxId box, CallId call, int message) {
    return done(promotions.enter(consent(box, call, message), "complaints"));
  }

  private Promotion published(Promotion promotion, String place) {
    return done(publish(promotion.id(), PromotionOutlet.SITE, place, clock.instant()));
  }

  private Future<PromotionResult> publish(
      String id, PromotionOutlet outlet, String place, Instant at) {
    return promotions.publish(id, new Promotions.PublicationOrder(outlet, place, at), "complaints");
  }

  private Promotion withdrawn(Promotion promotion) {
    return done(promotions.withdraw(promotion.id(), "Айгүл", clock.instant(), "complaints"));
  }

  private static Promotion done(Future<PromotionResult> result) {
    PromotionResult.Done done = (PromotionResult.Done) answer(result);
    return done.promotion();
  }

  private static Refusal refused(Future<PromotionResult> result) {
    PromotionResult.Refused refused = (PromotionResult.Refused) answer(result);
    return refused.why();
  }

  private Taken reports(BoxId box, String id) {
    return answer(
        database
            .store()
            .write(handle ->
                promotions.take(
                    handle, box, id, new ReportedWithdrawal(clock.instant(), "owner"))));
  }

  private List<PromotedRecording> told(BoxId box) {
    return answer(database.store().read(handle -> promotions.recordings(handle, box)));
  }

  @Test
  void fromTheConsentToTheRemoval() {
    Promotion promotion = entered(BOX, CALL, 1);
    assertThat(promotion.organisation()).isEqualTo(NOMAD);
    assertThat(promotion.state()).isEqualTo(PromotionState.STANDING);
    clock.advance(Duration.ofHours(1));
    Promotion published = published(promotion, PLACE);
    assertThat(published.publications())
        .extracting(Promotion.Publication::place)
        .containsOnly(PLACE);

    clock.advance(Duration.ofHours(1));
    Instant asked = clock.instant();
    clock.advance(Duration.ofHours(5));
    Promotion withdrawn = done(promotions.withdraw(promotion.id(), "Айгүл", asked, "complaints"));

    assertThat(withdrawn.state()).isEqualTo(PromotionState.TO_REMOVE);
    assertThat(withdrawn.withdrawal().orElseThrow().due())
        .isEqualTo(asked.plus(Promotions.REMOVAL));
    assertThat(withdrawn.isOverdue(asked.plus(Promotions.REMOVAL))).isFalse();
    assertThat(withdrawn.isOverdue(asked.plus(Promotions.REMOVAL).plusMillis(1))).isTrue();
    String id = withdrawn.publications().getFirst().id();
    Promotion over = done(promotions.remove(promotion.id(), id, clock.instant(), "complaints"));
    assertThat(over.state()).isEqualTo(PromotionState.ENDED);
    assertThat(told(BOX).getFirst().publications().getFirst().removedAt())
        .contains(clock.instant());
    assertThat(told(OTHERS)).isEmpty();
    assertThat(changed).hasSize(4).containsOnly(BOX);
  }

  @Test
  void nothingIsPublishedWithoutAConsentThatStandsAndAllowsIt() {
    Instant now = clock.instant();
    assertThat(refused(publish(UUID.randomUUID().toString(), PromotionOutlet.SITE, PLACE, now)))
        .isEqualTo(Refusal.NO_SUCH_PROMOTION);
    Promotion promotion = entered(BOX, CALL, 1);
    clock.advance(Duration.ofHours(1));
    assertThat(refused(publish(promotion.id(), PromotionOutlet.SOCIAL, PLACE, clock.instant())))
        .isEqualTo(Refusal.BEYOND_THE_CONSENT);
    assertThat(refused(publish(promotion.id(), PromotionOutlet.SITE, PLACE, now.minusMillis(1))))
        .isEqualTo(Refusal.BEFORE_THE_CONSENT);
    assertThat(
            refused(
                publish(
                    promotion.id(), PromotionOutlet.SITE, PLACE, clock.instant().plusMillis(1))))
        .isEqualTo(Refusal.IN_THE_FUTURE);
    var _ = withdrawn(promotion);
    assertThat(refused(publish(promotion.id(), PromotionOutlet.SITE, PLACE, clock.instant())))
        .isEqualTo(Refusal.WITHDRAWN);
    assertThat(told(BOX).getFirst().publications()).isEmpty();
  }

  @Test
  void oneMessageIsForOneRecordingAndAWithdrawnOneNeverComesBack() {
    Promotion promotion = entered(BOX, CALL, 1);
    assertThat(refused(promotions.enter(consent(BOX, CallId.random(), 1), "complaints")))
        .isEqualTo(Refusal.MESSAGE_TAKEN);
    assertThat(refused(promotions.enter(consent(OTHERS, CALL, 1), "complaints")))
        .isEqualTo(Refusal.MESSAGE_TAKEN);
    assertThat(refused(promotions.enter(consent(BOX, CALL, 2), "complaints")))
        .isEqualTo(Refusal.CONSENT_STANDS);

    var _ = withdrawn(promotion);

    assertThat(refused(promotions.enter(consent(BOX, CALL, 1), "complaints")))
        .isEqualTo(Refusal.WITHDRAWN);
    assertThat(refused(promotions.enter(consent(BOX, CallId.random(), 1), "complaints")))
        .isEqualTo(Refusal.MESSAGE_TAKEN);
    Promotion anew = entered(BOX, CALL, 2);
    assertThat(anew.id()).isNotEqualTo(promotion.id());
    assertThat(told(BOX)).hasSize(2);
    // The number of a message is good in its chat alone.
    Promotion.Consent elsewhere = consent(BOX, CallId.random(), 1);
    assertThat(
            done(promotions.enter(
                    new Promotion.Consent(
                        BOX,
                        elsewhere.call(),
                        new TelegramMessage("-778", 1),
                        elsewhere.givenAt(),
                        "Ерлан",
                        Set.of(PromotionOutlet.SOCIAL)),
                    "complaints"))
                .consent()
                .allowed())
        .containsOnly(PromotionOutlet.SOCIAL);
  }

  @Test
  void whatIsSaidTwiceIsDoneOnce() {
    Promotion promotion = entered(BOX, CALL, 1);
    assertThat(entered(BOX, CALL, 1).id()).isEqualTo(promotion.id());
    var _ = published(promotion, PLACE);
    Promotion published = published(promotion, PLACE);
    assertThat(published.publications()).hasSize(1);
    String publication = published.publications().getFirst().id();
    Promotion withdrawn = withdrawn(promotion);
    clock.advance(Duration.ofHours(1));
    assertThat(withdrawn(promotion)).isEqualTo(withdrawn);
    Promotion removed =
        done(promotions.remove(promotion.id(), publication, clock.instant(), "complaints"));
    clock.advance(Duration.ofHours(1));
    assertThat(done(promotions.remove(promotion.id(), publication, clock.instant(), "other")))
        .isEqualTo(removed);
    assertThat(reports(BOX, promotion.id())).isEqualTo(Taken.KNOWN);
    assertThat(answer(promotions.find(promotion.id()))).contains(removed);
  }

  @Test
  void timesThatCannotBeAreRefused() {
    Instant now = clock.instant();
    Promotion.Consent later =
        new Promotion.Consent(
            BOX,
            CALL,
            new TelegramMessage("1", 1),
            now.plusMillis(1),
            "x",
            Set.of(PromotionOutlet.SITE));
    assertThat(refused(promotions.enter(later, "complaints"))).isEqualTo(Refusal.IN_THE_FUTURE);
    assertThat(refused(promotions.enter(consent(BoxId.random(), CALL, 1), "complaints")))
        .isEqualTo(Refusal.NO_SUCH_BOX);
    Promotion promotion = published(entered(BOX, CALL, 1), PLACE);
    String id = promotion.id();
    assertThat(refused(promotions.withdraw(id, "x", now.plusMillis(1), "complaints")))
        .isEqualTo(Refusal.IN_THE_FUTURE);
    assertThat(refused(promotions.withdraw(id, "x", now.minusMillis(1), "complaints")))
        .isEqualTo(Refusal.BEFORE_THE_CONSENT);
    String publication = promotion.publications().getFirst().id();
    assertThat(refused(promotions.remove(id, publication, now.minusMillis(1), "complaints")))
        .isEqualTo(Refusal.BEFORE_THE_PUBLICATION);
    assertThat(refused(promotions.remove(id, publication, now.plusMillis(1), "complaints")))
        .isEqualTo(Refusal.IN_THE_FUTURE);
    assertThat(refused(promotions.remove(id, UUID.randomUUID().toString(), now, "complaints")))
        .isEqualTo(Refusal.NO_SUCH_PUBLICATION);
    assertThatThrownBy(() -> promotions.withdraw(id, " ", now, "complaints"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(answer(promotions.find(id))).contains(promotion);
  }

  /// One that is removed may be published there again; one place does not hold it twice.
  @Test
  void aPlaceHoldsItOnce() {
    Promotion promotion = published(entered(BOX, CALL, 1), PLACE);
    clock.advance(Duration.ofHours(1));
    assertThat(refused(publish(promotion.id(), PromotionOutlet.SITE, PLACE, clock.instant())))
        .isEqualTo(Refusal.PUBLISHED_THERE);
    String first = promotion.publications().getFirst().id();
    Promotion removed =
        done(promotions.remove(promotion.id(), first, clock.instant(), "complaints"));
    assertThat(removed.state()).isEqualTo(PromotionState.STANDING);
    assertThat(published(removed, PLACE).publications()).hasSize(2);
    for (int n = 2; n < PromotedRecording.MOST_PUBLICATIONS; n++) {
      var _ = published(promotion, "place " + n);
    }
    assertThat(refused(publish(promotion.id(), PromotionOutlet.SITE, "one more", clock.instant())))
        .isEqualTo(Refusal.TOO_MANY_PUBLICATIONS);
  }

  /// All that is open fits into one document, and what is over gives way.
  @Test
  void aBoxIsToldOfAllThatIsOpen() {
    int message = 1;
    Promotion last = entered(BOX, CallId.random(), message++);
    while (answer(promotions.enter(consent(BOX, CallId.random(), message), "complaints"))
        instanceof PromotionResult.Done) {
      message++;
    }
    assertThat(refused(promotions.enter(consent(BOX, CallId.random(), message), "complaints")))
        .isEqualTo(Refusal.BOX_FULL);
    assertThat(refused(publish(last.id(), PromotionOutlet.SITE, "қ".repeat(200), clock.instant())))
        .isEqualTo(Refusal.BOX_FULL);
    assertThat(told(BOX)).hasSize(message - 1);
    assertThat(entered(OTHERS, CallId.random(), message).organisation()).isEqualTo(OTHER);

    var _ = withdrawn(last);
    Promotion next = entered(BOX, CallId.random(), message + 1);

    assertThat(told(BOX)).extracting(PromotedRecording::id).contains(next.id());
    assertThat(told(BOX)).extracting(PromotedRecording::id).doesNotContain(last.id());
  }

  @Test
  void theOwnerWithdrawsAtHisOwnBoxAlone() {
    Promotion promotion = published(entered(BOX, CALL, 1), PLACE);
    assertThat(reports(OTHERS, promotion.id())).isEqualTo(Taken.FOREIGN_CASE);
    assertThat(reports(BOX, UUID.randomUUID().toString())).isEqualTo(Taken.UNKNOWN_CASE);
    assertThat(answer(promotions.find(promotion.id()))).contains(promotion);

    clock.advance(Duration.ofDays(2));
    assertThat(reports(BOX, promotion.id())).isEqualTo(Taken.NOTED);

    Promotion.Withdrawal withdrawal =
        answer(promotions.find(promotion.id())).orElseThrow().withdrawal().orElseThrow();
    assertThat(withdrawal.by()).isEqualTo("owner");
    assertThat(withdrawal.enteredBy()).isEmpty();
    assertThat(withdrawal.due()).isEqualTo(clock.instant().plus(Promotions.REMOVAL));
  }

  @Test
  void whatIsOverdueComesFirstAndRaisesOneAlarm() {
    Promotion early = withdrawn(published(entered(BOX, CallId.random(), 1), PLACE));
    clock.advance(Duration.ofHours(1));
    Promotion late = withdrawn(published(entered(OTHERS, CallId.random(), 2), PLACE));
    Promotion standing = entered(BOX, CallId.random(), 3);
    Promotion over = withdrawn(entered(BOX, CallId.random(), 4));

    assertThat(ids(Optional.empty(), Optional.empty()))
        .containsExactly(early.id(), late.id(), standing.id(), over.id());
    assertThat(ids(Optional.of(PromotionState.TO_REMOVE), Optional.of(OTHER)))
        .containsExactly(late.id());
    assertThat(ids(Optional.empty(), Optional.of(NOMAD))).hasSize(3);
    assertThat(ids(Optional.of(PromotionState.ENDED), Optional.empty())).containsExactly(over.id());
    assertThat(alarming()).isEmpty();
    clock.advance(Promotions.REMOVAL.minusMinutes(30));
    assertThat(alarming()).containsExactly(early.id());
    assertThat(alarming()).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(alarming()).containsExactly(late.id());
  }

  private List<String> ids(Optional<PromotionState> state, Optional<OrganisationId> organisation) {
    Promotions.Page page = answer(promotions.page(state, organisation, 0, 50));
    assertThat(page.total()).isEqualTo(page.promotions().size());
    return page.promotions().stream().map(Promotion::id).toList();
  }

  private List<String> alarming() {
    return answer(database.store().write(promotions::alarming)).stream()
        .map(Promotion::id)
        .toList();
  }

  /// Whichever statement is the last before a death, a step is done or it is not, and can be
  /// repeated.
  @Test
  void eachStepIsOneWhole() {
    for (int statement = 1, message = 1; statement < 12; statement++, message += 2) {
      CallId call = CallId.random();
      Promotion.Consent consent = consent(BOX, call, message);
      Promotion promotion =
          cut(statement, () -> promotions.enter(consent, "complaints"), PromotionState.STANDING);
      String id = promotion.id();
      Instant at = clock.instant();
      Promotion published =
          cut(
              statement,
              () -> publish(id, PromotionOutlet.SITE, PLACE, at),
              PromotionState.STANDING);
      assertThat(published.publications()).hasSize(1);
      var _ =
          cut(
              statement,
              () -> promotions.withdraw(id, "Айгүл", at, "complaints"),
              PromotionState.TO_REMOVE);
      String publication = published.publications().getFirst().id();
      var _ =
          cut(
              statement,
              () -> promotions.remove(id, publication, at, "complaints"),
              PromotionState.ENDED);
      assertThat(answer(promotions.find(id)).orElseThrow().publications())
          .allMatch(one -> one.removal().isPresent());
    }
  }

  private Promotion cut(
      int statement, Supplier<Future<PromotionResult>> step, PromotionState after) {
    Plug plug = Plug.in(database.store(), statement);
    try {
      var _ = answer(step.get());
    } catch (Plug.Pulled _) {
      assertThat(plug.isPulled()).isTrue();
    }
    Plug.remove(database.store());
    Promotion done = done(step.get());
    assertThat(answer(promotions.find(done.id()))).contains(done);
    assertThat(done.state()).isEqualTo(after);
    return done;
  }
}
