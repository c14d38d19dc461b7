package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.billing.Pinned;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.BlocksDocument;
import kz.qonyrau.wire.BoxDocument;
import kz.qonyrau.wire.DocumentInForce.Versioned;
import kz.qonyrau.wire.DocumentSigner;
import kz.qonyrau.wire.LeaseDocument;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.Notice;
import kz.qonyrau.wire.NoticeDocument;
import kz.qonyrau.wire.PinDocument;
import kz.qonyrau.wire.PromotionDocument;
import kz.qonyrau.wire.QuestionsDocument;
import kz.qonyrau.wire.Schemas;
import kz.qonyrau.wire.SignedDocument;
import kz.qonyrau.wire.Suspension;
import kz.qonyrau.wire.TopicKind;
import org.jdbi.v3.core.Handle;

/// The signed documents that were issued to boxes. Versions count from 1 per box and kind; nothing
/// is ever changed, and nothing deleted but what was sealed for a box.
final class Documents {

  private final DocumentSigner signer;

  Documents(DocumentSigner signer) {
    this.signer = signer;
  }

  /// Signs and stores the next version of a box's license; what is suspended stays so.
  LicenseDocument issueLicense(
      Handle handle,
      BoxId box,
      String organisation,
      LicenseTerms terms,
      int graceHours,
      Instant now,
      String by) {
    Optional<LicenseDocument> last = license(handle, box);
    return issue(
        handle,
        new LicenseDocument(
            box,
            last.map(LicenseDocument::version).orElse(0L) + 1,
            organisation,
            terms.modules(),
            terms.limits(),
            now,
            terms.expires(),
            graceHours,
            last.map(LicenseDocument::suspensions).orElse(List.of()),
            LegalHoldTable.standing(handle, box),
            NumberTable.of(handle, box)),
        now,
        by);
  }

  /// Signs and stores the next version of a license in which other things are suspended.
  LicenseDocument suspend(
      Handle handle, LicenseDocument last, List<Suspension> suspensions, Instant now, String by) {
    return issue(
        handle,
        new LicenseDocument(
            last.boxId(),
            last.version() + 1,
            last.organisation(),
            last.modules(),
            last.limits(),
            last.notBefore(),
            last.expires(),
            last.graceHours(),
            suspensions,
            LegalHoldTable.standing(handle, last.boxId()),
            NumberTable.of(handle, last.boxId())),
        now,
        by);
  }

  /// Signs and stores the next version of a license after the box's numbers have changed. A box
  /// without a license gets them with its first one.
  void renumber(Handle handle, BoxId box, Instant now, String by) {
    issueAgain(handle, box, now, by);
  }

  /// Signs and stores the next version of a license after the holds on a box have changed. A box
  /// without a license gets them with its first one.
  void hold(Handle handle, BoxId box, Instant now, String by) {
    issueAgain(handle, box, now, by);
  }

  private void issueAgain(Handle handle, BoxId box, Instant now, String by) {
    license(handle, box)
        .ifPresent(last -> {
          var _ = suspend(handle, last, last.suspensions(), now, by);
        });
  }

  private LicenseDocument issue(Handle handle, LicenseDocument license, Instant now, String by) {
    insert(handle, TopicKind.LICENCE, license, license.sign(signer), now, by);
    setVersion(handle, license.boxId(), "license_version", license.version());
    return license;
  }

  /// What a lease says of a customer's money.
  ///
  /// @param total everything that was ever granted to the box, less what was taken back
  /// @param behind what he has besides, set aside for no box
  record Grant(Tenge total, Tenge behind) {}

  /// Signs and stores the next version of a box's lease.
  LeaseDocument issueLease(
      Handle handle, BoxAccount account, Grant grant, Instant now, Instant expires, String by) {
    LeaseDocument lease =
        new LeaseDocument(
            account.box(), account.leaseVersion() + 1, grant.total(), grant.behind(), now, expires);
    insert(handle, TopicKind.LEASE, lease, lease.sign(signer), now, by);
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET lease_version = :version, lease_total_tiyn = :total,
              lease_behind_tiyn = :behind, lease_expires_ms = :expires
            WHERE id = :box
            """)
        .bind("version", lease.version())
        .bind("total", grant.total().tiyn())
        .bind("behind", grant.behind().tiyn())
        .bind("expires", lease.expires().toEpochMilli())
        .bind("box", account.box().value())
        .execute();
    return lease;
  }

  /// Signs and stores the next version of what a box rates by.
  PinDocument issuePin(Handle handle, BoxAccount account, Pinned pinned, Instant now, String by) {
    PinDocument pin =
        new PinDocument(
            account.box(), account.tariffVersion() + 1, pinned.since(), pinned.version().text());
    insert(handle, TopicKind.TARIFF, pin, pin.sign(signer), now, by);
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET tariff_version = :version, pin_since_ms = :since WHERE id = :box
            """)
        .bind("version", pin.version())
        .bind("since", pinned.since().toEpochMilli())
        .bind("box", account.box().value())
        .execute();
    return pin;
  }

  /// Signs and stores what the customer was told.
  NoticeDocument issueNotices(
      Handle handle, BoxAccount account, List<Notice> notices, Instant now, String by) {
    NoticeDocument document =
        new NoticeDocument(account.box(), account.noticeVersion() + 1, notices);
    insert(handle, TopicKind.NOTICE, document, document.sign(signer), now, by);
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET notice_version = :version, notices_told = :told WHERE id = :box
            """)
        .bind("version", document.version())
        .bind("told", account.notices())
        .bind("box", account.box().value())
        .execute();
    return document;
  }

  /// Signs and stores the next version of what a box has to know of complaints. Those before can be
  /// read by nobody any more and are forgotten.
  void issueBlocks(Handle handle, BlocksDocument document, Instant now, String by) {
    insert(handle, TopicKind.BLOCKLIST, document, document.sign(signer), now, by);
    forgetBefore(handle, TopicKind.BLOCKLIST, document);
  }

  /// Signs and stores the next version of what a box is asked. Those before are forgotten, so that
  /// no number stays in one when the question is answered.
  void issueQuestions(Handle handle, QuestionsDocument document, Instant now, String by) {
    insert(handle, TopicKind.QUERY, document, document.sign(signer), now, by);
    forgetBefore(handle, TopicKind.QUERY, document);
  }

  /// Signs and stores the next version of what a box is to know of published recordings. Those
  /// before say nothing that this one does not.
  void issuePromotions(Handle handle, PromotionDocument document, Instant now, String by) {
    insert(handle, TopicKind.PROMOTION, document, document.sign(signer), now, by);
    forgetBefore(handle, TopicKind.PROMOTION, document);
  }

  private static void forgetBefore(Handle handle, TopicKind kind, BoxDocument document) {
    handle
        .createUpdate(
            """
            DELETE FROM fleet.document
            WHERE box_id = :box AND kind = :kind AND version < :version
            """)
        .bind("box", document.boxId().value())
        .bind("kind", kind.level())
        .bind("version", document.version())
        .execute();
  }

  private static void setVersion(Handle handle, BoxId box, String column, long version) {
    handle
        .createUpdate("UPDATE fleet.box SET " + column + " = :version WHERE id = :box")
        .bind("version", version)
        .bind("box", box.value())
        .execute();
  }

  Optional<LicenseDocument> license(Handle handle, BoxId box) {
    return latest(handle, box, TopicKind.LICENCE).map(d -> LicenseDocument.parse(d.document()));
  }

  /// The licenses in force, of all boxes that have one.
  static Map<BoxId, LicenseDocument> licenses(Handle handle) {
    Map<BoxId, LicenseDocument> licenses = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT b.id, d.text, d.signature
            FROM fleet.box b JOIN fleet.document d
              ON d.box_id = b.id AND d.kind = :kind AND d.version = b.license_version
            """)
        .bind("kind", TopicKind.LICENCE.level())
        .map((row, _) ->
            licenses.put(
                new BoxId(row.getString("id")),
                LicenseDocument.parse(
                    new SignedDocument(
                        Schemas.LICENSE, row.getString("text"), row.getString("signature")))))
        .list();
    return licenses;
  }

  Optional<LeaseDocument> lease(Handle handle, BoxId box) {
    return latest(handle, box, TopicKind.LEASE).map(d -> LeaseDocument.parse(d.document()));
  }

  /// The lease of that version, if it was ever issued.
  Optional<LeaseDocument> lease(Handle handle, BoxId box, long version) {
    return handle
        .createQuery(
            """
            SELECT version, text, signature FROM fleet.document
            WHERE box_id = :box AND kind = :kind AND version = :version
            """)
        .bind("box", box.value())
        .bind("kind", TopicKind.LEASE.level())
        .bind("version", version)
        .map((row, _) ->
            LeaseDocument.parse(
                new SignedDocument(
                    Schemas.LEASE, row.getString("text"), row.getString("signature"))))
        .findOne();
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

  /// All that are in force, for a box that lacks some or is offline.
  List<SignedDocument> inForce(Handle handle, BoxId box) {
    List<SignedDocument> documents = new ArrayList<>();
    for (TopicKind kind : BoxDocument.kinds()) {
      latest(handle, box, kind).ifPresent(found -> documents.add(found.document()));
    }
    return documents;
  }

  private static void insert(
      Handle handle,
      TopicKind kind,
      BoxDocument document,
      SignedDocument signed,
      Instant now,
      String by) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.document (
              box_id, kind, version, text, signature, issued_at_ms, issued_by)
            VALUES (:box, :kind, :version, :text, :signature, :at, :by)
            """)
        .bind("box", document.boxId().value())
        .bind("kind", kind.level())
        .bind("version", document.version())
        .bind("text", signed.text())
        .bind("signature", signed.signature())
        .bind("at", now.toEpochMilli())
        .bind("by", by)
        .execute();
  }
}
