package kz.qonyrau.uplink;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.store.QueuedMessage;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.wire.BookStatement.Cause;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.CommandDocument;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.LicensePolicy;
import kz.qonyrau.wire.LicenseStanding;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.Receipt;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.Vitals;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The box's line to central (PLT-07, 08, 10).
///
/// One thread of its own does everything in turn: it enrols, connects, publishes the outbox in
/// order, takes what central sends, and sends a heartbeat now and then. A row leaves the outbox
/// only when central's receipt names it; after a reconnection, or when a receipt does not come in
/// time, the row is sent again under the same message id, and central drops what it knows.
///
/// The line may be down for as long as it likes: nothing here stops the box from working, and
/// nothing that must not be lost is kept in memory.
public final class Uplink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Uplink.class);
  private static final Duration PEEK = Duration.ofMillis(250);
  private static final Duration COUNT = Duration.ofSeconds(1);
  private static final Duration TELL_AGAIN = Duration.ofSeconds(5);
  private static final Duration WORK = Duration.ofSeconds(1);

  /// How often money that came free is taken back for a lease that shrank.
  private static final Duration POST_AGAIN = Duration.ofSeconds(10);

  /// Whoever was away for longer says how his book stands when he is back.
  private static final Duration LONG_AWAY = Duration.ofMinutes(1);

  private static final int STORE_PATIENCE_SECONDS = 60;
  private static final int LONGEST_QUEUE = 10_000;

  private final Store store;
  private final Outbox outbox;
  private final Enrolment enrolment;
  private final Renewal renewal;
  private final UplinkSettings settings;
  private final Duties duties;
  private final InstantSource clock;
  private final Retirement retirement;
  private final BlockingQueue<Runnable> errands = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final List<Consumer<UplinkStatus>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<UplinkStatus> status;
  private final AtomicReference<@Nullable BoxIdentity> identity = new AtomicReference<>();
  private final AtomicReference<Held> held = new AtomicReference<>(Held.NOTHING);
  private final Thread thread;
  private volatile boolean closing;
  private volatile @Nullable CreditLine credit;

  // Touched by the uplink's thread only.
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final Set<Long> unsendable = new HashSet<>();
  private final Set<TopicKind> toTell = EnumSet.noneOf(TopicKind.class);
  private @Nullable HeldDocuments documents;
  private @Nullable Commands commands;
  private @Nullable Broker broker;
  private Optional<ClaimTicket> ticket;
  private String connection = "";
  private long lastSeq;
  private int failures;
  private long nextConnectNanos;
  private long nextBeatNanos;
  private long nextPeekNanos;
  private long nextCountNanos;
  private long nextTellNanos;
  private long nextWorkNanos;
  private long nextPostingNanos;
  private Optional<LocalDate> stated = Optional.empty();
  private @Nullable Long offlineSinceNanos;

  /// Whether central, and nobody else, did not let this box in the last time it came.
  private boolean refused;

  private boolean erasing;

  /// What is held, for other threads.
  private record Held(Map<TopicKind, HeldDocument> documents, Instant lastWord) {
    static final Held NOTHING = new Held(Map.of(), Instant.EPOCH);

    Optional<HeldDocument> find(TopicKind kind) {
      return Optional.ofNullable(documents.get(kind));
    }

    long version(TopicKind kind) {
      return find(kind).map(HeldDocument::version).orElse(0L);
    }

    <T extends BoxDocument> Optional<T> read(TopicKind kind, Class<T> type) {
      return find(kind).map(HeldDocument::document).map(type::cast);
    }
  }

  private record Sent(long seq, long nanos) {}

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
    this.enrolment = enrolment;
    this.renewal = enrolment.renewal();
    this.settings = settings;
    this.duties = duties;
    this.clock = clock;
    this.retirement = new Retirement(store, outbox, settings.ownersTime(), clock);
    this.ticket = settings.ticket();
    this.status =
        new AtomicReference<>(
            new UplinkStatus(
                UplinkState.NOT_ENROLLED, clock.instant(), 0, Optional.empty(), Optional.empty()));
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
    return Optional.ofNullable(identity.get());
  }

  /// How the line is.
  public UplinkStatus status() {
    return status.get();
  }

  /// Tells `listener` on the uplink's thread when the status changes. It must not block.
  public void onChange(Consumer<UplinkStatus> listener) {
    listeners.add(listener);
  }

  /// What the box may do right now.
  public LicenseStanding license() {
    BoxIdentity box = identity.get();
    if (box == null) {
      return new LicenseStanding.None();
    }
    Held now = held.get();
    return new LicensePolicy(box.id(), box.provider())
        .at(clock.instant(), now.lastWord(), now.find(TopicKind.LICENCE).map(HeldDocument::signed));
  }

  /// By which price list the box rates since when; empty while it holds no pin (SH-TAR-03).
  public Optional<PinDocument> pin() {
    return held.get().read(TopicKind.TARIFF, PinDocument.class);
  }

  /// What central granted this box; empty while it holds no lease.
  public Optional<LeaseDocument> lease() {
    return held.get().read(TopicKind.LEASE, LeaseDocument.class);
  }

  /// Whether the lease is over: what is left of it may not be spent any more (SH-BAL-15).
  public boolean leaseHasExpired() {
    return lease().filter(lease -> !latest().isBefore(lease.expires())).isPresent();
  }

  /// Whether a lease took back money that calls still hold, so that nothing new may be paid.
  public boolean owesCredit() {
    CreditLine line = credit;
    return line != null && line.owes();
  }

  /// The end of this box, where central ordered it.
  public Retirement retirement() {
    return retirement;
  }

  /// The latest time that central vouched for, to a minute.
  public Instant lastWord() {
    return held.get().lastWord();
  }

  /// What the clock says, or central's last word if that is later.
  private Instant latest() {
    Instant now = clock.instant();
    Instant word = lastWord();
    return now.isBefore(word) ? word : now;
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
    var _ = errands.offer(() -> nextPeekNanos = System.nanoTime());
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
    long now = System.nanoTime();
    nextConnectNanos = now;
    nextTellNanos = now;
    nextCountNanos = now;
    while (!closing) {
      try {
        turn();
      } catch (InterruptedException _) {
        break;
      } catch (RuntimeException | MqttException | TimeoutException failure) {
        log.atWarn().setCause(failure).log("the uplink starts over");
        lose("UPLINK_FAILED");
      }
    }
    if (broker != null) {
      BoxIdentity box = identity.get();
      if (box != null) {
        broker.leave(new Topic(box.id(), TopicKind.HEARTBEAT), offline(box).bytes());
      }
      broker = null;
    }
  }

  private void turn() throws InterruptedException, MqttException, TimeoutException {
    BoxIdentity box = identity.get();
    if (box != null) {
      renewal.renewIfDue(box, latest()).ifPresent(identity::set);
    }
    if (box == null) {
      becomeSomeone();
    } else if (broker == null) {
      connectIfDue();
    } else {
      beatIfDue();
      sendIfDue();
    }
    tellIfDue();
    workIfDue();
    countIfDue();
    Runnable errand = errands.poll(PEEK.toMillis() / 5, TimeUnit.MILLISECONDS);
    while (errand != null) {
      errand.run();
      errand = errands.poll();
    }
  }

  private boolean isDue(long nanos) {
    return System.nanoTime() - nanos >= 0;
  }

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  // ---- enrolment

  private void becomeSomeone() throws TimeoutException {
    Optional<BoxIdentity> known = enrolment.identity();
    if (known.isPresent()) {
      adopt(known.get());
      // Nobody knows how long the program did not run.
      offlineSinceNanos = System.nanoTime() - LONG_AWAY.toNanos();
    } else if (ticket.isPresent() && isDue(nextConnectNanos)) {
      EnrolmentAnswer _ = claim(ticket.get());
    }
  }

  private EnrolmentAnswer claim(ClaimTicket typed) {
    EnrolmentAnswer answer = enrolment.claim(typed);
    switch (answer) {
      case EnrolmentAnswer.Enrolled(BoxIdentity box) -> {
        ticket = Optional.empty();
        failures = 0;
        nextConnectNanos = System.nanoTime();
        if (identity.get() == null) {
          log.atInfo().addKeyValue("box", box.id()).log("enrolled");
          try {
            adopt(box);
          } catch (TimeoutException late) {
            throw new IllegalStateException("the database does not answer", late);
          }
        }
      }
      case EnrolmentAnswer.Refused(var refusal) -> {
        ticket = Optional.empty();
        notEnrolled(refusal.code());
        log.atWarn()
            .addKeyValue("code", refusal.code())
            .addKeyValue("field", refusal.field().orElse(""))
            .log("central refuses to enrol this box");
      }
      case EnrolmentAnswer.WrongProvider _ -> {
        ticket = Optional.empty();
        notEnrolled("WRONG_PROVIDER");
        log.atWarn().log("whoever answers at central's address is not the ticket's provider");
      }
      case EnrolmentAnswer.Unreachable(String why) -> {
        notEnrolled("CENTRAL_UNREACHABLE");
        Duration pause = pause();
        nextConnectNanos = in(pause);
        log.atInfo()
            .addKeyValue("why", why)
            .addKeyValue("pauseMs", pause.toMillis())
            .log("central cannot be reached to enrol");
      }
    }
    return answer;
  }

  private void notEnrolled(String fault) {
    if (identity.get() == null) {
      change(UplinkState.NOT_ENROLLED, Optional.of(fault));
    }
  }

  private void adopt(BoxIdentity box) throws TimeoutException {
    HeldDocuments mine = new HeldDocuments(store, box.id(), box.provider(), clock);
    documents = mine;
    Map<TopicKind, HeldDocument> all = await(mine.all());
    held.set(new Held(Map.copyOf(all), await(mine.lastWord())));
    toTell.addAll(all.keySet());
    CreditLine line = new CreditLine(store, outbox, duties.purse(), box.id(), this::lease);
    credit = line;
    commands =
        new Commands(
            store,
            outbox,
            new AuditLog(store, clock),
            box.id(),
            line,
            duties.orders(),
            retirement,
            this::lastWord,
            clock);
    var _ = await(retirement.load());
    identity.set(box);
    change(UplinkState.CONNECTING, Optional.empty());
  }

  // ---- the connection

  private void connectIfDue() {
    BoxIdentity box = identity.get();
    if (box == null || !isDue(nextConnectNanos)) {
      return;
    }
    connection = UUID.randomUUID().toString();
    String mine = connection;
    try {
      broker =
          Broker.connect(
              settings.broker().orElse(box.brokerHost() + ":" + box.brokerPort()),
              box,
              settings.window(),
              new Topic(box.id(), TopicKind.HEARTBEAT),
              offline(box).bytes(),
              subscriptions(box),
              (topic, bytes) -> enqueue(() -> arrived(topic, bytes)),
              () -> enqueue(() -> lost(mine)));
    } catch (MqttException failure) {
      String fault = faultOf(failure);
      refused = isRefusal(failure);
      Duration pause = pause();
      nextConnectNanos = in(pause);
      UplinkState state =
          status.get().state() == UplinkState.CONNECTING
              ? UplinkState.CONNECTING
              : UplinkState.OFFLINE;
      if (!status.get().fault().equals(Optional.of(fault))) {
        log.atInfo()
            .addKeyValue("fault", fault)
            .addKeyValue("reason", failure.getReasonCode())
            .log("central cannot be reached");
      }
      change(state, Optional.of(fault));
      return;
    }
    failures = 0;
    refused = false;
    sent.clear();
    lastSeq = 0;
    stateAfterAbsence();
    long now = System.nanoTime();
    nextBeatNanos = now;
    nextPeekNanos = now;
    nextCountNanos = now;
    change(UplinkState.ONLINE, Optional.empty());
    log.atInfo().addKeyValue("box", box.id()).log("connected to central");
  }

  private static List<Topic> subscriptions(BoxIdentity box) {
    return Stream.concat(
            BoxDocument.kinds().stream(), Stream.of(TopicKind.RECEIPT, TopicKind.COMMAND))
        .map(kind -> new Topic(box.id(), kind))
        .toList();
  }

  private static String faultOf(MqttException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof javax.net.ssl.SSLException) {
        return "CERTIFICATE_REFUSED";
      }
    }
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_NOT_AUTHORIZED,
          MqttException.REASON_CODE_FAILED_AUTHENTICATION,
          MqttException.REASON_CODE_INVALID_CLIENT_ID ->
          "CERTIFICATE_REFUSED";
      default -> "CENTRAL_UNREACHABLE";
    };
  }

  /// Whether whoever holds the provider's certificate said so; nobody else gets as far as to
  /// answer.
  private static boolean isRefusal(MqttException failure) {
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_NOT_AUTHORIZED,
          MqttException.REASON_CODE_FAILED_AUTHENTICATION ->
          true;
      default -> false;
    };
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

  private void lost(String which) {
    if (which.equals(connection) && broker != null) {
      log.atInfo().log("connection to central lost");
      lose("CENTRAL_UNREACHABLE");
    }
  }

  private void lose(String fault) {
    Broker old = broker;
    broker = null;
    if (old != null) {
      old.drop();
    }
    sent.clear();
    if (offlineSinceNanos == null) {
      offlineSinceNanos = System.nanoTime();
    }
    nextConnectNanos = in(pause());
    if (identity.get() != null) {
      change(UplinkState.OFFLINE, Optional.of(fault));
    }
  }

  /// Doubles from attempt to attempt, and varies, so that a fleet does not come back all at once.
  private Duration pause() {
    long base =
        Math.min(
            settings.longestPause().toMillis(),
            settings.shortestPause().toMillis() << Math.min(failures, 16));
    failures++;
    return Duration.ofMillis(base / 2 + ThreadLocalRandom.current().nextLong(base / 2 + 1));
  }

  // ---- upward

  private void beatIfDue() throws MqttException {
    BoxIdentity box = identity.get();
    if (box == null || broker == null || !isDue(nextBeatNanos)) {
      return;
    }
    nextBeatNanos = in(settings.heartbeat());
    Vitals measured;
    try {
      measured = duties.vitals().get().await(5, TimeUnit.SECONDS);
    } catch (Exception failure) {
      log.atWarn().setCause(failure).log("no heartbeat: the box cannot say how it is");
      return;
    }
    Held now = held.get();
    Heartbeat heartbeat =
        new Heartbeat(
            connection,
            now.version(TopicKind.LICENCE),
            now.version(TopicKind.LEASE),
            now.version(TopicKind.TARIFF),
            now.version(TopicKind.NOTICE),
            measured);
    broker.publish(
        new Topic(box.id(), TopicKind.HEARTBEAT),
        unqueued(box, Schemas.HEARTBEAT, heartbeat.body()).bytes());
  }

  private Envelope offline(BoxIdentity box) {
    return unqueued(box, Schemas.OFFLINE, new Offline(connection).body());
  }

  private Envelope unqueued(BoxIdentity box, String schema, String body) {
    return Envelope.sign(
        UUID.randomUUID().toString(), box.id(), 0, clock.instant(), schema, body, box.signer());
  }

  private void sendIfDue() throws MqttException, TimeoutException {
    if (isDue(nextPeekNanos)) {
      nextPeekNanos = in(PEEK);
      sendAgain();
      sendNew();
    }
  }

  /// Counts what waits, whether the line is up or not: while it is down, people want to know most.
  private void countIfDue() throws TimeoutException {
    if (isDue(nextCountNanos)) {
      nextCountNanos = in(COUNT);
      count();
    }
  }

  private void sendNew() throws MqttException, TimeoutException {
    int room = settings.window() - sent.size();
    if (room <= 0) {
      return;
    }
    long after = lastSeq;
    for (QueuedMessage message : await(store.read(handle -> outbox.next(handle, after, room)))) {
      lastSeq = message.seq();
      send(message);
    }
  }

  private void sendAgain() throws MqttException, TimeoutException {
    long late = System.nanoTime() - settings.resendAfter().toNanos();
    List<Map.Entry<String, Sent>> overdue =
        sent.entrySet().stream().filter(entry -> entry.getValue().nanos() - late < 0).toList();
    for (Map.Entry<String, Sent> entry : overdue) {
      long seq = entry.getValue().seq();
      sent.remove(entry.getKey());
      for (QueuedMessage message : await(store.read(handle -> outbox.next(handle, seq - 1, 1)))) {
        if (message.seq() == seq) {
          send(message);
        }
      }
    }
  }

  private void send(QueuedMessage message) throws MqttException {
    BoxIdentity box = identity.get();
    if (box == null || broker == null || unsendable.contains(message.seq())) {
      return;
    }
    Envelope envelope;
    TopicKind kind;
    try {
      kind =
          TopicKind.ofLevel(message.kind())
              .orElseThrow(() -> new MalformedMessageException("kind", "is not known"));
      envelope =
          Envelope.sign(
              message.id(),
              box.id(),
              message.seq(),
              message.at(),
              Schemas.current(kind),
              new String(message.body(), StandardCharsets.UTF_8),
              box.signer());
    } catch (MalformedMessageException malformed) {
      // It stays in the outbox for a person to look at; what follows it must still go out.
      unsendable.add(message.seq());
      log.atError()
          .addKeyValue("seq", message.seq())
          .addKeyValue("kind", message.kind())
          .addKeyValue("why", malformed.getMessage())
          .log("a message of this box cannot be sent");
      change(status.get().state(), Optional.of("MESSAGE_UNSENDABLE"));
      return;
    }
    sent.put(message.id(), new Sent(message.seq(), System.nanoTime()));
    broker.publish(new Topic(box.id(), kind), envelope.bytes());
  }

  // ---- downward

  private void arrived(String topicText, byte[] bytes) {
    BoxIdentity box = identity.get();
    HeldDocuments mine = documents;
    if (box == null || mine == null) {
      return;
    }
    try {
      Topic topic = Topic.parse(topicText);
      Envelope envelope = Envelope.parse(bytes);
      if (!topic.box().equals(box.id()) || !envelope.boxId().equals(box.id())) {
        throw new MalformedMessageException("envelope.boxId", "is another box's");
      }
      if (!envelope.isSignedBy(box.provider())) {
        throw new MalformedMessageException("envelope.sig", "is not the provider's");
      }
      hear(mine, envelope.ts());
      switch (topic.kind()) {
        case RECEIPT -> receipt(envelope);
        case LICENCE, LEASE, TARIFF, NOTICE -> document(mine, topic.kind(), envelope);
        case COMMAND -> command(box, envelope);
        case HEARTBEAT,
            USAGE,
            LEDGER,
            ANALYTICS,
            ALARM,
            AUDIT,
            CASE,
            ACK,
            POLICY,
            BLOCKLIST,
            QUERY ->
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

  private void hear(HeldDocuments mine, Instant word) throws TimeoutException {
    Held before = held.get();
    // Once a minute is often enough to notice a clock that was turned back.
    if (word.isAfter(before.lastWord().plusSeconds(60)) && await(mine.hear(word))) {
      held.set(new Held(before.documents(), word));
    }
  }

  private void receipt(Envelope envelope) throws TimeoutException {
    if (!envelope.schema().equals(Schemas.RECEIPT)) {
      throw new MalformedMessageException("envelope.schema", "is not known here");
    }
    List<String> ids = Receipt.parse(envelope.body()).msgIds();
    int removed = await(store.write(handle -> outbox.acknowledge(handle, ids)));
    ids.forEach(sent::remove);
    nextPeekNanos = System.nanoTime();
    UplinkStatus old = status.get();
    publish(
        new UplinkStatus(
            old.state(),
            old.since(),
            Math.max(0, old.outboxDepth() - removed),
            Optional.of(clock.instant()),
            old.fault()));
  }

  private void document(HeldDocuments mine, TopicKind kind, Envelope envelope)
      throws TimeoutException {
    if (!envelope.schema().equals(Schemas.current(kind))) {
      throw new MalformedMessageException("envelope.schema", "is not known here");
    }
    HeldDocuments.Offer offer;
    try {
      offer = await(mine.offer(SignedDocument.parse(envelope.schema(), envelope.body())));
    } catch (MalformedMessageException malformed) {
      offer = new HeldDocuments.Offer.Refused(DocumentFault.UNREADABLE, malformed.getMessage());
    }
    takeNote(mine, offer);
  }

  private List<DocumentVerdict> judge(DocumentFile file) throws TimeoutException {
    HeldDocuments mine = documents;
    if (mine == null) {
      throw new IllegalStateException("the box is not enrolled");
    }
    List<DocumentVerdict> verdicts = new ArrayList<>();
    for (SignedDocument document : file.documents()) {
      HeldDocuments.Offer offer = await(mine.offer(document));
      verdicts.add(new DocumentVerdict(document.schema(), outcome(offer)));
      if (offer instanceof HeldDocuments.Offer.Accepted) {
        takeNote(mine, offer);
      }
    }
    // A lease was granted at a time that has passed, whatever this box's clock says.
    Optional<Instant> granted = lease().map(LeaseDocument::issuedAt);
    if (granted.isPresent()) {
      hear(mine, granted.get());
    }
    return List.copyOf(verdicts);
  }

  private static DocumentVerdict.Outcome outcome(HeldDocuments.Offer offer) {
    return switch (offer) {
      case HeldDocuments.Offer.Accepted _ -> DocumentVerdict.Outcome.IN_FORCE;
      case HeldDocuments.Offer.Repeated _ -> DocumentVerdict.Outcome.HELD;
      case HeldDocuments.Offer.Refused(DocumentFault fault, String _) ->
          switch (fault) {
            case FORGED -> DocumentVerdict.Outcome.FORGED;
            case ANOTHER_BOX -> DocumentVerdict.Outcome.ANOTHER_BOX;
            case UNREADABLE -> DocumentVerdict.Outcome.UNREADABLE;
            case OLDER -> DocumentVerdict.Outcome.OLDER;
            case FORKED -> DocumentVerdict.Outcome.FORKED;
          };
    };
  }

  private void takeNote(HeldDocuments mine, HeldDocuments.Offer offer) throws TimeoutException {
    switch (offer) {
      case HeldDocuments.Offer.Accepted(TopicKind kind, long version) -> {
        Map<TopicKind, HeldDocument> all = await(mine.all());
        held.set(new Held(Map.copyOf(all), held.get().lastWord()));
        toTell.add(kind);
        nextTellNanos = System.nanoTime();
        nextBeatNanos = System.nanoTime();
        log.atInfo()
            .addKeyValue("kind", kind.level())
            .addKeyValue("version", version)
            .log("document in force");
      }
      case HeldDocuments.Offer.Repeated _ -> {}
      case HeldDocuments.Offer.Refused(DocumentFault fault, String why) -> {
        log.atWarn().addKeyValue("fault", fault).addKeyValue("why", why).log("document refused");
        change(status.get().state(), Optional.of(fault.code()));
      }
    }
  }

  private void tellIfDue() {
    if (toTell.isEmpty() || !isDue(nextTellNanos)) {
      return;
    }
    nextTellNanos = in(TELL_AGAIN);
    for (TopicKind kind : Set.copyOf(toTell)) {
      try {
        Optional<HeldDocument> document = held.get().find(kind);
        if (document.isPresent()) {
          var _ = tell(document.get().document()).await(STORE_PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        toTell.remove(kind);
      } catch (Exception failure) {
        log.atWarn()
            .addKeyValue("kind", kind.level())
            .setCause(failure)
            .log("a document could not be acted on; it is told again");
      }
    }
  }

  private Future<Void> tell(BoxDocument document) {
    return switch (document) {
      case LicenseDocument license -> duties.documents().onLicense(license);
      case LeaseDocument lease -> applyLease().compose(_ -> duties.documents().onLease(lease));
      case PinDocument pin -> duties.documents().onPin(pin);
      case NoticeDocument notices -> duties.documents().onNotices(notices);
    };
  }

  // ---- money and orders

  private Future<Void> applyLease() {
    CreditLine line = credit;
    return line == null ? Future.succeededFuture() : line.apply();
  }

  /// Once a second: the day's statement, money to take back, orders, the end of this box.
  private void workIfDue() {
    CreditLine line = credit;
    Commands orders = commands;
    if (line == null || orders == null || !isDue(nextWorkNanos)) {
      return;
    }
    nextWorkNanos = in(WORK);
    LocalDate today = AstanaTime.dateOf(latest());
    try {
      if (!stated.equals(Optional.of(today)) && toTell.isEmpty() && !retirement.isAnswered()) {
        var _ = await(line.stateDaily(today));
        stated = Optional.of(today);
        nextPeekNanos = System.nanoTime();
      }
      if (line.owes() && isDue(nextPostingNanos)) {
        nextPostingNanos = in(POST_AGAIN);
        var _ = await(applyLease());
      }
      var _ = await(orders.carryOutNext(latest()));
      if (retirement.isUnderWay() && !erasing) {
        retire(orders);
      }
    } catch (Exception failure) { // A future's failure comes as it is.
      log.atWarn().setCause(failure).log("money and orders are looked after again");
      nextWorkNanos = in(TELL_AGAIN);
    }
  }

  private void retire(Commands orders) throws TimeoutException {
    boolean erase = await(orders.retire(refused));
    Optional<Retirement.State> now = retirement.state();
    if (erase && now.isPresent()) {
      duties.orders().erase(now.get().commandId());
      erasing = true;
    }
  }

  private void stateAfterAbsence() {
    Long since = offlineSinceNanos;
    CreditLine line = credit;
    offlineSinceNanos = null;
    if (line == null
        || since == null
        || System.nanoTime() - since < LONG_AWAY.toNanos()
        || retirement.isAnswered()) {
      return;
    }
    try {
      var _ = await(line.state(Cause.RECONNECT));
    } catch (Exception failure) { // A future's failure comes as it is.
      log.atWarn().setCause(failure).log("could not tell central how the book stands");
    }
  }

  private void command(BoxIdentity box, Envelope envelope) throws TimeoutException {
    Commands orders = commands;
    if (orders == null) {
      return;
    }
    try {
      if (!envelope.schema().equals(Schemas.COMMAND)) {
        throw new MalformedMessageException("envelope.schema", "is not known here");
      }
      SignedDocument document = SignedDocument.parse(Schemas.COMMAND, envelope.body());
      if (!document.isSignedBy(box.provider())) {
        throw new MalformedMessageException("command", "is not signed by the provider");
      }
      CommandDocument.Outline outline = CommandDocument.outline(document);
      if (!outline.boxId().equals(box.id())) {
        throw new MalformedMessageException("command.boxId", "is another box's");
      }
      Instant now = latest();
      var _ = await(orders.take(outline, envelope.ts().isAfter(now) ? envelope.ts() : now));
      nextWorkNanos = System.nanoTime();
    } catch (MalformedMessageException malformed) {
      log.atWarn().addKeyValue("why", malformed.getMessage()).log("an order is ignored");
      change(status.get().state(), Optional.of("DOCUMENT_REFUSED"));
    }
  }

  // ---- status

  private void count() throws TimeoutException {
    long depth = await(store.read(outbox::depth));
    UplinkStatus old = status.get();
    if (depth != old.outboxDepth()) {
      publish(new UplinkStatus(old.state(), old.since(), depth, old.lastReceipt(), old.fault()));
    }
  }

  private void change(UplinkState state, Optional<String> fault) {
    UplinkStatus old = status.get();
    if (old.state() == state && old.fault().equals(fault)) {
      return;
    }
    publish(
        new UplinkStatus(
            state,
            old.state() == state ? old.since() : clock.instant(),
            old.outboxDepth(),
            old.lastReceipt(),
            fault));
  }

  private void publish(UplinkStatus now) {
    status.set(now);
    listeners.forEach(listener -> listener.accept(now));
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(STORE_PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
