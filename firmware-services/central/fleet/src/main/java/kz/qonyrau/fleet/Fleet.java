package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.RenewalRequest;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All boxes of the provider: who they are, what they may do, what they did (schema FLEET).
///
/// Every method may be called from any thread. Futures complete on threads of the store; a caller
/// on a Vert.x context awaits or hops.
public final class Fleet {

  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  private final Store store;
  private final Authority authority;
  private final FleetSettings settings;
  private final InstantSource clock;
  private final Documents documents;
  private final Boxes boxes;
  private final FleetViews views;
  private final Admissions admissions;
  private final Enrolments enrolments;
  private final Renewals renewals;
  private final Wallets wallets;
  private final Cases cases;
  private final Inquiries inquiries;
  private final Promotions promotions;
  private final PromotionPapers papers;
  private final Blocklists blocklists;
  private final Upkeep upkeep;
  private final Post post;
  private final Leases leases;
  private final Suspensions suspensions;
  private final NumberPool numbers;
  private final Refusals refusals;
  private final Commands commands;
  private final Trespasses trespasses;
  private final LegalHolds legalHolds;
  private final Demands demands;
  private final Books books;
  private final QuietHeartbeats quiet;
  private final Intake intake;
  private final List<Consumer<FleetEvent>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Integer> brokerPort = new AtomicReference<>(0);

  public Fleet(
      Store store,
      Ledger ledger,
      Billing billing,
      Cases cases,
      Inquiries inquiries,
      Promotions promotions,
      Authority authority,
      Notices notices,
      FleetSettings settings,
      InstantSource clock) {
    this.store = store;
    this.authority = authority;
    this.settings = settings;
    this.clock = clock;
    this.documents = new Documents(authority.documentSigner());
    this.boxes = new Boxes(documents, billing, clock);
    this.views = new FleetViews(store, boxes, documents, clock);
    this.admissions = new Admissions(store, clock);
    this.enrolments = new Enrolments(authority, documents, settings, clock);
    this.renewals = new Renewals(authority, settings, clock);
    this.wallets = new Wallets(ledger, billing);
    this.cases = cases;
    this.inquiries = inquiries;
    this.promotions = promotions;
    this.papers = new PromotionPapers(promotions, documents);
    this.blocklists = new Blocklists(cases, documents);
    this.upkeep =
        new Upkeep(
            documents,
            wallets,
            billing,
            blocklists,
            new Queries(inquiries, documents),
            papers,
            settings.leaseValidity());
    this.post = new Post(store, documents, authority.documentSigner(), clock);
    this.leases = new Leases(store, documents, wallets, upkeep, clock, this::changed);
    this.suspensions = new Suspensions(store, documents, notices, clock, this::changed);
    this.numbers = new NumberPool(store, documents, clock, this::changed);
    this.refusals = new Refusals(leases);
    this.commands =
        new Commands(store, authority.documentSigner(), post, refusals, clock, this::changed);
    this.trespasses =
        new Trespasses(store, clock, alarm -> tell(new FleetEvent.AlarmRaised(alarm)));
    this.legalHolds = new LegalHolds(store, documents, clock, this::changed);
    this.demands =
        new Demands(store, notices, suspensions, billing.registrations(), clock, this::keepUpWith);
    this.books = new Books(store, documents, wallets, clock, this::changed);
    this.quiet = new QuietHeartbeats(settings.offlineAfter());
    this.intake =
        new Intake(
            store,
            wallets,
            new Mirror(wallets, upkeep, billing),
            books,
            commands,
            cases,
            inquiries,
            promotions,
            papers,
            admissions,
            quiet,
            clock,
            this::tell);
    billing.onChange(this::keepUpWith);
    cases.onChange(this::keepUpWith);
    inquiries.onChange(asked -> asked.forEach(this::keepUpWith));
    promotions.onChange(this::keepUpWith);
    billing.approvals().eraseBy(commands.erasures());
  }

  /// Whose a box is, inside the caller's transaction.
  public static Optional<OrganisationId> ownerOf(Handle handle, BoxId box) {
    return BoxAccount.find(handle, box).map(BoxAccount::organisation);
  }

  /// What is known of boxes and customers.
  public FleetViews views() {
    return views;
  }

  /// What is set aside for boxes.
  public Leases leases() {
    return leases;
  }

  /// The numbers that boxes may show.
  public NumberPool numbers() {
    return numbers;
  }

  /// What boxes may not do for now.
  public Suspensions suspensions() {
    return suspensions;
  }

  /// What boxes tried at the broker and may not.
  public Trespasses trespasses() {
    return trespasses;
  }

  /// Boxes on which nothing may be erased.
  public LegalHolds legalHolds() {
    return legalHolds;
  }

  /// What customers are to do themselves.
  public Demands demands() {
    return demands;
  }

  /// What boxes are told to do.
  public Commands commands() {
    return commands;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /// How the boxes' books compare with ours.
  public Books books() {
    return books;
  }

  /// Which boxes may use the broker.
  public Admissions admissions() {
    return admissions;
  }

  /// From now on boxes are told this way, and new boxes are told this port.
  public void connect(Downlink way, int port) {
    brokerPort.set(port);
    post.connect(way);
  }

  /// Tells `listener` what changes, on whatever thread changed it. It must not block.
  public void onChange(Consumer<FleetEvent> listener) {
    listeners.add(listener);
  }

  private void tell(FleetEvent event) {
    listeners.forEach(listener -> listener.accept(event));
  }

  // ---- admitting boxes

  /// Makes a ticket for a new box. The ticket is in the answer and nowhere else.
  public Future<IssuedClaim> issueClaim(ClaimOrder order) {
    return store.write(handle -> enrolments.issue(handle, order));
  }

  /// All claims, newest first.
  public Future<List<Claim>> claims() {
    return store.read(enrolments::claims);
  }

  /// Admits a box, or says why not. The same request may come again and gets the same answer.
  public Future<EnrolmentResult> enrol(EnrolmentRequest request) {
    return store
        .write(handle -> enrolments.decide(handle, request))
        .compose(decision ->
            switch (decision) {
              case Enrolments.Decision.Refused(var refusal) ->
                  Future.succeededFuture(new EnrolmentResult.Refused(refusal));
              case Enrolments.Decision.LetIn(var admission) -> admitted(admission);
            });
  }

  private Future<EnrolmentResult> admitted(Enrolments.Admission admission) {
    BoxId box = admission.box();
    if (admission.fresh()) {
      admissions.admit(box, admission.facts());
    }
    return keepUp(box, admission.facts().organisation())
        .map(_ -> {
          changed(box);
          return reply(box, admission.organisation(), admission.certificate());
        });
  }

  private EnrolmentResult reply(BoxId box, String organisation, String certificate) {
    return new EnrolmentResult.Admitted(
        new EnrolmentReply(
            box,
            organisation,
            certificate,
            Pem.certificate(authority.certificate()),
            authority.documentVerifier().text(),
            settings.brokerHost(),
            brokerPort.get()));
  }

  /// Gives a box a new certificate, or says why not. The same request may come again and gets the
  /// same answer.
  public Future<EnrolmentResult> renew(RenewalRequest request) {
    return store
        .write(handle -> renewals.decide(handle, request))
        .map(decision ->
            switch (decision) {
              case Renewals.Decision.Refused(var refusal) -> new EnrolmentResult.Refused(refusal);
              case Renewals.Decision.Renewed(var organisation, var certificate) -> {
                tell(new FleetEvent.BoxChanged(request.boxId()));
                yield reply(request.boxId(), organisation, certificate);
              }
            });
  }

  private Future<Boolean> keepUp(BoxId box, OrganisationId organisation) {
    return wallets
        .ready(box, organisation)
        .compose(_ -> store.write(handle -> upkeep.keep(handle, box, clock.instant())));
  }

  /// A customer's money, pin or complaints have changed: his boxes get what they can have now.
  private void keepUpWith(OrganisationId organisation) {
    var _ =
        store
            .read(handle -> BoxAccount.of(handle, organisation))
            .compose(all ->
                keepUpAll(all)
                    // What one of several gets does not lie behind the others' leases any more.
                    .compose(_ -> all.size() > 1 ? keepUpAll(all) : Future.succeededFuture())
                    .onSuccess(_ -> all.forEach(this::changed)))
            .onFailure(failure ->
                log.atWarn()
                    .addKeyValue("organisation", organisation)
                    .setCause(failure)
                    .log("boxes wait for their next heartbeat to get what they can have"));
  }

  /// A box is asked something else, or has something else to know of published recordings: it gets
  /// what it is to have now.
  private void keepUpWith(BoxId box) {
    var _ =
        store
            .read(handle -> ownerOf(handle, box))
            .compose(owner ->
                owner.isPresent() ? keepUp(box, owner.get()) : Future.succeededFuture(false))
            .onSuccess(_ -> post.documents(box))
            .onFailure(failure ->
                log.atWarn()
                    .addKeyValue("box", box)
                    .setCause(failure)
                    .log("a box waits for its next heartbeat to be asked and told"));
  }

  private Future<Void> keepUpAll(List<BoxAccount> accounts) {
    return Future.all(
            accounts.stream()
                .map(account -> keepUp(account.box(), account.organisation()))
                .toList())
        .mapEmpty();
  }

  private void changed(BoxAccount account) {
    changed(account.box());
  }

  // ---- deciding

  /// Issues the next version of a box's license and tells the box.
  ///
  /// @param by the admin
  public Future<LicenseResult> issueLicense(BoxId box, LicenseTerms terms, String by) {
    return store
        .<LicenseResult>write(handle -> {
          Optional<Box> row = boxes.one(handle, box);
          if (row.isEmpty()) {
            return new LicenseResult.NoSuchBox();
          }
          Instant now = clock.instant();
          LicenseDocument license;
          try {
            license =
                documents.issueLicense(
                    handle, box, row.get().organisation(), terms, settings.graceHours(), now, by);
          } catch (MalformedMessageException malformed) {
            return new LicenseResult.Refused(malformed.getMessage());
          }
          var _ =
              Timeline.add(
                  handle,
                  new TimelineEntry(
                      box,
                      now,
                      "LICENSE_ISSUED",
                      "version " + license.version() + " until " + license.expires(),
                      Optional.of(by)));
          return new LicenseResult.Issued(license);
        })
        .onSuccess(result -> {
          if (result instanceof LicenseResult.Issued) {
            changed(box);
          }
        });
  }

  /// Refuses a box's certificate from now on. Whoever runs the broker ends its connection on
  /// [FleetEvent.BoxChanged].
  ///
  /// @param by the admin
  public Future<RevocationResult> revoke(BoxId box, String reason, String by) {
    Texts.require("reason", reason, 500);
    Texts.require("by", by, 100);
    Instant now = clock.instant();
    return store
        .read(handle -> BoxAccount.find(handle, box))
        .compose(found ->
            found.isEmpty()
                ? Future.<RevocationResult>succeededFuture(new RevocationResult.NoSuchBox())
                : wallets
                    .ready(box, found.get().organisation())
                    .compose(_ -> store.write(handle -> revoke(handle, box, reason, now, by))))
        .map(result -> {
          if (result instanceof RevocationResult.Revoked) {
            admissions.refuse(box);
            tell(new FleetEvent.BoxChanged(box));
          }
          return result;
        });
  }

  private RevocationResult revoke(Handle handle, BoxId box, String reason, Instant now, String by) {
    BoxAccount account = BoxAccount.find(handle, box).orElseThrow();
    return refusals
        .refuse(handle, account, "REVOKED", reason, now, by)
        .<RevocationResult>map(RevocationResult.AlreadyRevoked::new)
        .orElseGet(() -> new RevocationResult.Revoked(now));
  }

  /// Marks boxes offline whose heartbeats have stopped, judges statements that waited for messages,
  /// raises the alarm for publications that were not removed in time, and does what customers were
  /// to do by now. Call it every half minute or so.
  public Future<Void> sweep() {
    Instant now = clock.instant();
    long before = now.minus(settings.offlineAfter()).toEpochMilli();
    return store
        .write(handle -> {
          List<BoxId> silent =
              handle
                  .createQuery(
                      "SELECT id FROM fleet.box WHERE online = true AND last_seen_ms < :before")
                  .bind("before", before)
                  .mapTo(String.class)
                  .map(BoxId::new)
                  .list();
          silent.removeIf(box -> !Presence.goOffline(handle, box, Optional.empty(), now));
          return silent;
        })
        .compose(silent -> {
          silent.forEach(box -> {
            quiet.forget(box);
            tell(new FleetEvent.BoxChanged(box));
          });
          return store.write(handle -> books.judgeWaiting(handle, now));
        })
        .compose(alarms -> {
          alarms.forEach(alarm -> tell(new FleetEvent.AlarmRaised(alarm)));
          return store.write(handle -> papers.alarm(handle, now));
        })
        .compose(alarms -> {
          alarms.forEach(alarm -> tell(new FleetEvent.AlarmRaised(alarm)));
          return demands.sweep();
        });
  }

  // ---- messages

  /// Takes a message as it came from the broker, stores what it says, and tells the box what it
  /// lacks. Completes when the message may be acknowledged to the broker; fails only if it must
  /// come again.
  ///
  /// @return the message to acknowledge to the box, if it is one that a box waits to see
  ///   acknowledged
  public Future<Optional<Acknowledged>> receive(String topic, byte[] message) {
    return intake
        .receive(topic, message)
        .compose(verdict ->
            switch (verdict) {
              case Intake.Verdict.Stored(BoxId box, String msgId, var aftermath) -> {
                follow(box, aftermath);
                yield Future.succeededFuture(Optional.of(new Acknowledged(box, msgId)));
              }
              case Intake.Verdict.Beat(BoxId box, Heartbeat heartbeat) ->
                  supply(box, heartbeat).map(_ -> Optional.empty());
              case Intake.Verdict.Noted _, Intake.Verdict.Refused _ ->
                  Future.succeededFuture(Optional.empty());
            });
  }

  private void follow(BoxId box, Intake.Aftermath aftermath) {
    if (aftermath.documents()) {
      changed(box);
    }
    aftermath.complaintsOf().ifPresent(cases::changed);
    aftermath.inquiries().tell(inquiries, cases);
    if (aftermath.promotions()) {
      promotions.changed(box);
    }
    if (aftermath.refused()) {
      admissions.refuse(box);
      tell(new FleetEvent.BoxChanged(box));
    }
  }

  /// A message that is stored for good.
  public record Acknowledged(BoxId box, String msgId) {}

  /// Tells a box what is stored for good. A receipt that gets lost is asked for again by sending
  /// the messages again.
  ///
  /// @param msgIds any number
  public Future<Void> acknowledge(BoxId box, Collection<String> msgIds) {
    return post.receipts(box, msgIds);
  }

  /// Sends again what the box says it does not have, and issues what has become due.
  private Future<Void> supply(BoxId box, Heartbeat heartbeat) {
    record Need(BoxAccount account, boolean heard, boolean due, boolean lacks) {}
    Instant now = clock.instant();
    return store
        .read(handle -> {
          BoxAccount account = BoxAccount.find(handle, box).orElseThrow();
          return new Need(
              account,
              blocklists.isNews(handle, account, heartbeat)
                  || Queries.isNews(handle, box, heartbeat)
                  || PromotionPapers.isNews(handle, box, heartbeat),
              upkeep.isDue(handle, account, now),
              account.licenseVersion() > heartbeat.licenseVersion()
                  || account.leaseVersion() > heartbeat.leaseVersion()
                  || account.tariffVersion() > heartbeat.tariffVersion()
                  || account.noticeVersion() > heartbeat.noticeVersion()
                  || Blocklists.version(handle, box) > heartbeat.blocklistVersion()
                  || Queries.version(handle, box) > heartbeat.queryVersion()
                  || PromotionPapers.version(handle, box) > heartbeat.promotionVersion());
        })
        .compose(need ->
            need.heard() || need.due()
                ? store
                    .write(handle -> {
                      blocklists.hear(handle, need.account(), heartbeat);
                      Queries.hear(handle, box, heartbeat);
                      PromotionPapers.hear(handle, box, heartbeat);
                      return upkeep.keep(handle, box, now);
                    })
                    .map(issued -> issued || need.lacks())
                : Future.succeededFuture(need.lacks()))
        .compose(send -> {
          if (send) {
            post.documents(box);
          }
          return commands.sendOpen(box);
        });
  }

  private void changed(BoxId box) {
    post.documents(box);
    tell(new FleetEvent.BoxChanged(box));
  }
}
