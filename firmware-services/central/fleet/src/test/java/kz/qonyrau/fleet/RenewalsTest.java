package kz.qonyrau.fleet;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.testdatabases.OnEachDatabase;
import kz.qonyrau.testsupport.NoErrorsLogged;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.RenewalRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// New certificates for old boxes.
@Tag("PLT-08")
@ExtendWith(NoErrorsLogged.class)
@OnEachDatabase
class RenewalsTest {

  private static final String NEW_KEY = StagedFleet.csr("EC", "secp256r1", "SHA256withECDSA");

  @RegisterExtension
  final TemporaryStore database = TemporaryStore.with("LEDGER", "BILLING", "CASES", "FLEET");

  @TempDir private Path keys;

  private final SteppedClock clock = SteppedClock.at("2026-11-24T07:00:00Z");
  private StagedFleet stage;
  private StagedFleet.StagedBox box;

  @BeforeEach
  void admitABox() {
    stage = new StagedFleet(database.store(), keys, clock);
    box = stage.enrol("1000.00");
  }

  private EnrolmentResult renew(BoxId id, String csr, Instant at, DocumentSigner signer) {
    return answer(stage.fleet.renew(RenewalRequest.prove(id, csr, at, signer)));
  }

  private static X509Certificate certificate(EnrolmentResult result) {
    if (!(result instanceof EnrolmentResult.Admitted(var reply))) {
      throw new AssertionError("no certificate: " + result);
    }
    return Pem.certificate(reply.certificate());
  }

  private void assertRefused(EnrolmentResult result, String code, String field) {
    assertThat(result)
        .isInstanceOfSatisfying(
            EnrolmentResult.Refused.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo(code);
              assertThat(refused.refusal().field()).isEqualTo(Optional.of(field));
            });
    assertThat(answer(stage.fleet.views().timeline(box.id, 50)))
        .extracting(TimelineEntry::kind)
        .doesNotContain("CERTIFICATE_RENEWED");
  }

  @Test
  void aBoxGetsTheSameNameOnANewKeyAndAfterALostAnswerTheSameAgain() throws Exception {
    Instant before = box.seen().certificateExpires();
    clock.advance(Duration.ofDays(300));

    X509Certificate first = certificate(renew(box.id, NEW_KEY, clock.instant(), box.device));
    clock.advance(Duration.ofHours(5));
    X509Certificate again = certificate(renew(box.id, NEW_KEY, clock.instant(), box.device));

    assertThat(again).isEqualTo(first);
    assertThat(first.getSubjectX500Principal().getName()).isEqualTo("CN=" + box.id);
    assertThat(box.seen().certificateExpires())
        .isEqualTo(first.getNotAfter().toInstant())
        .isAfter(before.plus(Duration.ofDays(299)));
    assertThat(answer(stage.fleet.views().timeline(box.id, 50)))
        .extracting(TimelineEntry::kind)
        .containsOnlyOnce("CERTIFICATE_RENEWED");
  }

  @Test
  void whoIsNotThatBoxGetsNothing() {
    Instant now = clock.instant();
    DocumentSigner stranger = new DocumentSigner(DocumentSigner.newKeyPair().getPrivate());

    assertRefused(renew(BoxId.random(), NEW_KEY, now, box.device), "BOX_UNKNOWN", "boxId");
    assertRefused(renew(box.id, NEW_KEY, now, stranger), "PROOF_WRONG", "proof");
    assertRefused(renew(box.id, "hello", now, box.device), "MALFORMED", "csr");
    assertRefused(
        renew(box.id, StagedFleet.csr("RSA", "", "SHA256withRSA"), now, box.device),
        "MALFORMED",
        "csr");
    RenewalRequest overheard = RenewalRequest.prove(box.id, NEW_KEY, now, box.device);
    clock.advance(Duration.ofHours(25));
    assertRefused(answer(stage.fleet.renew(overheard)), "CLOCK_WRONG", "at");
    assertRefused(
        renew(box.id, NEW_KEY, clock.instant().plus(Duration.ofHours(25)), box.device),
        "CLOCK_WRONG",
        "at");
  }

  @Test
  void aRefusedBoxIsNotLetInAgain() {
    assertThat(answer(stage.fleet.revoke(box.id, "stolen", "admin")))
        .isInstanceOf(RevocationResult.Revoked.class);

    assertRefused(renew(box.id, NEW_KEY, clock.instant(), box.device), "BOX_REVOKED", "boxId");
  }
}
