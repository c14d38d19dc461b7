package kz.qonyrau.fleet;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import kz.qonyrau.wire.ClaimTicket;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.Refusal;
import org.jdbi.v3.core.Handle;

/// Claims, and the one moment at which a claim becomes a box.
final class Enrolments {

  private final Authority authority;
  private final Documents documents;
  private final FleetSettings settings;
  private final InstantSource clock;

  Enrolments(
      Authority authority, Documents documents, FleetSettings settings, InstantSource clock) {
    this.authority = authority;
    this.documents = documents;
    this.settings = settings;
    this.clock = clock;
  }

  /// What is left to do and to say after a request was let in and stored.
  ///
  /// @param fresh whether the box was made just now
  record Admission(
      BoxId box, String organisation, String certificate, KnownBox facts, boolean fresh) {}

  /// A request that was let in, or why it was not.
  sealed interface Decision {
    record LetIn(Admission admission) implements Decision {}

    record Refused(Refusal refusal) implements Decision {}
  }

  IssuedClaim issue(Handle handle, ClaimOrder order) {
    Instant now = clock.instant();
    ClaimTicket ticket = authority.newTicket();
    String id = UUID.randomUUID().toString();
    Instant expires = now.plus(order.validity());
    handle
        .createUpdate(
            """
            INSERT INTO fleet.claim (
              id, code_sha256, organisation_id, site, lease_tiyn, created_at_ms, expires_at_ms)
            VALUES (:id, :code, :organisation, :site, :lease, :now, :expires)
            """)
        .bind("id", id)
        .bind("code", Sha256.of(ticket.code()))
        .bind("organisation", organisation(handle, order.organisation(), now))
        .bind("site", order.site())
        .bind("lease", order.lease().orElse(settings.usualLease()).tiyn())
        .bind("now", now.toEpochMilli())
        .bind("expires", expires.toEpochMilli())
        .execute();
    return new IssuedClaim(
        new Claim(
            id,
            order.organisation(),
            order.site(),
            now,
            expires,
            Claim.State.OPEN,
            Optional.empty()),
        ticket);
  }

  private static String organisation(Handle handle, String name, Instant now) {
    return handle
        .createQuery("SELECT id FROM fleet.organisation WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne()
        .orElseGet(() -> {
          String id = UUID.randomUUID().toString();
          handle
              .createUpdate(
                  """
                  INSERT INTO fleet.organisation (id, name, created_at_ms)
                  VALUES (:id, :name, :now)
                  """)
              .bind("id", id)
              .bind("name", name)
              .bind("now", now.toEpochMilli())
              .execute();
          return id;
        });
  }

  List<Claim> claims(Handle handle) {
    Instant now = clock.instant();
    return handle
        .createQuery(
            """
            SELECT c.id, o.name, c.site, c.created_at_ms, c.expires_at_ms, c.box_id
            FROM fleet.claim c JOIN fleet.organisation o ON o.id = c.organisation_id
            ORDER BY c.created_at_ms DESC, c.id
            """)
        .map((row, _) -> {
          Optional<BoxId> box = Optional.ofNullable(row.getString("box_id")).map(BoxId::new);
          Instant expires = Instant.ofEpochMilli(row.getLong("expires_at_ms"));
          return new Claim(
              row.getString("id"),
              row.getString("name"),
              row.getString("site"),
              Instant.ofEpochMilli(row.getLong("created_at_ms")),
              expires,
              box.isPresent()
                  ? Claim.State.USED
                  : now.isBefore(expires) ? Claim.State.OPEN : Claim.State.EXPIRED,
              box);
        })
        .list();
  }

  private record Found(
      String id,
      OrganisationId organisationId,
      String organisation,
      String site,
      Tenge lease,
      Instant expires,
      Optional<BoxId> box,
      Optional<String> requestHash) {}

  /// Judges a request and, if it is let in for the first time, makes the box with its license. All
  /// of it in the caller's transaction.
  Decision decide(Handle handle, EnrolmentRequest request) {
    Instant now = clock.instant();
    Optional<Found> found = find(handle, request.claimCode());
    if (found.isEmpty()) {
      return refused("CLAIM_UNKNOWN", "claimCode", "this claim code was never issued");
    }
    Found claim = found.get();
    // A lost answer is asked for again with the very same keys, whatever the time.
    String requestHash = Sha256.of(request.csr() + "\n" + request.deviceKey());
    if (claim.box().isPresent()) {
      return claim.requestHash().orElseThrow().equals(requestHash)
          ? again(handle, claim)
          : refused("CLAIM_USED", "claimCode", "another box was enrolled with this claim code");
    }
    if (!now.isBefore(claim.expires())) {
      return refused(
          "CLAIM_EXPIRED", "claimCode", "this claim code has expired; ask for a new one");
    }
    X509Certificate certificate;
    BoxId box = BoxId.random();
    try {
      DocumentVerifier device = DocumentVerifier.parse(request.deviceKey());
      if (!device.accepts(request.provenBytes(), request.proof())) {
        return refused("PROOF_WRONG", "proof", "the request is not signed by its device key");
      }
      certificate = authority.admit(request.csr(), box, settings.certificateValidity());
    } catch (MalformedMessageException malformed) {
      String field = malformed.field().equals("key") ? "deviceKey" : malformed.field();
      return refused("MALFORMED", field, malformed.why());
    }
    String pem = Pem.certificate(certificate);
    insertBox(handle, box, claim, request, pem, certificate, now);
    handle
        .createUpdate(
            """
            UPDATE fleet.claim SET used_at_ms = :now, box_id = :box, request_sha256 = :hash
            WHERE id = :id AND used_at_ms IS NULL
            """)
        .bind("now", now.toEpochMilli())
        .bind("box", box.value())
        .bind("hash", requestHash)
        .bind("id", claim.id())
        .execute();
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box, now, "ENROLLED", "serial " + request.serial(), Optional.empty()));
    var license =
        documents.issueLicense(
            handle,
            box,
            claim.organisation(),
            new LicenseTerms(
                now.plus(settings.firstLicense()), settings.firstModules(), settings.firstLimits()),
            settings.graceHours(),
            now,
            "enrolment");
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box,
                now,
                "LICENSE_ISSUED",
                "version " + license.version() + " until " + license.expires(),
                Optional.empty()));
    return new Decision.LetIn(
        new Admission(
            box,
            claim.organisation(),
            pem,
            new KnownBox(
                claim.organisationId(), DocumentVerifier.parse(request.deviceKey()), false),
            true));
  }

  private static Decision again(Handle handle, Found claim) {
    BoxId box = claim.box().orElseThrow();
    return handle
        .createQuery("SELECT certificate, device_key, revoked_at_ms FROM fleet.box WHERE id = :box")
        .bind("box", box.value())
        .map((row, _) ->
            row.getObject("revoked_at_ms") != null
                ? refused("BOX_REVOKED", "claimCode", "this box is refused for good")
                : new Decision.LetIn(
                    new Admission(
                        box,
                        claim.organisation(),
                        row.getString("certificate"),
                        new KnownBox(
                            claim.organisationId(),
                            DocumentVerifier.parse(row.getString("device_key")),
                            false),
                        false)))
        .one();
  }

  private static Optional<Found> find(Handle handle, String code) {
    return handle
        .createQuery(
            """
            SELECT c.id, c.organisation_id, o.name, c.site, c.lease_tiyn, c.expires_at_ms,
              c.box_id, c.request_sha256
            FROM fleet.claim c JOIN fleet.organisation o ON o.id = c.organisation_id
            WHERE c.code_sha256 = :code
            """)
        .bind("code", Sha256.of(code))
        .map((row, _) ->
            new Found(
                row.getString("id"),
                new OrganisationId(row.getString("organisation_id")),
                row.getString("name"),
                row.getString("site"),
                new Tenge(row.getLong("lease_tiyn")),
                Instant.ofEpochMilli(row.getLong("expires_at_ms")),
                Optional.ofNullable(row.getString("box_id")).map(BoxId::new),
                Optional.ofNullable(row.getString("request_sha256"))))
        .findOne();
  }

  private static void insertBox(
      Handle handle,
      BoxId box,
      Found claim,
      EnrolmentRequest request,
      String certificate,
      X509Certificate parsed,
      Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO fleet.box (
              id, organisation_id, site, serial, device_key, certificate, certificate_expires_ms,
              enrolled_at_ms, online, usage_messages, lease_target_tiyn, lease_total_tiyn,
              returned_tiyn, used_tiyn, license_version, lease_version, tariff_version,
              checked_seq, checked_spent_tiyn, checked_rows)
            VALUES (
              :id, :organisation, :site, :serial, :key, :certificate, :expires,
              :now, false, 0, :target, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            """)
        .bind("id", box.value())
        .bind("organisation", claim.organisationId().value())
        .bind("site", claim.site())
        .bind("serial", request.serial())
        .bind("key", request.deviceKey())
        .bind("certificate", certificate)
        .bind("expires", Authority.expiryOf(parsed).toEpochMilli())
        .bind("now", now.toEpochMilli())
        .bind("target", claim.lease().tiyn())
        .execute();
  }

  private static Decision refused(String code, String field, String detail) {
    return new Decision.Refused(new Refusal(code, Optional.of(field), detail));
  }
}
