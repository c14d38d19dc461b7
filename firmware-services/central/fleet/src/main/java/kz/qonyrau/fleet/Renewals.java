package kz.qonyrau.fleet;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.wire.DocumentVerifier;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Pem;
import kz.qonyrau.wire.Refusal;
import kz.qonyrau.wire.RenewalRequest;
import org.jdbi.v3.core.Handle;

/// New certificates for boxes whose old ones come to their end (PLT-08). The old one stays good
/// until then, so a box that loses the answer goes on with it and asks again.
final class Renewals {

  /// A request that was overheard is of no use for long.
  private static final Duration FRESH = Duration.ofHours(24);

  private final Authority authority;
  private final FleetSettings settings;
  private final InstantSource clock;

  Renewals(Authority authority, FleetSettings settings, InstantSource clock) {
    this.authority = authority;
    this.settings = settings;
    this.clock = clock;
  }

  /// The certificate that a box has from now on, or why it gets none.
  sealed interface Decision {
    record Renewed(String organisation, String certificate) implements Decision {}

    record Refused(Refusal refusal) implements Decision {}
  }

  private record Row(
      String organisation, DocumentVerifier deviceKey, String certificate, boolean revoked) {}

  Decision decide(Handle handle, RenewalRequest request) {
    Optional<Row> found = find(handle, request.boxId());
    if (found.isEmpty()) {
      return refused("BOX_UNKNOWN", "boxId", "this box was never enrolled here");
    }
    Row box = found.get();
    if (!box.deviceKey().accepts(request.provenBytes(), request.proof())) {
      return refused("PROOF_WRONG", "proof", "the request is not signed by the box's device key");
    }
    if (box.revoked()) {
      return refused("BOX_REVOKED", "boxId", "this box is refused for good");
    }
    Instant now = clock.instant();
    if (Duration.between(request.at(), now).abs().compareTo(FRESH) > 0) {
      return refused(
          "CLOCK_WRONG", "at", "the box's clock and central's are more than a day apart");
    }
    try {
      PublicKey asked = authority.keyOf(request.csr());
      if (Pem.certificate(box.certificate()).getPublicKey().equals(asked)) {
        return new Decision.Renewed(box.organisation(), box.certificate());
      }
      X509Certificate certificate =
          authority.admit(request.csr(), request.boxId(), settings.certificateValidity());
      keep(handle, request.boxId(), certificate, now);
      return new Decision.Renewed(box.organisation(), Pem.certificate(certificate));
    } catch (MalformedMessageException malformed) {
      return refused("MALFORMED", malformed.field(), malformed.why());
    }
  }

  private static Optional<Row> find(Handle handle, BoxId box) {
    return handle
        .createQuery(
            """
            SELECT o.name, b.device_key, b.certificate, b.revoked_at_ms
            FROM fleet.box b JOIN fleet.organisation o ON o.id = b.organisation_id
            WHERE b.id = :box
            """)
        .bind("box", box.value())
        .map((row, _) ->
            new Row(
                row.getString("name"),
                DocumentVerifier.parse(row.getString("device_key")),
                row.getString("certificate"),
                row.getObject("revoked_at_ms") != null))
        .findOne();
  }

  private static void keep(Handle handle, BoxId box, X509Certificate certificate, Instant now) {
    Instant expires = Authority.expiryOf(certificate);
    handle
        .createUpdate(
            """
            UPDATE fleet.box SET certificate = :certificate, certificate_expires_ms = :expires
            WHERE id = :box
            """)
        .bind("certificate", Pem.certificate(certificate))
        .bind("expires", expires.toEpochMilli())
        .bind("box", box.value())
        .execute();
    var _ =
        Timeline.add(
            handle,
            new TimelineEntry(
                box, now, "CERTIFICATE_RENEWED", "until " + expires, Optional.empty()));
  }

  private static Decision refused(String code, String field, String detail) {
    return new Decision.Refused(new Refusal(code, Optional.of(field), detail));
  }
}
