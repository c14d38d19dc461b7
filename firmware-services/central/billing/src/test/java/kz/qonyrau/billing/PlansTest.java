package kz.qonyrau.billing;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.billing.CustomerNotice.Code;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@OnEachDatabase
class PlansTest {

  private static final OrganisationId NOMAD = OrganisationId.random();

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING");

  private final SteppedClock clock = SteppedClock.at(astana("2026-09-15T23:30"));
  private final List<CustomerNotice> told = new CopyOnWriteArrayList<>();
  private Ledger ledger;
  private Billing billing;

  private static Instant astana(String local) {
    return AstanaTime.instantOf(LocalDateTime.parse(local));
  }

  @BeforeEach
  void open() {
    ledger = new Ledger(database.store(), clock);
    billing =
        new Billing(
            database.store(),
            ledger,
            (_, _) -> Optional.empty(),
            (_, _, notice) -> told.add(notice),
            clock);
    answer(
        billing.start(
            Optional.of(
                """
                {"version": "v1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
                  {"service": "ANALYTICS_PLAN", "price": "30000.00", "unit": 1, "step": 1, "minimum": "0.00"},
                  {"service": "XTRACK_PLAN", "price": "36000.00", "unit": 1, "step": 1, "minimum": "0.00"}]}
                """)));
  }

  private void pay(WalletKind wallet, String amount) {
    assertThat(
            answer(
                billing.topUp(
                    new TopUp(
                        wallet + amount, NOMAD, wallet, Tenge.of(amount), "invoice", "billing"))))
        .isInstanceOf(TopUpResult.Credited.class);
    told.clear();
  }

  private Plans.Result buy(Plan plan, int months) {
    return answer(billing.plans().buy(NOMAD, plan, months, "billing"));
  }

  private PlanStanding standing(Plan plan) {
    return answer(billing.plans().standing(NOMAD, plan));
  }

  private Tenge in(WalletKind wallet) {
    return answer(billing.account(new Billing.Holder(NOMAD, List.of()))).free(wallet);
  }

  @Test
  @Tag("SH-TAR-09")
  @Tag("SH-TAR-16")
  void theDayOfActivationIsTheFirstInAstana() {
    pay(WalletKind.ANALYTICS, "90000.00");

    assertThat(buy(Plan.ANALYTICS, 1))
        .isInstanceOfSatisfying(
            Plans.Result.Bought.class,
            bought -> {
              // 23:30 in Astana is still the 15th, though it is 18:30 in UTC.
              assertThat(bought.period().firstDay()).isEqualTo(LocalDate.of(2026, 9, 15));
              assertThat(bought.period().lastDay()).isEqualTo(LocalDate.of(2026, 10, 14));
              assertThat(bought.period().fee()).isEqualTo(Tenge.of("30000.00"));
              assertThat(bought.period().version()).isEqualTo("v1");
            });
    assertThat(buy(Plan.ANALYTICS, 2))
        .isInstanceOfSatisfying(
            Plans.Result.Bought.class,
            next -> {
              assertThat(next.period().firstDay()).isEqualTo(LocalDate.of(2026, 10, 15));
              assertThat(next.period().lastDay()).isEqualTo(LocalDate.of(2026, 12, 14));
            });
    assertThat(in(WalletKind.ANALYTICS)).isEqualTo(Tenge.ZERO);

    clock.set(astana("2026-12-14T23:59"));
    assertThat(standing(Plan.ANALYTICS))
        .isEqualTo(new PlanStanding.Active(LocalDate.of(2026, 12, 14)));
    clock.set(astana("2026-12-15T00:00"));
    assertThat(standing(Plan.ANALYTICS))
        .isEqualTo(new PlanStanding.Suspended(LocalDate.of(2026, 12, 15)));
  }

  @Test
  @Tag("XT-SUB-02")
  @Tag("SH-PAY-01")
  @Tag("XT-SUB-04")
  void aPlanIsPaidWholeAndForItsFewestMonths() {
    assertThat(buy(Plan.XTRACK, 2)).isEqualTo(new Plans.Result.WrongNumberOfMonths(3, 36));
    pay(WalletKind.XTRACK, "107999.99");

    assertThat(buy(Plan.XTRACK, 3))
        .isEqualTo(new Plans.Result.NotEnough(Tenge.of("108000.00"), Tenge.of("107999.99")));

    assertThat(standing(Plan.XTRACK)).isEqualTo(new PlanStanding.Never());
    assertThat(in(WalletKind.XTRACK)).isEqualTo(Tenge.of("107999.99"));
  }

  @Test
  @Tag("SH-SUS-06")
  @Tag("EX-SUS-4")
  @Tag("XT-SUB-04")
  void anUnpaidPlanIsReadForSevenDaysAndThenSuspendedUntilItIsPaid() {
    pay(WalletKind.XTRACK, "108000.00");
    assertThat(buy(Plan.XTRACK, 3)).isInstanceOf(Plans.Result.Bought.class);

    clock.set(astana("2026-12-15T09:00"));
    assertThat(standing(Plan.XTRACK))
        .isEqualTo(new PlanStanding.ReadOnly(LocalDate.of(2026, 12, 21)));
    clock.set(astana("2026-12-22T00:00"));
    assertThat(standing(Plan.XTRACK))
        .isEqualTo(new PlanStanding.Suspended(LocalDate.of(2026, 12, 22)));

    pay(WalletKind.XTRACK, "108000.01");
    assertThat(buy(Plan.XTRACK, 3)).isInstanceOf(Plans.Result.Bought.class);
    assertThat(standing(Plan.XTRACK)).isEqualTo(new PlanStanding.Active(LocalDate.of(2027, 3, 21)));
  }

  @Test
  @Tag("XT-SUB-04")
  void theOwnerIsToldFourteenThreeAndOneDayBeforeTheEndAndWhenItIsOver() {
    pay(WalletKind.XTRACK, "108000.00");
    assertThat(buy(Plan.XTRACK, 3)).isInstanceOf(Plans.Result.Bought.class);

    for (LocalDate day = LocalDate.of(2026, 11, 20);
        day.isBefore(LocalDate.of(2027, 1, 5));
        day = day.plusDays(1)) {
      clock.set(astana(day + "T09:00"));
      answer(billing.sweep());
      answer(billing.sweep());
    }

    assertThat(told)
        .extracting(CustomerNotice::code)
        .containsExactly(Code.PLAN_ENDS, Code.PLAN_ENDS, Code.PLAN_ENDS, Code.PLAN_ENDED);
    assertThat(told.getFirst().until()).contains(astana("2026-12-15T00:00"));
  }

  /// A price that is published later neither lengthens, shortens nor prices what is paid.
  @Test
  @Tag("SH-TAR-08")
  @Tag("EX-SUS-3")
  @Tag("SH-SUS-03")
  void nothingThatHappensToTheAccountMovesAPaidPeriod() {
    pay(WalletKind.ANALYTICS, "30000.00");
    assertThat(buy(Plan.ANALYTICS, 1)).isInstanceOf(Plans.Result.Bought.class);
    List<PaidPeriod> before = answer(billing.plans().of(NOMAD));

    clock.set(astana("2026-09-25T09:00"));
    answer(billing.sweep());
    assertThat(answer(billing.registrations().close(NOMAD, "breach", "billing"))).isFalse();
    ProposalResult penalty =
        answer(
            billing
                .approvals()
                .propose(
                    new Measure.Penalty(NOMAD, WalletKind.ANALYTICS, Tenge.of("1000.00")),
                    "breach",
                    "billing"));
    if (penalty instanceof ProposalResult.Proposed(Proposal proposal)) {
      assertThat(answer(billing.approvals().approve(proposal.id(), "", "approver")))
          .isInstanceOf(DecisionResult.Decided.class);
    }

    assertThat(answer(billing.plans().of(NOMAD))).isEqualTo(before);
    assertThat(standing(Plan.ANALYTICS))
        .isEqualTo(new PlanStanding.Active(LocalDate.of(2026, 10, 14)));
    assertThat(in(WalletKind.ANALYTICS))
        .as("no part of the fee came back")
        .isEqualTo(Tenge.of("-1000.00"));
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  @Tag("SH-BAL-14")
  @Tag("AN-BIL-02")
  void aPlanForConversationsTakesTheBonusFirst() {
    assertThat(buy(Plan.ANALYTICS, 1))
        .isEqualTo(new Plans.Result.NotEnough(Tenge.of("30000.00"), Tenge.ZERO));
  }

  @Test
  @Tag("SH-TAR-01")
  void aPlanWithoutAPriceIsNotSold() {
    ProposalResult list =
        answer(
            billing
                .approvals()
                .propose(
                    new Measure.Publication(
                        """
                        {"version": "v2", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
                          {"service": "SMS_PART", "price": "12.00", "unit": 1, "step": 1, "minimum": "0.00"}]}
                        """),
                    "no more plans",
                    "billing"));
    if (list instanceof ProposalResult.Proposed(Proposal proposal)) {
      assertThat(answer(billing.approvals().approve(proposal.id(), "", "approver")))
          .isInstanceOf(DecisionResult.Decided.class);
    }

    assertThat(buy(Plan.ANALYTICS, 1)).isEqualTo(new Plans.Result.NoPrice());
  }
}
