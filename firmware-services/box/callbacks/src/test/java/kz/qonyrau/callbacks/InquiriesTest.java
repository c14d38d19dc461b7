package kz.qonyrau.callbacks;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.callbacks.CallBack.Contact;
import kz.qonyrau.callbacks.CallBack.Told;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Overdue;
import kz.qonyrau.store.Purged;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PassedCode;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionAnswer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a box tells central for those who ask who called them, over a real database and outbox.
@Tag("AC-WHO-03")
@Timeout(60)
class InquiriesTest {

  private static final Instant NOW = Instant.parse("2026-09-10T07:00:00Z");
  private static final Msisdn AIGUL = new Msisdn("+77000000002");
  private static final Msisdn NEIGHBOUR = new Msisdn("+77000000003");
  private static final BoxId BOX = BoxId.random();
  private static final OpeningKey CENTRAL = OpeningKey.random();

  @RegisterExtension
  private final TemporaryStore database = TemporaryStore.with("OUTBOX", "CALLBACK");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final Outbox outbox = new Outbox(clock);
  private final Map<Msisdn, List<WhoCalled.Caller>> log = new HashMap<>();
  private Optional<CentralSeal> seal = Optional.of(new CentralSeal(BOX, CENTRAL.sealing()));
  private int changes;

  private Inquiries inquiries() {
    Inquiries inquiries =
        new Inquiries(database.store(), outbox, new LogOfTest(), () -> seal, clock);
    inquiries.onChange(() -> changes++);
    return inquiries;
  }

  private final class LogOfTest implements WhoCalled {

    @Override
    public Future<Optional<Caller>> last(Msisdn number) {
      throw new UnsupportedOperationException("nobody asks that here");
    }

    @Override
    public Future<List<Caller>> between(Msisdn number, Instant from, Instant until) {
      return Future.succeededFuture(
          log.getOrDefault(number, List.of()).stream()
              .filter(call -> !call.call().at().isBefore(from) && call.call().at().isBefore(until))
              .toList());
    }
  }

  private CampaignId calls(Msisdn number, String name, Instant at) {
    CampaignId campaign = CampaignId.random();
    log.computeIfAbsent(number, _ -> new ArrayList<>())
        .addFirst(
            new WhoCalled.Caller(
                new Contact(CallId.random(), campaign, at), name, "orda.kz", Locale.of("ru")));
    return campaign;
  }

  private static Question asks(Msisdn number) {
    return new Question(UUID.randomUUID().toString(), number, NOW.minus(Duration.ofDays(8)), NOW);
  }

  private List<CaseReport> told() {
    return answer(database.store().read(handle -> outbox.next(handle, 0, 100))).stream()
        .map(QueuedMessage::body)
        .map(body -> CaseReport.parse(new String(body, StandardCharsets.UTF_8)))
        .toList();
  }

  @Test
  @Tag("EX-AC-18")
  @Tag("AC-WHO-02")
  void theAnswerNamesWhoCalledAndWhenAndIsSealed() {
    Instant first = NOW.minus(Duration.ofDays(7));
    var _ = calls(AIGUL, "Орда", first);
    var _ = calls(AIGUL, "Nomad Coffee", first.plusSeconds(60));
    CampaignId newest = calls(AIGUL, "Орда", first.plusSeconds(120));
    Question question = asks(AIGUL);

    var _ = answer(inquiries().answer(List.of(question)));

    CaseReport report = told().getFirst();
    assertThat(report.caseId()).isEqualTo(question.id());
    assertThat(report.answer(BOX, CENTRAL).senders())
        .containsExactly(
            new QuestionAnswer.Sender("Орда", "orda.kz", List.of(first.plusSeconds(120), first)),
            new QuestionAnswer.Sender("Nomad Coffee", "orda.kz", List.of(first.plusSeconds(60))));
    assertThatThrownBy(() -> report.answer(BoxId.random(), CENTRAL)).hasMessageContaining("sealed");
    assertThat(new String(report.body(), StandardCharsets.UTF_8)).doesNotContain("orda");
    assertThat(answer(inquiries().page(0, 10)).items()).containsExactly(new Inquiry(NOW, newest));
    assertThat(changes).isEqualTo(1);
  }

  @Test
  @Tag("EX-AC-18")
  @Tag("AC-WHO-02")
  void ofANeighbourNothingIsSaidAndTheCustomerSeesNothing() {
    var _ = calls(AIGUL, "Орда", NOW.minus(Duration.ofDays(7)));

    var _ = answer(inquiries().answer(List.of(asks(NEIGHBOUR))));

    assertThat(told().getFirst().answer(BOX, CENTRAL).senders()).isEmpty();
    assertThat(answer(inquiries().page(0, 10)).total()).isZero();
    assertThat(changes).isZero();
  }

  @Test
  void callsOfAnotherTimeAreNotTold() {
    var _ = calls(AIGUL, "Орда", NOW.minus(Duration.ofDays(30)));

    var _ = answer(inquiries().answer(List.of(asks(AIGUL))));

    assertThat(told().getFirst().answer(BOX, CENTRAL).senders()).isEmpty();
  }

  @Test
  void oneQuestionIsAnsweredOnceHoweverOftenItComes() {
    var _ = calls(AIGUL, "Орда", NOW.minus(Duration.ofDays(7)));
    Question question = asks(AIGUL);
    Question other = asks(NEIGHBOUR);

    var _ = answer(inquiries().answer(List.of(question)));
    // Told again, as at each start, after central has acknowledged the answer.
    var unusedCount =
        answer(
            database
                .store()
                .write(handle ->
                    outbox.acknowledge(
                        handle,
                        outbox.next(handle, 0, 10).stream().map(QueuedMessage::id).toList())));
    var _ = answer(inquiries().answer(List.of(question, other)));
    var _ = answer(inquiries().answer(List.of(question, other)));

    assertThat(told()).extracting(CaseReport::caseId).containsExactly(other.id());
    assertThat(answer(inquiries().page(0, 10)).total()).isEqualTo(1);
  }

  @Test
  void moreCallsAndSendersThanFitAreLeftOut() {
    for (int i = 0; i < 40; i++) {
      var _ = calls(AIGUL, "Sender " + i % 8, NOW.minus(Duration.ofDays(7)).plusSeconds(i));
    }
    for (int i = 0; i < 40; i++) {
      var _ = calls(AIGUL, "Sender 0", NOW.minus(Duration.ofDays(6)).plusSeconds(i));
    }

    var _ = answer(inquiries().answer(List.of(asks(AIGUL))));

    List<QuestionAnswer.Sender> senders = told().getFirst().answer(BOX, CENTRAL).senders();
    assertThat(senders).hasSize(QuestionAnswer.MOST_SENDERS);
    assertThat(senders.getFirst().times()).hasSize(QuestionAnswer.MOST_TIMES);
    assertThat(senders.getFirst().times().getFirst())
        .isEqualTo(NOW.minus(Duration.ofDays(6)).plusSeconds(39));
  }

  @Test
  void nothingIsAnsweredWhileItCannotBeSealed() {
    Question question = asks(AIGUL);
    seal = Optional.empty();

    assertThatThrownBy(() -> answer(inquiries().answer(List.of(question))))
        .hasMessageContaining("seal");
    assertThat(told()).isEmpty();

    seal = Optional.of(new CentralSeal(BOX, CENTRAL.sealing()));
    var _ = answer(inquiries().answer(List.of(question)));
    assertThat(told()).hasSize(1);
  }

  @Test
  @Tag("AC-WHO-01")
  @Tag("PLT-24")
  void aCodeGoesToCentralSealedWithTheNumberOfTheCaller() {
    var _ = answer(inquiries().pass(AIGUL, "012345"));

    CaseReport report = told().getFirst();
    assertThat(report.code(BOX, CENTRAL)).isEqualTo(new PassedCode(AIGUL, "012345"));
    PrivacyScan scan = new PrivacyScan();
    scan.watchFor(AIGUL);
    assertThat(scan.findIn(new String(report.body(), StandardCharsets.UTF_8))).isEmpty();
    assertThat(new String(report.body(), StandardCharsets.UTF_8)).doesNotContain("012345");
  }

  @Test
  @Tag("AC-WHO-01")
  void aCodeThatCannotBeSealedIsRefused() {
    seal = Optional.empty();

    assertThatThrownBy(() -> answer(inquiries().pass(AIGUL, "012345")))
        .hasMessageContaining("seal");
    assertThat(told()).isEmpty();
  }

  @Test
  @Tag("AC-WHO-05")
  void whoAskedTheProviderCountsForTheHint() {
    CallBacks book = new CallBacks(database.store(), clock);
    CampaignId campaign = CampaignId.random();
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < CallBacks.MANY; i++) {
      Msisdn number = new Msisdn("+7700000001" + i);
      log.put(
          number,
          List.of(
              new WhoCalled.Caller(
                  new Contact(CallId.random(), campaign, NOW.minus(Duration.ofDays(1))),
                  "Орда",
                  "orda.kz",
                  Locale.of("ru"))));
      questions.add(asks(number));
    }

    var _ = answer(inquiries().answer(questions.subList(0, CallBacks.MANY - 1)));
    assertThat(answer(book.page(0, 10)).frequent()).isEmpty();
    var _ = answer(inquiries().answer(questions));
    assertThat(answer(book.page(0, 10)).frequent())
        .containsExactly(new CallBackPage.Frequent(campaign, CallBacks.MANY));

    clock.advance(CallBacks.LATELY.plusSeconds(1));
    assertThat(answer(book.page(0, 10)).frequent()).isEmpty();
  }

  /// He is told of a campaign on the telephone, or of none yet, as he is still listening.
  private void callsBack(CallBacks book, Msisdn number, Optional<CampaignId> told) {
    CallId id = CallId.random();
    assertThat(
            answer(book.begin(id, Optional.of(number), new TrunkId("t00000001"), Optional.empty())))
        .isTrue();
    told.ifPresent(campaign -> {
      var _ =
          answer(
              book.end(
                  id,
                  Told.CALLED,
                  Optional.of(new Contact(CallId.random(), campaign, NOW)),
                  Duration.ofSeconds(9)));
    });
  }

  @Test
  @Tag("AC-WHO-05")
  void whoCalledBackAndThenAskedCountsOnceForTheHint() {
    CallBacks book = new CallBacks(database.store(), clock);
    CampaignId campaign = calls(AIGUL, "Орда", NOW.minus(Duration.ofDays(1)));
    for (int i = 2; i < CallBacks.MANY; i++) {
      callsBack(book, new Msisdn("+7700000001" + i), Optional.of(campaign));
    }
    // He types his code while he listens, and is told later what he was told.
    callsBack(book, AIGUL, Optional.empty());
    var _ = answer(inquiries().answer(List.of(asks(AIGUL))));
    callsBack(book, AIGUL, Optional.of(campaign));
    var _ = answer(inquiries().answer(List.of(asks(AIGUL))));
    assertThat(answer(book.page(0, 10)).frequent()).isEmpty();

    // A neighbour who called back after another campaign counts for this one.
    log.put(NEIGHBOUR, log.getOrDefault(AIGUL, List.of()));
    callsBack(book, NEIGHBOUR, Optional.of(CampaignId.random()));
    var _ = answer(inquiries().answer(List.of(asks(NEIGHBOUR))));
    assertThat(answer(book.page(0, 10)).frequent())
        .containsExactly(new CallBackPage.Frequent(campaign, CallBacks.MANY));
    assertThat(answer(inquiries().page(0, 10)).total()).isEqualTo(3);
  }

  private Overdue before(Instant moment) {
    return new Overdue(clock, _ -> moment, _ -> List.of());
  }

  @Test
  @Tag("SH-RET-01")
  void thoseAnsweredLongAgoAreDeletedWithAProofFoundOrNot() {
    CallBacks book = new CallBacks(database.store(), clock);
    CampaignId campaign = calls(AIGUL, "Орда", NOW.minus(Duration.ofDays(1)));
    Question found = asks(AIGUL);
    Question nothing = asks(NEIGHBOUR);
    var _ = answer(inquiries().answer(List.of(found, nothing)));
    clock.advance(Duration.ofDays(1));
    var _ = answer(inquiries().answer(List.of(asks(AIGUL))));
    List<Purged> proofs = new ArrayList<>();

    assertThat(answer(book.purge(before(NOW), (_, proof) -> proofs.add(proof)))).isZero();
    assertThat(answer(book.purge(before(NOW.plusMillis(1)), (_, proof) -> proofs.add(proof))))
        .isEqualTo(2);
    assertThat(answer(book.purge(before(NOW.plusMillis(1)), (_, proof) -> proofs.add(proof))))
        .isZero();

    assertThat(proofs)
        .containsExactly(
            Purged.of("INQUIRIES", List.of(found.id(), nothing.id()), NOW, NOW, List.of()));
    assertThat(answer(inquiries().page(0, 10)).items())
        .containsExactly(new Inquiry(clock.instant(), campaign));
  }

  @Test
  @Tag("SH-RET-01")
  void withoutItsProofNothingIsDeleted() {
    CallBacks book = new CallBacks(database.store(), clock);
    var _ = calls(AIGUL, "Орда", NOW.minus(Duration.ofDays(1)));
    var _ = answer(inquiries().answer(List.of(asks(AIGUL))));

    assertThatThrownBy(() ->
            answer(
                book.purge(
                    before(NOW.plusMillis(1)),
                    (_, _) -> {
                      throw new IllegalStateException("the log is full");
                    })))
        .hasMessageContaining("the log is full");
    assertThat(answer(inquiries().page(0, 10)).total()).isEqualTo(1);
  }

  @Test
  void pagesThatAreNotThereAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> inquiries().page(-1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> inquiries().page(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> inquiries().page(0, 201));
  }
}
