package kz.qonyrau.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.Envelope;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TlsIdentity;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@Tag("PLT-10")
class DocumentDeskTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final KeyPair PROVIDER = DocumentSigner.newKeyPair();
  private static final DocumentSigner SIGNER = new DocumentSigner(PROVIDER.getPrivate());
  private static final BoxIdentity BOX = box();

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("UPLINK");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final StatusBoard status = new StatusBoard(clock);
  private final List<BoxDocument> told = new ArrayList<>();
  private int news;

  private static BoxIdentity box() {
    KeyPair own = DocumentSigner.newKeyPair();
    X509Certificate certificate = SomeCertificate.of(Duration.ofDays(365));
    return new BoxIdentity(
        BoxId.random(),
        "TOO Alma",
        new TlsIdentity(own.getPrivate(), List.of(certificate)),
        certificate,
        new DocumentSigner(own.getPrivate()),
        OpeningKey.random(),
        new DocumentVerifier(PROVIDER.getPublic()),
        "central.example",
        8883);
  }

  /// As after a start of the program.
  private DocumentDesk desk() throws TimeoutException {
    return DocumentDesk.open(database.store(), BOX, clock, status, () -> news++);
  }

  private static SignedDocument lease(long version, Instant issued) {
    return new LeaseDocument(
            BOX.id(),
            version,
            Tenge.of("100.00"),
            Tenge.ZERO,
            issued,
            issued.plus(Duration.ofDays(1)))
        .sign(SIGNER);
  }

  private static Envelope over(SignedDocument document) {
    return Envelope.sign(
        UUID.randomUUID().toString(), BOX.id(), 0, NOW, document.schema(), document.body(), SIGNER);
  }

  private static DocumentFile file(SignedDocument... documents) {
    return new DocumentFile(List.of(documents));
  }

  private Future<Void> listen(BoxDocument document) {
    told.add(document);
    return Future.succeededFuture();
  }

  @Test
  void aNewDocumentIsInForceAndToldOnce() throws TimeoutException {
    DocumentDesk desk = desk();
    desk.receive(TopicKind.LEASE, over(lease(1, NOW)));
    desk.receive(TopicKind.LEASE, over(lease(1, NOW)));

    assertThat(desk.version(TopicKind.LEASE)).isEqualTo(1);
    assertThat(desk.lease()).isPresent();
    assertThat(news).isEqualTo(1);
    assertThat(desk.isAllTold()).isFalse();

    desk.tellIfDue(this::listen);
    desk.tellIfDue(this::listen);

    assertThat(told).hasSize(1);
    assertThat(desk.isAllTold()).isTrue();
  }

  @Test
  void whatIsHeldIsToldAgainAfterEachStart() throws TimeoutException {
    desk().receive(TopicKind.LEASE, over(lease(1, NOW)));

    DocumentDesk later = desk();
    later.tellIfDue(this::listen);

    assertThat(told).hasSize(1);
  }

  @Test
  void whatCouldNotBeActedOnStaysToBeTold() throws TimeoutException {
    DocumentDesk desk = desk();
    desk.receive(TopicKind.LEASE, over(lease(1, NOW)));
    desk.tellIfDue(_ -> Future.failedFuture("nobody listens"));

    assertThat(desk.isAllTold()).isFalse();

    desk.receive(TopicKind.LEASE, over(lease(2, NOW)));
    desk.tellIfDue(this::listen);

    assertThat(told).extracting(BoxDocument::version).containsExactly(2L);
    assertThat(desk.isAllTold()).isTrue();
  }

  @Test
  void theStatusShowsWhatTheLineBroughtAndTheVerdictWhatAFileDid() throws TimeoutException {
    DocumentDesk desk = desk();

    assertThat(desk.judge(file(lease(5, NOW), lease(4, NOW))))
        .extracting(DocumentVerdict::outcome)
        .containsExactly(DocumentVerdict.Outcome.IN_FORCE, DocumentVerdict.Outcome.OLDER);
    assertThat(status.get().fault()).isEmpty();

    desk.receive(TopicKind.LEASE, over(lease(4, NOW)));

    assertThat(status.get().fault()).contains("DOCUMENT_OLDER");
    assertThat(desk.version(TopicKind.LEASE)).isEqualTo(5);
  }

  @Test
  void aMessageOfAnotherFormIsNoDocument() throws TimeoutException {
    DocumentDesk desk = desk();
    SignedDocument unknown = SignedDocument.sign("lease/99", lease(1, NOW).text(), SIGNER);

    assertThatThrownBy(() -> desk.receive(TopicKind.LEASE, over(unknown)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  @Tag("PLT-15")
  void timeGoesOnAtLeastAsCentralSays() throws TimeoutException {
    DocumentDesk desk = desk();
    desk.hear(NOW.plusSeconds(3600));
    desk.hear(NOW.plusSeconds(3630));

    assertThat(desk.lastWord()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(desk.latest()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(desk().lastWord()).isEqualTo(NOW.plusSeconds(3600));

    clock.advance(Duration.ofHours(2));

    assertThat(desk.latest()).isEqualTo(clock.instant());
  }

  @Test
  @Tag("SH-BAL-15")
  void aLeaseOfAFileSaysThatItsTimeHasComeAndIsOverByTheLaterClock() throws TimeoutException {
    DocumentDesk desk = desk();
    var _ = desk.judge(file(lease(1, NOW.plus(Duration.ofDays(3)))));

    assertThat(desk.lastWord()).isEqualTo(NOW.plus(Duration.ofDays(3)));
    assertThat(desk.leaseHasExpired()).isFalse();

    desk.hear(NOW.plus(Duration.ofDays(4)));

    assertThat(desk.leaseHasExpired()).isTrue();
  }
}
