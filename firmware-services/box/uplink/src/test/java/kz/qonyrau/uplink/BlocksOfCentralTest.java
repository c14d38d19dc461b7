package kz.qonyrau.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.ComplaintSource;
import kz.qonyrau.wire.ContactChannel;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.Heartbeat;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.PromotionOutlet;
import kz.qonyrau.wire.Question;
import kz.qonyrau.wire.QuestionsDocument;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TlsIdentity;
import kz.qonyrau.wire.TopicKind;
import kz.qonyrau.wire.Vitals;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of central's word on complaints, from the line to whoever obeys it.
@Timeout(60)
@Tag("AC-SPM-02")
@Tag("PLT-24")
class BlocksOfCentralTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final KeyPair PROVIDER = DocumentSigner.newKeyPair();
  private static final DocumentSigner SIGNER = new DocumentSigner(PROVIDER.getPrivate());
  private static final OpeningKey CENTRAL = OpeningKey.random();
  private static final BoxIdentity BOX = box(OpeningKey.random());
  private static final Vitals VITALS =
      new Vitals(
          "0.1.0",
          Duration.ofMinutes(5),
          "READY",
          true,
          List.of(),
          0,
          30,
          60,
          0,
          Tenge.ZERO,
          Tenge.ZERO,
          "0".repeat(64),
          0,
          50,
          100,
          List.of());

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "AUDIT", "UPLINK");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final StatusBoard status = new StatusBoard(clock);
  private final List<List<BlockDirective>> obeyed = new ArrayList<>();
  private final List<List<Question>> asked = new ArrayList<>();
  private final List<List<PromotedRecording>> promoted = new ArrayList<>();
  private Future<Void> answer = Future.succeededFuture();
  private int news;

  private static BoxIdentity box(OpeningKey opening) {
    KeyPair own = DocumentSigner.newKeyPair();
    X509Certificate certificate = SomeCertificate.of(Duration.ofDays(365));
    return new BoxIdentity(
        new BoxId("b0000000-0000-4000-8000-000000000001"),
        "TOO Alma",
        new TlsIdentity(own.getPrivate(), List.of(certificate)),
        certificate,
        new DocumentSigner(own.getPrivate()),
        opening,
        new DocumentVerifier(PROVIDER.getPublic()),
        "central.example",
        8883);
  }

  /// As after a start of the program.
  private DocumentDesk desk(BoxIdentity box) throws TimeoutException {
    return DocumentDesk.open(database.store(), box, clock, status, () -> news++);
  }

  private static BlockDirective directive() {
    return new BlockDirective(
        UUID.randomUUID().toString(),
        new Msisdn("+77000000001"),
        BlockDirective.Standing.PROVISIONAL,
        ContactChannel.CALL,
        ComplaintSource.SUBSCRIBER,
        NOW.minusSeconds(600),
        NOW,
        NOW,
        Optional.empty(),
        false,
        "They call me every day.");
  }

  private static BlocksDocument blocks(long version, BlockDirective... directives) {
    return BlocksDocument.seal(
        BOX.id(), version, CENTRAL.sealing(), List.of(directives), BOX.opening().sealing());
  }

  private static Envelope over(BlocksDocument blocks) {
    SignedDocument document = blocks.sign(SIGNER);
    return Envelope.sign(
        UUID.randomUUID().toString(), BOX.id(), 0, NOW, document.schema(), document.body(), SIGNER);
  }

  private Obligations obligations(DocumentDesk desk) {
    Outbox outbox = new Outbox(clock);
    Retirement retirement = new Retirement(database.store(), outbox, Duration.ofDays(14), clock);
    ScriptedOrders orders = new ScriptedOrders(database.store());
    CreditLine credit =
        new CreditLine(database.store(), outbox, new SmallPurse(), BOX.id(), desk::lease);
    return new Obligations(
        BOX,
        desk,
        new Duties(() -> Future.succeededFuture(VITALS), listener(), new SmallPurse(), orders),
        credit,
        new Commands(
            database.store(),
            outbox,
            new AuditLog(database.store(), clock),
            BOX.id(),
            credit,
            orders,
            retirement,
            clock::instant,
            clock),
        retirement,
        new Outgoing(database.store(), outbox, 64, Duration.ofSeconds(3), status),
        status);
  }

  private DocumentListener listener() {
    return new DocumentListener() {
      @Override
      public Future<Void> onLicense(LicenseDocument license) {
        throw new AssertionError(license);
      }

      @Override
      public Future<Void> onLease(LeaseDocument lease) {
        throw new AssertionError(lease);
      }

      @Override
      public Future<Void> onPin(PinDocument pin) {
        throw new AssertionError(pin);
      }

      @Override
      public Future<Void> onNotices(NoticeDocument notices) {
        throw new AssertionError(notices);
      }

      @Override
      public Future<Void> onBlocks(BlocksDocument document, List<BlockDirective> directives) {
        obeyed.add(directives);
        return answer;
      }

      @Override
      public Future<Void> onQuestions(List<Question> questions) {
        asked.add(questions);
        return answer;
      }

      @Override
      public Future<Void> onPromotions(List<PromotedRecording> recordings) {
        promoted.add(recordings);
        return Future.succeededFuture();
      }
    };
  }

  private static Envelope over(QuestionsDocument questions) {
    SignedDocument document = questions.sign(SIGNER);
    return Envelope.sign(
        UUID.randomUUID().toString(), BOX.id(), 0, NOW, document.schema(), document.body(), SIGNER);
  }

  @Test
  @Tag("AC-WHO-03")
  void whatSubscribersAskComesSealedAndIsToldUntilItIsAnswered() throws TimeoutException {
    DocumentDesk desk = desk(BOX);
    Obligations obligations = obligations(desk);
    assertThat(beat(desk).queryVersion()).isZero();
    Question question =
        new Question(
            UUID.randomUUID().toString(), new Msisdn("+77000000001"), NOW.minusSeconds(600), NOW);

    desk.receive(
        TopicKind.QUERY,
        over(QuestionsDocument.seal(BOX.id(), 1, List.of(question), BOX.opening().sealing())));
    assertThat(beat(desk).queryVersion()).isEqualTo(1);

    answer = Future.failedFuture("central has not said with what to seal");
    desk.tellIfDue(obligations::act);
    assertThat(desk.isAllTold()).isFalse();
    answer = Future.succeededFuture();
    // As after a kill -9: what is held is told at each start.
    DocumentDesk again = desk(BOX);
    again.tellIfDue(obligations(again)::act);

    assertThat(again.isAllTold()).isTrue();
    assertThat(asked).containsExactly(List.of(question), List.of(question));
  }

  @Test
  @Tag("AC-WHO-03")
  void questionsForAnotherKeyOrVersionAreRefused() throws TimeoutException {
    DocumentDesk desk = desk(BOX);
    QuestionsDocument second =
        QuestionsDocument.seal(BOX.id(), 2, List.of(), BOX.opening().sealing());

    desk.receive(
        TopicKind.QUERY,
        over(QuestionsDocument.seal(BOX.id(), 3, List.of(), OpeningKey.random().sealing())));
    desk.receive(TopicKind.QUERY, over(new QuestionsDocument(BOX.id(), 3, second.sealed())));
    assertThat(desk.version(TopicKind.QUERY)).isZero();
    desk.receive(TopicKind.QUERY, over(second));
    desk.receive(
        TopicKind.QUERY,
        over(QuestionsDocument.seal(BOX.id(), 1, List.of(), BOX.opening().sealing())));

    assertThat(desk.version(TopicKind.QUERY)).isEqualTo(2);
  }

  private static Envelope over(PromotionDocument promotions) {
    SignedDocument document = promotions.sign(SIGNER);
    return Envelope.sign(
        UUID.randomUUID().toString(), BOX.id(), 0, NOW, document.schema(), document.body(), SIGNER);
  }

  private static PromotedRecording promoted(int message) {
    return new PromotedRecording(
        UUID.randomUUID().toString(),
        CallId.random(),
        new PromotedRecording.TelegramMessage("-100123", message),
        NOW.minusSeconds(600),
        Set.of(PromotionOutlet.SITE),
        Optional.empty(),
        List.of());
  }

  @Test
  @Tag("SH-NOT-11")
  void whichRecordingsArePublishedComesSealedAndIsToldAtEachStart() throws TimeoutException {
    DocumentDesk desk = desk(BOX);
    Obligations obligations = obligations(desk);
    assertThat(beat(desk).promotionVersion()).isZero();
    PromotedRecording first = promoted(1);

    desk.receive(
        TopicKind.PROMOTION,
        over(PromotionDocument.seal(BOX.id(), 2, List.of(first), BOX.opening().sealing())));
    assertThat(beat(desk).promotionVersion()).isEqualTo(2);
    desk.tellIfDue(obligations::act);
    // What is older, of another box or key, or forged does not come into force.
    desk.receive(
        TopicKind.PROMOTION,
        over(PromotionDocument.seal(BOX.id(), 1, List.of(), BOX.opening().sealing())));
    desk.receive(
        TopicKind.PROMOTION,
        over(PromotionDocument.seal(BOX.id(), 3, List.of(), OpeningKey.random().sealing())));
    desk.receive(
        TopicKind.PROMOTION,
        over(PromotionDocument.seal(BoxId.random(), 3, List.of(), BOX.opening().sealing())));
    DocumentDesk again = desk(BOX);
    again.tellIfDue(obligations(again)::act);

    assertThat(desk.version(TopicKind.PROMOTION)).isEqualTo(2);
    assertThat(again.isAllTold()).isTrue();
    assertThat(promoted).containsExactly(List.of(first), List.of(first));
  }

  private static Heartbeat beat(DocumentDesk desk) {
    return Heartbeat.parse(
        Heartbeats.heartbeat(BOX, desk, UUID.randomUUID().toString(), VITALS).body());
  }

  @Test
  void areObeyedAsTheyWereSealedAndCentralHearsOfBoth() throws TimeoutException {
    DocumentDesk desk = desk(BOX);
    assertThat(beat(desk).blocklistVersion()).isZero();
    assertThat(beat(desk).sealingKey()).isEqualTo(BOX.opening().sealing());

    BlockDirective said = directive();
    desk.receive(TopicKind.BLOCKLIST, over(blocks(1, said)));

    assertThat(beat(desk).blocklistVersion()).isEqualTo(1);
    assertThat(beat(desk).blocksObeyed()).isFalse();
    assertThat(news).isEqualTo(1);

    desk.tellIfDue(obligations(desk)::act);

    assertThat(obeyed).containsExactly(List.of(said));
    assertThat(beat(desk).blocksObeyed()).isTrue();
    assertThat(news).isEqualTo(2);
    assertThat(desk.blocks()).map(BlocksDocument::reports).contains(CENTRAL.sealing());
  }

  @Test
  void whatCouldNotBeObeyedIsNotSaidToBe() throws TimeoutException {
    DocumentDesk desk = desk(BOX);
    desk.receive(TopicKind.BLOCKLIST, over(blocks(1, directive())));
    answer = Future.failedFuture("the database is not there");
    desk.tellIfDue(obligations(desk)::act);

    assertThat(obeyed).hasSize(1);
    assertThat(beat(desk).blocksObeyed()).isFalse();
    assertThat(news).isEqualTo(1);

    DocumentDesk later = desk(BOX);
    assertThat(beat(later).blocksObeyed()).isFalse();
    answer = Future.succeededFuture();
    later.tellIfDue(obligations(later)::act);

    assertThat(obeyed).hasSize(2);
    assertThat(beat(later).blocksObeyed()).isTrue();
  }

  @Test
  void areRefusedWhereTheyDoNotOpen() throws TimeoutException {
    DocumentDesk desk = desk(BOX);
    BlocksDocument othersKey =
        BlocksDocument.seal(
            BOX.id(), 1, CENTRAL.sealing(), List.of(directive()), OpeningKey.random().sealing());
    BlocksDocument othersText =
        new BlocksDocument(BOX.id(), 2, CENTRAL.sealing(), blocks(1, directive()).sealed());

    assertThat(
            desk.judge(new DocumentFile(List.of(othersKey.sign(SIGNER), othersText.sign(SIGNER)))))
        .extracting(DocumentVerdict::outcome)
        .containsExactly(DocumentVerdict.Outcome.UNREADABLE, DocumentVerdict.Outcome.UNREADABLE);
    desk.receive(TopicKind.BLOCKLIST, over(othersKey));

    assertThat(status.get().fault()).contains("DOCUMENT_REFUSED");
    assertThat(beat(desk).blocklistVersion()).isZero();
    assertThat(desk.blocks()).isEmpty();
  }

  @Test
  void comeInAFileAsWell() throws TimeoutException {
    DocumentDesk desk = desk(BOX);

    assertThat(desk.judge(new DocumentFile(List.of(blocks(3, directive()).sign(SIGNER)))))
        .extracting(DocumentVerdict::outcome)
        .containsExactly(DocumentVerdict.Outcome.IN_FORCE);
    desk.tellIfDue(obligations(desk)::act);

    assertThat(obeyed).hasSize(1);
  }

  @Test
  void areAskedForAgainByABoxThatLostItsKey() throws TimeoutException {
    desk(BOX).receive(TopicKind.BLOCKLIST, over(blocks(7, directive())));
    BoxIdentity anew = box(OpeningKey.random());
    DocumentDesk later = desk(anew);

    assertThat(later.version(TopicKind.BLOCKLIST)).isZero();

    BlocksDocument again =
        BlocksDocument.seal(
            anew.id(), 7, CENTRAL.sealing(), List.of(directive()), anew.opening().sealing());
    later.receive(TopicKind.BLOCKLIST, over(again));

    assertThat(later.version(TopicKind.BLOCKLIST)).isEqualTo(7);
  }
}
