package kz.qonyrau.office;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.DecisionResult;
import kz.qonyrau.billing.Measure;
import kz.qonyrau.billing.Proposal;
import kz.qonyrau.billing.ProposalResult;
import kz.qonyrau.billing.PublishedTariff;
import kz.qonyrau.billing.RatingCase;
import kz.qonyrau.billing.WalletKind;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;

/// What needs two people: price lists and corrections (SH-BAL-17).
final class ProposalRoutes {

  private static final int SHOWN = 200;

  private final Billing billing;

  ProposalRoutes(Billing billing) {
    this.billing = billing;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("proposals", this::proposals)
            .on("propose", this::propose)
            .on("decide", this::decide)
            .on("tariffs", _ -> tariffs())
            .on("ratingCases", this::ratingCases)
            .on("closeRatingCase", this::closeRatingCase);
  }

  private record Order(
      String kind,
      Optional<String> organisationId,
      Optional<String> wallet,
      OptionalLong amountTiyn,
      Optional<String> posting,
      Optional<String> list,
      Optional<String> terms,
      Optional<String> benefitId,
      Optional<String> boxId,
      Optional<String> ground,
      String reason) {}

  private record Decision(String decision, Optional<String> note) {}

  private record TariffJson(
      int number, String version, Instant publishedAt, String publishedBy, String list) {

    static TariffJson of(PublishedTariff tariff) {
      return new TariffJson(
          tariff.number(), tariff.id(), tariff.publishedAt(), tariff.publishedBy(), tariff.text());
    }
  }

  private record ProposalJson(
      String id,
      String kind,
      Optional<String> organisationId,
      Optional<String> wallet,
      Optional<Long> amountTiyn,
      Optional<String> posting,
      Optional<String> list,
      Optional<String> terms,
      Optional<String> benefitId,
      Optional<String> boxId,
      Optional<String> ground,
      String reason,
      String proposedBy,
      Instant proposedAt,
      String state,
      Optional<String> decidedBy,
      Optional<Instant> decidedAt,
      Optional<String> note) {

    static ProposalJson of(Proposal proposal) {
      return switch (proposal.measure()) {
        case Measure.Publication(String list) -> json(proposal, "PUBLICATION", Parts.ofList(list));
        case Measure.Reversal(OrganisationId organisation, String posting) ->
            json(proposal, "REVERSAL", Parts.of(organisation).posting(posting));
        case Measure.Compensation(OrganisationId organisation, WalletKind wallet, Tenge amount) ->
            json(proposal, "COMPENSATION", Parts.of(organisation).money(wallet, amount));
        case Measure.Penalty(OrganisationId organisation, WalletKind wallet, Tenge amount) ->
            json(proposal, "PENALTY", Parts.of(organisation).money(wallet, amount));
        case Measure.WelcomeBonusAmount(Tenge amount) ->
            json(proposal, "WELCOME_BONUS", Parts.ofAmount(amount));
        case Measure.BenefitGrant(OrganisationId organisation, String terms) ->
            json(proposal, "BENEFIT_GRANT", Parts.of(organisation).terms(terms));
        case Measure.BenefitExit(OrganisationId organisation, String benefit) ->
            json(proposal, "BENEFIT_EXIT", Parts.of(organisation).benefit(benefit));
        case Measure.Erasure(OrganisationId organisation, BoxId box, String ground) ->
            json(proposal, "ERASURE", Parts.of(organisation).erasure(box, ground));
      };
    }

    private static ProposalJson json(Proposal proposal, String kind, Parts parts) {
      return new ProposalJson(
          proposal.id(),
          kind,
          parts.organisationId,
          parts.wallet,
          parts.amountTiyn,
          parts.posting,
          parts.list,
          parts.terms,
          parts.benefitId,
          parts.boxId,
          parts.ground,
          proposal.reason(),
          proposal.proposedBy(),
          proposal.proposedAt(),
          proposal.state().name(),
          proposal.decidedBy(),
          proposal.decidedAt(),
          proposal.note());
    }
  }

  /// What only some kinds have.
  private static final class Parts {
    private Optional<String> organisationId = Optional.empty();
    private Optional<String> wallet = Optional.empty();
    private Optional<Long> amountTiyn = Optional.empty();
    private Optional<String> posting = Optional.empty();
    private Optional<String> list = Optional.empty();
    private Optional<String> terms = Optional.empty();
    private Optional<String> benefitId = Optional.empty();
    private Optional<String> boxId = Optional.empty();
    private Optional<String> ground = Optional.empty();

    static Parts of(OrganisationId organisation) {
      Parts parts = new Parts();
      parts.organisationId = Optional.of(organisation.value());
      return parts;
    }

    static Parts ofList(String list) {
      Parts parts = new Parts();
      parts.list = Optional.of(list);
      return parts;
    }

    static Parts ofAmount(Tenge amount) {
      Parts parts = new Parts();
      parts.amountTiyn = Optional.of(amount.tiyn());
      return parts;
    }

    Parts posting(String id) {
      posting = Optional.of(id);
      return this;
    }

    Parts money(WalletKind kind, Tenge amount) {
      wallet = Optional.of(kind.name());
      amountTiyn = Optional.of(amount.tiyn());
      return this;
    }

    Parts terms(String text) {
      terms = Optional.of(text);
      return this;
    }

    Parts benefit(String id) {
      benefitId = Optional.of(id);
      return this;
    }

    Parts erasure(BoxId box, String why) {
      boxId = Optional.of(box.value());
      ground = Optional.of(why);
      return this;
    }
  }

  private Answer tariffs() {
    return Answer.ok(billing.published().await().stream().map(TariffJson::of).toList());
  }

  private record RatingCaseJson(
      String id,
      String organisationId,
      String boxId,
      String why,
      String service,
      String boxVersion,
      String centralVersion,
      long items,
      long boxTiyn,
      long centralTiyn,
      String firstItem,
      String lastItem,
      Instant firstAt,
      Instant lastAt,
      Optional<String> closedBy,
      Optional<Instant> closedAt,
      Optional<String> note) {

    static RatingCaseJson of(RatingCase found) {
      return new RatingCaseJson(
          found.id(),
          found.organisation().value(),
          found.box().value(),
          found.why().name(),
          found.service(),
          found.boxVersion(),
          found.centralVersion(),
          found.items(),
          found.boxAmount().tiyn(),
          found.centralAmount().tiyn(),
          found.firstItem(),
          found.lastItem(),
          found.firstAt(),
          found.lastAt(),
          found.closedBy(),
          found.closedAt(),
          found.note());
    }
  }

  private record Finding(String note) {}

  private Answer ratingCases(Asked asked) {
    boolean openOnly = asked.text("state").orElse("OPEN").equals("OPEN");
    return Answer.ok(
        billing.ratingCases(openOnly, SHOWN).await().stream().map(RatingCaseJson::of).toList());
  }

  private Answer closeRatingCase(Asked asked) {
    boolean closed =
        billing
            .closeRatingCase(
                asked.id("caseId", value -> value),
                asked.body(Finding.class).note(),
                asked.person().login())
            .await();
    if (!closed) {
      throw Problem.notFound("open case");
    }
    return Answer.done();
  }

  private Answer proposals(Asked asked) {
    boolean openOnly = asked.text("state").orElse("OPEN").equals("OPEN");
    return Answer.ok(
        billing.approvals().proposals(openOnly, SHOWN).await().stream()
            .map(ProposalJson::of)
            .toList());
  }

  private Answer propose(Asked asked) {
    Order order = asked.body(Order.class);
    ProposalResult result =
        billing.approvals().propose(measure(order), order.reason(), asked.person().login()).await();
    return switch (result) {
      case ProposalResult.Proposed(Proposal proposal) -> Answer.created(ProposalJson.of(proposal));
      case ProposalResult.NotPossible(String code, String why) ->
          throw Problem.unprocessable(code, why);
    };
  }

  private static Measure measure(Order order) {
    return switch (order.kind()) {
      case "PUBLICATION" -> new Measure.Publication(given("list", order.list()));
      case "REVERSAL" ->
          new Measure.Reversal(organisation(order), given("posting", order.posting()));
      case "COMPENSATION" ->
          new Measure.Compensation(organisation(order), wallet(order), aboveZero(order));
      case "PENALTY" -> new Measure.Penalty(organisation(order), wallet(order), aboveZero(order));
      case "WELCOME_BONUS" -> new Measure.WelcomeBonusAmount(amount(order));
      case "BENEFIT_GRANT" ->
          new Measure.BenefitGrant(organisation(order), given("terms", order.terms()));
      case "BENEFIT_EXIT" ->
          new Measure.BenefitExit(organisation(order), given("benefitId", order.benefitId()));
      case "ERASURE" ->
          new Measure.Erasure(
              organisation(order),
              new BoxId(given("boxId", order.boxId())),
              given("ground", order.ground()));
      default -> throw new IllegalStateException("the contract lets no other kind through");
    };
  }

  private static OrganisationId organisation(Order order) {
    return new OrganisationId(given("organisationId", order.organisationId()));
  }

  private static WalletKind wallet(Order order) {
    return WalletKind.valueOf(given("wallet", order.wallet()));
  }

  private static Tenge amount(Order order) {
    return new Tenge(
        order
            .amountTiyn()
            .orElseThrow(() -> Problem.unprocessable("FIELD_MISSING", "amountTiyn is missing.")));
  }

  private static Tenge aboveZero(Order order) {
    Tenge amount = amount(order);
    if (!amount.isPositive()) {
      throw Problem.unprocessable("FIELD_RANGE", "amountTiyn must be above zero.");
    }
    return amount;
  }

  private static String given(String field, Optional<String> value) {
    return value.orElseThrow(() ->
        Problem.unprocessable("FIELD_MISSING", field + " is missing for this kind of proposal."));
  }

  private Answer decide(Asked asked) {
    String id = asked.id("proposalId", value -> value);
    Decision decision = asked.body(Decision.class);
    String note = decision.note().orElse("");
    String by = asked.person().login();
    DecisionResult result =
        switch (decision.decision()) {
          case "APPROVED" -> billing.approvals().approve(id, note, by).await();
          case "REJECTED" -> billing.approvals().reject(id, note, by).await();
          case "WITHDRAWN" -> billing.approvals().withdraw(id, by).await();
          default -> throw new IllegalStateException("the contract lets no other decision through");
        };
    return switch (result) {
      case DecisionResult.Decided(Proposal proposal) -> Answer.ok(ProposalJson.of(proposal));
      case DecisionResult.WrongPerson(String proposedBy) ->
          throw new Problem(
              403,
              "WRONG_PERSON",
              "Proposed by "
                  + proposedBy
                  + ": another person approves or rejects it, only that one withdraws it.");
      case DecisionResult.NotOpen(Proposal.State state) ->
          throw Problem.conflict("NOT_OPEN", "It is decided already: " + state + ".");
      case DecisionResult.NoSuchProposal _ -> throw Problem.notFound("proposal");
      case DecisionResult.NotPossible(String code, String why) ->
          throw Problem.unprocessable(code, why);
    };
  }
}
