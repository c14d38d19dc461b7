package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.billing.DecisionResult;
import kz.qonyrau.billing.Measure;
import kz.qonyrau.billing.Proposal;
import kz.qonyrau.billing.ProposalResult;
import kz.qonyrau.billing.RegistrationOrder;
import kz.qonyrau.billing.RegistrationResult;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.CommandOrder;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.HeldDays;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.Notice;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.SuspensionScope;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What the provider tells and demands, and what it may not do to a box alone.
@Timeout(60)
@OnEachDatabase
class ContractsTest {

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:10:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;
  private OrganisationId customer;

  @BeforeEach
  void enrolOneBox() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
    customer = stage.organisation();
  }

  /// The newest notices that went to a box.
  private Optional<NoticeDocument> noticesOf(BoxId id) {
    return stage.sent.stream()
        .filter(sent -> sent.topic().box().equals(id) && sent.topic().kind() == TopicKind.NOTICE)
        .map(sent -> read(sent.envelope()))
        .max(Comparator.comparingLong(NoticeDocument::version));
  }

  private NoticeDocument read(Envelope envelope) {
    SignedDocument document = SignedDocument.parse(envelope.schema(), envelope.body());
    assertThat(document.isSignedBy(stage.provider())).isTrue();
    return NoticeDocument.parse(document);
  }

  private List<String> codesOf(BoxId id) {
    return noticesOf(id).map(NoticeDocument::notices).orElse(List.of()).stream()
        .map(Notice::code)
        .toList();
  }

  private void awaitNewest(BoxId id, String code) {
    Eventually.await(
        Duration.ofSeconds(10),
        code + " was sent",
        () -> codesOf(id).stream().findFirst().filter(code::equals).isPresent());
  }

  private Demand demand(Demand.What what, Duration time) {
    return answer(
            stage
                .fleet
                .demands()
                .make(
                    customer,
                    what,
                    SuspensionGround.VIOLATION,
                    "clause 6.8",
                    clock.instant().plus(time),
                    "billing"))
        .orElseThrow();
  }

  private Demand.State stateOf(Demand demand) {
    return answer(stage.fleet.demands().of(customer)).stream()
        .filter(one -> one.id().equals(demand.id()))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private int suspensions() {
    return box.seen().license().orElseThrow().suspensions().size();
  }

  @Test
  @Tag("SH-NOT-01")
  @Tag("PLT-23")
  void everyBoxOfACustomerHoldsWhatHeWasTold() {
    stage.topUp("5000.00");
    awaitNewest(box.id, "PAYMENT_CREDITED");
    assertThat(noticesOf(box.id).orElseThrow().notices().getFirst().amount())
        .contains(Tenge.of("5000.00"));

    StagedFleet.StagedBox later = stage.enrol("100.00");

    awaitNewest(later.id, "PAYMENT_CREDITED");
    clock.advance(Duration.ofMinutes(1));
    stage.topUp("1.00");
    awaitNewest(box.id, "PAYMENT_CREDITED");
    Eventually.await(
        Duration.ofSeconds(10),
        "both have both",
        () -> codesOf(box.id).size() == 2 && codesOf(later.id).size() == 2);
    assertThat(noticesOf(box.id).orElseThrow().notices())
        .isEqualTo(noticesOf(later.id).orElseThrow().notices());
  }

  /// One wallet for all sites: what one box is granted the other one has not (SH-BAL-15).
  @Test
  @Tag("PLT-23")
  void theBoxesOfACustomerShareTariffAndWallet() {
    StagedFleet.StagedBox second = stage.enrol("1000.00");
    stage.topUp("1500.00");

    assertThat(box.seen().organisationId()).isEqualTo(second.seen().organisationId());
    assertThat(box.seen().money().granted().plus(second.seen().money().granted()))
        .isEqualTo(Tenge.of("1500.00"));
    assertThat(box.seen().tariff()).isEqualTo(second.seen().tariff());
    assertThat(answer(stage.fleet.views().customers()))
        .singleElement()
        .satisfies(one -> assertThat(one.boxes()).containsExactlyInAnyOrder(box.id, second.id));
  }

  @Test
  @Tag("SH-SUS-04")
  void whatACustomerDoesNotDoInTimeTheProviderDoes() {
    Demand demand = demand(Demand.What.SUSPEND, Duration.ofDays(3));
    awaitNewest(box.id, "DEMAND_SUSPEND");
    clock.advance(Duration.ofDays(3).minusSeconds(1));
    answer(stage.fleet.sweep());
    assertThat(stateOf(demand)).isEqualTo(Demand.State.OPEN);
    assertThat(suspensions()).isZero();

    clock.advance(Duration.ofSeconds(1));
    answer(stage.fleet.sweep());
    answer(stage.fleet.sweep());

    assertThat(stateOf(demand)).isEqualTo(Demand.State.CARRIED_OUT);
    assertThat(box.seen().license().orElseThrow().suspensions())
        .singleElement()
        .satisfies(suspension -> {
          assertThat(suspension.scope()).isEqualTo(new SuspensionScope.Everything());
          assertThat(suspension.ground()).isEqualTo("VIOLATION");
        });
  }

  @Test
  @Tag("SH-SUS-04")
  void whatWasDoneOrIsNotDemandedAnyMoreIsLeftAlone() {
    Demand met = demand(Demand.What.SUSPEND, Duration.ofDays(1));
    Demand withdrawn = demand(Demand.What.CLOSE, Duration.ofDays(1));
    assertThat(answer(stage.fleet.demands().end(met.id(), Demand.State.MET, "he did", "billing")))
        .isTrue();
    assertThat(
            answer(
                stage
                    .fleet
                    .demands()
                    .end(withdrawn.id(), Demand.State.WITHDRAWN, "a mistake", "billing")))
        .isTrue();
    assertThat(answer(stage.fleet.demands().end(met.id(), Demand.State.MET, "again", "billing")))
        .isFalse();

    clock.advance(Duration.ofDays(2));
    answer(stage.fleet.sweep());

    assertThat(suspensions()).isZero();
    assertThatThrownBy(() -> demand(Demand.What.CLOSE, Duration.ZERO))
        .hasMessageContaining("until");
  }

  @Test
  @Tag("SH-SUS-04")
  void anAccountThatIsNotClosedInTimeIsClosed() {
    assertThat(
            answer(
                stage
                    .billing
                    .registrations()
                    .register(
                        new RegistrationOrder(
                            customer,
                            new OrganisationKey("990140000007"),
                            "Nomad Coffee LLP",
                            "billing"))))
        .isInstanceOf(RegistrationResult.Registered.class);
    Demand demand = demand(Demand.What.CLOSE, Duration.ofDays(1));

    clock.advance(Duration.ofDays(1));
    answer(stage.fleet.sweep());

    assertThat(stateOf(demand)).isEqualTo(Demand.State.CARRIED_OUT);
    assertThat(suspensions()).isEqualTo(1);
    assertThat(answer(stage.billing.registrations().of(customer)).orElseThrow().closed())
        .isPresent();
  }

  private DecisionResult erase(String proposer, String approver) {
    ProposalResult proposed =
        answer(
            stage
                .billing
                .approvals()
                .propose(
                    new Measure.Erasure(customer, box.id, "UNLAWFUL_PURPOSE"), "fraud", proposer));
    if (proposed instanceof ProposalResult.Proposed(Proposal proposal)) {
      return answer(stage.billing.approvals().approve(proposal.id(), "", approver));
    }
    throw new AssertionError("not proposed: " + proposed);
  }

  @Test
  @Tag("SH-SUS-05")
  void aBoxIsErasedAsASanctionByTwoPeopleOnlyAndTheBookStays() {
    stage.topUp("5000.00");
    box.spends("10.00");
    long before = stage.tiyn("provider/usage");
    assertThat(erase("billing", "billing")).isInstanceOf(DecisionResult.WrongPerson.class);
    assertThat(answer(stage.fleet.commands().of(box.id, 10))).isEmpty();

    assertThat(erase("billing", "approver")).isInstanceOf(DecisionResult.Decided.class);

    assertThat(answer(stage.fleet.commands().of(box.id, 10)))
        .singleElement()
        .satisfies(command -> {
          assertThat(command.document().order()).isEqualTo(CommandOrder.DECOMMISSION);
          assertThat(command.document().reason()).isEqualTo("UNLAWFUL_PURPOSE: fraud");
          assertThat(command.document().by()).isEqualTo("approver");
        });
    assertThat(stage.tiyn("provider/usage")).isEqualTo(before);
  }

  private LegalHolds.Result hold(Optional<HeldDays> days, String why) {
    return answer(stage.fleet.legalHolds().put(box.id, days, why, "fleet"));
  }

  private LegalHolds.Result lift(String id) {
    return answer(stage.fleet.legalHolds().lift(box.id, id, "settled", "fleet"));
  }

  @Test
  @Tag("SH-RET-02")
  void eachLicenseSaysWhatIsOnLegalHold() {
    HeldDays days = new HeldDays(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-10"));
    assertThat(hold(Optional.of(days), "claim 12")).isInstanceOf(LegalHolds.Result.Done.class);
    assertThat(hold(Optional.empty(), "claim 13")).isInstanceOf(LegalHolds.Result.Done.class);
    LicenseDocument license = box.seen().license().orElseThrow();
    assertThat(license.holds()).isEqualTo(box.seen().legalHolds()).hasSize(2);
    assertThat(license.holds()).extracting(LegalHold::days).contains(Optional.of(days));

    // Whatever else a license is issued for.
    assertThat(
            answer(
                stage.fleet.issueLicense(
                    box.id,
                    new LicenseTerms(
                        license.expires().plus(Duration.ofDays(30)),
                        license.modules(),
                        license.limits()),
                    "fleet")))
        .isInstanceOf(LicenseResult.Issued.class);
    assertThat(box.seen().license().orElseThrow().holds()).hasSize(2);

    assertThat(lift(license.holds().getFirst().id())).isInstanceOf(LegalHolds.Result.Done.class);
    LicenseDocument after = box.seen().license().orElseThrow();
    assertThat(after.holds()).hasSize(1);
    assertThat(after.version()).isEqualTo(license.version() + 2);
  }

  @Test
  @Tag("SH-RET-02")
  void noMoreAreOnLegalHoldThanALicenseHolds() {
    for (int i = 0; i < LicenseDocument.MOST_HOLDS; i++) {
      assertThat(hold(Optional.empty(), "claim")).isInstanceOf(LegalHolds.Result.Done.class);
    }
    assertThat(hold(Optional.empty(), "claim"))
        .isEqualTo(new LegalHolds.Result.TooMany(LicenseDocument.MOST_HOLDS));
    assertThat(
            answer(
                stage.fleet.legalHolds().put(BoxId.random(), Optional.empty(), "claim", "fleet")))
        .isInstanceOf(LegalHolds.Result.NoSuchBox.class);
  }

  @Test
  @Tag("SH-SUS-05")
  void whatIsOnLegalHoldIsNotErased() {
    assertThat(hold(Optional.empty(), "claim 12")).isInstanceOf(LegalHolds.Result.Done.class);
    LegalHold standing = box.seen().legalHolds().getFirst();
    assertThat(standing.reason()).isEqualTo("claim 12");
    assertThat(standing.days()).isEmpty();

    assertThat(
            answer(
                stage
                    .billing
                    .approvals()
                    .propose(
                        new Measure.Erasure(customer, box.id, "UNLAWFUL_PURPOSE"), "fraud", "b")))
        .isInstanceOfSatisfying(
            ProposalResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("LEGAL_HOLD"));
    assertThat(
            answer(
                stage
                    .fleet
                    .commands()
                    .give(
                        box.id,
                        CommandOrder.DECOMMISSION,
                        Duration.ofMinutes(10),
                        "his wish",
                        "fleet")))
        .isEqualTo(new Commands.Result.LegalHold("claim 12"));

    assertThat(lift(standing.id())).isInstanceOf(LegalHolds.Result.Done.class);
    assertThat(lift(standing.id())).isInstanceOf(LegalHolds.Result.NoSuchHold.class);
    assertThat(erase("billing", "approver")).isInstanceOf(DecisionResult.Decided.class);
  }

  @Test
  @Tag("SH-BAL-18")
  void aUsualDayIsTheMeanOfTheDaysOnWhichAnythingWasSpent() {
    stage.topUp("5000.00");
    Instant today = clock.instant();
    for (int day = 3; day >= 1; day--) {
      clock.set(today.minus(Duration.ofDays(day)));
      if (day != 2) {
        var _ = answer(box.send(TopicKind.USAGE, box.usage("60.00")));
        var _ = answer(box.send(TopicKind.USAGE, box.usage("40.00")));
      }
    }
    clock.set(today);
    var _ = answer(box.send(TopicKind.USAGE, box.usage("999.00")));

    assertThat(answer(stage.fleet.views().usualDays())).containsEntry(customer, Tenge.of("100.00"));
    assertThat(answer(stage.fleet.views().usualDay(customer))).contains(Tenge.of("100.00"));
    assertThat(answer(stage.fleet.views().usualDay(OrganisationId.random()))).isEmpty();

    clock.advance(Duration.ofDays(35));
    assertThat(answer(stage.fleet.views().usualDay(customer)))
        .as("today's is five weeks ago")
        .contains(Tenge.of("999.00"));
    clock.advance(Duration.ofDays(1));
    assertThat(answer(stage.fleet.views().usualDays())).isEmpty();
  }

  /// A payment to a box that has enough changes nothing but what it believes.
  @Test
  @Tag("SH-BAL-18")
  void aBoxIsToldWhenMuchMoreOrLessLiesBehindItsLease() {
    stage.topUp("1500.00");
    long version = box.seen().money().leaseVersion();
    stage.topUp("600.00");
    assertThat(box.seen().money().leaseVersion())
        .as("1100 are more than twice 500")
        .isEqualTo(version + 1);
    stage.topUp("100.00");
    assertThat(box.seen().money().leaseVersion()).isEqualTo(version + 1);
    assertThat(box.seen().money().granted()).isEqualTo(Tenge.of("1000.00"));
  }

  @Test
  @Tag("SH-BAL-18")
  void aLeaseSaysWhatLiesBehindIt() {
    stage.topUp("1500.00");
    Eventually.await(
        Duration.ofSeconds(10),
        "the lease was sent",
        () -> stage.sent.stream().anyMatch(sent -> sent.topic().kind() == TopicKind.LEASE));

    assertThat(
            stage.sent.stream()
                .filter(sent -> sent.topic().kind() == TopicKind.LEASE)
                .map(sent ->
                    LeaseDocument.parse(
                        SignedDocument.parse(sent.envelope().schema(), sent.envelope().body()))))
        .allSatisfy(lease -> {
          assertThat(lease.total()).isEqualTo(Tenge.of("1000.00"));
          assertThat(lease.behind()).isEqualTo(Tenge.of("500.00"));
        });
  }
}
