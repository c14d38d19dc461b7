package kz.qonyrau.cases;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.CaseReport;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@OnEachDatabase
class CasesTest {

  private static final Msisdn NUMBER = new Msisdn("+77000000001");
  private static final OrganisationId NOMAD = OrganisationId.random();
  private static final OrganisationId OTHER = OrganisationId.random();
  private static final BoxId BOX = BoxId.random();

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("CASES");

  /// A Tuesday, ten in the morning in Astana.
  private final SteppedClock clock = SteppedClock.at("2026-11-24T05:00:00Z");

  private final OpeningKey key = OpeningKey.random();
  private final List<OrganisationId> changed = new ArrayList<>();
  private Cases cases;

  @BeforeEach
  void open() {
    CustomerFinder customers =
        new CustomerFinder() {
          @Override
          public boolean isCustomer(Handle handle, OrganisationId organisation) {
            return organisation.equals(NOMAD) || organisation.equals(OTHER);
          }

          @Override
          public Optional<OrganisationId> whoShowed(Handle handle, Msisdn shown, Instant at) {
            return Optional.empty();
          }
        };
    cases = new Cases(database.store(), customers, key, clock);
    cases.onChange(changed::add);
  }

  private static Complaint.Facts facts(Instant at, Optional<ReportedComplaint.Campaign> campaign) {
    return new Complaint.Facts(
        NUMBER,
        ContactChannel.CALL,
        ComplaintSource.SUBSCRIBER,
        at,
        campaign,
        Optional.of("звонил сам"),
        "Не звоните мне");
  }

  private EntryResult enter(OrganisationId against, Complaint.Facts facts) {
    return answer(
        cases.enter(
            new ComplaintOrder(new ComplaintOrder.Against.Customer(against), facts, "officer")));
  }

  private Complaint complain(OrganisationId against) {
    return complain(against, Optional.empty());
  }

  private Complaint complain(
      OrganisationId against, Optional<ReportedComplaint.Campaign> campaign) {
    return ((EntryResult.Entered) enter(against, facts(clock.instant(), campaign))).complaint();
  }

  private StepResult step(Complaint complaint, Step step) {
    return answer(cases.step(complaint.id(), step, "looked into it", "officer"));
  }

  private Complaint steps(Complaint complaint, Step... steps) {
    Complaint last = complaint;
    for (Step step : steps) {
      StepResult result = step(complaint, step);
      assertThat(result).as(step.name()).isInstanceOf(StepResult.Done.class);
      last = ((StepResult.Done) result).complaint();
    }
    return last;
  }

  private Optional<Violation> confirm(Complaint complaint) {
    return ((StepResult.Done) step(steps(complaint, Step.REVIEW), Step.CONFIRM)).violation();
  }

  private ComplaintDetail detail(Complaint complaint) {
    return answer(cases.find(complaint.id())).orElseThrow();
  }

  private List<NumberedDirective> directives(long behind) {
    return answer(database.store().read(handle -> cases.directivesAfter(handle, NOMAD, behind)));
  }

  private Taken take(OrganisationId organisation, CaseNews news) {
    return answer(database.store().write(handle -> cases.take(handle, BOX, organisation, news)));
  }

  private ReportedEvidence evidence(Optional<ReportedEvidence.EvidenceFile> file) {
    return new ReportedEvidence(
        UUID.randomUUID().toString(),
        clock.instant(),
        "owner",
        "Форма на сайте,\nстраница «Контакты»",
        List.of(
            new ReportedEvidence.ConsentRecord(
                "Клиенты",
                clock.instant(),
                "форма на сайте",
                true,
                false,
                "owner",
                clock.instant())),
        file);
  }

  // ---- AC-SPM-01, 02

  @Test
  @Tag("AC-SPM-01")
  @Tag("AC-SPM-02")
  void aComplaintBlocksTheNumberFromTheMomentItIsReceived() {
    Complaint complaint = complain(NOMAD);

    assertThat(complaint.state()).isEqualTo(ComplaintState.RECEIVED);
    assertThat(complaint.standing()).isEqualTo(BlockDirective.Standing.PROVISIONAL);
    assertThat(changed).containsExactly(NOMAD);
    assertThat(directives(0))
        .singleElement()
        .satisfies(told -> {
          assertThat(told.ordinal()).isEqualTo(1);
          assertThat(told.directive().caseId()).isEqualTo(complaint.id());
          assertThat(told.directive().number()).isEqualTo(NUMBER);
        });
    assertThat(answer(cases.page(true, 0, 10)).complaints()).containsExactly(complaint);
    assertThat(detail(complaint).complaint()).isEqualTo(complaint);
    assertThat(detail(complaint).history())
        .extracting(ComplaintDetail.Event::kind)
        .containsExactly("RECEIVED");
  }

  @Test
  @Tag("AC-SPM-01")
  void whatMakesNoSenseIsRefusedAndNothingIsKept() {
    assertThat(enter(OrganisationId.random(), facts(clock.instant(), Optional.empty())))
        .isEqualTo(new EntryResult.NoSuchCustomer());
    assertThat(enter(NOMAD, facts(clock.instant().plusMillis(1), Optional.empty())))
        .isEqualTo(new EntryResult.InTheFuture());
    assertThat(answer(cases.page(false, 0, 10)).total()).isZero();
    assertThat(directives(0)).isEmpty();
    assertThat(changed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\u0007", "\t"})
  @Tag("AC-SPM-01")
  void aTextHasCharactersThatCanBeRead(String text) {
    assertThatThrownBy(() ->
            enter(
                NOMAD,
                new Complaint.Facts(
                    NUMBER,
                    ContactChannel.CALL,
                    ComplaintSource.STAFF,
                    clock.instant(),
                    Optional.empty(),
                    Optional.empty(),
                    text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("text:");
  }

  // ---- AC-SPM-03

  @Test
  @Tag("AC-SPM-03")
  void aPersonExaminesEachStepAndTheHistorySaysWho() {
    Complaint complaint = complain(NOMAD);

    Complaint closed =
        steps(complaint, Step.REVIEW, Step.REQUEST_EVIDENCE, Step.REJECT, Step.CLOSE);

    assertThat(closed.state()).isEqualTo(ComplaintState.CLOSED);
    assertThat(closed.standing()).isEqualTo(BlockDirective.Standing.REJECTED);
    assertThat(detail(complaint).history())
        .extracting(ComplaintDetail.Event::kind)
        .containsExactly("RECEIVED", "REVIEW_BEGUN", "EVIDENCE_REQUESTED", "REJECTED", "CLOSED");
    assertThat(detail(complaint).history())
        .allSatisfy(event -> assertThat(event.by()).isEqualTo("officer"));
    assertThat(answer(cases.page(true, 0, 10)).total()).isZero();
    assertThat(answer(cases.page(false, 0, 10)).total()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  @Tag("AC-SPM-03")
  void nothingIsDecidedBeforeSomebodyHasLookedAtIt(Step step) {
    Complaint complaint = complain(NOMAD);

    StepResult result = step(complaint, step);

    if (step == Step.REVIEW) {
      assertThat(result).isInstanceOf(StepResult.Done.class);
    } else {
      assertThat(result).isEqualTo(new StepResult.NotNow(ComplaintState.RECEIVED));
      assertThat(detail(complaint).complaint()).isEqualTo(complaint);
      assertThat(detail(complaint).history()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  @Tag("AC-SPM-03")
  void whatIsClosedStaysSo(Step step) {
    Complaint complaint = steps(complain(NOMAD), Step.REVIEW, Step.REJECT, Step.CLOSE);

    assertThat(step(complaint, step)).isEqualTo(new StepResult.NotNow(ComplaintState.CLOSED));
  }

  @Test
  void aStepOnNothingIsSaid() {
    assertThat(answer(cases.step(UUID.randomUUID().toString(), Step.REVIEW, "x", "officer")))
        .isEqualTo(new StepResult.NoSuchComplaint());
    assertThat(answer(cases.find("no id at all"))).isEmpty();
  }

  // ---- AC-SPM-04

  @Test
  @Tag("AC-SPM-04")
  @Tag("EX-AC-17")
  void theCustomerHasThreeBusinessDaysToAnswer() {
    Complaint complaint = steps(complain(NOMAD), Step.REVIEW, Step.REQUEST_EVIDENCE);
    Instant due = complaint.evidenceDue().orElseThrow();

    assertThat(due).isEqualTo(Instant.parse("2026-11-27T19:00:00Z"));
    assertThat(directives(1))
        .singleElement()
        .satisfies(told -> assertThat(told.directive().evidenceDue()).contains(due));
    clock.set(due.minusMillis(1));
    assertThat(step(complaint, Step.CONFIRM)).isEqualTo(new StepResult.TooEarly(due));
    assertThat(complaint.isUnanswered(clock.instant())).isFalse();

    clock.set(due);
    assertThat(complaint.isUnanswered(clock.instant())).isTrue();
    Complaint confirmed = steps(complaint, Step.CONFIRM);
    assertThat(confirmed.state()).isEqualTo(ComplaintState.CONFIRMED_SPAM);
    assertThat(directives(2))
        .singleElement()
        .satisfies(told ->
            assertThat(told.directive().standing()).isEqualTo(BlockDirective.Standing.CONFIRMED));
  }

  @Test
  @Tag("AC-SPM-04")
  @Tag("EX-AC-17")
  void withProofOnTheSecondDayThePersonRejectsIt() {
    Complaint complaint = steps(complain(NOMAD), Step.REVIEW, Step.REQUEST_EVIDENCE);
    clock.advance(Duration.ofDays(1));
    byte[] form = "%PDF-1.4 a form".getBytes(StandardCharsets.UTF_8);
    ReportedEvidence evidence =
        evidence(
            Optional.of(
                new ReportedEvidence.EvidenceFile(
                    "согласие.pdf", "application/pdf", Base64.getEncoder().encodeToString(form))));

    assertThat(take(NOMAD, new CaseNews.Answered(complaint.id(), evidence))).isEqualTo(Taken.NOTED);
    assertThat(take(NOMAD, new CaseNews.Answered(complaint.id(), evidence))).isEqualTo(Taken.KNOWN);

    ComplaintDetail detail = detail(complaint);
    assertThat(detail.complaint().state()).isEqualTo(ComplaintState.EVIDENCE_RECEIVED);
    assertThat(detail.answers())
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.note()).isEqualTo(evidence.note());
          assertThat(answer.records()).isEqualTo(evidence.records());
          assertThat(answer.file()).contains("согласие.pdf");
          assertThat(answer.box()).isEqualTo(BOX);
        });
    assertThat(answer(cases.file(complaint.id(), evidence.id())).orElseThrow().content().getBytes())
        .isEqualTo(form);
    assertThat(answer(cases.file(UUID.randomUUID().toString(), evidence.id()))).isEmpty();

    Complaint rejected = steps(complaint, Step.REJECT);
    assertThat(rejected.standing()).isEqualTo(BlockDirective.Standing.REJECTED);
    assertThat(directives(0)).hasSize(1);
    assertThat(directives(0).getFirst().directive().standing().blocks()).isFalse();
  }

  @Test
  @Tag("AC-SPM-04")
  void whoIsAskedAgainHasToAnswerAgain() {
    Complaint complaint = steps(complain(NOMAD), Step.REVIEW, Step.REQUEST_EVIDENCE);
    var _ = take(NOMAD, new CaseNews.Answered(complaint.id(), evidence(Optional.empty())));
    clock.advance(Duration.ofDays(1));

    Complaint again = steps(complaint, Step.REQUEST_EVIDENCE);

    assertThat(again.evidenceReceived()).isFalse();
    assertThat(again.evidenceDue()).contains(Instant.parse("2026-11-30T19:00:00Z"));
    assertThat(directives(0).getLast().directive().evidenceReceived()).isFalse();
    assertThat(step(complaint, Step.CONFIRM)).isInstanceOf(StepResult.TooEarly.class);
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerToWhatNobodyAskedIsKeptAndMovesNothing() {
    Complaint complaint = complain(NOMAD);

    assertThat(take(NOMAD, new CaseNews.Answered(complaint.id(), evidence(Optional.empty()))))
        .isEqualTo(Taken.NOTED);

    assertThat(detail(complaint).complaint().state()).isEqualTo(ComplaintState.RECEIVED);
    assertThat(detail(complaint).complaint().evidenceReceived()).isTrue();
    assertThat(detail(complaint).answers()).hasSize(1);
  }

  @Test
  @Tag("AC-SPM-04")
  void anAnswerAfterTheDecisionChangesNothingOfIt() {
    Complaint complaint = steps(complain(NOMAD), Step.REVIEW, Step.CONFIRM);

    assertThat(take(NOMAD, new CaseNews.Answered(complaint.id(), evidence(Optional.empty()))))
        .isEqualTo(Taken.NOTED);

    assertThat(detail(complaint).complaint().state()).isEqualTo(ComplaintState.CONFIRMED_SPAM);
    assertThat(detail(complaint).complaint().standing())
        .isEqualTo(BlockDirective.Standing.CONFIRMED);
  }

  // ---- AC-SPM-05, 07

  @Test
  @Tag("AC-SPM-05")
  void aConfirmedBlockIsLiftedByAPersonAlone() {
    Complaint complaint = steps(complain(NOMAD), Step.REVIEW, Step.CONFIRM, Step.CLOSE);
    assertThat(complaint.standing()).isEqualTo(BlockDirective.Standing.CONFIRMED);
    clock.advance(Duration.ofDays(400));

    Complaint lifted = steps(complaint, Step.LIFT);

    assertThat(lifted.standing()).isEqualTo(BlockDirective.Standing.LIFTED);
    assertThat(directives(0).getLast().directive().standing())
        .isEqualTo(BlockDirective.Standing.LIFTED);
    assertThat(step(complaint, Step.LIFT)).isEqualTo(new StepResult.NotNow(ComplaintState.CLOSED));
  }

  @Test
  @Tag("AC-SPM-07")
  void aClaimOfAThirdPartyBlocksUntilItIsSettled() {
    Complaint claim =
        ((EntryResult.Entered)
                enter(
                    NOMAD,
                    new Complaint.Facts(
                        NUMBER,
                        ContactChannel.SMS,
                        ComplaintSource.OPERATOR,
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        "Жалоба абонента оператору")))
            .complaint();
    clock.advance(Duration.ofDays(60));
    assertThat(directives(0).getLast().directive().standing().blocks()).isTrue();

    var _ = steps(claim, Step.REVIEW, Step.REJECT);

    assertThat(directives(0).getLast().directive().standing().blocks()).isFalse();
  }

  // ---- AC-SPM-06

  @Test
  @Tag("AC-SPM-06")
  @Tag("EX-AC-17")
  void theThirdConfirmationInNinetyDaysIsAViolation() {
    Complaint first = complain(NOMAD);
    assertThat(confirm(first)).isEmpty();
    clock.advance(Duration.ofDays(45));
    Complaint second = complain(NOMAD);
    assertThat(confirm(second)).isEmpty();
    assertThat(confirm(complain(OTHER))).isEmpty();
    clock.advance(Duration.ofDays(44));
    Complaint third = complain(NOMAD);

    Violation violation = confirm(third).orElseThrow();

    assertThat(violation.why()).isEqualTo(Violation.Why.REPEATED);
    assertThat(violation.organisation()).isEqualTo(NOMAD);
    assertThat(violation.complaints()).containsExactly(first.id(), second.id(), third.id());
    assertThat(answer(cases.violations())).containsExactly(violation);
    assertThat(detail(third).violation()).contains(violation.id());
    // Each counts once: the next violation needs three others.
    assertThat(confirm(complain(NOMAD))).isEmpty();
    assertThat(confirm(complain(NOMAD))).isEmpty();
    assertThat(confirm(complain(NOMAD))).isPresent();
  }

  @Test
  @Tag("AC-SPM-06")
  void threeOverMoreThanNinetyDaysAreNone() {
    assertThat(confirm(complain(NOMAD))).isEmpty();
    clock.advance(Duration.ofDays(45));
    assertThat(confirm(complain(NOMAD))).isEmpty();
    clock.advance(Duration.ofDays(45));

    assertThat(confirm(complain(NOMAD))).isEmpty();
    assertThat(answer(cases.violations())).isEmpty();
  }

  @Test
  @Tag("AC-SPM-06")
  void oneInAThousandOfOneCampaignIsAViolationIfThereAreTwo() {
    String small = UUID.randomUUID().toString();
    String large = UUID.randomUUID().toString();
    Optional<ReportedComplaint.Campaign> ofLarge =
        Optional.of(new ReportedComplaint.Campaign(large, 2001));
    Optional<ReportedComplaint.Campaign> ofSmall =
        Optional.of(new ReportedComplaint.Campaign(small, 2000));
    assertThat(confirm(complain(NOMAD, ofSmall))).isEmpty();
    assertThat(confirm(complain(OTHER, ofLarge))).isEmpty();
    assertThat(confirm(complain(OTHER, ofLarge))).isEmpty();

    Violation violation = confirm(complain(NOMAD, ofSmall)).orElseThrow();

    assertThat(violation.why()).isEqualTo(Violation.Why.CAMPAIGN_SHARE);
    assertThat(violation.campaign()).contains(small);
    assertThat(violation.complaints()).hasSize(2);
  }

  // ---- boxes

  @Test
  void aNewWordStandsBehindAllOthersAndTheOldOneIsGone() {
    Complaint first = complain(NOMAD);
    Complaint second = complain(NOMAD);

    var _ = steps(first, Step.REVIEW, Step.REQUEST_EVIDENCE);

    assertThat(directives(0))
        .extracting(told -> told.directive().caseId())
        .containsExactly(second.id(), first.id());
    assertThat(directives(2)).extracting(NumberedDirective::ordinal).containsExactly(3L);
    // The only one there is gets a new ordinal all the same.
    var _ = steps(first, Step.REJECT);
    assertThat(directives(3)).extracting(NumberedDirective::ordinal).containsExactly(4L);
  }

  @Test
  void aReportOfABoxIsOpenedOnlyIfItIsForUs() {
    String id = UUID.randomUUID().toString();
    ReportedComplaint reported =
        new ReportedComplaint(
            NUMBER,
            ContactChannel.CALL,
            clock.instant(),
            clock.instant(),
            "operator",
            "Хватит",
            Optional.empty());

    CaseNews news = cases.open(BOX, CaseReport.of(BOX, id, reported, cases.sealing()));

    assertThat(news).isEqualTo(new CaseNews.Entered(id, reported));
    assertThat(take(NOMAD, news)).isEqualTo(Taken.NOTED);
    assertThat(take(NOMAD, news)).isEqualTo(Taken.KNOWN);
    assertThat(take(OTHER, news)).isEqualTo(Taken.FOREIGN_CASE);
    assertThat(take(OTHER, new CaseNews.Answered(id, evidence(Optional.empty()))))
        .isEqualTo(Taken.FOREIGN_CASE);
    assertThat(
            take(
                NOMAD,
                new CaseNews.Answered(UUID.randomUUID().toString(), evidence(Optional.empty()))))
        .isEqualTo(Taken.UNKNOWN_CASE);
    assertThat(answer(cases.page(false, 0, 10)).total()).isEqualTo(1);
  }

  @Test
  void pagesAreBounded() {
    assertThatThrownBy(() -> cases.page(true, -1, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cases.page(true, 0, 201)).isInstanceOf(IllegalArgumentException.class);
  }
}
