package kz.qonyrau.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.x500.X500Principal;
import kz.qonyrau.billing.Billing;
import kz.qonyrau.billing.TopUp;
import kz.qonyrau.billing.TopUpResult;
import kz.qonyrau.billing.WalletKind;
import kz.qonyrau.cases.Cases;
import kz.qonyrau.cases.Inquiries;
import kz.qonyrau.cases.Promotions;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.store.Store;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BookStatement;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.QuestionsDocument;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.TrunkVitals;
import kz.qonyrau.wire.UsageReport;
import kz.qonyrau.wire.Vitals;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jdbi.v3.core.Handle;

/// A fleet without a broker: messages are handed in as the broker would, and what goes to boxes is
/// kept.
final class StagedFleet {

  static final FleetSettings SETTINGS =
      new FleetSettings(
          "localhost",
          Duration.ofDays(365),
          Duration.ofDays(90),
          Tenge.of("200000.00"),
          Duration.ofMinutes(3),
          72,
          Duration.ofDays(30),
          Set.of("calls"),
          new LicenseLimits(30, 1200));

  static final String FIRST_LIST = list("v1", "12.00");

  final SteppedClock clock;
  final Store store;
  final Ledger ledger;
  final Billing billing;
  final Cases cases;
  final Inquiries inquiries;
  final Promotions promotions;
  final Fleet fleet;
  private final DocumentVerifier provider;

  /// What went to boxes: where to, and what.
  record Sent(Topic topic, Envelope envelope) {}

  final List<Sent> sent = new CopyOnWriteArrayList<>();

  StagedFleet(Store store, Path keys, SteppedClock clock) {
    this.clock = clock;
    this.store = store;
    this.ledger = new Ledger(store, clock);
    Notices notices = new Notices(clock);
    this.billing = new Billing(store, ledger, Fleet::ownerOf, notices, clock);
    answer(billing.start(Optional.of(FIRST_LIST)));
    Authority authority = Authority.open(keys, clock, new SecureRandom());
    this.provider = authority.documentVerifier();
    this.cases = new Cases(store, new CustomersOfFleet(), authority.caseKey(), clock);
    this.inquiries = new Inquiries(store, cases, new BoxesOfFleet(), authority.caseKey(), clock);
    this.promotions = new Promotions(store, Fleet::ownerOf, authority.caseKey(), clock);
    this.fleet =
        new Fleet(
            store,
            ledger,
            billing,
            cases,
            inquiries,
            promotions,
            authority,
            notices,
            SETTINGS,
            clock);
    answer(fleet.admissions().start());
    fleet.connect(
        (topic, message) -> {
          sent.add(new Sent(topic, Envelope.parse(message)));
          return Future.succeededFuture();
        },
        8883);
  }

  /// A price list with one price for a minute of a call.
  static String list(String version, String price) {
    return """
    {"version": "%s", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "CALL_TIME", "price": "%s00", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(version, price);
  }

  static String csr(String algorithm, String curve, String signed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      KeyPair pair = generator.generateKeyPair();
      return Pem.encode(
          Pem.CERTIFICATE_REQUEST,
          new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=x"), pair.getPublic())
              .build(new JcaContentSignerBuilder(signed).build(pair.getPrivate()))
              .getEncoded());
    } catch (Exception failure) {
      throw new AssertionError("cannot make a request for a certificate", failure);
    }
  }

  ClaimTicket ticket(String lease) {
    return ticket("Nomad Coffee", lease);
  }

  private ClaimTicket ticket(String organisation, String lease) {
    return answer(
            fleet.issueClaim(
                new ClaimOrder(
                    organisation,
                    "Almaty",
                    Duration.ofHours(1),
                    Optional.of(Tenge.of(lease)),
                    "admin")))
        .ticket();
  }

  /// A box that is enrolled and has no money yet.
  ///
  /// @param lease how much it should have at once
  StagedBox enrol(String lease) {
    return new StagedBox(ticket(lease));
  }

  /// A box of somebody else.
  StagedBox enrolForAnother() {
    return new StagedBox(ticket("Dala Foods", "0.00"));
  }

  OrganisationId organisation() {
    return answer(fleet.views().boxes()).getFirst().organisationId();
  }

  /// Credits a payment and waits until the boxes have what they can have.
  void topUp(String amount) {
    TopUpResult result =
        answer(
            billing.topUp(
                new TopUp(
                    UUID.randomUUID().toString(),
                    organisation(),
                    WalletKind.AUTOCALL,
                    Tenge.of(amount),
                    "payment",
                    "billing")));
    if (!(result instanceof TopUpResult.Credited)) {
      throw new AssertionError("not credited: " + result);
    }
    settle();
  }

  /// Waits until the boxes have what they can have.
  void settle() {
    Instant now = clock.instant();
    Eventually.await(
        Duration.ofSeconds(10),
        "every box has what it can have",
        () ->
            answer(fleet.views().boxes()).stream()
                .noneMatch(box -> answer(store.read(handle -> isDue(handle, box.id(), now)))));
  }

  private boolean isDue(Handle handle, BoxId box, Instant now) {
    return fleet.upkeep().isDue(handle, BoxAccount.find(handle, box).orElseThrow(), now);
  }

  DocumentVerifier provider() {
    return provider;
  }

  long tiyn(String wallet) {
    return answer(ledger.balance(new WalletId(wallet))).available().tiyn();
  }

  long free() {
    return tiyn("account/" + organisation() + "/AUTOCALL");
  }

  static Vitals vitals(long ledgerRows) {
    return new Vitals(
        "0.1.0",
        Duration.ofMinutes(1),
        "READY",
        true,
        List.of(new TrunkVitals("t0000000a", "Carrier", "UP", 2, 30, 100)),
        2,
        30,
        60,
        0,
        Tenge.ZERO,
        Tenge.ZERO,
        "0".repeat(64),
        ledgerRows,
        1,
        2,
        List.of());
  }

  /// One box with keys of its own.
  final class StagedBox {

    final DocumentSigner device;
    final String csr = csr("EC", "secp256r1", "SHA256withECDSA");
    final BoxId id;

    /// What it opens with, which word on complaints and on published recordings and which questions
    /// it has, and whether it has done what the first says.
    OpeningKey opening = OpeningKey.random();

    long blocklist;
    long query;
    long promotion;
    boolean obeys = true;
    long seq;
    private final String deviceKey;

    StagedBox(ClaimTicket ticket) {
      KeyPair pair = DocumentSigner.newKeyPair();
      device = new DocumentSigner(pair.getPrivate());
      deviceKey = new DocumentVerifier(pair.getPublic()).text();
      EnrolmentResult result = enrol(ticket, csr);
      if (!(result instanceof EnrolmentResult.Admitted(EnrolmentReply reply))) {
        throw new AssertionError("not admitted: " + result);
      }
      id = reply.boxId();
    }

    EnrolmentResult enrol(ClaimTicket ticket, String request) {
      return answer(
          fleet.enrol(
              EnrolmentRequest.prove(ticket.code(), request, deviceKey, "QB-1", "0.1.0", device)));
    }

    Box seen() {
      return answer(fleet.views().box(id)).orElseThrow();
    }

    UsageReport report(Instant at, String amount) {
      CallId call = CallId.random();
      return new UsageReport(
          UsageReport.itemIdOf(call),
          call,
          CampaignId.random(),
          CallOutcome.ANSWERED,
          at,
          Duration.ofSeconds(30),
          List.of(
              new RatedLine(
                  "CALL_TIME", 30, "SECOND", new BigDecimal("0.4"), Tenge.of(amount), "v1")),
          Tenge.of(amount));
    }

    /// The next message of the box, which has spent this.
    Envelope usage(String amount) {
      return usage(report(clock.instant(), amount));
    }

    Envelope usage(UsageReport report) {
      return message(
          UsageReport.messageIdOf(report.itemId()),
          Schemas.USAGE,
          new String(report.body(), UTF_8));
    }

    Envelope statement(BookStatement statement) {
      return message(
          UUID.randomUUID().toString(), Schemas.LEDGER, new String(statement.body(), UTF_8));
    }

    Envelope message(String id, String schema, String body) {
      return Envelope.sign(id, this.id, ++seq, clock.instant(), schema, body, device);
    }

    Future<Optional<Fleet.Acknowledged>> send(TopicKind kind, Envelope envelope) {
      return fleet.receive(new Topic(id, kind).text(), envelope.bytes());
    }

    /// Spends and reports it.
    void spends(String amount) {
      var _ = answer(send(TopicKind.USAGE, usage(amount)));
    }

    void states(BookStatement statement) {
      var _ = answer(send(TopicKind.LEDGER, statement(statement)));
    }

    void beats(String connection, long license, long lease, long tariff, long ledgerRows) {
      long notices =
          answer(store.read(handle -> BoxAccount.find(handle, id).orElseThrow())).noticeVersion();
      unqueued(
          Schemas.HEARTBEAT,
          new Heartbeat(
                  connection,
                  license,
                  lease,
                  tariff,
                  notices,
                  blocklist,
                  obeys,
                  query,
                  promotion,
                  opening.sealing(),
                  vitals(ledgerRows))
              .body());
    }

    /// The newest word on complaints for it, when it has gone to it.
    BlocksDocument toldOfComplaints() {
      settle();
      long version = answer(store.read(handle -> Blocklists.version(handle, id)));
      Eventually.await(
          Duration.ofSeconds(10),
          "it is sent",
          () -> newestSent().filter(one -> one.version() >= version).isPresent());
      return newestSent().orElseThrow();
    }

    private Optional<BlocksDocument> newestSent() {
      return sent.stream()
          .filter(one -> one.topic().equals(new Topic(id, TopicKind.BLOCKLIST)))
          .map(one -> SignedDocument.parse(Schemas.BLOCKLIST, one.envelope().body()))
          .map(BlocksDocument::parse)
          .max(Comparator.comparingLong(BlocksDocument::version));
    }

    /// What it is asked now, when that has gone to it.
    QuestionsDocument asked() {
      settle();
      long version = answer(store.read(handle -> Queries.version(handle, id)));
      Eventually.await(
          Duration.ofSeconds(10),
          "it is asked",
          () -> newestAsked().filter(one -> one.version() >= version).isPresent());
      return newestAsked().orElseThrow();
    }

    private Optional<QuestionsDocument> newestAsked() {
      return sent.stream()
          .filter(one -> one.topic().equals(new Topic(id, TopicKind.QUERY)))
          .map(one -> SignedDocument.parse(Schemas.QUERY, one.envelope().body()))
          .map(QuestionsDocument::parse)
          .max(Comparator.comparingLong(QuestionsDocument::version));
    }

    /// What it knows of published recordings, when that has gone to it.
    PromotionDocument published() {
      settle();
      long version = answer(store.read(handle -> PromotionPapers.version(handle, id)));
      Eventually.await(
          Duration.ofSeconds(10),
          "it is told",
          () -> newestPublished().filter(one -> one.version() >= version).isPresent());
      return newestPublished().orElseThrow();
    }

    private Optional<PromotionDocument> newestPublished() {
      return sent.stream()
          .filter(one -> one.topic().equals(new Topic(id, TopicKind.PROMOTION)))
          .map(one -> SignedDocument.parse(Schemas.PROMOTION, one.envelope().body()))
          .map(PromotionDocument::parse)
          .max(Comparator.comparingLong(PromotionDocument::version));
    }

    void dies(String connection) {
      unqueued(Schemas.OFFLINE, new Offline(connection).body());
    }

    private void unqueued(String schema, String body) {
      var _ =
          answer(
              send(
                  TopicKind.HEARTBEAT,
                  Envelope.sign(
                      UUID.randomUUID().toString(), id, 0, clock.instant(), schema, body, device)));
    }

    long left() {
      return tiyn("box/" + id);
    }
  }
}
