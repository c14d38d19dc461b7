package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.Receipt;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.Vitals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All boxes of the provider: who they are, what they may do, what they did (schema FLEET).
///
/// Every method may be called from any thread. Futures complete on threads of the store; a caller
/// on a Vert.x context awaits or hops.
public final class Fleet {

  private static final Logger log = LoggerFactory.getLogger(Fleet.class);
  private static final int MOST_ENTRIES = 500;

  private final Store store;
  private final Authority authority;
  private final FleetSettings settings;
  private final InstantSource clock;
  private final Documents documents;
  private final Boxes boxes;
  private final KnownBoxes known;
  private final Enrolments enrolments;
  private final Credits credits;
  private final Intake intake;
  private final List<Consumer<FleetEvent>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<Downlink> downlink =
      new AtomicReference<>((_, _) -> Future.failedFuture("central has no broker yet"));
  private final AtomicReference<Integer> brokerPort = new AtomicReference<>(0);

  public Fleet(
      Store store,
      Ledger ledger,
      Authority authority,
      FleetSettings settings,
      InstantSource clock) {
    this.store = store;
    this.authority = authority;
    this.settings = settings;
    this.clock = clock;
    this.documents = new Documents(authority.documentSigner());
    this.boxes = new Boxes(documents);
    this.known = new KnownBoxes(store);
    this.enrolments = new Enrolments(authority, documents, settings, clock);
    Wallets wallets = new Wallets(ledger);
    this.credits = new Credits(store, wallets, documents, settings, clock);
    this.intake = new Intake(store, wallets, known, clock, this::tell);
  }

  /// Reads what [#isAdmitted] needs. Call it once, before the broker listens.
  public Future<Void> start() {
    return known.load();
  }

  /// From now on boxes are told this way, and new boxes are told this port.
  public void connect(Downlink way, int port) {
    brokerPort.set(port);
    downlink.set(way);
  }

  /// The name under which boxes reach the broker.
  public String brokerHost() {
    return settings.brokerHost();
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
      known.put(box, admission.facts());
    }
    // A crash before the answer makes the box ask again, and the claim's key credits it once.
    Future<?> credited =
        admission.credit().isPositive()
            ? credits.grant(
                box, admission.credit(), "claim/" + admission.claim(), "first credit", "enrolment")
            : Future.succeededFuture();
    return credited.map(_ -> {
      publishDocuments(box);
      if (admission.fresh()) {
        tell(new FleetEvent.BoxChanged(box));
      }
      return new EnrolmentResult.Admitted(
          new EnrolmentReply(
              box,
              admission.organisation(),
              admission.certificate(),
              Pem.certificate(authority.certificate()),
              authority.documentVerifier().text(),
              settings.brokerHost(),
              brokerPort.get()));
    });
  }

  /// Whether a certificate with this name may use the broker: enrolled, and not refused. Answers at
  /// once, without the database.
  public boolean isAdmitted(BoxId box) {
    return known.remembered(box).filter(facts -> !facts.revoked()).isPresent();
  }

  // ---- looking

  /// All boxes, by organisation and site.
  public Future<List<Box>> boxes() {
    return store.read(boxes::all);
  }

  public Future<Optional<Box>> box(BoxId box) {
    return store.read(handle -> boxes.one(handle, box));
  }

  /// What happened to a box, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<TimelineEntry>> timeline(BoxId box, int size) {
    requireSize(size);
    return store.read(handle -> Timeline.of(handle, box, size));
  }

  /// The alarms that were raised last, one per box and code, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<TimelineEntry>> alarms(int size) {
    requireSize(size);
    return store.read(handle -> Timeline.alarms(handle, size));
  }

  /// Usage by hour, oldest first. Hours without usage are absent.
  ///
  /// @param box one box, or empty for the whole fleet
  public Future<List<HourOfUsage>> usage(Optional<BoxId> box, Instant from, Instant to) {
    return store.read(handle -> Boxes.usage(handle, box, from, to));
  }

  /// The whole fleet in a few figures.
  public Future<FleetAtAGlance> glance() {
    Instant now = clock.instant();
    Instant midnight = AstanaTime.at(now).truncatedTo(ChronoUnit.DAYS).toInstant();
    return store.read(handle -> {
      List<Box> all = boxes.all(handle);
      List<HourOfUsage> day =
          Boxes.usage(
              handle,
              Optional.empty(),
              now.minus(Duration.ofHours(23)).truncatedTo(ChronoUnit.HOURS),
              now.plus(Duration.ofHours(1)));
      return new FleetAtAGlance(
          all.size(),
          count(all, BoxState.ONLINE),
          count(all, BoxState.OFFLINE),
          count(all, BoxState.NEVER_SEEN),
          all.stream()
              .filter(box -> box.state() == BoxState.ONLINE)
              .flatMap(box -> box.vitals().stream())
              .mapToInt(Vitals::activeCalls)
              .sum(),
          sum(
              midnight,
              Boxes.usage(handle, Optional.empty(), midnight, midnight.plus(Duration.ofDays(1)))),
          day,
          Timeline.alarms(handle, 20));
    });
  }

  private static int count(List<Box> all, BoxState state) {
    return (int) all.stream().filter(box -> box.state() == state).count();
  }

  private static HourOfUsage sum(Instant from, List<HourOfUsage> hours) {
    Map<CallOutcome, Long> outcomes = new EnumMap<>(CallOutcome.class);
    Duration answered = Duration.ZERO;
    Tenge amount = Tenge.ZERO;
    for (HourOfUsage hour : hours) {
      hour.outcomes().forEach((outcome, n) -> outcomes.merge(outcome, n, Long::sum));
      answered = answered.plus(hour.answered());
      amount = amount.plus(hour.amount());
    }
    return new HourOfUsage(from, outcomes, answered, amount);
  }

  /// The messages that could not be applied, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<ParkedMessage>> parked(int size) {
    requireSize(size);
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT box_id, msg_id, kind, schema_name, why, received_at_ms FROM fleet.parked
                ORDER BY received_at_ms DESC, msg_id FETCH FIRST :size ROWS ONLY
                """)
            .bind("size", size)
            .map((row, _) ->
                new ParkedMessage(
                    new BoxId(row.getString("box_id")),
                    row.getString("msg_id"),
                    row.getString("kind"),
                    row.getString("schema_name"),
                    row.getString("why"),
                    Instant.ofEpochMilli(row.getLong("received_at_ms"))))
            .list());
  }

  private static void requireSize(int size) {
    if (size < 1 || size > MOST_ENTRIES) {
      throw new IllegalArgumentException("size: 1 to " + MOST_ENTRIES + ", not " + size);
    }
  }

  // ---- deciding

  /// Issues the next version of a box's license and tells the box.
  ///
  /// @param by the admin
  public Future<LicenseResult> issueLicense(BoxId box, LicenseTerms terms, String by) {
    return store
        .write(handle -> {
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
        .compose(result ->
            result instanceof LicenseResult.Issued
                ? Future.succeededFuture(changed(box, result))
                : Future.succeededFuture(result));
  }

  /// Lets a box spend more: posts it in the book, issues the next lease and tells the box.
  ///
  /// @param amount above zero
  /// @param key chosen by the caller, 1 to 60 characters; a repeat changes nothing
  /// @param by the admin
  /// @throws IllegalArgumentException if a value is out of range
  public Future<CreditResult> grant(BoxId box, Tenge amount, String key, String reason, String by) {
    Texts.require("key", key, 60);
    Texts.require("reason", reason, 500);
    Texts.require("by", by, 100);
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount: above zero");
    }
    return credits
        .grant(box, amount, key, reason, by)
        .compose(result ->
            switch (result) {
              case CreditResult.Granted _, CreditResult.AlreadyGranted _ ->
                  Future.succeededFuture(changed(box, result));
              case CreditResult.KeyTaken _, CreditResult.NoSuchBox _ ->
                  Future.succeededFuture(result);
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
        .<RevocationResult>write(handle -> {
          int revoked =
              handle
                  .createUpdate(
                      """
                      UPDATE fleet.box SET revoked_at_ms = :now, online = false
                      WHERE id = :box AND revoked_at_ms IS NULL
                      """)
                  .bind("now", now.toEpochMilli())
                  .bind("box", box.value())
                  .execute();
          if (revoked == 1) {
            var _ =
                Timeline.add(
                    handle, new TimelineEntry(box, now, "REVOKED", reason, Optional.of(by)));
            return new RevocationResult.Revoked(now);
          }
          return handle
              .createQuery("SELECT revoked_at_ms FROM fleet.box WHERE id = :box")
              .bind("box", box.value())
              .mapTo(Long.class)
              .findOne()
              .<RevocationResult>map(
                  at -> new RevocationResult.AlreadyRevoked(Instant.ofEpochMilli(at)))
              .orElseGet(RevocationResult.NoSuchBox::new);
        })
        .map(result -> {
          if (result instanceof RevocationResult.Revoked) {
            known.revoke(box);
            tell(new FleetEvent.BoxChanged(box));
          }
          return result;
        });
  }

  /// Marks boxes offline whose heartbeats have stopped. Call it every half minute or so.
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
          silent.removeIf(box -> !Intake.goOffline(handle, box, Optional.empty(), now));
          return silent;
        })
        .map(silent -> {
          silent.forEach(box -> tell(new FleetEvent.BoxChanged(box)));
          return null;
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
              case Intake.Verdict.Stored(BoxId box, String msgId) ->
                  Future.succeededFuture(Optional.of(new Acknowledged(box, msgId)));
              case Intake.Verdict.Beat(BoxId box, long license, long lease) ->
                  supply(box, license, lease).map(_ -> Optional.empty());
              case Intake.Verdict.Noted _, Intake.Verdict.Refused _ ->
                  Future.succeededFuture(Optional.empty());
            });
  }

  /// A message that is stored for good.
  public record Acknowledged(BoxId box, String msgId) {}

  /// Tells a box what is stored for good. A receipt that gets lost is asked for again by sending
  /// the messages again.
  ///
  /// @param msgIds any number
  public Future<Void> acknowledge(BoxId box, Collection<String> msgIds) {
    List<String> ids = List.copyOf(msgIds);
    List<Future<Void>> sent = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += Receipt.MOST) {
      Receipt receipt = new Receipt(ids.subList(from, Math.min(ids.size(), from + Receipt.MOST)));
      sent.add(send(box, TopicKind.RECEIPT, Schemas.RECEIPT, receipt.body()));
    }
    return Future.all(sent).mapEmpty();
  }

  /// Sends again what the box says it does not have.
  private Future<Void> supply(BoxId box, long licenseVersion, long leaseVersion) {
    return store
        .read(handle ->
            version(documents.latest(handle, box, TopicKind.LICENCE)) > licenseVersion
                || version(documents.latest(handle, box, TopicKind.LEASE)) > leaseVersion)
        .map(lacks -> {
          if (lacks) {
            publishDocuments(box);
          }
          return null;
        });
  }

  private static long version(Optional<Versioned> document) {
    return document.map(Versioned::version).orElse(0L);
  }

  private <T> T changed(BoxId box, T result) {
    publishDocuments(box);
    tell(new FleetEvent.BoxChanged(box));
    return result;
  }

  /// Puts the documents in force on the box's retained topics. Without a broker nothing is lost:
  /// the box's next heartbeat asks for what it lacks. So nobody waits for it either.
  private void publishDocuments(BoxId box) {
    var _ =
        store
            .read(handle ->
                List.of(
                    documents.latest(handle, box, TopicKind.LICENCE),
                    documents.latest(handle, box, TopicKind.LEASE)))
            .compose(both -> {
              List<Future<Void>> sent = new ArrayList<>();
              both.get(0)
                  .ifPresent(license ->
                      sent.add(
                          send(
                              box, TopicKind.LICENCE, Schemas.LICENSE, license.document().body())));
              both.get(1)
                  .ifPresent(lease ->
                      sent.add(send(box, TopicKind.LEASE, Schemas.LEASE, lease.document().body())));
              return Future.all(sent).<Void>mapEmpty();
            })
            .onFailure(failure ->
                log.atWarn()
                    .addKeyValue("box", box)
                    .addKeyValue("why", failure.getMessage())
                    .log("documents wait for the box's next heartbeat"));
  }

  private Future<Void> send(BoxId box, TopicKind kind, String schema, String body) {
    Envelope envelope =
        Envelope.sign(
            UUID.randomUUID().toString(),
            box,
            0,
            clock.instant(),
            schema,
            body,
            authority.documentSigner());
    return downlink.get().publish(new Topic(box, kind), envelope.bytes());
  }
}
