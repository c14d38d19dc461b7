package kz.qonyrau.office;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditArea;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetEvent;
import kz.qonyrau.store.Store;
import kz.qonyrau.web.AccessTable;
import kz.qonyrau.web.AuditRoutes;
import kz.qonyrau.web.AuditTable;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Door;
import kz.qonyrau.web.DoorSettings;
import kz.qonyrau.web.LiveUpdates;
import kz.qonyrau.web.Passwords;
import kz.qonyrau.web.Person;

/// The HTTP API and live page of central: who may do what to the fleet, and what everybody sees.
///
/// What is done is written into the audit log before it is done, and into the boxes' timelines by
/// the fleet, with the login of who did it.
public final class Office implements AutoCloseable {

  private static final String FLEET = "FLEET";
  private static final String BILLING = "BILLING";
  private static final String COMPLAINTS = "COMPLAINTS";
  private static final String AUDITOR = "AUDITOR";

  private final Door door;
  private final LiveUpdates live;

  private Office(Door door, LiveUpdates live) {
    this.door = door;
    this.live = live;
  }

  /// Opens the office and completes when it listens. At the first start it makes one person of each
  /// role and writes their passwords into `first-passwords` in its data directory.
  ///
  /// @param store with the schema OFFICE
  /// @param audit told of everything that is done here
  public static Future<Office> open(
      Vertx vertx,
      Store store,
      Fleet fleet,
      Billing billing,
      Cases cases,
      Inquiries inquiries,
      Promotions promotions,
      AuditLog audit,
      OfficeSettings settings,
      InstantSource clock) {
    OfficePeople people = new OfficePeople(store);
    LiveUpdates live = new LiveUpdates(vertx);
    Desk desk = new Desk("openapi/central.yaml", access(), tellings());
    var _ = new AuditRoutes(audit, Office::seenBy).on(desk);
    new FleetRoutes(fleet, clock).putOn(desk);
    new BoxRoutes(fleet).putOn(desk);
    new ClaimRoutes(fleet).putOn(desk);
    new NumberRoutes(fleet.numbers()).putOn(desk);
    new CommandRoutes(fleet, clock).putOn(desk);
    new AccountRoutes(fleet, billing).putOn(desk);
    new ContractRoutes(fleet, billing).putOn(desk);
    new ProposalRoutes(billing).putOn(desk);
    new ComplaintRoutes(cases, fleet, clock).putOn(desk);
    new AskRoutes(inquiries, clock).putOn(desk);
    new PromotionRoutes(promotions, fleet, clock).putOn(desk);
    Passwords passwords = new Passwords();
    return people
        .makeTheFirst(passwords, settings.data().resolve("first-passwords"))
        .eventually(() -> {
          passwords.close();
          return Future.succeededFuture();
        })
        .compose(_ ->
            Door.open(
                vertx,
                new DoorSettings(
                    settings.host(),
                    settings.port(),
                    settings.data().resolve("uploads"),
                    settings.pages(),
                    false,
                    settings.firstPasswordMayStay()),
                desk,
                people,
                live,
                audit,
                clock))
        .onFailure(_ -> live.close())
        .map(door -> {
          fleet.onChange(event -> tell(fleet, live, event));
          cases.onChange(_ -> live.publish("complaints", Map.of()));
          inquiries.onChange(_ -> live.publish("inquiries", Map.of()));
          promotions.onChange(_ -> live.publish("promotions", Map.of()));
          return new Office(door, live);
        });
  }

  /// Where it listens.
  public int port() {
    return door.port();
  }

  @Override
  public void close() {
    live.close();
    door.close();
  }

  /// Everybody at central sees the fleet; only some may change it (PLT-18, roles of the provider).
  static AccessTable access() {
    Set<String> everybody = Set.of(FLEET, BILLING, AUDITOR);
    Map<String, Set<String>> seen =
        Stream.of(
                "whoAmI",
                "signOut",
                "changePassword",
                "live",
                "fleet",
                "boxes",
                "box",
                "boxUsage",
                "boxTimeline",
                "openSuspensions",
                "poolNumbers",
                "usage",
                "claims",
                "commands",
                "statements",
                "accounts",
                "account",
                "contract",
                "benefitExit",
                "tariffs",
                "proposals",
                "ratingCases",
                "audit")
            .collect(Collectors.toMap(operation -> operation, _ -> everybody));
    // Who is complained of and by whom is for those who examine it.
    for (String own : List.of("whoAmI", "signOut", "changePassword", "live", "audit")) {
      seen.put(own, Set.of(FLEET, BILLING, COMPLAINTS, AUDITOR));
    }
    for (String operation :
        List.of(
            "complaints",
            "enterComplaint",
            "complaint",
            "moveComplaint",
            "complaintFile",
            "violations",
            "inquiries",
            "enterInquiry",
            "inquiry",
            "promotions",
            "enterPromotion",
            "promotion",
            "publishPromotion",
            "withdrawPromotion",
            "removePublication",
            "promotionBoxes",
            "customers")) {
      seen.put(operation, Set.of(COMPLAINTS));
    }
    seen.put("createClaim", Set.of(FLEET));
    seen.put("issueLicense", Set.of(FLEET));
    seen.put("revokeBox", Set.of(FLEET));
    seen.put("setLease", Set.of(FLEET));
    seen.put("revokeLease", Set.of(FLEET));
    seen.put("giveCommand", Set.of(FLEET));
    seen.put("boxDocuments", Set.of(FLEET));
    seen.put("addNumbers", Set.of(FLEET));
    seen.put("removeNumber", Set.of(FLEET));
    seen.put("assignNumber", Set.of(FLEET));
    seen.put("releaseNumber", Set.of(FLEET));
    // Fleet for technical reasons, billing for debt.
    seen.put("suspendBox", Set.of(FLEET, BILLING));
    seen.put("restoreBox", Set.of(FLEET, BILLING));
    seen.put("register", Set.of(BILLING));
    seen.put("closeAccount", Set.of(BILLING));
    seen.put("sourceConnected", Set.of(BILLING));
    seen.put("buyPlan", Set.of(BILLING));
    seen.put("confirmBenefit", Set.of(BILLING));
    seen.put("demand", Set.of(BILLING));
    seen.put("endDemand", Set.of(BILLING));
    seen.put("acceptStatement", Set.of(BILLING));
    seen.put("putOnHold", Set.of(FLEET, BILLING));
    seen.put("liftHold", Set.of(FLEET, BILLING));
    seen.put("topUp", Set.of(BILLING));
    seen.put("propose", Set.of(BILLING));
    seen.put("decide", Set.of(BILLING));
    seen.put("closeRatingCase", Set.of(BILLING));
    seen.put("auditFile", Set.of(AUDITOR));
    seen.put("verifyAudit", Set.of(AUDITOR));
    return new AccessTable(seen, Set.of("signIn", "ask", "askStanding", "forgetAsk"));
  }

  /// What the audit log tells of (PLT-18).
  private static AuditTable tellings() {
    String box = "box/{boxId}";
    return new AuditTable()
        .tells(
            "topUp",
            AuditAction.CREDIT_GRANTED,
            "organisation/{organisationId}",
            "{reference}",
            "wallet={wallet} amountTiyn={amountTiyn} key={key}")
        .tells(
            "propose",
            AuditAction.MEASURE_PROPOSED,
            "organisation/{organisationId}",
            "{reason}",
            "kind={kind} wallet={wallet} amountTiyn={amountTiyn} posting={posting} benefit={benefitId}"
                + " box={boxId} ground={ground}")
        .tells(
            "register",
            AuditAction.CUSTOMER_REGISTERED,
            "organisation/{organisationId}",
            "",
            "{orgKey}")
        .tells(
            "closeAccount",
            AuditAction.ACCOUNT_CLOSED,
            "organisation/{organisationId}",
            "{reason}",
            "")
        .tells(
            "sourceConnected",
            AuditAction.SOURCE_NOTED,
            "organisation/{organisationId}",
            "",
            "at={at}")
        .tells(
            "buyPlan",
            AuditAction.PLAN_SOLD,
            "organisation/{organisationId}",
            "",
            "plan={plan} months={months}")
        .tells(
            "confirmBenefit",
            AuditAction.BENEFIT_CONFIRMED,
            "organisation/{organisationId}",
            "{evidence}",
            "benefit={benefitId}")
        .tells(
            "demand",
            AuditAction.DEMAND_MADE,
            "organisation/{organisationId}",
            "{note}",
            "what={what} ground={ground} until={until}")
        .tells(
            "endDemand", AuditAction.DEMAND_ENDED, "demand/{demandId}", "{note}", "state={state}")
        .tells("acceptStatement", AuditAction.MISMATCH_ACCEPTED, box, "{note}", "statement={seq}")
        .tells("putOnHold", AuditAction.LEGAL_HOLD_CHANGED, box, "{reason}", "put {from}..{to}")
        .tells("liftHold", AuditAction.LEGAL_HOLD_CHANGED, box, "{reason}", "lifted {holdId}")
        .tells(
            "decide",
            AuditAction.MEASURE_DECIDED,
            "proposal/{proposalId}",
            "{note}",
            "decision={decision}")
        .tells("closeRatingCase", AuditAction.RATING_CASE_CLOSED, "case/{caseId}", "{note}", "")
        .tells("setLease", AuditAction.LEASE_CHANGED, box, "{reason}", "targetTiyn={targetTiyn}")
        .tells("revokeLease", AuditAction.LEASE_CHANGED, box, "{reason}", "revoked")
        .tells("giveCommand", AuditAction.COMMAND_GIVEN, box, "{reason}", "order={order}")
        .tells(
            "suspendBox",
            AuditAction.BOX_SUSPENDED,
            box,
            "{note}",
            "module={module} trunk={trunk} ground={ground}")
        .tells(
            "restoreBox", AuditAction.BOX_RESTORED, box, "{note}", "module={module} trunk={trunk}")
        .tells(
            "issueLicense",
            AuditAction.LICENSE_ISSUED,
            box,
            "",
            "expires={expires} modules={modules} channels={channels} callsPerMinute={callsPerMinute}")
        .tells("addNumbers", AuditAction.NUMBERS_ADDED)
        .tells("removeNumber", AuditAction.NUMBER_REMOVED, "number/{number}", "", "")
        .tells(
            "assignNumber", AuditAction.NUMBER_ASSIGNED, "number/{number}", "{note}", "box={boxId}")
        .tells("releaseNumber", AuditAction.NUMBER_RELEASED, "number/{number}", "{note}", "")
        .tells("revokeBox", AuditAction.CERTIFICATE_REVOKED, box, "{reason}", "")
        .tells(
            "createClaim",
            AuditAction.CLAIM_ISSUED,
            "",
            "",
            "{organisation}, {site} leaseTiyn={leaseTiyn}")
        .tells(
            "enterComplaint",
            AuditAction.COMPLAINT_ENTERED,
            "organisation/{organisationId}",
            "",
            "source={source} channel={channel} shown={shownNumber}")
        .tells(
            "enterInquiry",
            AuditAction.INQUIRY_ENTERED,
            "",
            "",
            "reason={reason} shown={shownNumber} proven by a call to us")
        // What subscribers ask by themselves is a log of its own, which nobody can fill
        // (AC-WHO-05).
        .changesNothing("ask", "forgetAsk")
        .tells(
            "moveComplaint",
            AuditAction.COMPLAINT_EXAMINED,
            "complaint/{complaintId}",
            "{note}",
            "step={step}")
        // Which message it was stands with the recording alone (SH-NOT-11).
        .tells(
            "enterPromotion",
            AuditAction.PROMOTION_CONSENTED,
            "call/{callId}",
            "",
            "box={boxId} givenAt={givenAt}")
        .tells(
            "publishPromotion",
            AuditAction.PROMOTION_PUBLISHED,
            "promotion/{promotionId}",
            "",
            "{outlet} {place} at={at}")
        .tells(
            "withdrawPromotion",
            AuditAction.PROMOTION_WITHDRAWN,
            "promotion/{promotionId}",
            "",
            "by={askedBy} at={askedAt}")
        .tells(
            "removePublication",
            AuditAction.PROMOTION_REMOVED,
            "promotion/{promotionId}",
            "",
            "publication={publicationId} at={at}")
        .tells("complaintFile", AuditAction.EVIDENCE_TAKEN, "complaint/{complaintId}")
        .tells("auditFile", AuditAction.AUDIT_EXPORTED);
  }

  /// Who keeps the fleet sees what happens to it, who keeps the money what happens to that, who
  /// examines complaints what happens to those and to published recordings, and the auditor
  /// everything; everybody sees what is his own.
  private static Set<AuditArea> seenBy(Person person) {
    return switch (person.role()) {
      case FLEET -> EnumSet.of(AuditArea.FLEET, AuditArea.TECHNICAL);
      case BILLING -> EnumSet.of(AuditArea.MONEY);
      case COMPLAINTS -> EnumSet.of(AuditArea.BLOCKS, AuditArea.CONTENT);
      case AUDITOR -> EnumSet.allOf(AuditArea.class);
      default -> EnumSet.noneOf(AuditArea.class);
    };
  }

  private static void tell(Fleet fleet, LiveUpdates live, FleetEvent event) {
    if (!live.isWatched()) {
      return;
    }
    switch (event) {
      case FleetEvent.BoxChanged(var box) ->
          fleet
              .views()
              .box(box)
              .onSuccess(found -> found.ifPresent(it -> live.publish("box", BoxJson.of(it))));
      case FleetEvent.UsageStored(var box) -> live.publish("usage", Map.of("boxId", box.value()));
      case FleetEvent.AlarmRaised(var alarm) -> live.publish("alarm", TimelineJson.of(alarm));
    }
  }
}
