package kz.qonyrau.billing;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.billing.AnalyticsCharges.Parts;
import kz.qonyrau.billing.AnalyticsCharges.Result;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Transfer;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@OnEachDatabase
class RegistrationsTest {

  private static final OrganisationId NOMAD = OrganisationId.random();
  private static final OrganisationId OTHER = OrganisationId.random();
  private static final OrganisationKey KEY = new OrganisationKey("990140000007");
  private static final Tenge BONUS = Tenge.of("3000.00");

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING");

  private final SteppedClock clock = SteppedClock.at(astana("2026-08-31T12:00"));
  private final List<CustomerNotice> told = new CopyOnWriteArrayList<>();
  private Ledger ledger;
  private Billing billing;

  private static Instant astana(String local) {
    return AstanaTime.instantOf(LocalDateTime.parse(local));
  }

  @BeforeEach
  void decideTheBonus() {
    ledger = new Ledger(database.store(), clock);
    billing =
        new Billing(
            database.store(),
            ledger,
            (_, _) -> Optional.empty(),
            (_, organisation, notice) -> {
              assertThat(organisation).isIn(NOMAD, OTHER);
              told.add(notice);
            },
            clock);
    answer(billing.start(Optional.empty()));
    decideBonus(BONUS);
  }

  private void decideBonus(Tenge amount) {
    ProposalResult result =
        answer(
            billing
                .approvals()
                .propose(new Measure.WelcomeBonusAmount(amount), "autumn", "billing"));
    assertThat(result)
        .isInstanceOfSatisfying(
            ProposalResult.Proposed.class,
            proposed ->
                assertThat(
                        answer(
                            billing.approvals().approve(proposed.proposal().id(), "", "approver")))
                    .isInstanceOf(DecisionResult.Decided.class));
  }

  private RegistrationResult register(OrganisationId organisation) {
    return answer(
        billing
            .registrations()
            .register(new RegistrationOrder(organisation, KEY, "Nomad Trade LLP", "billing")));
  }

  private void registerAt(String astana) {
    clock.set(astana(astana));
    assertThat(register(NOMAD)).isInstanceOf(RegistrationResult.Registered.class);
  }

  private Tenge in(WalletKind wallet) {
    return answer(billing.account(new Billing.Holder(NOMAD, List.of()))).free(wallet);
  }

  private Tenge bonus() {
    return in(WalletKind.ANALYTICS_BONUS);
  }

  private void topUp(WalletKind wallet, String key, String amount) {
    assertThat(
            answer(
                billing.topUp(
                    new TopUp(key, NOMAD, wallet, Tenge.of(amount), "invoice", "billing"))))
        .isInstanceOf(TopUpResult.Credited.class);
  }

  private void sweepAt(String astana) {
    clock.set(astana(astana));
    answer(billing.sweep());
  }

  private Result charge(String item, String amount) {
    return answer(
        database
            .store()
            .write(handle ->
                billing.analytics().charge(handle, NOMAD, item, Tenge.of(amount), "analysis")));
  }

  private Optional<Parts> compensate(String item) {
    return answer(
        database
            .store()
            .write(handle -> billing.analytics().compensate(handle, NOMAD, item, "fault")));
  }

  private List<Code> codes() {
    return told.stream().map(CustomerNotice::code).toList();
  }

  @Test
  @Tag("EX-BAL-1")
  @Tag("SH-BAL-12")
  void aSourceThatWasConnectedInTimeKeepsTheBonus() {
    registerAt("2026-09-01T22:30");
    clock.set(astana("2026-09-07T23:59"));
    answer(billing.registrations().sourceConnected(NOMAD, clock.instant()));

    sweepAt("2026-09-08T00:00");

    assertThat(bonus()).isEqualTo(BONUS);
    assertThat(codes()).containsExactly(Code.WELCOME_BONUS_CREDITED);
    assertThat(answer(billing.registrations().of(NOMAD)).orElseThrow().bonus().orElseThrow())
        .satisfies(kept -> {
          assertThat(kept.state()).isEqualTo(WelcomeBonus.State.KEPT);
          assertThat(kept.keptBy()).contains(WelcomeBonus.KeptBy.SOURCE);
        });
  }

  @Test
  @Tag("EX-BAL-1")
  @Tag("SH-BAL-12")
  void aBoxThatWasOfflineMayTellOfItsSourceLater() {
    registerAt("2026-09-01T22:30");
    sweepAt("2026-09-08T00:00");
    assertThat(bonus()).isEqualTo(Tenge.ZERO);

    clock.set(astana("2026-09-09T12:00"));
    for (int times = 0; times < 2; times++) {
      answer(billing.registrations().sourceConnected(NOMAD, astana("2026-09-07T23:59")));
    }
    assertThat(bonus()).isEqualTo(BONUS);

    sweepAt("2026-09-20T00:00");
    assertThat(bonus()).isEqualTo(BONUS);
  }

  @Test
  @Tag("EX-BAL-2")
  @Tag("SH-BAL-12")
  @Tag("SH-BAL-13")
  void withoutSourceAndBillingEventItIsVoidedByOnePosting() {
    registerAt("2026-09-01T22:30");
    sweepAt("2026-09-05T23:59");
    assertThat(codes()).containsExactly(Code.WELCOME_BONUS_CREDITED);
    sweepAt("2026-09-06T00:00");
    sweepAt("2026-09-07T23:59");
    assertThat(codes())
        .as("warned 48 hours before, once")
        .containsExactly(Code.WELCOME_BONUS_CREDITED, Code.WELCOME_BONUS_LAPSES);
    assertThat(told.getLast().until()).contains(astana("2026-09-08T00:00"));
    assertThat(told.getLast().amount()).contains(BONUS);
    assertThat(bonus()).isEqualTo(BONUS);
    long rows = answer(ledger.head()).rows();

    sweepAt("2026-09-08T00:00");

    assertThat(bonus()).isEqualTo(Tenge.ZERO);
    assertThat(answer(ledger.head()).rows()).as("one posting").isEqualTo(rows + 1);
    assertThat(codes()).endsWith(Code.WELCOME_BONUS_VOIDED).hasSize(3);

    clock.set(astana("2026-09-08T00:01"));
    topUp(WalletKind.ANALYTICS, "late", "1000.00");
    answer(billing.registrations().sourceConnected(NOMAD, clock.instant()));
    answer(billing.sweep());

    assertThat(bonus()).isEqualTo(Tenge.ZERO);
    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.of("1000.00"));
    assertThat(codes().stream().filter(Code.WELCOME_BONUS_VOIDED::equals)).hasSize(1);
  }

  @Test
  @Tag("EX-BAL-3")
  @Tag("SH-BAL-12")
  void aTopUpOfWhateverWalletKeepsIt() {
    registerAt("2026-09-01T22:30");
    clock.set(astana("2026-09-03T10:00"));
    topUp(WalletKind.AUTOCALL, "first", "1000.00");

    sweepAt("2026-09-08T00:00");

    assertThat(bonus()).isEqualTo(BONUS);
  }

  @Test
  @Tag("AN-BIL-02")
  @Tag("SH-BAL-12")
  void aChargeKeepsItAlsoWhereTheBonusPaid() {
    registerAt("2026-09-01T22:30");
    assertThat(charge("job/1", "10.00"))
        .isEqualTo(new Result.Charged(new Parts(Tenge.of("10.00"), Tenge.ZERO)));

    sweepAt("2026-09-08T00:00");

    assertThat(bonus()).isEqualTo(Tenge.of("2990.00"));
  }

  @Test
  @Tag("EX-BAL-4")
  @Tag("SH-BAL-11")
  @Tag("EX-ACC-1")
  void aNumberGetsOneBonusForGood() {
    registerAt("2026-09-01T22:30");
    assertThat(register(OTHER)).isEqualTo(new RegistrationResult.KeyTaken());
    assertThat(register(NOMAD)).isEqualTo(new RegistrationResult.AlreadyRegistered(KEY));

    assertThat(answer(billing.registrations().close(NOMAD, "his wish", "billing"))).isTrue();
    assertThat(answer(billing.registrations().close(NOMAD, "his wish", "billing"))).isFalse();
    clock.advance(Duration.ofDays(400));
    assertThat(register(OTHER)).isInstanceOf(RegistrationResult.Registered.class);

    assertThat(
            answer(billing.account(new Billing.Holder(OTHER, List.of())))
                .free(WalletKind.ANALYTICS_BONUS))
        .isEqualTo(Tenge.ZERO);
    assertThat(codes()).containsExactly(Code.WELCOME_BONUS_CREDITED, Code.ACCOUNT_CLOSED);
    assertThat(answer(billing.registrations().of(NOMAD)).orElseThrow().closed()).isPresent();
  }

  @Test
  @Tag("SH-BAL-11")
  void theAmountIsDecidedByTwoPeopleAndIsZeroUntilThen() {
    decideBonus(Tenge.ZERO);
    registerAt("2026-09-01T22:30");
    assertThat(bonus()).isEqualTo(Tenge.ZERO);
    assertThat(told).isEmpty();

    decideBonus(BONUS);
    assertThat(answer(billing.registrations().bonusAmount())).isEqualTo(BONUS);
    assertThat(answer(billing.registrations().of(NOMAD)).orElseThrow().bonus())
        .as("a first registration is over")
        .isEmpty();
  }

  @Test
  @Tag("SH-BAL-11")
  @Tag("SH-BAL-02")
  void nobodyPaysIntoTheBonusOrTakesItOut() {
    assertThatThrownBy(
            () -> new TopUp("x", NOMAD, WalletKind.ANALYTICS_BONUS, BONUS, "invoice", "billing"))
        .hasMessageContaining("wallet");
    registerAt("2026-09-01T22:30");

    assertThat(
            answer(
                billing
                    .approvals()
                    .propose(
                        new Measure.Reversal(NOMAD, "welcome-bonus/" + KEY), "out", "billing")))
        .isInstanceOfSatisfying(
            ProposalResult.NotPossible.class,
            refused -> assertThat(refused.code()).isEqualTo("NOT_REVERSIBLE"));
  }

  @Test
  @Tag("SH-BAL-14")
  @Tag("SH-BAL-07")
  void analyticsTakesTheBonusFirstAndGivesBackToEachPart() {
    registerAt("2026-09-01T22:30");
    topUp(WalletKind.ANALYTICS, "money", "100.00");
    assertThat(charge("warm-up", "2985.00")).isInstanceOf(Result.Charged.class);
    assertThat(bonus()).isEqualTo(Tenge.of("15.00"));
    Parts both = new Parts(Tenge.of("15.00"), Tenge.of("5.00"));

    assertThat(charge("job", "20.00")).isEqualTo(new Result.Charged(both));
    assertThat(charge("job", "20.00")).isEqualTo(new Result.AlreadyCharged(both));
    assertThat(bonus()).isEqualTo(Tenge.ZERO);
    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.of("95.00"));

    assertThat(compensate("job")).contains(both);
    assertThat(compensate("job")).isEmpty();
    assertThat(bonus()).isEqualTo(Tenge.of("15.00"));
    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.of("100.00"));
  }

  @Test
  @Tag("SH-BAL-05")
  @Tag("SH-BAL-08")
  void whatIsNotCoveredIsNotCharged() {
    registerAt("2026-09-01T22:30");

    assertThat(charge("job", "3000.01")).isEqualTo(new Result.NotEnough(BONUS));

    assertThat(bonus()).isEqualTo(BONUS);
    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.ZERO);
  }

  @Test
  @Tag("SH-BAL-09")
  @Tag("SH-BAL-10")
  void moneyStaysForYearsAndEarnsNothing() {
    registerAt("2026-09-01T22:30");
    topUp(WalletKind.AUTOCALL, "first", "1000.00");
    topUp(WalletKind.ANALYTICS, "second", "500.00");

    for (int month = 0; month < 120; month++) {
      clock.advance(Duration.ofDays(30));
      answer(billing.sweep());
    }

    assertThat(in(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("1000.00"));
    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.of("500.00"));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  @Tag("SH-BAL-02")
  @Tag("SH-BAL-17")
  void aMisaddressedPaymentIsBookedAgainByReversal() {
    registerAt("2026-09-01T22:30");
    topUp(WalletKind.ANALYTICS, "wrong", "700.00");
    ProposalResult proposed =
        answer(
            billing
                .approvals()
                .propose(new Measure.Reversal(NOMAD, "top-up/wrong"), "for calls", "billing"));
    assertThat(proposed).isInstanceOf(ProposalResult.Proposed.class);
    if (proposed instanceof ProposalResult.Proposed(Proposal proposal)) {
      var _ = answer(billing.approvals().approve(proposal.id(), "", "approver"));
    }
    topUp(WalletKind.AUTOCALL, "right", "700.00");

    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.ZERO);
    assertThat(in(WalletKind.AUTOCALL)).isEqualTo(Tenge.of("700.00"));
  }

  @Test
  @Tag("SH-BAL-04")
  void aConfirmedPaymentIsCreditedWithinTheSameTransaction() {
    registerAt("2026-09-01T22:30");
    Instant confirmed = clock.instant();

    topUp(WalletKind.AUTOCALL, "first", "12.00");

    assertThat(answer(billing.topUps(NOMAD, 10)))
        .singleElement()
        .satisfies(credited -> assertThat(credited.at()).isEqualTo(confirmed));
    Optional<Transfer> posted =
        answer(database.store().read(handle -> ledger.posted(handle, "top-up/first")));
    assertThat(posted).map(Transfer::amount).contains(Tenge.of("12.00"));
    assertThat(codes()).endsWith(Code.PAYMENT_CREDITED);
  }

  /// Before each statement in turn: whatever was lost is done at the next look, and nothing twice.
  @Test
  @Tag("PLT-06")
  @Tag("SH-BAL-12")
  void aPowerCutNeitherLosesNorDoublesAVoiding() {
    registerAt("2026-09-01T22:30");
    clock.set(astana("2026-09-08T00:00"));
    boolean pulled = true;
    int tries = 0;
    for (int statement = 1; pulled; statement++) {
      Plug plug = Plug.in(database.store(), statement);
      try {
        answer(billing.sweep());
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());
      tries++;
      if (pulled) {
        assertThat(bonus()).isIn(BONUS, Tenge.ZERO);
      }
    }

    assertThat(tries).isGreaterThan(3);
    assertThat(bonus()).isEqualTo(Tenge.ZERO);
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }
}
