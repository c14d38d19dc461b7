package kz.qonyrau.office;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.billing.Benefit;
import kz.qonyrau.billing.Benefits;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.PaidPeriod;
import kz.qonyrau.billing.Plan;
import kz.qonyrau.billing.PlanStanding;
import kz.qonyrau.billing.Plans;
import kz.qonyrau.billing.Registration;
import kz.qonyrau.billing.RegistrationOrder;
import kz.qonyrau.billing.RegistrationResult;
import kz.qonyrau.billing.WelcomeBonus;
import kz.qonyrau.fleet.BoxState;
import kz.qonyrau.fleet.Customer;
import kz.qonyrau.fleet.Demand;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.SuspensionGround;
import kz.qonyrau.tariffs.Recalculation;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.OrganisationKey;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.Notice;

/// What binds a customer and the provider: registration and welcome bonus, benefit tariffs, plans,
/// demands, and what he was told (SH-ACC-01, SH-BAL-11 to 13, SH-TAR-10 to 15, SH-SUS-04).
final class ContractRoutes {

  private static final int NOTICES = 50;

  private final Fleet fleet;
  private final Billing billing;

  ContractRoutes(Fleet fleet, Billing billing) {
    this.fleet = fleet;
    this.billing = billing;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("contract", asked -> now(customer(asked)))
            .on("register", this::register)
            .on("closeAccount", this::close)
            .on("sourceConnected", this::sourceConnected)
            .on("buyPlan", this::buyPlan)
            .on("confirmBenefit", this::confirmBenefit)
            .on("benefitExit", this::benefitExit)
            .on("demand", this::demand)
            .on("endDemand", this::endDemand);
  }

  private record RegistrationForm(String orgKey, String legalName) {}

  private record Reason(String reason) {}

  private record SourceForm(Instant at) {}

  private record PlanForm(String plan, int months) {}

  private record ConfirmationForm(boolean conditions, boolean recalculation, String evidence) {}

  private record DemandForm(String what, String ground, String note, Instant until) {}

  private record DemandEnd(String state, String note) {}

  private record BonusJson(
      long amountTiyn,
      String state,
      Instant lapsesAt,
      Optional<String> keptBy,
      Optional<Long> voidedTiyn) {

    static BonusJson of(WelcomeBonus bonus) {
      return new BonusJson(
          bonus.amount().tiyn(),
          bonus.state().name(),
          bonus.lapsesAt(),
          bonus.keptBy().map(Enum::name),
          bonus.voided().map(Tenge::tiyn));
    }
  }

  private record RegistrationJson(
      String orgKey,
      String legalName,
      Instant at,
      String by,
      Optional<Instant> closedAt,
      Optional<String> closedBy,
      Optional<String> closedWhy,
      Optional<BonusJson> bonus) {

    static RegistrationJson of(Registration registration) {
      return new RegistrationJson(
          registration.key().value(),
          registration.legalName(),
          registration.registeredAt(),
          registration.registeredBy(),
          registration.closed().map(Registration.Closing::at),
          registration.closed().map(Registration.Closing::by),
          registration.closed().map(Registration.Closing::why),
          registration.bonus().map(BonusJson::of));
    }
  }

  private record BenefitJson(
      String id,
      String terms,
      String baseVersion,
      String baseList,
      Instant grantedAt,
      String grantedBy,
      Optional<Instant> confirmedAt,
      Optional<String> evidence,
      boolean holds,
      long prepaidTiyn,
      List<String> failing,
      List<String> restrictions,
      Optional<Instant> endedAt,
      Optional<String> endKind) {

    static BenefitJson of(Benefit benefit) {
      return new BenefitJson(
          benefit.terms().id(),
          benefit.terms().json(),
          benefit.base().id(),
          benefit.base().text(),
          benefit.grantedAt(),
          benefit.grantedBy(),
          benefit.confirmation().map(Benefit.Confirmation::conditions),
          benefit.confirmation().map(Benefit.Confirmation::evidence),
          benefit.holds(),
          benefit.prepaid().tiyn(),
          benefit.failing(),
          benefit.restrictions().stream().map(Enum::name).sorted().toList(),
          benefit.end().map(Benefit.End::at),
          benefit.end().map(end -> end.kind().name()));
    }
  }

  private record PeriodJson(
      int months,
      LocalDate firstDay,
      LocalDate lastDay,
      long feeTiyn,
      String version,
      Instant boughtAt,
      String boughtBy) {

    static PeriodJson of(PaidPeriod period) {
      return new PeriodJson(
          period.months(),
          period.firstDay(),
          period.lastDay(),
          period.fee().tiyn(),
          period.version(),
          period.boughtAt(),
          period.boughtBy());
    }
  }

  private record PlanJson(
      String plan,
      String state,
      Optional<LocalDate> day,
      int fewestMonths,
      List<PeriodJson> periods) {

    static PlanJson of(Plan plan, PlanStanding standing, List<PaidPeriod> all) {
      List<PeriodJson> periods =
          all.stream().filter(one -> one.plan() == plan).map(PeriodJson::of).toList();
      return switch (standing) {
        case PlanStanding.Never _ ->
            new PlanJson(plan.name(), "NEVER", Optional.empty(), plan.fewestMonths(), periods);
        case PlanStanding.Active(LocalDate until) ->
            new PlanJson(plan.name(), "ACTIVE", Optional.of(until), plan.fewestMonths(), periods);
        case PlanStanding.ReadOnly(LocalDate until) ->
            new PlanJson(
                plan.name(), "READ_ONLY", Optional.of(until), plan.fewestMonths(), periods);
        case PlanStanding.Suspended(LocalDate since) ->
            new PlanJson(
                plan.name(), "SUSPENDED", Optional.of(since), plan.fewestMonths(), periods);
      };
    }
  }

  private record DemandJson(
      String id,
      String what,
      String ground,
      String note,
      Instant at,
      String by,
      Instant until,
      String state,
      Optional<Instant> decidedAt,
      Optional<String> decidedBy,
      Optional<String> decisionNote) {

    static DemandJson of(Demand demand) {
      return new DemandJson(
          demand.id(),
          demand.what().name(),
          demand.ground().name(),
          demand.note(),
          demand.demandedAt(),
          demand.demandedBy(),
          demand.until(),
          demand.state().name(),
          demand.decision().map(Demand.Decision::at),
          demand.decision().map(Demand.Decision::by),
          demand.decision().map(Demand.Decision::note));
    }
  }

  private record NoticeJson(
      String id,
      String code,
      Instant at,
      Optional<Long> amountTiyn,
      Optional<Instant> until,
      Optional<String> subject) {

    static NoticeJson of(Notice notice) {
      return new NoticeJson(
          notice.id(),
          notice.code(),
          notice.at(),
          notice.amount().map(Tenge::tiyn),
          notice.until(),
          notice.subject());
    }
  }

  private record ContractJson(
      Optional<RegistrationJson> registration,
      long bonusAmountTiyn,
      List<BenefitJson> benefits,
      List<PlanJson> plans,
      List<DemandJson> demands,
      List<NoticeJson> notices) {}

  private record ExitJson(
      long items,
      long benefitTiyn,
      long baseTiyn,
      long adjustmentTiyn,
      long balanceTiyn,
      long resultingTiyn,
      long refundableTiyn,
      long shortfallTiyn) {

    static ExitJson of(Recalculation recalculation) {
      return new ExitJson(
          recalculation.items(),
          recalculation.benefitCost().tiyn(),
          recalculation.baseCost().tiyn(),
          recalculation.adjustment().tiyn(),
          recalculation.balance().tiyn(),
          recalculation.resultingBalance().tiyn(),
          recalculation.refundable().tiyn(),
          recalculation.shortfall().tiyn());
    }
  }

  private Answer now(Customer customer) {
    List<PaidPeriod> periods = billing.plans().of(customer.id()).await();
    return Answer.ok(
        new ContractJson(
            billing.registrations().of(customer.id()).await().map(RegistrationJson::of),
            billing.registrations().bonusAmount().await().tiyn(),
            billing.benefits().of(customer.id()).await().stream().map(BenefitJson::of).toList(),
            Arrays.stream(Plan.values())
                .map(plan ->
                    PlanJson.of(
                        plan, billing.plans().standing(customer.id(), plan).await(), periods))
                .toList(),
            fleet.demands().of(customer.id()).await().stream().map(DemandJson::of).toList(),
            fleet.views().notices(customer.id(), NOTICES).await().stream()
                .map(NoticeJson::of)
                .toList()));
  }

  private Customer customer(Asked asked) {
    return fleet
        .views()
        .customer(asked.id("organisationId", OrganisationId::new))
        .await()
        .orElseThrow(() -> Problem.notFound("account"));
  }

  private Answer register(Asked asked) {
    Customer customer = customer(asked);
    RegistrationForm form = asked.body(RegistrationForm.class);
    OrganisationKey.fault(form.orgKey())
        .ifPresent(fault -> {
          throw Problem.unprocessable(
              fault.name(),
              "orgKey: " + fault + ". Compare it with the certificate of registration.");
        });
    RegistrationResult result =
        billing
            .registrations()
            .register(
                new RegistrationOrder(
                    customer.id(),
                    new OrganisationKey(form.orgKey()),
                    form.legalName(),
                    asked.person().login()))
            .await();
    return switch (result) {
      case RegistrationResult.Registered _ -> now(customer);
      case RegistrationResult.AlreadyRegistered(OrganisationKey key) ->
          throw Problem.conflict(
              "ALREADY_REGISTERED", "The customer is registered already, under " + key + ".");
      case RegistrationResult.KeyTaken _ ->
          throw Problem.conflict(
              "ORG_ALREADY_REGISTERED",
              "This number has an account. Whoever belongs to it is invited into that account.");
    };
  }

  private Answer close(Asked asked) {
    Customer customer = customer(asked);
    boolean hasBoxes =
        fleet.views().boxes().await().stream()
            .anyMatch(box ->
                box.organisationId().equals(customer.id()) && box.state() != BoxState.REVOKED);
    if (hasBoxes) {
      throw Problem.conflict(
          "HAS_BOXES", "Retire or revoke the customer's boxes first, so that all use is reported.");
    }
    boolean closed =
        billing
            .registrations()
            .close(customer.id(), asked.body(Reason.class).reason(), asked.person().login())
            .await();
    if (!closed) {
      throw Problem.conflict("NOT_REGISTERED", "The customer is not registered.");
    }
    return now(customer);
  }

  private Answer sourceConnected(Asked asked) {
    Customer customer = customer(asked);
    try {
      billing
          .registrations()
          .sourceConnected(customer.id(), asked.body(SourceForm.class).at())
          .await();
    } catch (IllegalArgumentException _) {
      throw Problem.unprocessable("IN_THE_FUTURE", "at: a source is connected now or before.");
    }
    return now(customer);
  }

  private Answer buyPlan(Asked asked) {
    Customer customer = customer(asked);
    PlanForm form = asked.body(PlanForm.class);
    Plans.Result result =
        billing
            .plans()
            .buy(customer.id(), Plan.valueOf(form.plan()), form.months(), asked.person().login())
            .await();
    return switch (result) {
      case Plans.Result.Bought _ -> now(customer);
      case Plans.Result.NoPrice _ ->
          throw Problem.unprocessable(
              "NO_PRICE", "The published price list has no price for this plan.");
      case Plans.Result.WrongNumberOfMonths(int fewest, int most) ->
          throw Problem.unprocessable(
              "MONTHS_RANGE", "months: " + fewest + " to " + most + " for this plan.");
      case Plans.Result.NotEnough(Tenge fee, Tenge available) ->
          throw Problem.unprocessable(
              "NOT_ENOUGH", "The plan costs " + fee + " KZT, and " + available + " KZT are there.");
    };
  }

  private Answer confirmBenefit(Asked asked) {
    Customer customer = customer(asked);
    ConfirmationForm form = asked.body(ConfirmationForm.class);
    if (!form.conditions() || !form.recalculation()) {
      throw Problem.unprocessable(
          "BOTH_NEEDED", "The customer confirms both: the conditions, and the recalculation.");
    }
    boolean confirmed =
        billing
            .benefits()
            .confirm(customer.id(), asked.id("benefitId", id -> id), form.evidence())
            .await();
    if (!confirmed) {
      throw Problem.conflict(
          "NOT_CONFIRMABLE", "There is no such benefit, it is over, or it was confirmed before.");
    }
    return now(customer);
  }

  private Answer benefitExit(Asked asked) {
    Customer customer = customer(asked);
    Benefits.Preview preview =
        billing.benefits().preview(customer.holder(), asked.id("benefitId", id -> id)).await();
    return switch (preview) {
      case Benefits.Preview.Possible(Recalculation recalculation) ->
          Answer.ok(ExitJson.of(recalculation));
      case Benefits.Preview.NotPossible(String code, String why) ->
          throw Problem.unprocessable(code, why);
    };
  }

  private Answer demand(Asked asked) {
    Customer customer = customer(asked);
    DemandForm form = asked.body(DemandForm.class);
    try {
      var _ =
          fleet
              .demands()
              .make(
                  customer.id(),
                  Demand.What.valueOf(form.what()),
                  SuspensionGround.valueOf(form.ground()),
                  form.note(),
                  form.until(),
                  asked.person().login())
              .await();
    } catch (IllegalArgumentException _) {
      throw Problem.unprocessable("NOT_LATER", "until: later than now.");
    }
    return now(customer);
  }

  private Answer endDemand(Asked asked) {
    DemandEnd form = asked.body(DemandEnd.class);
    boolean ended =
        fleet
            .demands()
            .end(
                asked.id("demandId", id -> id),
                Demand.State.valueOf(form.state()),
                form.note(),
                asked.person().login())
            .await();
    if (!ended) {
      throw Problem.notFound("open demand");
    }
    return Answer.done();
  }
}
