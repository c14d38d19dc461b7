package kz.qonyrau.uplink;

import static kz.qonyrau.uplink.Patience.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.Store;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.Topic;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The box's line to central (PLT-07, 08, 10).
///
/// One thread of its own does everything in turn: it enrols ([Admission]), connects ([Connection]),
/// publishes the outbox ([Outgoing]), sends a heartbeat now and then ([Heartbeats]), takes in
/// documents and has the box act on them ([DocumentDesk]), and does what the box owes central
/// ([Obligations]). So none of these needs a lock. Whatever comes from other threads waits as an
/// errand; what they may ask for is published by volatile references.
///
/// The line may be down for as long as it likes: nothing here stops the box from working, and
/// nothing that must not be lost is kept in memory.
public final class Uplink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Uplink.class);
  private static final Duration ERRAND = Duration.ofMillis(50);
  private static final int LONGEST_QUEUE = 10_000;

  private final Store store;
  private final Outbox outbox;
  private final Duties duties;
  private final InstantSource clock;
  private final Retirement retirement;
  private final StatusBoard status;
  private final Renewal renewal;
  private final Admission admission;
  private final Connection connection;
  private final Outgoing outgoing;
  private final Heartbeats heartbeats;
  private final BlockingQueue<Runnable> errands = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final Thread thread;
  private volatile boolean closing;

  /// Written by the uplink's thread only.
  private final AtomicReference<@Nullable Membership> membership = new AtomicReference<>();

  /// What there is only once the box is enrolled.
  private record Membership(BoxIdentity box, DocumentDesk documents, Obligations obligations) {
    Membership with(BoxIdentity renewed) {
      return new Membership(renewed, documents, obligations);
    }
  }

  /// A line that is not up yet; see [#start].
  ///
  /// @param store with the schemas OUTBOX, AUDIT and UPLINK
  public Uplink(
      Store store,
      Outbox outbox,
      Enrolment enrolment,
      UplinkSettings settings,
      Duties duties,
      InstantSource clock) {
    this.store = store;
    this.outbox = outbox;
    this.duties = duties;
    this.clock = clock;
    this.retirement = new Retirement(store, outbox, settings.ownersTime(), clock);
    this.status = new StatusBoard(clock);
    this.renewal = enrolment.renewal();
    Pauses pauses = new Pauses(settings.shortestPause(), settings.longestPause());
    this.admission = new Admission(enrolment, settings.ticket(), pauses, status);
    this.connection = new Connection(settings, clock, status, pauses, this::enqueue, this::arrived);
    this.outgoing = new Outgoing(store, outbox, settings.window(), settings.resendAfter(), status);
    this.heartbeats = new Heartbeats(duties.vitals(), settings.heartbeat());
    this.thread = new Thread(this::run, "uplink");
    this.thread.setDaemon(true);
  }

  /// Starts the thread. Documents that are held are announced to the listener first, then the line
  /// is opened.
  public void start() {
    thread.start();
  }

  /// Who this box is, once it is enrolled.
  public Optional<BoxIdentity> identity() {
    return membership().map(Membership::box);
  }

  private Optional<Membership> membership() {
    return Optional.ofNullable(membership.get());
  }

  /// How the line is.
  public UplinkStatus status() {
    return status.get();
  }

  /// Tells `listener` on the uplink's thread when the status changes. It must not block.
  public void onChange(Consumer<UplinkStatus> listener) {
    status.onChange(listener);
  }

  /// What the box may do right now.
  public LicenseStanding license() {
    return membership().map(now -> now.documents().license()).orElseGet(LicenseStanding.None::new);
  }

  /// By which price list the box rates since when; empty while it holds no pin (SH-TAR-03).
  public Optional<PinDocument> pin() {
    return membership().flatMap(now -> now.documents().pin());
  }

  /// What central granted this box; empty while it holds no lease.
  public Optional<LeaseDocument> lease() {
    return membership().flatMap(now -> now.documents().lease());
  }

  /// With what reports on complaints are sealed; empty until central has said so.
  public Optional<CaseSeal> caseSeal() {
    return membership()
        .flatMap(now ->
            now.documents().blocks().map(blocks -> new CaseSeal(now.box().id(), blocks.reports())));
  }

  /// Whether the lease is over: what is left of it may not be spent any more (SH-BAL-15).
  public boolean leaseHasExpired() {
    return membership().filter(now -> now.documents().leaseHasExpired()).isPresent();
  }

  /// Whether a lease took back money that calls still hold, so that nothing new may be paid.
  public boolean owesCredit() {
    return membership().filter(now -> now.obligations().owesCredit()).isPresent();
  }

  /// All legal holds that there are or were here, the newest first (SH-RET-02).
  public Future<List<KnownHold>> holds() {
    return store.read(LegalHolds::all);
  }

  /// The end of this box, where central ordered it.
  public Retirement retirement() {
    return retirement;
  }

  /// The latest time that central vouched for, to a minute.
  public Instant lastWord() {
    return membership().map(now -> now.documents().lastWord()).orElse(Instant.EPOCH);
  }

  /// Enrols the box with a ticket that a person typed in, or says why that failed; then the line
  /// opens by itself.
  public Future<EnrolmentAnswer> enrol(ClaimTicket typed) {
    Promise<EnrolmentAnswer> promise = Promise.promise();
    boolean taken =
        errands.offer(() -> {
          try {
            promise.complete(claim(typed));
          } catch (RuntimeException failure) {
            promise.fail(failure);
          }
        });
    if (!taken || closing) {
      promise.tryFail(new IllegalStateException("the uplink is closing or overrun"));
    }
    return promise.future();
  }

  /// Judges documents that somebody brought in a file, each as if it came from the broker. Fails
  /// with an `IllegalStateException` while the box is not enrolled: it knows no provider to
  /// believe.
  ///
  /// @return what became of them, in their order
  public Future<List<DocumentVerdict>> take(DocumentFile file) {
    Promise<List<DocumentVerdict>> promise = Promise.promise();
    boolean taken =
        errands.offer(() -> {
          try {
            promise.complete(judge(file));
          } catch (RuntimeException | TimeoutException failure) {
            promise.fail(failure);
          }
        });
    if (!taken || closing || !thread.isAlive()) {
      promise.tryFail(new IllegalStateException("the uplink does not run or is overrun"));
    }
    return promise.future();
  }

  /// Looks into the outbox now rather than within a quarter of a second.
  public void nudge() {
    var _ = errands.offer(outgoing::lookSoon);
  }

  /// Says good-bye to central and stops. Blocks for at most some 10 s.
  @Override
  public void close() {
    closing = true;
    var _ = errands.offer(() -> {});
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- the thread

  private void run() {
    while (!closing) {
      try {
        turn();
      } catch (InterruptedException _) {
        break;
      } catch (RuntimeException | MqttException | TimeoutException failure) {
        log.atWarn().setCause(failure).log("the uplink starts over");
        connection.lose("UPLINK_FAILED");
      }
    }
    identity().ifPresent(connection::leave);
  }

  private void turn() throws InterruptedException, MqttException, TimeoutException {
    Membership known = membership.get();
    if (known == null) {
      becomeSomeone();
    } else {
      keepInTouch(renewed(known));
    }
    Membership now = membership.get();
    if (now != null) {
      now.documents().tellIfDue(now.obligations()::act);
      now.obligations().workIfDue(connection.isRefused());
    }
    outgoing.countIfDue();
    Runnable errand = errands.poll(ERRAND.toMillis(), TimeUnit.MILLISECONDS);
    while (errand != null) {
      errand.run();
      errand = errands.poll();
    }
  }

  private Membership renewed(Membership known) {
    Optional<BoxIdentity> fresh = renewal.renewIfDue(known.box(), known.documents().latest());
    if (fresh.isEmpty()) {
      return known;
    }
    Membership renewed = known.with(fresh.get());
    membership.set(renewed);
    return renewed;
  }

  private void keepInTouch(Membership now) throws MqttException, TimeoutException {
    if (connection.isUp()) {
      heartbeats.beatIfDue(now.box(), now.documents(), connection);
      outgoing.sendIfDue(now.box(), connection);
    } else if (connection.connectIfDue(now.box())) {
      outgoing.startOver();
      if (connection.endAbsence()) {
        now.obligations().stateAfterAbsence();
      }
      heartbeats.beatSoon();
      status.show(UplinkState.ONLINE);
      log.atInfo().addKeyValue("box", now.box().id()).log("connected to central");
    }
  }

  /// Called by the library's threads: waits for room, so that central cannot overrun the box.
  private void enqueue(Runnable errand) {
    try {
      while (!closing && !errands.offer(errand, 1, TimeUnit.SECONDS)) {
        log.atDebug().log("the uplink is behind");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- enrolment

  private void becomeSomeone() throws TimeoutException {
    Optional<BoxIdentity> earlier = admission.earlier();
    if (earlier.isPresent()) {
      adopt(earlier.get());
      connection.wasAwayForUnknownTime();
      return;
    }
    Optional<ClaimTicket> ticket = admission.ticketToTry();
    if (ticket.isPresent()) {
      EnrolmentAnswer _ = claim(ticket.get());
    }
  }

  private EnrolmentAnswer claim(ClaimTicket ticket) {
    EnrolmentAnswer answer = admission.claim(ticket);
    if (answer instanceof EnrolmentAnswer.Enrolled(BoxIdentity box) && membership.get() == null) {
      log.atInfo().addKeyValue("box", box.id()).log("enrolled");
      try {
        adopt(box);
      } catch (TimeoutException late) {
        throw new IllegalStateException("the database does not answer", late);
      }
    }
    return answer;
  }

  private void adopt(BoxIdentity box) throws TimeoutException {
    DocumentDesk documents = DocumentDesk.open(store, box, clock, status, heartbeats::beatSoon);
    CreditLine credit = new CreditLine(store, outbox, duties.purse(), box.id(), documents::lease);
    Commands commands =
        new Commands(
            store,
            outbox,
            new AuditLog(store, clock),
            box.id(),
            credit,
            duties.orders(),
            retirement,
            documents::lastWord,
            clock);
    Obligations obligations =
        new Obligations(box, documents, duties, credit, commands, retirement, outgoing, status);
    var _ = await(retirement.load());
    membership.set(new Membership(box, documents, obligations));
    status.show(UplinkState.CONNECTING);
  }

  // ---- what central sends

  private List<DocumentVerdict> judge(DocumentFile file) throws TimeoutException {
    Membership now = membership.get();
    if (now == null) {
      throw new IllegalStateException("the box is not enrolled");
    }
    return now.documents().judge(file);
  }

  private void arrived(String topicText, byte[] bytes) {
    Membership now = membership.get();
    if (now == null) {
      return;
    }
    try {
      Topic topic = Topic.parse(topicText);
      Envelope envelope = Envelope.parse(bytes);
      if (!topic.box().equals(now.box().id()) || !envelope.boxId().equals(now.box().id())) {
        throw new MalformedMessageException("envelope.boxId", "is another box's");
      }
      if (!envelope.isSignedBy(now.box().provider())) {
        throw new MalformedMessageException("envelope.sig", "is not the provider's");
      }
      now.documents().hear(envelope.ts());
      switch (topic.kind()) {
        case RECEIPT -> outgoing.receive(envelope);
        case LICENCE, LEASE, TARIFF, NOTICE, BLOCKLIST, QUERY, PROMOTION ->
            now.documents().receive(topic.kind(), envelope);
        case COMMAND -> now.obligations().receive(envelope);
        case HEARTBEAT, USAGE, LEDGER, ANALYTICS, ALARM, AUDIT, CASE, ACK, POLICY ->
            log.atWarn().addKeyValue("kind", topic.kind()).log("nobody asked for this message");
      }
    } catch (MalformedMessageException malformed) {
      log.atWarn()
          .addKeyValue("why", malformed.getMessage())
          .log("a message that is not central's is ignored");
    } catch (TimeoutException late) {
      throw new IllegalStateException("the database does not answer", late);
    }
  }
}
