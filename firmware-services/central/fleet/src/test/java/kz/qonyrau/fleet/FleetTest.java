package kz.qonyrau.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.security.auth.x500.X500Principal;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.ledger.Verdict;
import kz.qonyrau.ledger.WalletId;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CallOutcome;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LicenseLimits;
import kz.qonyrau.wire.Offline;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.RatedLine;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.Topic;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.UsageReport;
import kz.qonyrau.wire.Vitals;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The fleet without a broker: messages are handed in as the broker would.
@Timeout(60)
class FleetTest {

  private static final FleetSettings SETTINGS =
      new FleetSettings(
          "localhost",
          Duration.ofDays(365),
          Duration.ofDays(90),
          Duration.ofMinutes(3),
          72,
          Duration.ofDays(30),
          Set.of("calls"),
          new LicenseLimits(30, 1200));

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER", "FLEET");
  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T04:10:00Z");
  private final DocumentSigner device;
  private final String deviceKey;
  private final String csr;
  private final List<Topic> sent = new CopyOnWriteArrayList<>();
  private Ledger ledger;
  private Fleet fleet;
  private BoxId box;

  FleetTest() throws Exception {
    KeyPair pair = DocumentSigner.newKeyPair();
    device = new DocumentSigner(pair.getPrivate());
    deviceKey = new DocumentVerifier(pair.getPublic()).text();
    csr = csr("EC", "secp256r1", "SHA256withECDSA");
  }

  private static String csr(String algorithm, String curve, String signed) throws Exception {
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
  }

  @BeforeEach
  void enrolOneBox() {
    Authority authority = Authority.open(keys, clock, new SecureRandom());
    ledger = new Ledger(database.store(), clock);
    fleet = new Fleet(database.store(), ledger, authority, SETTINGS, clock);
    answer(fleet.start());
    fleet.connect(
        (topic, _) -> {
          sent.add(topic);
          return Future.succeededFuture();
        },
        8883);
    box = admitted(enrol(ticket("100.00"), csr)).boxId();
  }

  private ClaimTicket ticket(String credit) {
    return answer(
            fleet.issueClaim(
                new ClaimOrder(
                    "Nomad Coffee", "Almaty", Duration.ofHours(1), Tenge.of(credit), "admin")))
        .ticket();
  }

  private EnrolmentResult enrol(ClaimTicket ticket, String request) {
    return answer(
        fleet.enrol(
            EnrolmentRequest.prove(ticket.code(), request, deviceKey, "QB-1", "0.1.0", device)));
  }

  private static EnrolmentReply admitted(EnrolmentResult result) {
    if (!(result instanceof EnrolmentResult.Admitted(EnrolmentReply reply))) {
      throw new AssertionError("not admitted: " + result);
    }
    return reply;
  }

  private static UsageReport report(CallId call, Instant at, String amount) {
    return new UsageReport(
        UsageReport.itemIdOf(call),
        call,
        CampaignId.random(),
        CallOutcome.ANSWERED,
        at,
        Duration.ofSeconds(30),
        List.of(
            new RatedLine(
                "CALL_TIME", 30, "SECOND", new BigDecimal("0.4"), Tenge.of(amount), "t-1")),
        Tenge.of(amount));
  }

  private Envelope usage(UsageReport report) {
    return Envelope.sign(
        UsageReport.messageIdOf(report.itemId()),
        box,
        1,
        clock.instant(),
        Schemas.USAGE,
        new String(report.body(), UTF_8),
        device);
  }

  private Future<Optional<Fleet.Acknowledged>> receive(TopicKind kind, Envelope envelope) {
    return fleet.receive(new Topic(box, kind).text(), envelope.bytes());
  }

  private Box seen() {
    return answer(fleet.box(box)).orElseThrow();
  }

  private long tiyn(String wallet) {
    return answer(ledger.balance(new WalletId(wallet))).available().tiyn();
  }

  private static Vitals vitals() {
    return new Vitals(
        "0.1.0",
        Duration.ofMinutes(1),
        "READY",
        true,
        2,
        30,
        0,
        Tenge.ZERO,
        Tenge.ZERO,
        "0".repeat(64),
        0,
        1,
        2,
        List.of());
  }

  private void beat(String connection) {
    var _ =
        answer(
            receive(
                TopicKind.HEARTBEAT,
                Envelope.sign(
                    UUID.randomUUID().toString(),
                    box,
                    0,
                    clock.instant(),
                    Schemas.HEARTBEAT,
                    new Heartbeat(connection, 1, 1, 0, vitals()).body(),
                    device)));
  }

  private void will(String connection) {
    var _ =
        answer(
            receive(
                TopicKind.HEARTBEAT,
                Envelope.sign(
                    UUID.randomUUID().toString(),
                    box,
                    0,
                    clock.instant(),
                    Schemas.OFFLINE,
                    new Offline(connection).body(),
                    device)));
  }

  /// Pulls the plug before the first statement of the message's transaction, then before the
  /// second, and on until it gets through. Each time, the message that comes again is booked once.
  @Test
  @Tag("PLT-07")
  @Tag("EX-PLT-2")
  void booksAMessageOnceWhicheverStatementIsTheLast() {
    // The first message opens the wallets.
    var _ = answer(receive(TopicKind.USAGE, usage(report(CallId.random(), clock.instant(), "1"))));
    long booked = 100;
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      Envelope message = usage(report(CallId.random(), clock.instant(), "12.00"));
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = answer(receive(TopicKind.USAGE, message));
      } catch (Plug.Pulled _) {
        // What a power cut looks like from here.
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());

      Optional<Fleet.Acknowledged> again = answer(receive(TopicKind.USAGE, message));
      booked += 1_200;

      assertThat(again).contains(new Fleet.Acknowledged(box, message.msgId()));
      assertThat(seen().used().tiyn()).as("before statement %s", statement).isEqualTo(booked);
      assertThat(tiyn("provider/usage")).isEqualTo(booked);
    }
    assertThat(answer(ledger.verify())).isInstanceOf(Verdict.Sound.class);
  }

  @Test
  void countsUsageByTheHourInWhichTheAttemptBegan() {
    Instant four = Instant.parse("2026-11-24T04:00:00Z");
    List<Instant> times = List.of(four, four.plusSeconds(3599), four.plusSeconds(3600));
    for (Instant at : times) {
      var _ = answer(receive(TopicKind.USAGE, usage(report(CallId.random(), at, "2.00"))));
    }

    List<HourOfUsage> hours =
        answer(fleet.usage(Optional.of(box), four, four.plus(Duration.ofHours(5))));

    assertThat(hours).extracting(HourOfUsage::hour).containsExactly(four, four.plusSeconds(3600));
    assertThat(hours).extracting(HourOfUsage::attempts).containsExactly(2L, 1L);
    assertThat(hours.getFirst().answered()).isEqualTo(Duration.ofMinutes(1));
    assertThat(hours.getFirst().amount()).isEqualTo(Tenge.of("4.00"));
    assertThat(answer(fleet.usage(Optional.empty(), four, four.plus(Duration.ofHours(5)))))
        .isEqualTo(hours);
    assertThat(answer(fleet.glance()).today().attempts()).isEqualTo(3);
  }

  @Test
  @Tag("SH-BAL-15")
  void aCreditIsGrantedOnceForAKeyAndTheBookSaysSo() {
    String key = UUID.randomUUID().toString();

    assertThat(answer(fleet.grant(box, Tenge.of("50.00"), key, "paid", "admin")))
        .isInstanceOfSatisfying(
            CreditResult.Granted.class,
            granted -> {
              assertThat(granted.lease().total()).isEqualTo(Tenge.of("150.00"));
              assertThat(granted.lease().version()).isEqualTo(2);
            });
    assertThat(answer(fleet.grant(box, Tenge.of("50.00"), key, "paid", "admin")))
        .isInstanceOf(CreditResult.AlreadyGranted.class);
    assertThat(answer(fleet.grant(box, Tenge.of("51.00"), key, "paid", "admin")))
        .isEqualTo(new CreditResult.KeyTaken());
    assertThat(answer(fleet.grant(BoxId.random(), Tenge.of("1.00"), "k", "paid", "admin")))
        .isEqualTo(new CreditResult.NoSuchBox());
    assertThat(tiyn("box/" + box)).isEqualTo(15_000);
    assertThat(tiyn("provider/bank")).isEqualTo(-15_000);
    assertThat(seen().credited()).isEqualTo(Tenge.of("150.00"));
  }

  @Test
  @Tag("PLT-08")
  void aLastWillThatComesLateDoesNotMarkABoxOfflineThatIsBack() {
    String first = UUID.randomUUID().toString();
    String second = UUID.randomUUID().toString();
    beat(first);
    beat(second);

    will(first);
    assertThat(seen().state()).isEqualTo(BoxState.ONLINE);

    will(second);
    assertThat(seen().state()).isEqualTo(BoxState.OFFLINE);
  }

  @Test
  void aBoxWhoseHeartbeatsStopIsOfflineWhateverItsConnectionSays() {
    assertThat(seen().state()).isEqualTo(BoxState.NEVER_SEEN);
    beat(UUID.randomUUID().toString());

    clock.advance(Duration.ofMinutes(3));
    answer(fleet.sweep());
    assertThat(seen().state()).isEqualTo(BoxState.ONLINE);

    clock.advance(Duration.ofSeconds(1));
    answer(fleet.sweep());
    assertThat(seen().state()).isEqualTo(BoxState.OFFLINE);
  }

  @Test
  void aHeartbeatFromABoxThatLacksDocumentsGetsThemAgain() {
    String connection = UUID.randomUUID().toString();
    awaitSent(2); // On enrolment.
    beat(connection); // It has version 1 of both.
    var _ = answer(fleet.grant(box, Tenge.of("1.00"), "key", "paid", "admin"));
    awaitSent(4);

    beat(connection); // It still has version 1.
    awaitSent(6);

    assertThat(sent)
        .containsOnly(new Topic(box, TopicKind.LICENCE), new Topic(box, TopicKind.LEASE));
  }

  private void awaitSent(int messages) {
    Eventually.await(
        Duration.ofSeconds(10), messages + " documents are sent", () -> sent.size() >= messages);
    assertThat(sent).hasSize(messages);
  }

  @Test
  @Tag("PLT-09")
  void licensesGetGrowingVersionsAndImpossibleTermsAreRefused() {
    LicenseTerms terms =
        new LicenseTerms(
            clock.instant().plus(Duration.ofDays(1)), Set.of("calls"), new LicenseLimits(1, 20));

    assertThat(answer(fleet.issueLicense(box, terms, "admin")))
        .isInstanceOfSatisfying(
            LicenseResult.Issued.class,
            issued -> assertThat(issued.license().version()).isEqualTo(2));
    assertThat(
            answer(
                fleet.issueLicense(
                    box,
                    new LicenseTerms(clock.instant(), Set.of("calls"), new LicenseLimits(1, 20)),
                    "admin")))
        .isInstanceOf(LicenseResult.Refused.class);
    assertThat(answer(fleet.issueLicense(BoxId.random(), terms, "admin")))
        .isEqualTo(new LicenseResult.NoSuchBox());
    assertThat(seen().license().orElseThrow().version()).isEqualTo(2);
  }

  @Test
  @Tag("PLT-08")
  void aRefusedBoxIsNotAdmittedNotHeardAndNotEnrolledAgain() {
    ClaimTicket ticket = ticket("0.00");
    BoxId other = admitted(enrol(ticket, csr)).boxId();
    assertThat(fleet.isAdmitted(other)).isTrue();

    assertThat(answer(fleet.revoke(other, "stolen", "admin")))
        .isEqualTo(new RevocationResult.Revoked(clock.instant()));
    assertThat(answer(fleet.revoke(other, "stolen", "admin")))
        .isEqualTo(new RevocationResult.AlreadyRevoked(clock.instant()));

    assertThat(fleet.isAdmitted(other)).isFalse();
    assertThat(enrol(ticket, csr))
        .isInstanceOfSatisfying(
            EnrolmentResult.Refused.class,
            refused -> assertThat(refused.refusal().code()).isEqualTo("BOX_REVOKED"));
    assertThat(answer(fleet.box(other)).orElseThrow().state()).isEqualTo(BoxState.REVOKED);
  }

  @Test
  void onlyKeysOnTheAgreedCurveAreCertified() throws Exception {
    ClaimTicket ticket = ticket("0.00");
    for (String request :
        List.of(csr("EC", "secp384r1", "SHA256withECDSA"), csr("RSA", "", "SHA256withRSA"))) {
      assertThat(enrol(ticket, request))
          .isInstanceOfSatisfying(
              EnrolmentResult.Refused.class,
              refused -> {
                assertThat(refused.refusal().code()).isEqualTo("MALFORMED");
                assertThat(refused.refusal().field()).contains("csr");
              });
    }
  }

  @Test
  void keepsItsKeysOverARestartAndRefusesToMakeNewOnesWhenSomeAreLost() throws Exception {
    Authority again = Authority.open(keys, clock, new SecureRandom());
    assertThat(again.certificate()).isEqualTo(authorityOf(again).certificate());

    java.nio.file.Files.delete(keys.resolve("documents.pub"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Authority.open(keys, clock, new SecureRandom()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("restore");
  }

  private Authority authorityOf(Authority first) {
    Authority second = Authority.open(keys, clock, new SecureRandom());
    assertThat(second.documentVerifier().text()).isEqualTo(first.documentVerifier().text());
    return second;
  }
}
