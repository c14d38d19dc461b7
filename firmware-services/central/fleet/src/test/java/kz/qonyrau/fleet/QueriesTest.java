package kz.qonyrau.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.cases.Inquiry;
import kz.qonyrau.cases.InquiryOrder;
import kz.qonyrau.cases.InquiryState;
import kz.qonyrau.cases.OpeningResult;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PassedCode;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionAnswer;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SealingKey;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What boxes are asked, and what comes of their answers.
@Timeout(60)
@OnEachDatabase
@Tag("AC-WHO-03")
class QueriesTest {

  private static final Msisdn AIGUL = new Msisdn("+77000000002");
  private static final Msisdn SHOWN = new Msisdn("+77172694000");
  private static final Msisdn SECOND = new Msisdn("+77172694001");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T05:00:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;
  private StagedFleet.StagedBox anothers;

  @BeforeEach
  void enrolTwoBoxes() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    anothers = stage.enrolForAnother();
    var _ = answer(stage.fleet.numbers().add(List.of(SHOWN, SECOND), "fleet"));
    assign(SHOWN, box);
    assign(SECOND, anothers);
    clock.advance(Duration.ofHours(1));
    beats(box);
    beats(anothers);
  }

  private void assign(Msisdn number, StagedFleet.StagedBox to) {
    assertThat(answer(stage.fleet.numbers().assign(number, to.id, "contract", "fleet")))
        .isInstanceOf(NumberPool.Result.Done.class);
  }

  private void beats(StagedFleet.StagedBox one) {
    one.beats(UUID.randomUUID().toString(), 1, 1, 1, 0);
  }

  private OpeningResult.Opened opens(Optional<Msisdn> shown, InquiryOrder.Reason reason) {
    OpeningResult result =
        answer(
            stage.inquiries.open(
                new InquiryOrder(
                    AIGUL,
                    shown,
                    clock.instant(),
                    reason,
                    reason == InquiryOrder.Reason.COMPLAINS ? "Хватит" : "")));
    assertThat(result).isInstanceOf(OpeningResult.Opened.class);
    return (OpeningResult.Opened) result;
  }

  private OpeningResult.Opened opens(Msisdn shown) {
    return opens(Optional.of(shown), InquiryOrder.Reason.NOT_REACHABLE);
  }

  private SealingKey central(StagedFleet.StagedBox of) {
    return of.toldOfComplaints().reports();
  }

  private void reports(StagedFleet.StagedBox from, CaseReport report) {
    assertThat(
            answer(
                from.send(
                    TopicKind.CASE,
                    from.message(
                        UUID.randomUUID().toString(),
                        Schemas.CASE,
                        new String(report.body(), UTF_8)))))
        .isPresent();
  }

  private void types(StagedFleet.StagedBox at, String code) {
    reports(
        at,
        CaseReport.of(
            at.id, UUID.randomUUID().toString(), new PassedCode(AIGUL, code), central(at)));
  }

  private void says(StagedFleet.StagedBox from, String question, QuestionAnswer answer) {
    reports(from, CaseReport.of(from.id, question, answer, central(from)));
  }

  private QuestionAnswer called() {
    return new QuestionAnswer(
        List.of(new QuestionAnswer.Sender("Orda", "orda.kz", List.of(clock.instant()))));
  }

  private Inquiry.Answered look(OpeningResult.Opened opened) {
    return answer(stage.inquiries.look(opened.token())).orElseThrow();
  }

  private List<Question> takes(StagedFleet.StagedBox one) {
    List<Question> questions = one.asked().open(one.opening);
    one.query = one.asked().version();
    beats(one);
    return questions;
  }

  @Test
  @Tag("EX-AC-18")
  void onlyTheBoxThatShowedTheNumberIsAskedAndItsAnswerIsTold() {
    OpeningResult.Opened opened = opens(SHOWN);
    assertThat(opened.call()).isEqualTo(SHOWN);

    types(box, opened.code());

    Question question = takes(box).getFirst();
    assertThat(question.number()).isEqualTo(AIGUL);
    assertThat(version(anothers)).isZero();
    says(box, question.id(), called());
    assertThat(look(opened).inquiry().state()).isEqualTo(InquiryState.ANSWERED);
    assertThat(look(opened).senders()).isEqualTo(called().senders());
    assertThat(takes(box)).isEmpty();
    assertThat(documents()).isEqualTo(1);
  }

  private long version(StagedFleet.StagedBox of) {
    return answer(database.store().read(handle -> Queries.version(handle, of.id)));
  }

  private long documents() {
    return answer(
        database
            .store()
            .read(handle ->
                handle
                    .createQuery("SELECT COUNT(*) FROM fleet.document WHERE kind = 'query'")
                    .mapTo(Long.class)
                    .one()));
  }

  @Test
  void whoDoesNotKnowTheNumberHasAllBoxesAsked() {
    OpeningResult.Opened opened = opens(Optional.empty(), InquiryOrder.Reason.CONTACT_MISSING);
    assertThat(opened.call()).isEqualTo(SHOWN);

    types(box, opened.code());

    says(box, takes(box).getFirst().id(), new QuestionAnswer(List.of()));
    assertThat(look(opened).inquiry().state()).isEqualTo(InquiryState.ASKING);
    says(anothers, takes(anothers).getFirst().id(), called());
    assertThat(look(opened).inquiry().state()).isEqualTo(InquiryState.ANSWERED);
    assertThat(look(opened).senders()).hasSize(1);
  }

  @Test
  @Tag("PLT-24")
  void noNumberIsReadOnTheWay() {
    PrivacyScan scan = new PrivacyScan();
    scan.watchFor(AIGUL);
    OpeningResult.Opened opened = opens(SHOWN);
    types(box, opened.code());
    assertThat(takes(box)).hasSize(1);

    for (StagedFleet.Sent one : stage.sent) {
      assertThat(scan.findIn(new String(one.envelope().bytes(), UTF_8))).isEmpty();
    }
  }

  @Test
  @Tag("AC-WHO-01")
  void aNumberWhoseBoxIsAwayIsNotToBeCalled() {
    box.dies(connection(box));
    assertThat(opens(SHOWN).call()).isEqualTo(SECOND);
    anothers.dies(connection(anothers));
    assertThat(
            answer(
                stage.inquiries.open(
                    new InquiryOrder(
                        AIGUL,
                        Optional.of(SHOWN),
                        clock.instant(),
                        InquiryOrder.Reason.NOT_REACHABLE,
                        ""))))
        .isEqualTo(new OpeningResult.NoLine());
  }

  private String connection(StagedFleet.StagedBox of) {
    return answer(
        database
            .store()
            .read(handle ->
                handle
                    .createQuery("SELECT connection_id FROM fleet.box WHERE id = :box")
                    .bind("box", of.id.value())
                    .mapTo(String.class)
                    .one()));
  }

  /// A box that lost what it had, or has another key, is asked again; one is asked in order after
  /// central came back from an older copy.
  @Test
  void whatABoxCannotReadOrHasLostIsAskedAgain() {
    types(box, opens(SHOWN).code());
    assertThat(takes(box)).hasSize(1);
    box.opening = OpeningKey.random();
    beats(box);
    assertThat(takes(box)).hasSize(1);

    box.query = 0;
    int before = stage.sent.size();
    beats(box);
    Eventually.await(
        Duration.ofSeconds(10),
        "it is sent again",
        () ->
            List.copyOf(stage.sent).stream()
                .skip(before)
                .anyMatch(one -> one.topic().kind() == TopicKind.QUERY));

    box.query = version(box) + 7;
    beats(box);
    assertThat(box.asked().version()).isGreaterThan(box.query);
    assertThat(takes(box)).hasSize(1);
  }

  @Test
  void anAnswerThatComesTwiceCountsOnceAndOneThatNobodyAskedForRaisesAnAlarm() {
    OpeningResult.Opened opened = opens(SHOWN);
    types(box, opened.code());
    String id = takes(box).getFirst().id();
    CaseReport report = CaseReport.of(box.id, id, called(), central(box));
    Envelope message =
        box.message(UUID.randomUUID().toString(), Schemas.CASE, new String(report.body(), UTF_8));
    assertThat(answer(box.send(TopicKind.CASE, message))).isPresent();
    assertThat(answer(box.send(TopicKind.CASE, message))).isPresent();
    says(box, id, called());
    assertThat(look(opened).inquiry().answered()).isEqualTo(1);
    assertThat(alarms()).isEmpty();

    says(anothers, UUID.randomUUID().toString(), called());
    assertThat(alarms()).containsExactly("ANSWER_UNASKED");
  }

  private List<String> alarms() {
    return answer(
        database
            .store()
            .read(handle ->
                handle.createQuery("SELECT code FROM fleet.alarm").mapTo(String.class).list()));
  }

  @Test
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-02")
  void aComplaintOnThePageReachesTheBoxesOfTheCustomer() {
    OpeningResult.Opened opened = opens(Optional.of(SHOWN), InquiryOrder.Reason.COMPLAINS);
    box.blocklist = box.toldOfComplaints().version();
    beats(box);

    types(box, opened.code());

    assertThat(look(opened).inquiry().state()).isEqualTo(InquiryState.COMPLAINED);
    List<BlockDirective> told = box.toldOfComplaints().open(box.opening);
    assertThat(told).extracting(BlockDirective::number).containsExactly(AIGUL);
    assertThat(anothers.toldOfComplaints().open(anothers.opening)).isEmpty();
  }
}
