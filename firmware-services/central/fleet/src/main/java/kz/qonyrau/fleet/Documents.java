package kz.qonyrau.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;

/// The signed documents that were issued to boxes. Versions count from 1 per box and kind; nothing
/// is ever changed or deleted.
final class Documents {

  private final DocumentSigner signer;

  Documents(DocumentSigner signer) {
    this.signer = signer;
  }

  /// Signs and stores the next version of a box's license.
  LicenseDocument issueLicense(
      Handle handle,
      BoxId box,
      String organisation,
      LicenseTerms terms,
      int graceHours,
      Instant now,
      String by) {
    Optional<LicenseDocument> last = license(handle, box);
    LicenseDocument license =
        new LicenseDocument(
            box,
            last.map(LicenseDocument::version).orElse(0L) + 1,
            organisation,
            terms.modules(),
            terms.limits(),
            now,
            terms.expires(),
            graceHours,
            last.map(LicenseDocument::suspensions).orElse(List.of()));
    insert(handle, box, TopicKind.LICENCE, license.version(), license.sign(signer), now, by);
    return license;
  }

  /// Signs and stores the next version of a box's lease, with `more` on top of what it had.
  LeaseDocument issueLease(
      Handle handle, BoxId box, Tenge more, Duration validity, Instant now, String by) {
    Optional<LeaseDocument> last = lease(handle, box);
    LeaseDocument lease =
        new LeaseDocument(
            box,
            last.map(LeaseDocument::version).orElse(0L) + 1,
            last.map(LeaseDocument::total).orElse(Tenge.ZERO).plus(more),
            now,
            now.plus(validity));
    insert(handle, box, TopicKind.LEASE, lease.version(), lease.sign(signer), now, by);
    return lease;
  }

  Optional<LicenseDocument> license(Handle handle, BoxId box) {
    return latest(handle, box, TopicKind.LICENCE).map(d -> LicenseDocument.parse(d.document()));
  }

  Optional<LeaseDocument> lease(Handle handle, BoxId box) {
    return latest(handle, box, TopicKind.LEASE).map(d -> LeaseDocument.parse(d.document()));
  }

  /// The version in force.
  Optional<Versioned> latest(Handle handle, BoxId box, TopicKind kind) {
    return handle
        .createQuery(
            """
            SELECT version, text, signature FROM fleet.document
            WHERE box_id = :box AND kind = :kind ORDER BY version DESC FETCH FIRST 1 ROWS ONLY
            """)
        .bind("box", box.value())
        .bind("kind", kind.level())
        .map((row, _) ->
            new Versioned(
                row.getLong("version"),
                new SignedDocument(
                    Schemas.current(kind), row.getString("text"), row.getString("signature"))))
        .findOne();
  }

  private static void insert(
      Handle handle,
      BoxId box,
      TopicKind kind,
      long version,
      SignedDocument document,
      Instant now,
      String by) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.document (
              box_id, kind, version, text, signature, issued_at_ms, issued_by)
            VALUES (:box, :kind, :version, :text, :signature, :at, :by)
            """)
        .bind("box", box.value())
        .bind("kind", kind.level())
        .bind("version", version)
        .bind("text", document.text())
        .bind("signature", document.signature())
        .bind("at", now.toEpochMilli())
        .bind("by", by)
        .execute();
  }
}
