package kz.qonyrau.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.billing.Pinned;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.LegalHold;
import kz.qonyrau.wire.LicenseDocument;
import kz.qonyrau.wire.Vitals;

/// A box as the fleet knows it (PLT-11).
///
/// @param serial what is printed on it
/// @param organisation the customer's name
/// @param site where it stands, in the customer's words
/// @param certificateExpires until when its certificate is good
/// @param lastSeen when its last heartbeat came
/// @param vitals what that heartbeat said
/// @param usageMessages usage messages that are stored and acknowledged
/// @param money what is set aside for it
/// @param license the newest license that was issued to it
/// @param tariff the price list that it should rate by; empty before its customer's first top-up
/// @param booksDisagree whether a statement of it does not agree with our book and nobody has
///   accepted that (SH-BAL-16)
/// @param legalHolds of what on it nothing may be deleted, the oldest first
public record Box(
    BoxId id,
    String serial,
    OrganisationId organisationId,
    String organisation,
    String site,
    BoxState state,
    Instant enrolledAt,
    Instant certificateExpires,
    Optional<Instant> lastSeen,
    Optional<Vitals> vitals,
    long usageMessages,
    BoxMoney money,
    Optional<LicenseDocument> license,
    Optional<Pinned> tariff,
    List<LegalHold> legalHolds,
    boolean booksDisagree) {

  public Box {
    legalHolds = List.copyOf(legalHolds);
  }
}
