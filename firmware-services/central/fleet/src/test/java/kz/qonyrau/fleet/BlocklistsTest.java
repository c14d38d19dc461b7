package kz.qonyrau.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import kz.qonyrau.cases.Complaint;
import kz.qonyrau.cases.ComplaintOrder;
import kz.qonyrau.cases.ComplaintState;
import kz.qonyrau.cases.EntryResult;
import kz.qonyrau.cases.Step;
import kz.qonyrau.cases.StepResult;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SealingKey;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What boxes learn of complaints, and what they report of them.
@Timeout(60)
@OnEachDatabase
@Tag("AC-SPM-02")
class BlocklistsTest {

  private static final Msisdn NUMBER = new Msisdn("+77000000001");
  private static final String CASE = "0b0a4f5e-0a51-4c63-9d0e-2a6a51f6a001";

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T05:00:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;

  @BeforeEach
  void enrolOneBox() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    beats(box);
  }

  private void beats(StagedFleet.StagedBox one) {
    one.beats(UUID.randomUUID().toString(), 1, 1, 1, 0);
  }

  /// The box takes in what it was sent, does it, and says so.
  private List<BlockDirective> takes(StagedFleet.StagedBox one) {
    BlocksDocument document = one.toldOfComplaints();
    List<BlockDirective> directives = document.open(one.opening);
    one.blocklist = document.version();
    one.obeys = true;
    beats(one);
    return directives;
  }

  private OrganisationId organisation() {
    return answer(database.store().read(handle -> Fleet.ownerOf(handle, box.id))).orElseThrow();
  }

  private Complaint complain(Msisdn number) {
    EntryResult result =
        answer(
            stage.cases.enter(
                new ComplaintOrder(
                    new ComplaintOrder.Against.Customer(organisation()),
                    new Complaint.Facts(
                        number,
                        ContactChannel.CALL,
                        ComplaintSource.SUBSCRIBER,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        "Не звоните"),
                    "officer")));
    assertThat(result).isInstanceOf(EntryResult.Entered.class);
    return ((EntryResult.Entered) result).complaint();
  }

  private void step(Complaint complaint, Step step) {
    assertThat(answer(stage.cases.step(complaint.id(), step, "seen", "officer")))
        .isInstanceOf(StepResult.Done.class);
  }

  private SealingKey reports() {
    return box.toldOfComplaints().reports();
  }

  private Optional<Fleet.Acknowledged> report(StagedFleet.StagedBox from, CaseReport report) {
    return answer(
        from.send(
            TopicKind.CASE,
            from.message(
                UUID.randomUUID().toString(), Schemas.CASE, new String(report.body(), UTF_8))));
  }

  private CaseReport entered(StagedFleet.StagedBox from) {
    return CaseReport.of(
        from.id,
        CASE,
        new ReportedComplaint(
            NUMBER,
            ContactChannel.CALL,
            clock.instant(),
            clock.instant(),
            "operator",
            "Хватит",
            Optional.of(new ReportedComplaint.Campaign(UUID.randomUUID().toString(), 500))),
        reports());
  }

  private CaseReport answered(StagedFleet.StagedBox from, String complaint) {
    return CaseReport.of(
        from.id,
        complaint,
        new ReportedEvidence(
            UUID.randomUUID().toString(),
            clock.instant(),
            "owner",
            "Согласие с сайта",
            List.of(),
            Optional.empty()),
        reports());
  }

  @Test
  void aBoxLearnsAtOnceWithWhatItReportsAndOfEachComplaint() {
    assertThat(takes(box)).isEmpty();

    Complaint complaint = complain(NUMBER);

    assertThat(takes(box))
        .singleElement()
        .satisfies(directive -> {
          assertThat(directive.caseId()).isEqualTo(complaint.id());
          assertThat(directive.number()).isEqualTo(NUMBER);
          assertThat(directive.standing()).isEqualTo(BlockDirective.Standing.PROVISIONAL);
        });
    step(complaint, Step.REVIEW);
    step(complaint, Step.REJECT);
    assertThat(takes(box))
        .singleElement()
        .satisfies(directive ->
            assertThat(directive.standing()).isEqualTo(BlockDirective.Standing.REJECTED));
  }

  @Test
  @Tag("PLT-24")
  void noNumberIsReadOnTheWay() {
    var _ = complain(NUMBER);
    assertThat(takes(box)).hasSize(1);

    PrivacyScan scan = new PrivacyScan();
    scan.watchFor(NUMBER);
    for (StagedFleet.Sent one : stage.sent) {
      assertThat(scan.findIn(new String(one.envelope().bytes(), UTF_8))).isEmpty();
    }
  }

  @Test
  void allBoxesOfTheCustomerLearnAndNoOther() {
    StagedFleet.StagedBox second = stage.enrol("0.00");
    StagedFleet.StagedBox anothers = stage.enrolForAnother();
    for (StagedFleet.StagedBox one : List.of(box, second, anothers)) {
      beats(one);
      assertThat(takes(one)).isEmpty();
    }

    var _ = complain(NUMBER);

    assertThat(takes(box)).hasSize(1);
    assertThat(takes(second)).hasSize(1);
    assertThat(takes(anothers)).isEmpty();
  }

  @Test
  @Tag("AC-SPM-01")
  void whoShowedANumberThenIsComplainedOf() {
    Msisdn shown = new Msisdn("+77172694000");
    var _ = answer(stage.fleet.numbers().add(List.of(shown), "fleet"));
    var _ = answer(stage.fleet.numbers().assign(shown, box.id, "contract", "fleet"));
    clock.advance(Duration.ofHours(2));
    var _ = answer(stage.fleet.numbers().release(shown, "over", "fleet"));
    clock.advance(Duration.ofHours(2));

    assertThat(about(shown, clock.instant().minus(Duration.ofHours(3))))
        .isInstanceOfSatisfying(
            EntryResult.Entered.class,
            entered -> assertThat(entered.complaint().organisation()).isEqualTo(organisation()));
    assertThat(about(shown, clock.instant().minus(Duration.ofHours(1))))
        .isEqualTo(new EntryResult.NobodyShowed());
    assertThat(about(shown, clock.instant().minus(Duration.ofHours(5))))
        .isEqualTo(new EntryResult.NobodyShowed());
    assertThat(about(NUMBER, clock.instant())).isEqualTo(new EntryResult.NobodyShowed());
  }

  private EntryResult about(Msisdn shown, Instant at) {
    return answer(
        stage.cases.enter(
            new ComplaintOrder(
                new ComplaintOrder.Against.WhoShowed(shown),
                new Complaint.Facts(
                    NUMBER,
                    ContactChannel.CALL,
                    ComplaintSource.SUBSCRIBER,
                    at,
                    Optional.empty(),
                    Optional.empty(),
                    "Кто звонил?"),
                "officer")));
  }

  /// While a box has not done what it was told, it is told that again with what is new.
  @Test
  void whatABoxHasNotDoneIsSaidAgain() {
    var _ = takes(box);
    Complaint first = complain(NUMBER);
    box.blocklist = box.toldOfComplaints().version();
    box.obeys = false;
    beats(box);

    Complaint second = complain(new Msisdn("+77000000002"));

    assertThat(takes(box))
        .extracting(BlockDirective::caseId)
        .containsExactly(first.id(), second.id());
    Complaint third = complain(new Msisdn("+77000000003"));
    assertThat(takes(box)).extracting(BlockDirective::caseId).containsExactly(third.id());
  }

  @Test
  void moreThanAPageComesInPagesAndNoneIsLost() {
    var _ = takes(box);
    Set<String> all = new HashSet<>();
    for (int i = 0; i < BlocksDocument.MOST * 2 + 7; i++) {
      all.add(complain(new Msisdn("+7700%07d".formatted(i))).id());
    }

    Set<String> learnt = new HashSet<>();
    List<Integer> pages = new ArrayList<>();
    while (learnt.size() < all.size()) {
      List<BlockDirective> page = takes(box);
      pages.add(page.size());
      page.forEach(directive -> learnt.add(directive.caseId()));
      assertThat(pages).hasSizeLessThan(10);
    }
    assertThat(learnt).isEqualTo(all);
    assertThat(pages).allMatch(size -> size <= BlocksDocument.MOST);
    long version = box.toldOfComplaints().version();
    beats(box);
    assertThat(box.toldOfComplaints().version()).isEqualTo(version);
  }

  @Test
  void aBoxThatLostWhatItHadOrHasAnotherKeyIsToldFromTheBeginning() {
    var _ = takes(box);
    var _ = complain(NUMBER);
    assertThat(takes(box)).hasSize(1);
    var _ = complain(new Msisdn("+77000000002"));
    assertThat(takes(box)).hasSize(1);

    box.blocklist = 0;
    beats(box);
    assertThat(takes(box)).hasSize(2);

    box.opening = OpeningKey.random();
    beats(box);
    assertThat(takes(box)).hasSize(2);

    // Central came back from an older copy of its database.
    box.blocklist = box.toldOfComplaints().version() + 5;
    beats(box);
    assertThat(box.toldOfComplaints().version()).isGreaterThan(box.blocklist);
    assertThat(takes(box)).hasSize(2);
  }

  @Test
  void onlyTheNewestWordIsKept() {
    var _ = takes(box);
    var _ = complain(NUMBER);
    var _ = takes(box);

    long kept =
        answer(
            database
                .store()
                .read(handle ->
                    handle
                        .createQuery("SELECT COUNT(*) FROM fleet.document WHERE kind = 'blocklist'")
                        .mapTo(Long.class)
                        .one()));
    assertThat(kept).isEqualTo(1);
  }

  // ---- reports

  @Test
  @Tag("AC-SPM-01")
  void aComplaintThatWasEnteredAtABoxIsExaminedHereAndToldToTheOtherBoxes() {
    var _ = takes(box);
    Envelope message =
        box.message(
            UUID.randomUUID().toString(), Schemas.CASE, new String(entered(box).body(), UTF_8));

    assertThat(answer(box.send(TopicKind.CASE, message))).isPresent();
    assertThat(answer(box.send(TopicKind.CASE, message))).isPresent();
    assertThat(report(box, entered(box))).isPresent();

    assertThat(answer(stage.cases.page(true, 0, 10)).complaints())
        .singleElement()
        .satisfies(complaint -> {
          assertThat(complaint.id()).isEqualTo(CASE);
          assertThat(complaint.facts().number()).isEqualTo(NUMBER);
          assertThat(complaint.facts().source()).isEqualTo(ComplaintSource.CUSTOMER);
          assertThat(complaint.box()).contains(box.id);
          assertThat(complaint.organisation()).isEqualTo(organisation());
        });
    assertThat(takes(box)).extracting(BlockDirective::caseId).containsExactly(CASE);
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerMovesTheComplaintOn() {
    var _ = takes(box);
    Complaint complaint = complain(NUMBER);
    step(complaint, Step.REVIEW);
    step(complaint, Step.REQUEST_EVIDENCE);
    assertThat(takes(box).getLast().evidenceDue()).isPresent();

    assertThat(report(box, answered(box, complaint.id()))).isPresent();

    assertThat(answer(stage.cases.find(complaint.id())).orElseThrow().complaint().state())
        .isEqualTo(ComplaintState.EVIDENCE_RECEIVED);
    assertThat(takes(box).getLast().evidenceReceived()).isTrue();
  }

  /// Whatever is wrong with it is kept for people and acknowledged, so that the box goes on.
  @Test
  void whatIsWrongWithAReportRaisesAnAlarm() {
    var _ = takes(box);
    StagedFleet.StagedBox other = stage.enrol("0.00");
    assertThat(report(box, answered(box, UUID.randomUUID().toString()))).isPresent();
    assertThat(alarms()).contains("CASE_UNKNOWN");

    // Sealed by another box.
    assertThat(report(box, entered(other))).isPresent();
    // Sealed for another key.
    assertThat(
            report(
                box,
                CaseReport.of(
                    box.id,
                    CASE,
                    new ReportedComplaint(
                        NUMBER,
                        ContactChannel.SMS,
                        clock.instant(),
                        clock.instant(),
                        "operator",
                        "x",
                        Optional.empty()),
                    OpeningKey.random().sealing())))
        .isPresent();
    assertThat(alarms()).contains("BODY_MALFORMED");
    assertThat(answer(stage.cases.page(false, 0, 10)).total()).isZero();
  }

  private List<String> alarms() {
    return answer(
        database
            .store()
            .read(handle ->
                handle
                    .createQuery("SELECT kind FROM fleet.timeline WHERE box_id = :box")
                    .bind("box", box.id.value())
                    .mapTo(String.class)
                    .list()));
  }
}
