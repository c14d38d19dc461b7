package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.databind.node.ObjectNode;

/// The part of a wallet that central has set aside for a box (SH-BAL-15). The box credits itself
/// the difference to what it was granted before, so a lost or repeated lease does no harm. A lease
/// that is taken back has a smaller total: the box gives up what it has not spent or held.
///
/// @param boxId the only box it is good for
/// @param version counts this box's leases from 1; a box never goes back (PLT-10)
/// @param total everything that was ever granted to this box less what was taken back, not negative
/// @param behind what the customer had besides when this was issued, set aside for no box; zero if
///   he owes. It may not be spent, but a low lease with much behind it is no reason to warn
///   (SH-BAL-18).
/// @param issuedAt when central granted it
/// @param expires until when the box may spend what is left of it
public record LeaseDocument(
    BoxId boxId, long version, Tenge total, Tenge behind, Instant issuedAt, Instant expires)
    implements BoxDocument {

  /// @throws MalformedMessageException if it makes no sense: see the components
  public LeaseDocument {
    issuedAt = issuedAt.truncatedTo(ChronoUnit.MILLIS);
    expires = expires.truncatedTo(ChronoUnit.MILLIS);
    if (version < 1) {
      throw new MalformedMessageException("lease.version", "is below 1");
    }
    if (total.isNegative()) {
      throw new MalformedMessageException("lease.totalTiyn", "is negative");
    }
    if (behind.isNegative()) {
      throw new MalformedMessageException("lease.behindTiyn", "is negative");
    }
    if (!issuedAt.isBefore(expires)) {
      throw new MalformedMessageException("lease.expires", "is not after issuedAt");
    }
  }

  /// Reads the text of a signed lease. The signature is not looked at.
  ///
  /// @throws MalformedMessageException if it is of another schema, or anything is wrong with it
  public static LeaseDocument parse(SignedDocument document) {
    if (!document.schema().equals(Schemas.LEASE)) {
      throw new MalformedMessageException("lease", "is not of schema " + Schemas.LEASE);
    }
    Fields fields = Json.object("lease", document.text());
    LeaseDocument lease =
        new LeaseDocument(
            fields.word("boxId", BoxId::new, "a box id"),
            fields.number("version", 1, Long.MAX_VALUE),
            fields.money("totalTiyn", 0, Long.MAX_VALUE),
            fields.money("behindTiyn", 0, Long.MAX_VALUE),
            fields.instant("issuedAt"),
            fields.instant("expires"));
    fields.end();
    return lease;
  }

  /// Writes and signs it.
  public SignedDocument sign(DocumentSigner signer) {
    ObjectNode node = Json.object();
    node.put("boxId", boxId.value());
    node.put("version", version);
    node.put("totalTiyn", total.tiyn());
    node.put("behindTiyn", behind.tiyn());
    node.put("issuedAt", issuedAt.toString());
    node.put("expires", expires.toString());
    return SignedDocument.sign(Schemas.LEASE, Json.write(node), signer);
  }
}
