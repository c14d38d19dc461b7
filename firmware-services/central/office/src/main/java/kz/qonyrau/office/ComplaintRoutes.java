package kz.qonyrau.office;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Complaint;
import kz.qonyrau.cases.ComplaintDetail;
import kz.qonyrau.cases.ComplaintOrder;
import kz.qonyrau.cases.EntryResult;
import kz.qonyrau.cases.Step;
import kz.qonyrau.cases.StepResult;
import kz.qonyrau.cases.Violation;
import kz.qonyrau.fleet.Customer;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Content;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.ReportedComplaint;
import kz.qonyrau.wire.ReportedEvidence;

/// What is said against customers, and who examines it (AC-SPM-01 to 07).
final class ComplaintRoutes {

  private static final Map<String, String> ENDINGS =
      Map.of("application/pdf", "pdf", "image/jpeg", "jpg", "image/png", "png");

  private final Cases cases;
  private final Fleet fleet;
  private final InstantSource clock;

  ComplaintRoutes(Cases cases, Fleet fleet, InstantSource clock) {
    this.cases = cases;
    this.fleet = fleet;
    this.clock = clock;
  }

  void putOn(Desk desk) {
    var _ =
        desk.on("complaints", this::complaints)
            .on("enterComplaint", this::enter)
            .on("complaint", this::complaint)
            .on("moveComplaint", this::move)
            .on("complaintFile", this::file)
            .on("violations", _ -> violations())
            .on("customers", _ -> customers());
  }

  // ---- what is asked and answered

  private record ComplaintForm(
      String number,
      String channel,
      String source,
      Instant contactAt,
      String text,
      Optional<String> numberProof,
      Optional<String> organisationId,
      Optional<String> shownNumber) {}

  private record MoveForm(String step, String note) {}

  private record CustomerJson(String id, String name) {}

  private record PageJson(long total, List<ComplaintJson> items) {}

  private record ComplaintJson(
      String id,
      CustomerJson customer,
      String number,
      String channel,
      String source,
      Instant contactAt,
      Instant receivedAt,
      String enteredBy,
      Optional<String> boxId,
      Optional<String> campaignId,
      Optional<Long> campaignRecipients,
      Optional<String> numberProof,
      String text,
      String state,
      Instant stateSince,
      Optional<Instant> evidenceDue,
      boolean evidenceReceived,
      boolean unanswered,
      String standing,
      Optional<String> verdict,
      Optional<Instant> verdictAt,
      Optional<Instant> liftedAt) {}

  private record EventJson(String kind, Instant at, String by, String note) {}

  private record AnswerJson(
      String id,
      String boxId,
      Instant at,
      String by,
      String note,
      List<ReportedEvidence.ConsentRecord> records,
      Optional<String> file) {}

  private record DetailJson(
      ComplaintJson complaint,
      List<EventJson> history,
      List<AnswerJson> answers,
      Optional<String> violationId) {}

  private record ViolationJson(
      String id,
      CustomerJson customer,
      String why,
      Optional<String> campaignId,
      Instant openedAt,
      List<String> complaints) {}

  // ---- operations

  private Answer complaints(Asked asked) {
    Cases.Page page =
        cases
            .page(
                asked.text("show").orElse("open").equals("open"),
                asked.whole("page", 0),
                asked.whole("size", 50))
            .await();
    Map<OrganisationId, String> names = names();
    return Answer.ok(
        new PageJson(
            page.total(),
            page.complaints().stream().map(complaint -> json(complaint, names)).toList()));
  }

  private Answer enter(Asked asked) {
    ComplaintForm form = asked.body(ComplaintForm.class);
    EntryResult result =
        cases
            .enter(
                new ComplaintOrder(
                    against(form),
                    new Complaint.Facts(
                        new Msisdn(form.number()),
                        ContactChannel.valueOf(form.channel()),
                        ComplaintSource.valueOf(form.source()),
                        form.contactAt(),
                        Optional.empty(),
                        form.numberProof(),
                        form.text()),
                    asked.person().login()))
            .await();
    return switch (result) {
      case EntryResult.Entered(Complaint complaint) -> Answer.created(detail(complaint.id()));
      case EntryResult.NoSuchCustomer _ ->
          throw Problem.unprocessable(
              "CUSTOMER_UNKNOWN", "organisationId: there is no such customer.");
      case EntryResult.NobodyShowed _ ->
          throw Problem.unprocessable(
              "NUMBER_NOT_SHOWN",
              "shownNumber: nobody's box showed this number at that time. Choose the customer.");
      case EntryResult.InTheFuture _ ->
          throw Problem.unprocessable("IN_THE_FUTURE", "contactAt: is later than now.");
    };
  }

  private static ComplaintOrder.Against against(ComplaintForm form) {
    if (form.organisationId().isPresent() == form.shownNumber().isPresent()) {
      throw Problem.unprocessable(
          "AGAINST_WHOM", "organisationId, shownNumber: exactly one of them is needed.");
    }
    return form.organisationId()
        .<ComplaintOrder.Against>map(
            id -> new ComplaintOrder.Against.Customer(new OrganisationId(id)))
        .orElseGet(() ->
            new ComplaintOrder.Against.WhoShowed(new Msisdn(form.shownNumber().orElseThrow())));
  }

  private Answer complaint(Asked asked) {
    return Answer.ok(detail(id(asked, "complaintId")));
  }

  private Answer move(Asked asked) {
    MoveForm form = asked.body(MoveForm.class);
    String id = id(asked, "complaintId");
    StepResult result =
        cases.step(id, Step.valueOf(form.step()), form.note(), asked.person().login()).await();
    return switch (result) {
      case StepResult.Done _ -> Answer.ok(detail(id));
      case StepResult.NoSuchComplaint _ -> throw Problem.notFound("complaint");
      case StepResult.NotNow(var state) ->
          throw Problem.conflict(
              "NOT_NOW", "step: the complaint is " + state + "; this cannot be done now.");
      case StepResult.TooEarly(Instant due) ->
          throw Problem.conflict("TOO_EARLY", "step: the customer may answer until " + due + ".");
    };
  }

  private Answer file(Asked asked) {
    String answer = id(asked, "answerId");
    ComplaintDetail.AnswerFile file =
        cases
            .file(id(asked, "complaintId"), answer)
            .await()
            .orElseThrow(() -> Problem.notFound("file"));
    return new Answer.Download(
        file.type(),
        "evidence-" + answer.substring(0, 8) + "." + ENDINGS.getOrDefault(file.type(), "bin"),
        Content.of(file.content().getBytes()));
  }

  private Answer violations() {
    List<Violation> violations = cases.violations().await();
    Map<OrganisationId, String> names = names();
    return Answer.ok(
        violations.stream()
            .map(violation ->
                new ViolationJson(
                    violation.id(),
                    customer(violation.organisation(), names),
                    violation.why().name(),
                    violation.campaign(),
                    violation.openedAt(),
                    violation.complaints()))
            .toList());
  }

  private Answer customers() {
    return Answer.ok(
        fleet.views().customers().await().stream()
            .map(customer -> new CustomerJson(customer.id().value(), customer.name()))
            .toList());
  }

  // ---- forms

  private DetailJson detail(String id) {
    ComplaintDetail detail =
        cases.find(id).await().orElseThrow(() -> Problem.notFound("complaint"));
    return new DetailJson(
        json(detail.complaint(), names()),
        detail.history().stream()
            .map(event -> new EventJson(event.kind(), event.at(), event.by(), event.note()))
            .toList(),
        detail.answers().stream()
            .map(answer ->
                new AnswerJson(
                    answer.id(),
                    answer.box().value(),
                    answer.at(),
                    answer.by(),
                    answer.note(),
                    answer.records(),
                    answer.file()))
            .toList(),
        detail.violation());
  }

  private ComplaintJson json(Complaint complaint, Map<OrganisationId, String> names) {
    Complaint.Facts facts = complaint.facts();
    return new ComplaintJson(
        complaint.id(),
        customer(complaint.organisation(), names),
        facts.number().e164(),
        facts.channel().name(),
        facts.source().name(),
        facts.contactAt(),
        complaint.receivedAt(),
        complaint.enteredBy(),
        complaint.box().map(BoxId::value),
        facts.campaign().map(ReportedComplaint.Campaign::id),
        facts.campaign().map(ReportedComplaint.Campaign::recipients),
        facts.numberProof(),
        facts.text(),
        complaint.state().name(),
        complaint.stateSince(),
        complaint.evidenceDue(),
        complaint.evidenceReceived(),
        complaint.isUnanswered(clock.instant()),
        complaint.standing().name(),
        complaint.verdict().map(decision -> decision.verdict().name()),
        complaint.verdict().map(Complaint.Decision::at),
        complaint.liftedAt());
  }

  private static CustomerJson customer(
      OrganisationId organisation, Map<OrganisationId, String> names) {
    return new CustomerJson(organisation.value(), names.getOrDefault(organisation, ""));
  }

  private Map<OrganisationId, String> names() {
    return fleet.views().customers().await().stream()
        .collect(Collectors.toMap(Customer::id, Customer::name));
  }

  private static String id(Asked asked, String name) {
    return asked.id(name, text -> UUID.fromString(text).toString());
  }
}
