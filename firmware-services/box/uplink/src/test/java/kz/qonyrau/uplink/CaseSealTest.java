package kz.qonyrau.uplink;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import kz.qonyrau.store.Outbox;
import kz.qonyrau.testsupport.Eventually;
import kz.qonyrau.testsupport.Ports;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.BlockDirective;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.DocumentFile;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentReply;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotedRecording;
import kz.qonyrau.wire.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// With what a whole line seals, before and after a start, while nobody answers at the other end.
@Timeout(60)
@Tag("PLT-24")
class CaseSealTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final KeyPair PROVIDER = DocumentSigner.newKeyPair();
  private static final BoxId BOX = BoxId.random();
  private static final OpeningKey CENTRAL = OpeningKey.random();

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("OUTBOX", "AUDIT", "UPLINK");

  @TempDir private Path directory;

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final List<Long> obeyed = new CopyOnWriteArrayList<>();
  private Uplink uplink;

  @BeforeEach
  void enrol() {
    IdentityFiles files = new IdentityFiles(directory);
    var _ = files.first();
    String certificate = Pem.certificate(SomeCertificate.of(Duration.ofDays(365)));
    files.enrolled(
        new EnrolmentReply(
            BOX,
            "TOO Alma",
            certificate,
            certificate,
            new DocumentVerifier(PROVIDER.getPublic()).text(),
            "central.invalid",
            8883));
    start();
  }

  @AfterEach
  void end() {
    uplink.close();
  }

  private void start() {
    URI central = URI.create("https://127.0.0.1:" + Ports.free());
    UplinkSettings usual = UplinkSettings.of(central);
    uplink =
        new Uplink(
            database.store(),
            new Outbox(clock),
            new Enrolment(directory, central, "QB-1", "0.1.0"),
            new UplinkSettings(
                central,
                Optional.empty(),
                Optional.of("127.0.0.1:" + Ports.free()),
                usual.heartbeat(),
                usual.resendAfter(),
                usual.window(),
                usual.shortestPause(),
                usual.longestPause(),
                Duration.ZERO),
            new Duties(
                () -> Future.failedFuture("nobody is connected"),
                listener(),
                new SmallPurse(),
                new ScriptedOrders(database.store())),
            clock);
    uplink.start();
    Eventually.await(
        Duration.ofSeconds(20), "the box is somebody", () -> uplink.identity().isPresent());
  }

  private DocumentListener listener() {
    return new DocumentListener() {
      @Override
      public Future<Void> onLicense(LicenseDocument license) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onLease(LeaseDocument lease) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onPin(PinDocument pin) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onNotices(NoticeDocument notices) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onBlocks(BlocksDocument document, List<BlockDirective> directives) {
        obeyed.add(document.version());
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onQuestions(List<Question> questions) {
        return Future.succeededFuture();
      }

      @Override
      public Future<Void> onPromotions(List<PromotedRecording> recordings) {
        return Future.succeededFuture();
      }
    };
  }

  @Test
  void isKnownFromTheFirstDocumentOnAndAfterEachStart() {
    assertThat(uplink.caseSeal()).isEmpty();
    BlocksDocument blocks =
        BlocksDocument.seal(
            BOX,
            1,
            CENTRAL.sealing(),
            List.of(),
            uplink.identity().orElseThrow().opening().sealing());

    assertThat(
            answer(
                uplink.take(
                    new DocumentFile(
                        List.of(blocks.sign(new DocumentSigner(PROVIDER.getPrivate())))))))
        .extracting(DocumentVerdict::outcome)
        .containsExactly(DocumentVerdict.Outcome.IN_FORCE);
    Eventually.await(Duration.ofSeconds(20), "it is obeyed", () -> obeyed.equals(List.of(1L)));
    assertThat(uplink.caseSeal()).contains(new CaseSeal(BOX, CENTRAL.sealing()));

    uplink.close();
    start();

    assertThat(uplink.caseSeal()).contains(new CaseSeal(BOX, CENTRAL.sealing()));
    Eventually.await(
        Duration.ofSeconds(20), "it is obeyed again", () -> obeyed.equals(List.of(1L, 1L)));
  }
}
