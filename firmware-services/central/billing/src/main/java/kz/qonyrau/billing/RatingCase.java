package kz.qonyrau.billing;

import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.tariffs.Rerating;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;

/// Where a box and central do not agree on a price (SH-TAR-17): all items of a box that differ for
/// the same reason, until a person closes it.
///
/// @param why what differs first
/// @param boxVersion by which list the box rated
/// @param centralVersion by which list it should have rated
/// @param items how many lines of reports differ so
/// @param boxAmount what the box charged for them in all
/// @param centralAmount what they should have cost, as far as that can be said
/// @param closedBy who looked at it, once somebody has
public record RatingCase(
    String id,
    OrganisationId organisation,
    BoxId box,
    Rerating.Why why,
    String service,
    String boxVersion,
    String centralVersion,
    long items,
    Tenge boxAmount,
    Tenge centralAmount,
    String firstItem,
    String lastItem,
    Instant firstAt,
    Instant lastAt,
    Optional<String> closedBy,
    Optional<Instant> closedAt,
    Optional<String> note) {}
