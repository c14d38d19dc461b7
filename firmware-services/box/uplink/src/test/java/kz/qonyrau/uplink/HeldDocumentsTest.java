package kz.qonyrau.uplink;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.testsupport.Plug;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.uplink.HeldDocuments.Offer;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.OpeningKey;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TopicKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
@Tag("PLT-10")
class HeldDocumentsTest {

  private static final BoxId BOX = BoxId.random();
  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");
  private static final KeyPair PROVIDER = DocumentSigner.newKeyPair();
  private static final DocumentSigner SIGNER = new DocumentSigner(PROVIDER.getPrivate());

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("AUDIT", "UPLINK");

  private final SteppedClock clock = SteppedClock.at(NOW);

  private HeldDocuments held() {
    return new HeldDocuments(
        database.store(),
        BOX,
        new DocumentVerifier(PROVIDER.getPublic()),
        OpeningKey.random(),
        new LegalHolds(new AuditLog(database.store(), clock), clock),
        clock);
  }

  private static SignedDocument lease(BoxId box, long version, String total) {
    return new LeaseDocument(
            box, version, Tenge.of(total), Tenge.ZERO, NOW, NOW.plus(Duration.ofDays(1)))
        .sign(SIGNER);
  }

  private Offer offer(SignedDocument document) {
    return answer(held().offer(document));
  }

  private static SignedDocument pin(long version, String priceList) {
    return new PinDocument(BOX, version, NOW, priceList).sign(SIGNER);
  }

  private static String priceList(String price) {
    return """
    {"version": "t-1", "publishedAt": "2026-01-01T00:00:00Z", "lines": [
      {"service": "CALL_TIME", "price": "%s", "unit": "PT1M", "step": "PT1S", "minimum": "0.00"}]}
    """
        .formatted(price);
  }

  private long version() {
    var document = answer(held().all()).get(TopicKind.LEASE);
    return document == null ? 0 : document.version();
  }

  private static void assertRefused(Offer offer, DocumentFault fault) {
    assertThat(offer)
        .isInstanceOfSatisfying(
            Offer.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(fault));
  }

  @Test
  void takesNewerOnesAndNeverGoesBack() {
    assertThat(offer(lease(BOX, 2, "100.00"))).isEqualTo(new Offer.Accepted(TopicKind.LEASE, 2));
    assertThat(offer(lease(BOX, 2, "100.00"))).isEqualTo(new Offer.Repeated(TopicKind.LEASE, 2));
    assertThat(offer(lease(BOX, 5, "150.00"))).isEqualTo(new Offer.Accepted(TopicKind.LEASE, 5));
    assertRefused(offer(lease(BOX, 4, "900.00")), DocumentFault.OLDER);
    assertRefused(offer(lease(BOX, 5, "900.00")), DocumentFault.FORKED);

    assertThat(version()).isEqualTo(5);
  }

  @Test
  void refusesWhatWasTamperedWithIsAnothersOrNotTheProviders() {
    SignedDocument genuine = lease(BOX, 1, "100.00");
    SignedDocument richer =
        new SignedDocument(
            genuine.schema(), genuine.text().replace("10000", "99999"), genuine.signature());
    SignedDocument forged =
        SignedDocument.sign(
            Schemas.LEASE,
            genuine.text(),
            new DocumentSigner(DocumentSigner.newKeyPair().getPrivate()));
    SignedDocument otherKind = SignedDocument.sign(Schemas.LICENSE, genuine.text(), SIGNER);

    assertRefused(offer(richer), DocumentFault.FORGED);
    assertRefused(offer(forged), DocumentFault.FORGED);
    assertRefused(offer(otherKind), DocumentFault.UNREADABLE);
    assertRefused(offer(lease(BoxId.random(), 1, "100.00")), DocumentFault.ANOTHER_BOX);
    assertRefused(
        offer(SignedDocument.sign("policy/1", genuine.text(), SIGNER)), DocumentFault.UNREADABLE);
    assertRefused(
        offer(SignedDocument.sign(Schemas.LEASE, "{\"boxId\":\"x\"}", SIGNER)),
        DocumentFault.UNREADABLE);

    assertThat(version()).isZero();
  }

  @Test
  @Tag("SH-TAR-17")
  void aPinWhosePriceListCannotBeReadLeavesTheOldOneInForce() {
    assertThat(offer(pin(1, priceList("24.0000")))).isInstanceOf(Offer.Accepted.class);

    Offer broken = offer(pin(2, priceList("-1.00")));

    assertRefused(broken, DocumentFault.UNREADABLE);
    assertThat(((Offer.Refused) broken).why()).contains("tariff.priceList", "price");
    assertThat(answer(held().all()).get(TopicKind.TARIFF))
        .isNotNull()
        .extracting(HeldDocument::version)
        .isEqualTo(1L);
  }

  @Test
  @Tag("SH-TAR-17")
  void holdsAPriceListOfTheLargestSize() {
    String list = priceList("24.0000");
    String padded = list + " ".repeat(12_000 - list.length());

    assertThat(offer(pin(1, padded))).isEqualTo(new Offer.Accepted(TopicKind.TARIFF, 1));

    assertThat(answer(held().all()).get(TopicKind.TARIFF))
        .isNotNull()
        .extracting(held -> ((PinDocument) held.document()).priceList())
        .isEqualTo(padded);
  }

  @Test
  void doesNotBelieveItsOwnDatabaseEither() {
    var _ = offer(lease(BOX, 1, "100.00"));
    assertThat(version()).isEqualTo(1);

    var _ =
        answer(
            database
                .store()
                .write(handle ->
                    Long.toString(handle.execute("UPDATE uplink.document SET version = 7"))));

    assertThat(version()).isZero();
  }

  @Test
  void holdsTheOldOrTheNewWhicheverStatementIsTheLast() {
    boolean pulled = true;
    for (int statement = 1; pulled; statement++) {
      long next = statement;
      Plug plug = Plug.in(database.store(), statement);
      try {
        var _ = offer(lease(BOX, next, "1.00"));
      } catch (Plug.Pulled _) {
        assertThat(version()).isEqualTo(next - 1);
      }
      pulled = plug.isPulled();
      Plug.remove(database.store());

      var _ = offer(lease(BOX, next, "1.00"));
      assertThat(version()).isEqualTo(next);
    }
  }

  @Test
  @Tag("PLT-15")
  void theLatestTimeThatCentralVouchedForOnlyGoesForward() {
    assertThat(answer(held().hear(NOW))).isTrue();
    assertThat(answer(held().hear(NOW.minusSeconds(1)))).isFalse();

    assertThat(answer(held().lastWord())).isEqualTo(NOW);
  }
}
